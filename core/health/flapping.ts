/** R4.9 *flapping*: a primary that fails again and again is left alone until it has been quiet. */
import { isOver } from './seriesHealth';
import { isMeasured, MINUTE_MS } from './series';
import type { Series } from './series';
import type { Settings } from '../settings/settings';

/** Two onsets within this time are flapping. */
const BETWEEN_ONSETS_MS = 60 * MINUTE_MS;
/** So long without an over sample ends it. */
const QUIET_MS = 30 * MINUTE_MS;
/** What is older does not count: an hour between two onsets, and less than 30 quiet minutes since. */
export const FLAPPING_LOOK_BACK_MS = BETWEEN_ONSETS_MS + QUIET_MS;
/** An onset is an over sample with none over in this time before it. */
export const ONSET_QUIET_MS = 5 * MINUTE_MS;

/** Whether the primary flaps, by every known over sample of its judged rows. */
export function isFlapping(rows: readonly Series[], settings: Settings, now: number): boolean {
	const overAt = rows
		.flatMap((row) => row.samples.filter((sample) => isMeasured(sample) && isOver(sample, settings)))
		.map((sample) => sample.sampledAt)
		.sort((one, other) => one - other);
	if ((overAt.at(-1) ?? -Infinity) <= now - QUIET_MS) return false;
	const onsets = overAt.filter((at, place) => {
		const before = overAt[place - 1];
		return at > now - FLAPPING_LOOK_BACK_MS && (before === undefined || before < at - ONSET_QUIET_MS);
	});
	return onsets.some((at, place) => at - (onsets[place - 1] ?? -Infinity) <= BETWEEN_ONSETS_MS);
}
