import { DAY_MS, HOUR_MS } from '../domain/time';
import type { ApplianceStatus, LossRow, Network } from '../domain/types';
import type { KnownPeers } from '../health/trackedIps';
import type { OrganizationMemory } from '../memory/memory';

/** Everything known of one organization in one run. What has not been read yet is asked for by {@link DataRequests}. */
export interface OrganizationSnapshot {
	/** `Date` of the answer that brought the loss rows. */
	readonly now: number;
	readonly networks: readonly Network[];
	readonly rows: readonly LossRow[];
	readonly peers: KnownPeers;
	/** `null`: nothing is remembered; then the same failovers are decided. */
	readonly memory: OrganizationMemory | null;
	/** By network; a network that is missing was not asked for. */
	readonly statuses: ReadonlyMap<string, readonly ApplianceStatus[] | 'notReadable'>;
	/** By tracked IP. */
	readonly history: ReadonlyMap<string, History>;
	/** By destination: the looks back that show whether anybody ever saw it healthy (R4.7). */
	readonly lookbacks: ReadonlyMap<string, Lookback>;
}

/** Rows of one destination read back to `knownSince`. */
export interface History {
	readonly rows: readonly LossRow[];
	readonly knownSince: number;
}

export interface Lookback {
	readonly rows: readonly LossRow[];
	/** One look was not answered: what was not seen must not be remembered as never healthy. */
	readonly isIncomplete: boolean;
}

/** R4.7: one hour, 24 hours and 7 days ago. */
export const LOOKS_BACK_MS: readonly number[] = [HOUR_MS, DAY_MS, 7 * DAY_MS];

/** What must be read before the rest can be decided. */
export interface DataRequests {
	/** Networks on which a decision depends (R1.3). */
	readonly statusesOf: readonly string[];
	/** Destinations whose older samples decide a swap back (R2.4). */
	readonly historyOf: readonly { readonly ip: string; readonly since: number }[];
	/** Destinations of which it must be known whether they were ever seen healthy (R4.7). */
	readonly lookbacksOf: readonly string[];
}
