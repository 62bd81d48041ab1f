import type { Runtime } from './transport';

/** What a run may use up. Shared by all calls of the run. */
export interface Budget {
	/** The end of the run on the clock of `Runtime.elapsedMs`. */
	readonly deadlineMs: number;
	/** How often one read is sent, the first time included. */
	readonly attempts: number;
}

/** Five, as in Meraki's own library (dashboard-api-python, config.py). */
const ATTEMPTS = 5;

/** A budget that starts now and ends after `seconds`. */
export function budgetOfSeconds(seconds: number, runtime: Runtime, attempts = ATTEMPTS): Budget {
	return { deadlineMs: runtime.elapsedMs() + seconds * 1000, attempts };
}

/** Milliseconds left, negative when the time has run out. */
export function remainingMs(budget: Budget, runtime: Runtime): number {
	return budget.deadlineMs - runtime.elapsedMs();
}

/** Evenly spaced slots, given out in the order asked for. Times are on the clock of `Runtime.elapsedMs`. */
export interface RateLimit {
	/** When the next free slot is, `nowMs` at the earliest; takes nothing. */
	readonly nextSlotMs: (nowMs: number) => number;
	/** Takes the next free slot; returns when it is, `nowMs` at the earliest. */
	readonly reserve: (nowMs: number) => number;
	/** No slot before `untilMs`: Meraki answered 429, which holds for all calls of the organization. */
	readonly blockUntil: (untilMs: number) => void;
	/** A slot reserved for an earlier time than this is void: reserve again. */
	readonly blockedUntilMs: () => number;
}

/**
 * Requests per second of one organization [*Automatic*], of the 10 that Meraki allows all its tools together (Dashboard
 * API documentation, "Rate Limit"): half of them for reading every 30 s, nearly all while branches are being moved.
 */
export const AUTOMATIC_REQUESTS_PER_SECOND = { reading: 5, movingBranches: 9 };

/**
 * For all organizations of a run together: Meraki allows one source address 100 requests a second (same page). Calls
 * arrive a little unevenly, so that as many as that would at times be more in one of Meraki's seconds.
 */
export const REQUESTS_PER_SECOND_SHARED = 95;

/** One for each organization and run, and one shared by all of a run. No bursts. */
export function createRateLimit(requestsPerSecond: number): RateLimit {
	const gapMs = 1000 / requestsPerSecond;
	let nextFreeMs = -Infinity;
	let blockedUntilMs = -Infinity;
	const nextSlotMs = (nowMs: number) => Math.max(nowMs, nextFreeMs);
	return {
		nextSlotMs,
		reserve: (nowMs) => {
			const slotMs = nextSlotMs(nowMs);
			nextFreeMs = slotMs + gapMs;
			return slotMs;
		},
		blockUntil: (untilMs) => {
			blockedUntilMs = Math.max(blockedUntilMs, untilMs);
			nextFreeMs = Math.max(nextFreeMs, untilMs);
		},
		blockedUntilMs: () => blockedUntilMs,
	};
}
