/** Which requests a fault meets. A field that is left out does not narrow. */
export interface RequestPattern {
	readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
	/** Path below `/api/v1`; a `*` stands for any characters. */
	readonly path?: string;
	/** Name of the key that asks. */
	readonly key?: string;
}

export type BodyKind = 'errors' | 'empty' | 'html';

/** Replace, then remove, then add, then order. */
export interface TagEdit {
	readonly replace?: readonly string[] | null;
	readonly remove?: readonly string[];
	readonly add?: readonly string[];
	readonly order?: 'reversed' | 'sorted';
}

/** What the answer to a write shows. */
export type Shown = 'asked' | 'before';

export type Effect =
	| {
			readonly kind: 'status';
			readonly status: number;
			readonly body?: BodyKind;
			readonly errors?: readonly string[];
			/** The header as sent: seconds or an HTTP date. Left out: no header. */
			readonly retryAfter?: string;
			/** A gateway that lost the answer: the request was carried out all the same. */
			readonly takesEffect?: boolean;
	  }
	| { readonly kind: 'brokenJson' }
	| { readonly kind: 'htmlAnswer' }
	| { readonly kind: 'errorsAnswer'; readonly errors: readonly string[] }
	/** Real milliseconds: it tests time-outs of the client, which know no virtual clock. */
	| { readonly kind: 'slow'; readonly delayMs: number }
	| { readonly kind: 'dropBefore' }
	| { readonly kind: 'dropAfter' }
	| { readonly kind: 'hang' }
	/**
	 * `shard`: the second port. `ownOrigin`: another path of the same origin. `loop`: the same URL. `stranger`: a host
	 * that is not Meraki's. Anything else is the `Location` itself.
	 */
	| { readonly kind: 'redirect'; readonly status: 301 | 302 | 307 | 308; readonly to: string }
	/** Replaces the `Link` header; an empty text removes it. */
	| { readonly kind: 'link'; readonly header: string }
	/** Answers 200 and changes nothing; the answer shows the tags from before (default) or those asked for. */
	| { readonly kind: 'ignoreWrite'; readonly shows?: Shown }
	/** Reads show the state before this write for so many virtual seconds; the answer itself those asked for. */
	| { readonly kind: 'staleRead'; readonly seconds: number; readonly shows?: Shown }
	/**
	 * The action batch of this request is carried out so many virtual seconds later, whatever its mode; the answer says
	 * that it is still executing.
	 */
	| { readonly kind: 'lateBatch'; readonly seconds: number }
	/** Another administrator edits right after this request: between a client's read and its write. */
	| ({ readonly kind: 'thenEdit'; readonly network: string } & TagEdit)
	| { readonly kind: 'tagOrder'; readonly order: 'reversed' | 'sorted' | 'deduplicated' };

export interface Fault {
	readonly id?: string;
	readonly match?: RequestPattern;
	/** How many matching requests it meets; left out: all. */
	readonly times?: number;
	/** How many matching requests pass untouched first. */
	readonly skip?: number;
	/** Minutes since the start of the run. */
	readonly fromMinutes?: number;
	readonly untilMinutes?: number;
	readonly effect: Effect;
}
