import type { Budget, RateLimit } from './budget';
import type { Redact } from '../parse/foreignText';
import type { MerakiApiError } from './merakiApiError';
import type { HttpRequest, Runtime } from './transport';

/** What a run has cost so far. */
export interface Usage {
	/** HTTP requests sent: retries, redirects and pages included. */
	readonly calls: number;
	/** How often a request waited for its turn under our own limit. */
	readonly waits: number;
	/** How often Meraki answered 429. */
	readonly rateLimited: number;
}

/** What all calls of one client share. Only the three last fields change. */
export interface Connection {
	/** Without a slash at its end, from `resolveBaseUrl`. */
	readonly baseUrl: string;
	readonly runtime: Runtime;
	readonly budget: Budget;
	/** The organization's own; a 429 blocks it for all calls of the organization. */
	readonly ownLimit: RateLimit;
	readonly sharedLimit: RateLimit;
	readonly redact: Redact;
	usage: Usage;
	/** The API's clock: `Date` of the newest good answer, in milliseconds since 1970. */
	newestAnswerAt: number | undefined;
	/** The newest answer 429; `null` before the first. */
	rateLimitedBy: MerakiApiError | null;
}

/** How long one call may take; the two big reads may take longer. */
export const CALL_MS = 30_000;

/** One call as the client means it; retries and redirects are made of it. */
export interface Call {
	readonly method: HttpRequest['method'];
	readonly url: string;
	readonly body?: unknown;
	readonly timeoutMs: number;
	/**
	 * The latest moment to send it, on the clock of `Runtime.elapsedMs`: a write whose tags were read too long ago is not
	 * sent, and its caller reads again.
	 */
	readonly sendBeforeMs?: number;
	/** Of {@link HttpRequest}; called anew for each try. */
	readonly eachElement?: HttpRequest['eachElement'];
}

/** The API's path in an address, without the query: what messages name. */
export function pathOf(url: string, baseUrl: string): string {
	const { pathname } = new URL(url);
	const prefix = new URL(baseUrl).pathname;
	return pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname;
}
