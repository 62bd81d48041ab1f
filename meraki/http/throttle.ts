import { type RateLimit, remainingMs } from './budget';
import type { Call, Connection } from './connection';
import type { MerakiApiError } from './merakiApiError';
import { failure } from './errorMessages';
import type { Runtime } from './transport';

/** So that a cancelled run ends within a second. */
const SLICE_MS = 1000;

/** Sleeps in slices; `false` when the run was cancelled meanwhile. */
export async function pause(ms: number, runtime: Runtime): Promise<boolean> {
	for (let restMs = ms; restMs > 0; restMs -= SLICE_MS) {
		if (runtime.isCancelled()) return false;
		await runtime.sleep(Math.min(restMs, SLICE_MS));
	}
	return !runtime.isCancelled();
}

/**
 * Sleeps within the budget. Throws `cancelled`, or `outOfTime` at once when the wait does not fit: then `cause` is
 * what the wait was for.
 */
export async function waitWithin(
	connection: Connection,
	call: Call,
	ms: number,
	cause: MerakiApiError | null,
): Promise<void> {
	const { runtime, budget } = connection;
	if (ms >= remainingMs(budget, runtime)) throw outOfTime(connection, call, cause);
	if (!(await pause(ms, runtime))) throw cancelled(connection, call);
}

/**
 * Waits for a slot for one request under both limits. `cause` is what the last try failed with. Throws `outOfTime`,
 * `cancelled`, or `stale` for a call that would be sent too late: at once, so that it takes no slot.
 */
export async function waitForSlot(
	connection: Connection,
	call: Call,
	cause: MerakiApiError | null,
): Promise<void> {
	await waitUnder(connection.ownLimit, connection, call, cause);
	await waitUnder(connection.sharedLimit, connection, call, cause);
	await waitWithin(connection, call, 0, cause);
	refuseStale(connection, call, connection.runtime.elapsedMs());
}

async function waitUnder(
	limit: RateLimit,
	connection: Connection,
	call: Call,
	cause: MerakiApiError | null,
): Promise<void> {
	const { elapsedMs } = connection.runtime;
	do {
		refuseStale(connection, call, limit.nextSlotMs(elapsedMs()));
		const waitMs = Math.ceil(limit.reserve(elapsedMs()) - elapsedMs());
		if (waitMs > 0) {
			connection.usage = { ...connection.usage, waits: connection.usage.waits + 1 };
			await waitWithin(connection, call, waitMs, cause ?? blockedBy(limit, connection));
		}
	} while (limit.blockedUntilMs() > elapsedMs());
}

/** The answer 429 to another call that makes this one wait, so that a run which ends here says what ended it. */
function blockedBy(limit: RateLimit, { rateLimitedBy, runtime }: Connection): MerakiApiError | null {
	return limit.blockedUntilMs() > runtime.elapsedMs() ? rateLimitedBy : null;
}

function refuseStale(connection: Connection, call: Call, sentAtMs: number): void {
	if (sentAtMs <= (call.sendBeforeMs ?? Infinity)) return;
	const what = 'The tags were read too long ago by the time the change could be sent, so it was not sent';
	throw failure(connection, call, { kind: 'stale' }, what);
}

function outOfTime(connection: Connection, call: Call, cause: MerakiApiError | null): MerakiApiError {
	const facts = {
		kind: 'outOfTime' as const,
		status: cause?.status,
		merakiErrors: cause?.merakiErrors,
		requestId: cause?.requestId,
		retryAfterSeconds: cause?.retryAfterSeconds,
		lastCause: cause?.message ?? null,
	};
	return failure(connection, call, facts, 'The time of this run is over; the rest is for the next run');
}

function cancelled(connection: Connection, call: Call): MerakiApiError {
	return failure(connection, call, { kind: 'cancelled' }, 'The run was cancelled');
}
