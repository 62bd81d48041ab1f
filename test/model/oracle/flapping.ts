/** R4.9: has primary failed again and again? */
import { MINUTE } from '../input';
import { rowsOf } from './case';
import type { Case } from './case';
import { isMeasured, isOver } from './samples';

export function isFlapping(each: Case): boolean {
	const { now } = each.situation;
	const over = rowsOf(each.pair.primary, each)
		.flatMap(({ samples }) => samples.filter(isMeasured).filter((sample) => isOver(sample, each)))
		.map(({ at }) => at);
	if (!over.some((at) => at > now - 30 * MINUTE)) return false;
	const onsets = over.filter(
		(at) => at > now - 90 * MINUTE && !over.some((before) => before < at && before >= at - 5 * MINUTE),
	);
	return onsets.some((one) => onsets.some((other) => other > one && other - one <= 60 * MINUTE));
}
