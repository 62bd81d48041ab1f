import { remainingMs } from './budget';
import type { Call, Connection } from './connection';
import type { MerakiApiError } from './merakiApiError';
import { failure } from './errorMessages';
import type { RateLimit } from './rateLimit';
import type { Surroundings } from './transport';

/** So that a cancelled run ends within a second. */
const SLICE_MS = 1000;

/** A write that waited longer for its turn carries tags read too long ago: its caller reads again. */
const STALE_WRITE_MS = 5000;

/** Sleeps in slices; `false` when the run was cancelled meanwhile. */
export async function pause(ms: number, surroundings: Surroundings): Promise<boolean> {
	for (let restMs = ms; restMs > 0; restMs -= SLICE_MS) {
		if (surroundings.isCancelled()) return false;
		await surroundings.sleep(Math.min(restMs, SLICE_MS));
	}
	return !surroundings.isCancelled();
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
	const { surroundings, budget } = connection;
	if (ms >= remainingMs(budget, surroundings)) throw outOfTime(connection, call, cause);
	if (!(await pause(ms, surroundings))) throw cancelled(connection, call);
}

/**
 * Waits for the turn of one request under both limits. `cause` is what the last try failed with. Throws `outOfTime`,
 * `cancelled`, or for a stale write `rateLimited`.
 */
export async function takeTurn(
	connection: Connection,
	call: Call,
	cause: MerakiApiError | null,
): Promise<void> {
	const askedAtMs = connection.surroundings.elapsedMs();
	await takeTurnUnder(connection.ownLimit, connection, call, cause);
	await takeTurnUnder(connection.sharedLimit, connection, call, cause);
	await waitWithin(connection, call, 0, cause);
	const waitedMs = connection.surroundings.elapsedMs() - askedAtMs;
	if (call.method !== 'GET' && waitedMs > STALE_WRITE_MS) {
		const what = 'The change waited too long for its turn and was not sent';
		throw failure(connection, call, { kind: 'rateLimited' }, what);
	}
}

async function takeTurnUnder(
	limit: RateLimit,
	connection: Connection,
	call: Call,
	cause: MerakiApiError | null,
): Promise<void> {
	const { elapsedMs } = connection.surroundings;
	do {
		const waitMs = Math.ceil(limit.reserve(elapsedMs()) - elapsedMs());
		if (waitMs > 0) {
			connection.usage = { ...connection.usage, waits: connection.usage.waits + 1 };
			await waitWithin(connection, call, waitMs, cause);
		}
	} while (limit.heldUntilMs() > elapsedMs());
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
