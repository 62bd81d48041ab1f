import type { Surroundings } from './transport';

/** What a run may use up. Shared by all calls of the run. */
export interface Budget {
	/** The end of the run on the clock of `Surroundings.elapsedMs`. */
	readonly deadlineMs: number;
	/** How often one read is sent, the first time included. */
	readonly attempts: number;
}

/** Five, as in Meraki's own library (dashboard-api-python, config.py). */
const ATTEMPTS = 5;

/** A budget that starts now and ends after `seconds`. */
export function budgetOfSeconds(seconds: number, surroundings: Surroundings, attempts = ATTEMPTS): Budget {
	return { deadlineMs: surroundings.elapsedMs() + seconds * 1000, attempts };
}

/** Milliseconds left, negative when the time is over. */
export function remainingMs(budget: Budget, surroundings: Surroundings): number {
	return budget.deadlineMs - surroundings.elapsedMs();
}
