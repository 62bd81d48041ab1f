import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';
import { resolveBaseUrl } from '../../meraki/http/baseUrl';
import type { BaseUrl } from '../../meraki/http/baseUrl';
import { budgetOfSeconds } from '../../meraki/http/budget';
import { createMerakiClient } from '../../meraki/client/client';
import type { MerakiClient } from '../../meraki/client/client';
import type { RateLimit } from '../../meraki/http/budget';
import type { HttpAnswer, HttpRequest, NoAnswer, Runtime } from '../../meraki/http/transport';
import { ACCEPT, USER_AGENT } from '../../meraki/http/headers';
import { arrived, isArriving } from './streamedBody';
import { parameterError } from './nodeErrors';
import { sleepUntilCancelled } from './sleep';

export const CREDENTIAL = 'merakiDashboardApi';

type Context = IExecuteFunctions | ILoadOptionsFunctions;

/** What the credential says, and how to reach Meraki with it. */
export interface MerakiConnection {
	readonly baseUrl: BaseUrl;
	readonly runtime: Runtime;
	/** Takes the key out of a text, should Meraki or a proxy echo it. */
	readonly redact: (text: string) => string;
}

/** One connection an item: the credential may be chosen by expression. Throws when none is set. */
export async function merakiConnection(context: Context, itemIndex: number): Promise<MerakiConnection> {
	const credentials = await context.getCredentials(CREDENTIAL, itemIndex);
	const { apiKey, region, customUrl } = credentials;
	return {
		baseUrl: resolveBaseUrl(String(region), typeof customUrl === 'string' ? customUrl : ''),
		runtime: runtime(context),
		redact: redactor(typeof apiKey === 'string' ? apiKey : ''),
	};
}

/** What a run of a node may cost. */
export interface ClientLimits {
	readonly budgetSeconds: number;
	readonly requestsPerSecond: number;
	/** Of all organizations together. */
	readonly sharedLimit: RateLimit;
}

/** Throws a `NodeOperationError` for a credential whose address may not be sent a key. */
export async function merakiClient(
	context: IExecuteFunctions,
	itemIndex: number,
	{ budgetSeconds, ...limits }: ClientLimits,
): Promise<MerakiClient> {
	const { baseUrl, ...connection } = await merakiConnection(context, itemIndex);
	if (baseUrl.kind === 'refused') {
		const description = 'Correct the credential Meraki Dashboard API. The key was sent nowhere.';
		throw parameterError(context.getNode(), baseUrl.problem, description, itemIndex);
	}
	const budget = budgetOfSeconds(budgetSeconds, connection.runtime);
	return createMerakiClient({ ...connection, ...limits, baseUrl: baseUrl.baseUrl, budget });
}

/** Keys are 40 hexadecimal characters; a text shorter than this is no key, and replacing it would spoil messages. */
const SHORTEST_SECRET = 8;

function redactor(secret: string): (text: string) => string {
	if (secret.length < SHORTEST_SECRET) return (text) => text;
	return (text) => text.replaceAll(secret, '[API key]');
}

function runtime(context: Context): Runtime {
	const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	return {
		transport: async (request) => await exchange(context, request),
		sleep: async (ms) => await sleepUntilCancelled(ms, signal),
		random: () => Math.random(),
		elapsedMs: () => performance.now(),
		isCancelled: () => signal?.aborted ?? false,
	};
}

/**
 * n8n's own request helper adds the bearer header. With `ignoreHttpStatusErrors` it hands every status on and does
 * not repeat a 401; redirects and retries are the client's.
 */
async function exchange(context: Context, request: HttpRequest): Promise<HttpAnswer | NoAnswer> {
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.url,
		...(request.body === undefined ? {} : { body: request.body as IHttpRequestOptions['body'] }),
		json: true,
		...(request.eachElement === undefined ? {} : { encoding: 'stream' }),
		headers: { 'User-Agent': USER_AGENT, Accept: ACCEPT },
		timeout: request.timeoutMs,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
	};
	try {
		const answer: unknown = await context.helpers.httpRequestWithAuthentication.call(
			context,
			CREDENTIAL,
			options,
		);
		return await httpAnswer(answer, request);
	} catch (error) {
		return { kind: 'noAnswer', code: networkCode(error) };
	}
}

async function httpAnswer(answer: unknown, request: HttpRequest): Promise<HttpAnswer> {
	const { statusCode, headers, body } = answer as { statusCode: number; headers: unknown; body: unknown };
	const read = isArriving(body) ? await arrived(body, request) : body;
	return { kind: 'answer', status: statusCode, headers: textHeaders(headers), body: read };
}

function textHeaders(headers: unknown): Record<string, string | undefined> {
	const entries = Object.entries((headers ?? {}) as Record<string, unknown>);
	return Object.fromEntries(
		entries.flatMap(([name, value]) => (typeof value === 'string' ? [[name.toLowerCase(), value]] : [])),
	);
}

/** n8n wraps axios' error; the code stands on either. */
function networkCode(error: unknown): string {
	const found = [error, property(error, 'cause')].flatMap((each) => [
		property(each, 'code'),
		property(each, 'httpCode'),
	]);
	return (
		found.find((code): code is string => typeof code === 'string' && /^[A-Z_]+$/.test(code)) ?? 'UNKNOWN'
	);
}

function property(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
