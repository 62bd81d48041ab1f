import { MINUTE_MS } from '../../core/domain/time';
import type { LossSample } from '../../core/domain/types';

/** Five minutes, oldest first, in the shorthand of {@link samples}. */
export const CLEAN = '0 0 0 0 0';
export const DEAD = '100 100 100 100 100';

/** The time of every test that needs one. */
export const NOW = Date.UTC(2026, 0, 15, 12, 0, 0);
/** Meraki's data ends this long ago. */
export const LAG_MS = 2 * MINUTE_MS;
/** Samples stand at an offset of each device's own, not on the full minute. */
export const OFFSET_MS = 17_000;

export interface SeriesTimes {
	readonly now?: number;
	/** How long before `now` the newest token of the series is, without the offset. */
	readonly lagMs?: number;
	readonly offsetMs?: number;
}

/**
 * '80 5/250 _ . 0': one token a minute, oldest first, the last one 2 min and the device's offset ago. A number is
 * loss in percent, `/250` its latency, `_` a null, `.` a minute without a sample.
 */
export function samples(series: string, times: SeriesTimes = {}): LossSample[] {
	const { now = NOW, lagMs = LAG_MS, offsetMs = OFFSET_MS } = times;
	const tokens = series.split(' ').filter((token) => token !== '');
	return tokens.flatMap((token, at) => {
		if (token === '.') return [];
		const sampledAt = now - lagMs - offsetMs - (tokens.length - 1 - at) * MINUTE_MS;
		const [loss = '_', latency = '_'] = token.split('/');
		return [{ sampledAt, lossPercent: numberOrNull(loss), latencyMs: numberOrNull(latency) }];
	});
}

function numberOrNull(text: string): number | null {
	return text === '_' ? null : Number(text);
}
