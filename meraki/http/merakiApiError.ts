/** What went wrong, for code to branch on; the message is for people. */
export type MerakiErrorKind =
	| 'auth'
	| 'forbidden'
	| 'notFound'
	| 'badRequest'
	| 'rateLimited'
	| 'server'
	| 'network'
	/** Whoever answers shows a TLS certificate that this host does not trust: nothing was sent. */
	| 'certificate'
	/** A proxy on the way wants a login (407): nothing was passed on. */
	| 'proxy'
	| 'badAnswer'
	| 'redirectRefused'
	/** A change that was not sent, because its tags were read too long ago by then. */
	| 'stale'
	| 'outOfTime'
	| 'cancelled';

/** The facts of a failed call. */
export interface MerakiErrorFacts {
	readonly kind: MerakiErrorKind;
	/** One sentence or two: what, where, what next. Never the key, never a header that was sent. */
	readonly message: string;
	readonly method: string;
	/** The API's path without the query, for example `/organizations/1/networks`. */
	readonly path: string;
	readonly status?: number | null;
	readonly merakiErrors?: readonly string[];
	readonly requestId?: string | null;
	readonly retryAfterSeconds?: number | null;
	readonly outcomeUnknown?: boolean;
	readonly lastCause?: string | null;
}

/** The only error that the Meraki client throws on purpose. */
export class MerakiApiError extends Error {
	override readonly name = 'MerakiApiError';
	readonly kind: MerakiErrorKind;
	readonly method: string;
	readonly path: string;
	/** `null` when no answer came, or none was asked for. */
	readonly status: number | null;
	/** Meraki's own words: cleaned of control characters, bounded, keys hidden. Still text from outside. */
	readonly merakiErrors: readonly string[];
	/** `X-Request-Id`, by which Meraki's support finds the call. */
	readonly requestId: string | null;
	/** How long Meraki asked to wait, before our cap. */
	readonly retryAfterSeconds: number | null;
	/** A write that may have taken effect although it failed: read again before doing anything else. */
	readonly outcomeUnknown: boolean;
	/** For `outOfTime`: the message of what had failed before the time ran out. */
	readonly lastCause: string | null;

	constructor(facts: MerakiErrorFacts) {
		super(facts.message);
		this.kind = facts.kind;
		this.method = facts.method;
		this.path = facts.path;
		this.status = facts.status ?? null;
		this.merakiErrors = facts.merakiErrors ?? [];
		this.requestId = facts.requestId ?? null;
		this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
		this.outcomeUnknown = facts.outcomeUnknown ?? false;
		this.lastCause = facts.lastCause ?? null;
	}
}

/** By name, not by class: it holds also when two copies of the module are loaded. */
export function isMerakiApiError(error: unknown): error is MerakiApiError {
	return error instanceof Error && error.name === 'MerakiApiError';
}
