import { remainingMs } from './budget';
import type { Call, Connection } from './connection';
import type { MerakiApiError } from './merakiApiError';
import { errorOf, failure } from './errorMessages';
import { parseHttpDate } from './headers';
import { nextHop } from './redirects';
import { classify, delayMs } from './retryPolicy';
import type { HttpAnswer, NoAnswer } from './transport';
import { waitForSlot, waitWithin } from './throttle';

/**
 * The one request function: every call to Meraki goes through it. Waits for a slot, follows redirects, sends reads
 * again after faults that pass. Resolves with a 2xx answer whose body is an object or a list (of a DELETE: anything); throws
 * `MerakiApiError`.
 */
export async function send(connection: Connection, call: Call): Promise<HttpAnswer> {
	let error: MerakiApiError | null = null;
	for (let tries = 1; ; tries += 1) {
		const outcome = await exchange(connection, call, error);
		const verdict = classify(outcome, call.method);
		if (verdict.kind === 'ok') {
			connection.newestAnswerAt = parseHttpDate(verdict.answer.headers.date) ?? connection.newestAnswerAt;
			return verdict.answer;
		}
		error = errorOf(connection, call, outcome, verdict);
		const waitMs = delayMs(error.retryAfterSeconds, tries, connection.runtime.random());
		if (error.kind === 'rateLimited') countRateLimited(connection, waitMs, error);
		if (!verdict.isRetryable || tries >= connection.budget.attempts) throw error;
		await waitWithin(connection, call, waitMs, error);
	}
}

/** One try with its redirects, which use up time and slots but no attempts. */
async function exchange(
	connection: Connection,
	call: Call,
	cause: MerakiApiError | null,
): Promise<HttpAnswer | NoAnswer> {
	const visited: string[] = [];
	let { url } = call;
	for (;;) {
		visited.push(url);
		await waitForSlot(connection, call, cause);
		const outcome = await sendTo(connection, call, url);
		if (outcome.kind === 'noAnswer') return outcome;
		const hop = nextHop(outcome, visited, connection.baseUrl);
		if (hop.kind === 'stay') return outcome;
		if (hop.kind === 'refuse') {
			throw failure(connection, call, { kind: 'redirectRefused', status: outcome.status }, hop.why);
		}
		url = hop.url;
	}
}

async function sendTo(connection: Connection, call: Call, url: string): Promise<HttpAnswer | NoAnswer> {
	const { runtime, budget } = connection;
	connection.usage = { ...connection.usage, calls: connection.usage.calls + 1 };
	return await runtime.transport({
		method: call.method,
		url,
		...(call.body === undefined ? {} : { body: call.body }),
		...(call.eachElement === undefined ? {} : { eachElement: call.eachElement }),
		timeoutMs: Math.max(1, Math.floor(Math.min(call.timeoutMs, remainingMs(budget, runtime)))),
	});
}

function countRateLimited(connection: Connection, waitMs: number, error: MerakiApiError): void {
	connection.usage = { ...connection.usage, rateLimited: connection.usage.rateLimited + 1 };
	connection.rateLimitedBy = error;
	connection.ownLimit.blockUntil(connection.runtime.elapsedMs() + waitMs);
}
