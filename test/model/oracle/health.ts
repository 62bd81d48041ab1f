/** R2: what the rows of a peer say of it. */
import { MINUTE } from '../input';
import type { Row, Sample } from '../input';
import { recoveryMinutes } from './backoff';
import { rowsOf } from './case';
import type { Case } from './case';
import { isMeasured, isOver, isOverLatency, measuredInWindow, nearest } from './samples';
import type { Measured } from './samples';
import type { Member } from './tags';

interface Health {
	readonly hasData: boolean;
	readonly isLossy: boolean;
	readonly isFailing: boolean;
	readonly isRecovered: boolean;
}

const NO_DATA: Health = { hasData: false, isLossy: false, isFailing: false, isRecovered: false };

export function healthOf(member: Member, each: Case): Health {
	const rows = rowsOf(member, each).filter((row) => measuredInWindow(row, each.situation).length > 0);
	const healths = rows.map((row) => rowHealth(row, each));
	const isAny = each.situation.rules.lossyWhen === 'any';
	const bad = (is: (health: Health) => boolean) => (isAny ? healths.some(is) : healths.every(is));
	const good = (is: (health: Health) => boolean) => (isAny ? healths.every(is) : healths.some(is));
	return {
		hasData: healths.some(({ hasData }) => hasData),
		isLossy: healths.length > 0 && bad(({ isLossy }) => isLossy),
		isFailing: healths.length > 0 && bad(({ isFailing }) => isFailing),
		isRecovered: healths.length > 0 && good(({ isRecovered }) => isRecovered),
	};
}

function rowHealth(row: Row, each: Case): Health {
	const { now, rules } = each.situation;
	const measured = measuredInWindow(row, each.situation);
	const newest = measured[measured.length - 1];
	const isLossy = measured.filter((sample) => isOver(sample, each)).length >= rules.failoverSamples; // R2.2
	if (!newest || measured.length < 3 || newest.at < now - 5 * MINUTE) return { ...NO_DATA, isLossy };
	const isFailing = isLossy && measured.slice(-2).some((sample) => isOver(sample, each)); // R2.3
	return { hasData: true, isLossy, isFailing, isRecovered: !isLossy && hasRecovered(row, newest, each) };
}

/** R2.4. */
function hasRecovered({ samples }: Row, newest: Measured, each: Case): boolean {
	const { now, rules } = each.situation;
	if (newest.at < now - 4 * MINUTE) return false;
	const slots = Array.from({ length: recoveryMinutes(each) }, (_each, back) =>
		nearest(samples, newest.at - back * MINUTE, 30_000),
	);
	const isBad = (sample: Sample) =>
		isMeasured(sample) && (sample.loss > rules.recoveryThreshold || isOverLatency(sample, rules));
	if (slots.some((sample) => sample && isBad(sample))) return false;
	const isGap = slots.map((sample) => !sample || !isMeasured(sample));
	if (isGap[isGap.length - 1] === true) return false;
	const withNewer = [...samples.filter(({ at }) => at > newest.at).map(() => true), ...isGap];
	return withNewer.every((_gap, at) => withNewer.slice(at, at + 5).filter((gap) => gap).length <= 1);
}
