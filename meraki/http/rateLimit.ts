/** Evenly spaced turns, handed out in the order asked for. Times are on the clock of `Surroundings.elapsedMs`. */
export interface RateLimit {
	/** Takes the next free turn; returns when it is, `nowMs` at the earliest. */
	readonly reserve: (nowMs: number) => number;
	/** No turn before `untilMs`: Meraki said 429, which holds for all calls of the organization. */
	readonly holdUntil: (untilMs: number) => void;
	/** A turn reserved for an earlier time than this is void: reserve again. */
	readonly heldUntilMs: () => number;
}

/**
 * Half of Meraki's 10 requests a second and organization, since all other tools share those (Dashboard API
 * documentation, "Rate Limit").
 */
export const REQUESTS_PER_SECOND = 5;

/**
 * For all organizations of a run together: Meraki allows one source address 100 requests a second (same page). Calls
 * arrive a little unevenly, so that as many as that would at times be more in one of Meraki's seconds.
 */
export const REQUESTS_PER_SECOND_SHARED = 95;

/** One for each organization and run, and one shared by all of a run. No bursts. */
export function createRateLimit(requestsPerSecond: number): RateLimit {
	const gapMs = 1000 / requestsPerSecond;
	let nextFreeMs = -Infinity;
	let heldUntilMs = -Infinity;
	return {
		reserve: (nowMs) => {
			const turnMs = Math.max(nowMs, nextFreeMs);
			nextFreeMs = turnMs + gapMs;
			return turnMs;
		},
		holdUntil: (untilMs) => {
			heldUntilMs = Math.max(heldUntilMs, untilMs);
			nextFreeMs = Math.max(nextFreeMs, untilMs);
		},
		heldUntilMs: () => heldUntilMs,
	};
}
