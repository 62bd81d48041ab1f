/** R4.7 and R4.8: is the loss really the active peer's? */
import type { Row, Rules } from '../input';
import { rowsOf, trackedIps } from './case';
import type { Case } from './case';
import { exceeds, isMeasured, isOver, isOverLatency, isOverLoss, measuredInWindow, nearest } from './samples';
import type { Measured } from './samples';

export function isDoubtful(each: Case): boolean {
	return !wasSeenHealthy(trackedIps(each.pair.active, each), each) || isLineFault(each);
}

/** Whether the branch ever measured one of the destinations healthy. */
export function wasSeenHealthy(ips: readonly string[], { branch, situation }: Case): boolean {
	const showsHealth = (rows: readonly Row[]) =>
		rows.some(
			({ ip, samples }) =>
				ips.includes(ip) && samples.some((each) => isMeasured(each) && !exceeds(each, situation.rules)),
		);
	return showsHealth(branch.rows) || showsHealth(branch.looks());
}

function isLineFault(each: Case): boolean {
	const { branch, pair, situation } = each;
	const own = [...trackedIps(pair.active, each), ...trackedIps(pair.primary, each)];
	const references = branch.rows.filter(({ ip }) => !own.includes(ip) && wasSeenHealthy([ip], each));
	const overMinutes = rowsOf(pair.active, each).flatMap((row) =>
		measuredInWindow(row, situation)
			.filter((sample) => isOver(sample, each))
			.map((sample) => ({ sample, row })),
	);
	return overMinutes.every(({ sample, row }) => {
		const beside = references
			.filter(({ serial, uplink }) => serial === row.serial && uplink === row.uplink)
			.flatMap((reference) => nearest(measuredInWindow(reference, situation), sample.at, 90_000) ?? []);
		return beside.length > 0 && beside.every((reference) => isMatchedBy(reference, sample, situation.rules));
	});
}

function isMatchedBy(reference: Measured, over: Measured, rules: Rules): boolean {
	if (isOverLoss(over, rules) && reference.loss < over.loss / 2) return false;
	return !isOverLatency(over, rules) || isOverLatency(reference, rules);
}
