import type { Network } from '../../core/domain/types';
import type { MerakiClient } from '../client/client';

/** What the caller wants with a network, decided on tags that were read a moment ago. */
export type WritePlan<Reason> =
	| { readonly kind: 'write'; readonly tags: readonly string[] }
	| { readonly kind: 'skip'; readonly reason: Reason };

export interface WriteJob<Reason> {
	readonly networkId: string;
	/** Pure, since it may be asked several times. `apiNow` is the API's clock, in milliseconds since 1970. */
	readonly plan: (network: Network, apiNow: number) => WritePlan<Reason>;
}

/** What is unlike before although only our tags were written; `otherTags` are tags beyond the planned change. */
export type SideEffect = 'name' | 'timeZone' | 'notes' | 'otherTags';

/** What became of one network. */
export type WriteOutcome<Reason> =
	| {
			/** The PUT's own answer, or a later read, shows the planned change. */
			readonly kind: 'done';
			readonly before: Network;
			readonly after: Network;
			readonly shownBy: 'answer' | 'laterRead';
			readonly sideEffects: readonly SideEffect[];
	  }
	/** Meraki accepted the write, but no read has shown it yet. It is not written again in this run. */
	| { readonly kind: 'accepted'; readonly before: Network; readonly tags: readonly string[] }
	| { readonly kind: 'skipped'; readonly network: Network; readonly reason: Reason }
	/**
	 * Nothing was written, except when a `MerakiApiError` says `outcomeUnknown`. `before` is `null` when the network
	 * could not be read. Anything but a `MerakiApiError` is a fault in the plan.
	 */
	| { readonly kind: 'failed'; readonly before: Network | null; readonly error: Error }
	/** Written, and afterwards 404: the network left this key's view. Critical (R7). */
	| { readonly kind: 'gone'; readonly before: Network | null; readonly error: Error }
	/**
	 * Not written: the run is over, or another run or a batch that Meraki has not finished writes this network already.
	 * `cause` is what held it up, if anything did.
	 */
	| {
			readonly kind: 'nextRun';
			readonly why: 'outOfTime' | 'cancelled' | 'inProgress';
			readonly cause: string | null;
	  };

export interface WriteResult<Reason> {
	readonly networkId: string;
	readonly outcome: WriteOutcome<Reason>;
}

/** How many networks get their tags: by single PUTs, or by action batches. */
export interface WriteStrategy {
	/**
	 * Never rejects for what Meraki answers. Reports every job once, in the order given. Throws before anything is
	 * written when a network stands in two jobs: two plans on one list of tags undo each other (R6).
	 */
	write<Reason>(jobs: ReadonlyArray<WriteJob<Reason>>): Promise<ReadonlyArray<WriteResult<Reason>>>;
	/** What an operator should know of how the last `write` went, in sentences; mostly empty. */
	notes(): readonly string[];
}

/** Throws when a network stands in two jobs. */
export function refuseDuplicates(jobs: ReadonlyArray<{ readonly networkId: string }>): void {
	const ids = new Set(jobs.map((job) => job.networkId));
	if (ids.size !== jobs.length) throw new Error('A network stands in two write jobs; make one plan of them.');
}

/**
 * Tags are written at most so long after their read was answered: Meraki knows no compare-and-set, and what somebody
 * else sets in between is lost.
 */
export const MAX_TAG_AGE_MS = 2000;

/** The part of the client that writing needs. */
export type TagStore = Pick<
	MerakiClient,
	| 'network'
	| 'writeTags'
	| 'nowOrThrow'
	| 'elapsedMs'
	| 'remainingMs'
	| 'requestsPerSecond'
	| 'pause'
	| 'isCancelled'
>;

/** The same, for action batches. */
export type BatchStore = TagStore &
	Pick<MerakiClient, 'networks' | 'createBatch' | 'batch' | 'pendingBatches' | 'pauseAbout'>;
