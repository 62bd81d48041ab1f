/** One network that an action batch writes, like a PUT of its own. */
export interface LoggedAction {
	readonly networkId: string;
	readonly tagsAsked: readonly string[] | null;
	tagsBefore: readonly string[] | null;
	/** As before until the batch has been carried out, and for good when it failed. */
	tagsAfter: readonly string[] | null;
}

export interface LoggedRequest {
	readonly number: number;
	/** Virtual time. */
	readonly at: string;
	/** Real time. */
	readonly receivedAt: string;
	readonly host: string;
	readonly method: string;
	readonly path: string;
	readonly query: string;
	readonly userAgent: string | null;
	/** Name of the key, never the key. */
	key: string | null;
	/** Null: no answer was sent (dropped or hanging connection), or not yet. */
	status: number | null;
	/** Kinds of the faults it met. */
	faults: readonly string[];
	networkId: string | null;
	/** What a PUT asked for, and what was there before and after it. */
	tagsAsked: readonly string[] | null;
	tagsBefore: readonly string[] | null;
	tagsAfter: readonly string[] | null;
	/** What the POST of an action batch asked for; empty for any other request. */
	actions: readonly LoggedAction[];
}

export interface ContractViolation {
	readonly at: string;
	readonly method: string;
	readonly path: string;
	readonly errors: readonly string[];
}

/** Keeps so many of the newest entries: a run of days must not fill the memory. */
export class Bounded<T> {
	private entries: T[] = [];
	private added = 0;

	constructor(private readonly limit: number) {}

	/** How many there have been, kept or not. */
	get count(): number {
		return this.added;
	}

	get all(): readonly T[] {
		return this.entries;
	}

	add(entry: T): void {
		this.added += 1;
		this.entries.push(entry);
		// Cut now and then, not at each entry: cutting copies the rest.
		if (this.entries.length >= this.limit * 2) this.entries = this.entries.slice(-this.limit);
	}

	newest(count: number): readonly T[] {
		return count <= 0 ? [] : this.entries.slice(-Math.min(count, this.limit));
	}

	clear(): void {
		this.entries = [];
	}
}
