import type { MerakiErrorKind } from './merakiApiError';
import { parseHttpDate } from './headers';
import type { HttpAnswer, HttpRequest, NoAnswer } from './transport';

type Method = HttpRequest['method'];

export type Verdict =
	| { readonly kind: 'ok'; readonly answer: HttpAnswer }
	| {
			readonly kind: 'bad';
			readonly errorKind: MerakiErrorKind;
			/** The same request may be sent again as it is. */
			readonly isRetryable: boolean;
			readonly outcomeUnknown: boolean;
	  };

/** Sending these again gives the same answer. 408, 425 and 429 are missing: those ask for another try. */
const NEVER_RETRIED: readonly number[] = [
	400, 401, 402, 403, 404, 405, 406, 407, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 426, 428,
	431, 451, 501, 505,
];

/** Node's codes for a certificate that it does not trust (Node.js documentation, "TLS", "X509 certificate error codes"). */
const UNTRUSTED_CERTIFICATE =
	/^(?:CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_CERT|INVALID_(?:CA|PURPOSE)$|PATH_LENGTH_|HOSTNAME_MISMATCH$|ERR_TLS_CERT_)/;

/** A longer Retry-After is cut (Dashboard API: 1 or 2 s are usual; the exporter by rknightion caps at 60 s too). */
const MAX_DELAY_SECONDS = 60;

const KIND_OF_STATUS: Readonly<Record<number, MerakiErrorKind>> = {
	401: 'auth',
	403: 'forbidden',
	404: 'notFound',
	407: 'proxy',
	429: 'rateLimited',
};

/**
 * What an outcome means. Only reads are ever sent again as they are: a write carries tags that were read before,
 * and after any wait they may be stale, so its caller reads and plans again (R6).
 */
export function classify(outcome: HttpAnswer | NoAnswer, method: Method): Verdict {
	const isRead = method === 'GET';
	if (outcome.kind === 'noAnswer') {
		// The same certificate comes again, and no request is sent before it is trusted.
		return UNTRUSTED_CERTIFICATE.test(outcome.code)
			? bad('certificate', false, false)
			: bad('network', isRead, !isRead);
	}
	const { status } = outcome;
	if (status >= 200 && status < 300) {
		// A cut-off body passes by itself (Meraki's own library reads again); after a write it proves nothing.
		const isAsExpected = method === 'DELETE' || isJson(outcome.body);
		return isAsExpected ? { kind: 'ok', answer: outcome } : bad('badAnswer', isRead, !isRead);
	}
	const isRetryable = isRead && status >= 400 && !NEVER_RETRIED.includes(status);
	return bad(kindOfStatus(status), isRetryable, !isRead && leavesOpen(status));
}

/** Seconds that Meraki asked to wait, in seconds or as a date; `null` when it did not say, or not legibly. */
export function retryAfterSecondsOf(answer: HttpAnswer): number | null {
	const header = answer.headers['retry-after']?.trim();
	if (header === undefined) return null;
	if (/^\d{1,9}$/.test(header)) return Number(header);
	const until = parseHttpDate(header);
	const sentAt = parseHttpDate(answer.headers.date);
	return until === undefined || sentAt === undefined ? null : Math.max(0, (until - sentAt) / 1000);
}

/**
 * Milliseconds to wait before the next try: what Meraki asked for, else 1 to 2 s, doubled with each try, at most
 * 60 s. `failedTries` counts from 1; `random` from 0 up to, but not including, 1.
 */
export function delayMs(retryAfterSeconds: number | null, failedTries: number, random: number): number {
	const seconds = retryAfterSeconds ?? 2 ** (failedTries - 1) * (1 + random);
	return Math.ceil(Math.min(seconds, MAX_DELAY_SECONDS) * 1000);
}

function kindOfStatus(status: number): MerakiErrorKind {
	if (status >= 500) return 'server';
	return KIND_OF_STATUS[status] ?? (status >= 400 ? 'badRequest' : 'badAnswer');
}

/** A gateway that gave up says nothing about the dashboard behind it; 503 says that nothing was done. */
function leavesOpen(status: number): boolean {
	return status === 408 || (status >= 500 && status !== 503);
}

function bad(errorKind: MerakiErrorKind, isRetryable: boolean, outcomeUnknown: boolean): Verdict {
	return { kind: 'bad', errorKind, isRetryable, outcomeUnknown };
}

/** The transport hands over text when it was no JSON; every answer of the endpoints used is an object or a list. */
function isJson(body: unknown): boolean {
	return typeof body === 'object' && body !== null;
}
