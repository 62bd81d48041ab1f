/** R2.5 *backoff*: the more often a pair failed over lately, the longer its primary must stay clean. */
import { HOUR_MS } from '../domain/time';

/** Own failovers count for this long. */
export const FAILOVERS_COUNT_FOR_MS = 6 * HOUR_MS;
const FACTOR = 3;
const MAX_RECOVERY_MINUTES = 60;

/**
 * Minutes that the primary must stay clean before a swap back: the setting, three times as long for each earlier
 * failover, at most 60. `null` earlier failovers means that nothing is remembered: three times the setting.
 */
export function recoveryMinutesAfter(settingMinutes: number, earlierFailovers: number | null): number {
	const minutes = settingMinutes * FACTOR ** (earlierFailovers ?? 1);
	return Math.max(settingMinutes, Math.min(minutes, MAX_RECOVERY_MINUTES));
}
