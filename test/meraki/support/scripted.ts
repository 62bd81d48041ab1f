import { budgetOfSeconds } from '../../../meraki/http/budget';
import { createMerakiClient, type MerakiClientOptions } from '../../../meraki/client/client';
import { isMerakiApiError, type MerakiApiError } from '../../../meraki/http/merakiApiError';
import type { HttpAnswer, HttpRequest, NoAnswer, Runtime } from '../../../meraki/http/transport';
import { virtualTime } from './virtualTime';

export const BASE_URL = 'https://api.meraki.com/api/v1';
export const DATE = 'Sun, 22 Nov 2026 12:00:00 GMT';
export const DATE_AT = Date.UTC(2026, 10, 22, 12);

export type Reply = HttpAnswer | NoAnswer;
type ReplyTo = (request: HttpRequest) => Reply;

export interface LoggedRequest extends HttpRequest {
	/** On the virtual clock. */
	readonly atMs: number;
}

export interface Scripted {
	/** In order; a function sees the request. More requests than replies fail the test. */
	readonly replies: ReadonlyArray<Reply | ReplyTo> | ReplyTo;
	readonly client?: Partial<Omit<MerakiClientOptions, 'budget'>>;
	readonly budgetSeconds?: number;
	readonly attempts?: number;
	readonly random?: () => number;
	/** How long a reply takes. */
	readonly latencyMs?: number | ((request: HttpRequest) => number);
	readonly isCancelled?: (nowMs: number) => boolean;
}

/** A client on a transport that plays a script, and everything that it did. */
export function scripted(script: Scripted) {
	const time = virtualTime();
	const requests: LoggedRequest[] = [];
	const runtime: Runtime = {
		transport: async (request) => {
			const place = requests.length;
			requests.push({ ...request, atMs: time.elapsedMs() });
			const reply = typeof script.replies === 'function' ? script.replies : script.replies[place];
			if (script.latencyMs !== undefined) await time.sleep(latencyOf(script.latencyMs, request));
			if (reply === undefined)
				throw new Error(`The script has no reply for ${request.method} ${request.url}`);
			return typeof reply === 'function' ? reply(request) : reply;
		},
		sleep: time.sleep,
		random: script.random ?? (() => 0),
		elapsedMs: time.elapsedMs,
		isCancelled: () => script.isCancelled?.(time.elapsedMs()) ?? false,
	};
	const budget = budgetOfSeconds(script.budgetSeconds ?? 300, runtime, script.attempts);
	const client = createMerakiClient({ baseUrl: BASE_URL, runtime, budget, ...script.client });
	return { client, requests, time, runtime };
}

function latencyOf(latencyMs: NonNullable<Scripted['latencyMs']>, request: HttpRequest): number {
	return typeof latencyMs === 'function' ? latencyMs(request) : latencyMs;
}

export function answer(status: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer {
	return { kind: 'answer', status, headers: { date: DATE, ...headers }, body };
}

export function ok(body: unknown, headers: Record<string, string> = {}): HttpAnswer {
	return answer(200, body, headers);
}

export function noAnswer(code: string): NoAnswer {
	return { kind: 'noAnswer', code };
}

/** The error of a call that must fail. */
export async function errorOf(work: Promise<unknown>): Promise<MerakiApiError> {
	const error = await work.then(
		() => new Error('The call did not fail'),
		(caught: unknown) => caught,
	);
	if (!isMerakiApiError(error)) throw error;
	return error;
}
