import type { Network } from '../domain/types';
import type { Series } from '../health/series';
import type { ConsistentPair, PairReading } from '../tags/pairs';
import type { PeerReadings } from './situation';
import type { Move, Needs, Reason, Verdict } from './verdict';

/** How a backup came to be active that memory neither held nor asked for (R4.10). */
export type UnknownMove =
	/** The primary was clean: an operator's decision, respected until the primary is lossy. */
	| 'byHand'
	/** The primary is lossy, or memory is old: perhaps a run of ours that was stopped before it could report. */
	| 'unrecorded';

/** One pair on one network with its verdict. */
export type PairOutcome =
	| {
			readonly kind: 'judged';
			readonly network: Network;
			readonly pair: ConsistentPair;
			readonly peers: PeerReadings;
			/** Every row of the network, also of destinations that belong to no peer. */
			readonly series: readonly Series[];
			/** `null` where memory knows how the active peer came to be active, or there is no memory. */
			readonly unknownMove: UnknownMove | null;
			/** `null` where it was not read, or is not known. */
			readonly uplinkInUse: string | null;
			/** Two appliances are active and neither is known to be primary: the statuses were read, and do not say (R1.3). */
			readonly hasTwoActiveAppliances: boolean;
			/** Minutes that the primary must stay clean, with the backoff (R2.5). */
			readonly recoveryMinutes: number;
			/** `null` without any sample. */
			readonly newestSampleAt: number | null;
			readonly hasBadSample: boolean;
			readonly verdict: Exclude<Verdict, Needs>;
	  }
	| {
			readonly kind: 'inconsistent';
			readonly network: Network;
			readonly pair: Extract<PairReading, { kind: 'inconsistent' }>;
	  };

export type JudgedPair = Extract<PairOutcome, { kind: 'judged' }>;

export type MovingPair = JudgedPair & { readonly verdict: Move };

export function isMove(outcome: PairOutcome): outcome is MovingPair {
	return outcome.kind === 'judged' && outcome.verdict.kind === 'move';
}

export function reasonOf(outcome: PairOutcome): Reason {
	return outcome.kind === 'inconsistent' ? 'tagsInconsistent' : outcome.verdict.reason;
}

export function isOffPrimary(outcome: PairOutcome): outcome is JudgedPair {
	return outcome.kind === 'judged' && outcome.pair.active.role.kind === 'backup';
}

/** The number of networks that take part. The pairs of one network follow each other. */
export function managedCount(outcomes: readonly PairOutcome[]): number {
	return outcomes.filter(({ network }, at) => network.id !== outcomes[at - 1]?.network.id).length;
}
