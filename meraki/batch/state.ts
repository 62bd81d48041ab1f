import type { Network } from '../../core/domain/types';
import { isMerakiApiError, type MerakiApiError } from '../http/merakiApiError';
import type { TagReading } from '../write/tagLists';
import type { BatchStore, WriteJob, WriteOutcome, WriteResult } from '../write/strategy';

/** A batch that is begun needs time for its answer and for the reads after it. */
const NEEDED_MS = 20_000;

/** A write whose answer did not come. */
export interface Unanswered {
	readonly before: Network;
	readonly tags: readonly string[];
	readonly error: MerakiApiError;
	readonly count: number;
}

/** One job on its way: in exactly one place of the run at any time. */
export interface Entry<Reason> {
	readonly place: number;
	readonly job: WriteJob<Reason>;
	/** How often Meraki turned it away undone (429, 503). */
	readonly turnedAway: number;
	readonly unanswered: Unanswered | null;
}

/** An entry whose plan says to write, on tags just read. */
export interface PlannedWrite<Reason> {
	readonly entry: Entry<Reason>;
	readonly before: Network;
	readonly tags: readonly string[];
}

/** A write of which only a look at the tags can tell what became of it. */
export interface SentWrite<Reason> extends PlannedWrite<Reason> {
	/** `null`: Meraki accepted it. Else nobody knows, and this is why. */
	readonly error: MerakiApiError | null;
}

/** Why no further batch is begun, though there is time. */
export type Stop =
	/** The rest fails alike: the key was refused, or the tags cannot be read. */
	| { readonly kind: 'hopeless'; readonly error: Error }
	/** The rest is written by single PUTs. */
	| { readonly kind: 'noBatches'; readonly error: MerakiApiError }
	/** The rest is left for the next run. */
	| { readonly kind: 'over'; readonly error: MerakiApiError };

/** Everything that is known while many networks are written. The only state, changed by the functions around it. */
export interface BatchRun<Reason> {
	readonly store: BatchStore;
	readonly organizationId: string;
	readonly reading: TagReading;
	readonly results: Array<WriteResult<Reason>>;
	/** To be sent in batches. */
	readonly queue: Array<Entry<Reason>>;
	/** Not in the list, or in a batch that was refused: by single PUTs. */
	readonly single: Array<Entry<Reason>>;
	/** Of those, how many a batch was refused for, and how Meraki put it first. */
	refused: { readonly count: number; readonly error: MerakiApiError } | null;
	readonly sent: Array<SentWrite<Reason>>;
	readonly notes: string[];
	/** Since when all places of the organization are taken, as `elapsedMs`; `null` when a batch got one since. */
	atCapacitySince: number | null;
	/** What delayed the run last, for what is left to the next one. */
	delayCause: string | null;
	stop: Stop | null;
}

/** No batch is begun any more. */
export function isOutOfTime({ store }: { readonly store: BatchStore }): boolean {
	return store.isCancelled() || store.remainingMs() < NEEDED_MS;
}

export function report<Reason>(
	run: BatchRun<Reason>,
	{ place, job }: Entry<Reason>,
	outcome: WriteOutcome<Reason>,
): void {
	run.results[place] = { networkId: job.networkId, outcome };
}

/** Back to the head of the queue, to be planned anew on tags read by then. */
export function requeue<Reason>(run: BatchRun<Reason>, entries: ReadonlyArray<Entry<Reason>>): void {
	run.queue.unshift(...entries);
}

/**
 * Leaves the networks of a refused batch to single PUTs. It has changed nothing, and often does not say which network it
 * was refused for: one by one, only that one fails, with Meraki's own words.
 */
export function writeOneByOne<Reason>(
	run: BatchRun<Reason>,
	entries: ReadonlyArray<Entry<Reason>>,
	error: MerakiApiError,
): void {
	if (entries.length === 0) return;
	run.single.push(...entries);
	run.refused = {
		count: (run.refused?.count ?? 0) + entries.length,
		error: run.refused?.error ?? error,
	};
}

/** Takes note of an error that says that the run is over; `false` for any other. */
export function endsRun<Reason>(run: BatchRun<Reason>, error: Error): boolean {
	if (!isMerakiApiError(error) || (error.kind !== 'outOfTime' && error.kind !== 'cancelled')) return false;
	run.stop = { kind: 'over', error };
	return true;
}
