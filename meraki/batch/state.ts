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

/** A batch that was refused without a word on which network, before any other was accepted. */
export interface RefusedUnexplained<Reason> {
	readonly writes: ReadonlyArray<PlannedWrite<Reason>>;
	readonly error: MerakiApiError;
}

/** Everything that is known while many networks are written. The only state, changed by the functions around it. */
export interface BatchRun<Reason> {
	readonly store: BatchStore;
	readonly organizationId: string;
	readonly reading: TagReading;
	readonly results: Array<WriteResult<Reason>>;
	/** To be sent, in any company. */
	readonly queue: Array<Entry<Reason>>;
	/** To be sent by themselves: an offender is among some of them. */
	readonly groups: Array<ReadonlyArray<Entry<Reason>>>;
	readonly unexplained: Array<RefusedUnexplained<Reason>>;
	/** Not in the list, or not for batches: by single PUTs at the end. */
	readonly single: Array<Entry<Reason>>;
	readonly sent: Array<SentWrite<Reason>>;
	readonly notes: string[];
	/** Meraki has judged a batch of this key by its networks: the key may use them. */
	isProven: boolean;
	/** Refused in full without a name, while nothing is proven. */
	refusals: number;
	/** When all places began to be taken, as `remainingMs`; `null` when a batch got one since. */
	crowdedSince: number | null;
	/** What held the run up last, for what is left to the next one. */
	heldUpBy: string | null;
	stop: Stop | null;
}

/** No batch is begun any more. */
export function isOver({ store }: { readonly store: BatchStore }): boolean {
	return store.isCancelled() || store.remainingMs() < NEEDED_MS;
}

export function report<Reason>(
	run: BatchRun<Reason>,
	{ place, job }: Entry<Reason>,
	outcome: WriteOutcome<Reason>,
): void {
	run.results[place] = { networkId: job.networkId, outcome };
}

/** Takes note of an error that says that the run is over; `false` for any other. */
export function endsRun<Reason>(run: BatchRun<Reason>, error: Error): boolean {
	if (!isMerakiApiError(error) || (error.kind !== 'outOfTime' && error.kind !== 'cancelled')) return false;
	run.stop = { kind: 'over', error };
	return true;
}
