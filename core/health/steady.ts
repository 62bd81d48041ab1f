/** Health told from the outline of a series alone (R2); `null` wherever only its samples can tell. */
import { CLEAN, exceedsThreshold, FEWEST_MEASURED, isCleanForRecovery, newestCounts } from './seriesHealth';
import type { Health } from './seriesHealth';
import { windowStart } from './series';
import type { Settings } from '../settings/settings';
import type { Steady } from '../domain/types';

/** The same as `seriesHealth` of the samples: that of a series in which not even the highest values are over. */
export function steadyHealth(steady: Steady, settings: Settings, now: number): Health | null {
	const highest = highestOf(steady);
	const isWhollyInWindow = steady.oldestAt > windowStart(now, settings.windowMinutes);
	if (!isWhollyInWindow || steady.count < FEWEST_MEASURED || exceedsThreshold(highest, settings)) return null;
	const age = newestCounts(steady.newestAt, now);
	if (age === 'stale') return null;
	if (age === 'tooOldForRecovery') return CLEAN.no;
	const isRecovered = steady.count >= settings.recoveryMinutes && isCleanForRecovery(highest, settings);
	return isRecovered ? CLEAN.yes : null;
}

/** No sample of the series is over; `false` also where that is not certain. */
export function isSteadilyUnder(steady: Steady, settings: Settings): boolean {
	return !exceedsThreshold(highestOf(steady), settings);
}

function highestOf({ newestAt, highestLossPercent, highestLatencyMs }: Steady) {
	return { sampledAt: newestAt, lossPercent: highestLossPercent, latencyMs: highestLatencyMs };
}
