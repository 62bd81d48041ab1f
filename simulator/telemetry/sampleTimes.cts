import { chance, seedOf } from '../chance.cjs';
import type { LossWindow } from './lossWindow.cjs';

const PERIOD_MS = 60_000;

/**
 * When a device measured: once a minute, give or take a second, at an offset of its own and never on the full minute
 * (as in two captured answers: 15:40:32, 15:41:31 and 13:10:37 to 13:14:37).
 */
export function sampleTimes(seed: number, serial: string, window: LossWindow): readonly number[] {
	const device = seedOf(seed, serial);
	const offsetMs = (2 + Math.floor(chance(device) * 56)) * 1000;
	const times: number[] = [];
	const first = Math.floor((window.from - offsetMs) / PERIOD_MS);
	const last = Math.ceil((window.until - offsetMs) / PERIOD_MS);
	for (let minute = first; minute <= last; minute += 1) {
		const jitterMs = Math.floor(chance(device, minute) * 2) * 1000;
		const at = minute * PERIOD_MS + offsetMs + jitterMs;
		if (at > window.from && at <= window.until) times.push(at);
	}
	const atMost = Math.ceil((window.until - window.from) / PERIOD_MS);
	return times.slice(-atMost);
}

/** Seconds, not milliseconds: the shape of the official example. */
export function isoSeconds(at: number): string {
	return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
