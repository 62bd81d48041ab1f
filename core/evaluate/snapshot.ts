import type { OrganizationMemory } from '../memory/memory';
import { MINUTE_MS } from '../health/series';
import type { KnownPeers } from '../health/trackedIps';
import type { ApplianceStatus, LossRow, Network } from '../domain/types';

/** Everything known of one organization in one run. What has not been read yet is asked for by {@link Needs}. */
export interface Knowledge {
	/** `Date` of the answer that brought the loss rows. */
	readonly now: number;
	readonly networks: readonly Network[];
	readonly rows: readonly LossRow[];
	readonly peers: KnownPeers;
	/** `null`: nothing is remembered; then the same moves are made, hand moves apart. */
	readonly memory: OrganizationMemory | null;
	/** By network; a network that is missing was not asked for. */
	readonly statuses: ReadonlyMap<string, readonly ApplianceStatus[] | 'notReadable'>;
	/** By tracked IP. */
	readonly history: ReadonlyMap<string, History>;
	/** By destination: looks at earlier days, to see whether anybody ever saw it healthy (R4.6). */
	readonly earlier: ReadonlyMap<string, Earlier>;
}

/** Rows of one destination read back to `knownSince`. */
export interface History {
	readonly rows: readonly LossRow[];
	readonly knownSince: number;
	/** A part was not answered: recovery takes it for unmeasured, and of onsets (R4.9) nothing is known. */
	readonly isIncomplete: boolean;
}

export interface Earlier {
	readonly rows: readonly LossRow[];
	/** How many of {@link EARLIER_LOOKS_MS} were read. */
	readonly looks: number;
	/** One look was not answered: what was not seen must not be remembered as never healthy. */
	readonly isIncomplete: boolean;
}

/** R4.6: one hour, 24 hours and 7 days ago, at most three reads. */
export const EARLIER_LOOKS_MS: readonly number[] = [
	60 * MINUTE_MS,
	24 * 60 * MINUTE_MS,
	7 * 24 * 60 * MINUTE_MS,
];

/**
 * Evaluate, read what it asks for, evaluate again: at most so often. A pair asks for its status, then for up to three
 * looks (R4.6) at its active peer and three at its references, then perhaps for history, first for R2.4 and then for
 * R4.9; a readiness check then looks at earlier days for other destinations. A pair that still asks is not judged in this run.
 */
export const MOST_ROUNDS = 14;

/** What must be read before the rest can be decided. */
export interface Needs {
	/** Networks on which a decision depends (R1.3). */
	readonly statusesOf: readonly string[];
	/** Destinations whose older samples decide a swap back (R2.4, R4.9). */
	readonly historyOf: readonly { readonly ip: string; readonly since: number }[];
	/** Destinations of which it must be known whether they were ever seen healthy (R4.6): the next look. */
	readonly earlierOf: readonly { readonly ip: string; readonly look: number }[];
}
