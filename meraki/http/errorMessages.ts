import { type Call, type Connection, pathOf } from './connection';
import { MerakiApiError, type MerakiErrorFacts, type MerakiErrorKind } from './merakiApiError';
import { cleanWords, errorWordsOf } from '../parse/foreignText';
import { retryAfterSecondsOf, type Verdict } from './retryPolicy';
import type { HttpAnswer, NoAnswer } from './transport';

/**
 * In words, because n8n replaces any message that contains one of Node's error codes.
 */
const NO_ANSWER_WORDS: Readonly<Record<string, string>> = {
	ECONNRESET: 'the connection was reset',
	EPIPE: 'the connection was closed',
	ECONNREFUSED: 'the connection was refused',
	ECONNABORTED: 'it timed out',
	ETIMEDOUT: 'it timed out',
	ESOCKETTIMEDOUT: 'it timed out',
	ENOTFOUND: 'its name was not found (DNS)',
	EAI_AGAIN: 'its name could not be looked up (DNS)',
	EHOSTUNREACH: 'there is no route to it',
	ENETUNREACH: 'there is no route to it',
	CERT_HAS_EXPIRED: 'it has expired',
	CERT_NOT_YET_VALID: 'it is not valid yet',
	CERT_REVOKED: 'it was revoked',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'it was issued by a private certificate authority',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate authority is not known here',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate authority is not known here',
	ERR_TLS_CERT_ALTNAME_INVALID: 'it is for another name',
};

const WHAT: Readonly<Partial<Record<MerakiErrorKind, string>>> = {
	auth: 'Meraki refused the API key',
	forbidden: 'Meraki denied access',
	notFound: 'Meraki found nothing that this key can see',
	badRequest: 'Meraki refused the request',
	rateLimited: "Meraki's request limit was exceeded",
	server: 'Meraki had a fault of its own',
	proxy: 'The proxy between n8n and Meraki requires a login, and passed nothing on',
	badAnswer: "Meraki's answer could not be read",
};

const NEXT: Readonly<Partial<Record<MerakiErrorKind, string>>> = {
	auth: 'Check the API key and the region in the credential.',
	forbidden:
		"Check the role of the key's administrator, and the organization's allowed IP addresses for API access.",
	notFound: 'Check the ID and the region, and that API access is switched on in the organization.',
	badRequest: 'Correct what Meraki names, then run again.',
	rateLimited: 'Other tools share this limit; the next run tries again.',
	server: 'The next run tries again; see status.meraki.net if it lasts.',
	network: 'Check the network, proxy and DNS of the n8n host; the next run tries again.',
	certificate:
		'Find out which proxy or firewall answers in its place and have its certificate authority trusted on the n8n host (NODE_EXTRA_CA_CERTS), or correct the custom URL; check the clock of the host, too.',
	proxy: 'Put the user name and password into the proxy address of the n8n host (HTTPS_PROXY).',
	badAnswer: 'The next run tries again; check that the region or custom URL is right if it lasts.',
	redirectRefused: 'The API key was not sent there. Check the region or the custom URL in the credential.',
};

/** The error for an outcome that `classify` found bad. */
export function errorOf(
	connection: Connection,
	call: Call,
	outcome: HttpAnswer | NoAnswer,
	verdict: Extract<Verdict, { kind: 'bad' }>,
): MerakiApiError {
	const kind = verdict.errorKind;
	const { outcomeUnknown } = verdict;
	if (outcome.kind === 'noAnswer') {
		const words = NO_ANSWER_WORDS[outcome.code];
		const { host } = new URL(call.url);
		const what =
			kind === 'certificate'
				? `The TLS certificate shown for ${host} is not trusted`
				: `${host} did not answer`;
		return failure(
			connection,
			call,
			{ kind, outcomeUnknown },
			`${what}${words === undefined ? '' : `: ${words}`}`,
		);
	}
	const facts = { kind, outcomeUnknown, ...factsOf(connection, outcome) };
	const notJson = kind === 'badAnswer' && outcome.status < 300 ? ': it is not JSON, or was cut off' : '';
	return failure(connection, call, facts, `${WHAT[kind]}${notJson}`);
}

/** The error for an answer whose JSON is not what the endpoint promises; `why` names the path of the field. */
export function badAnswer(
	connection: Connection,
	call: Call,
	answer: HttpAnswer,
	why: string,
): MerakiApiError {
	const outcomeUnknown = call.method !== 'GET';
	const facts = { kind: 'badAnswer' as const, outcomeUnknown, ...factsOf(connection, answer) };
	return failure(connection, call, facts, `Meraki's answer is not as documented: ${why}`);
}

/** The error when the API's clock is asked for and no answer has told it. */
export function noClock(connection: Connection): MerakiApiError {
	const call: Call = { method: 'GET', url: `${connection.baseUrl}/`, timeoutMs: 0 };
	const what = 'No answer carried the time of the API (its Date header), by which decisions are judged';
	return failure(connection, call, { kind: 'badAnswer' }, what);
}

/** Any error of a call: `what` without its full stop. */
export function failure(
	connection: Connection,
	call: Call,
	facts: Omit<MerakiErrorFacts, 'message' | 'method' | 'path'>,
	what: string,
): MerakiApiError {
	const path = pathOf(call.url, connection.baseUrl);
	const status = facts.status == null ? '' : `, status ${facts.status}`;
	const words = (facts.merakiErrors ?? []).map((text) => `“${text}”`).join(' ');
	const landed = facts.outcomeUnknown === true ? 'It is not known whether the change took effect.' : '';
	const sentences = [
		`${cleanWords(what, connection.redact)} (${call.method} ${cleanWords(path, connection.redact)}${status}).`,
		words === '' || facts.lastCause != null ? '' : `Meraki says: ${words}.`,
		facts.lastCause == null ? '' : `Before that: ${facts.lastCause}`,
		landed,
		NEXT[facts.kind] ?? '',
	];
	const message = sentences.filter((sentence) => sentence !== '').join(' ');
	return new MerakiApiError({ ...facts, message, method: call.method, path });
}

function factsOf(connection: Connection, answer: HttpAnswer) {
	const requestId = answer.headers['x-request-id'];
	return {
		status: answer.status,
		merakiErrors: errorWordsOf(answer.body, connection.redact),
		requestId: requestId === undefined ? null : cleanWords(requestId, connection.redact),
		retryAfterSeconds: retryAfterSecondsOf(answer),
	};
}
