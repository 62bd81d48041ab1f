/** One HTTP request as the client asks for it. The transport adds the bearer header; the client never sees the key. */
export interface HttpRequest {
	readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
	/** Absolute, already checked against the host rule. */
	readonly url: string;
	readonly body?: unknown;
	readonly timeoutMs: number;
	/**
	 * Of a big list: each element is handed to it as soon as it has arrived, and what it answers stands in the body in its
	 * place, or the element itself where the transport has the whole body at once.
	 */
	readonly eachElement?: (element: unknown) => unknown;
}

/** Header names are lower-case. A JSON body is parsed, anything else is the text. */
export interface HttpAnswer {
	readonly kind: 'answer';
	readonly status: number;
	readonly headers: Readonly<Record<string, string | undefined>>;
	readonly body: unknown;
}

/** No answer came: the request may or may not have taken effect. */
export interface NoAnswer {
	readonly kind: 'noAnswer';
	/** Node's or axios' code in words, without the key: for example `ECONNRESET` or `ECONNABORTED` (time-out). */
	readonly code: string;
}

/** Follows no redirect, retries nothing, throws nothing. */
export type Transport = (request: HttpRequest) => Promise<HttpAnswer | NoAnswer>;

/** Everything the client needs from its runtime. */
export interface Runtime {
	readonly transport: Transport;
	/** Resolves after `ms`, or earlier when the run is cancelled. Called with at most 1000. */
	readonly sleep: (ms: number) => Promise<void>;
	/** From 0 up to, but not including, 1. */
	readonly random: () => number;
	/** Local milliseconds, only ever subtracted from each other: budgets and the request rate. */
	readonly elapsedMs: () => number;
	readonly isCancelled: () => boolean;
}
