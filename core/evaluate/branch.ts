import type { LossRow, Network } from '../domain/types';
import type { Tracker } from '../health/trackedIps';
import type { ConsistentPair } from '../tags/pairs';

/** One pair on one network, with the rows that concern it. */
export interface Branch {
	readonly network: Network;
	readonly pair: ConsistentPair;
	readonly rows: readonly LossRow[];
	readonly remembered: readonly LossRow[];
	readonly history: readonly LossRow[];
	/** What the looks back brought, by destination. */
	readonly lookbackRows: ReadonlyMap<string, readonly LossRow[]>;
	readonly tracker: Tracker;
}
