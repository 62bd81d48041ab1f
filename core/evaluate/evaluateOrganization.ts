import type { PeerReadings, Verdict } from '../decide/decide';
import { groupBy } from '../domain/groupBy';
import { judgePair } from './evaluateBranch';
import type { Branch, Outline } from './evaluateBranch';
import type { Knowledge, Needs } from './snapshot';
import { limitMoves } from '../decide/limits';
import { NeedsList } from './dataRequests';
import type { Series } from '../health/series';
import { groupByNetwork } from '../health/series';
import type { Settings } from '../settings/settings';
import type { TagGrammar } from '../tags/tagFormat';
import type { ConsistentPair, PairReading } from '../tags/pairs';
import { readPairs } from '../tags/pairs';
import { type Tracker, trackerFor } from '../health/trackedIps';
import type { LossRow, Network } from '../domain/types';
import { watchOf } from './onsetCoverage';

/** One pair on one network, judged. */
export type PairOutcome =
	| {
			readonly kind: 'judged';
			readonly network: Network;
			readonly pair: ConsistentPair;
			readonly peers: PeerReadings;
			/** Every row of the network, also of destinations that are no peer's. */
			readonly series: readonly Series[];
			/** A backup is active by an operator's decision, which still stands (R4.9). */
			readonly isByHand: boolean;
			readonly outline: Outline;
			readonly verdict: Exclude<Verdict, { kind: 'needs' }>;
	  }
	| {
			readonly kind: 'inconsistent';
			readonly network: Network;
			readonly pair: Extract<PairReading, { kind: 'inconsistent' }>;
	  };

export type JudgedPair = Extract<PairOutcome, { kind: 'judged' }>;

export interface Evaluation {
	readonly outcomes: readonly PairOutcome[];
	readonly needs: Needs;
	/** What was judged, as a fingerprint: see watch.ts. */
	readonly watch: string;
}

/**
 * Judges every pair of the organization. Pure: the same knowledge gives the same answer. While `needs` is not
 * empty, read what it names (or say that it cannot be read) and evaluate again; outcomes that hang on it are
 * missing until then.
 */
export function evaluate(knowledge: Knowledge, settings: Settings, grammar: TagGrammar): Evaluation {
	const indexed = indexRows(knowledge);
	const tracker = trackerFor(settings.trackedIps, knowledge.peers);
	const outcomes: PairOutcome[] = [];
	const needs = new NeedsList(knowledge);
	const pairs: Array<{ readonly network: Network; readonly pair: PairReading }> = [];
	for (const network of knowledge.networks) {
		if (!takesPart(network, settings)) continue;
		for (const pair of readPairs(network.tags, grammar)) pairs.push({ network, pair });
	}
	const watch = watchOf(pairs, knowledge, settings);
	for (const { network, pair } of pairs) {
		if (pair.kind === 'inconsistent') {
			outcomes.push({ kind: 'inconsistent', network, pair });
			continue;
		}
		const judged = judgePair(branchOf(network, pair, indexed, tracker), knowledge, watch, settings);
		if (judged.kind === 'statusNeeded') needs.addStatus(network.id);
		else if (judged.verdict.kind === 'needs') needs.add(judged.verdict.need);
		else {
			const { peers, series, outline, isByHand, verdict } = judged;
			outcomes.push({ kind: 'judged', network, pair, peers, series, outline, isByHand, verdict });
		}
	}
	return { outcomes: limitMoves(outcomes, settings, knowledge.now), needs: needs.list(), watch };
}

interface IndexedRows {
	readonly newest: ReadonlyMap<string, readonly LossRow[]>;
	readonly remembered: ReadonlyMap<string, readonly LossRow[]>;
	readonly history: ReadonlyMap<string, readonly LossRow[]>;
	readonly earlier: ReadonlyMap<string, readonly LossRow[]>;
}

function indexRows({ rows, memory, history, earlier }: Knowledge): IndexedRows {
	const histories = [...history.values()].flatMap((each) => each.rows);
	return {
		newest: groupByNetwork(rows),
		remembered: groupByNetwork(memory?.rows ?? []),
		history: groupByNetwork(histories),
		earlier: groupByNetwork([...earlier.values()].flatMap((each) => each.rows)),
	};
}

function branchOf(network: Network, pair: ConsistentPair, indexed: IndexedRows, tracker: Tracker): Branch {
	return {
		network,
		pair,
		rows: indexed.newest.get(network.id) ?? NO_ROWS,
		remembered: indexed.remembered.get(network.id) ?? NO_ROWS,
		history: indexed.history.get(network.id) ?? NO_ROWS,
		earlier: byDestination(indexed.earlier.get(network.id) ?? NO_ROWS),
		tracker,
	};
}

const NO_ROWS: readonly LossRow[] = [];

/** The *Networks* filter: serves pilots. */
function takesPart(network: Network, { networks }: Settings): boolean {
	switch (networks.kind) {
		case 'all':
			return true;
		case 'withTag':
			return network.tags.includes(networks.tag);
		case 'listed':
			return networks.networkIds.includes(network.id);
	}
}

const NONE_EARLIER: ReadonlyMap<string, readonly LossRow[]> = new Map();

function byDestination(rows: readonly LossRow[]): ReadonlyMap<string, readonly LossRow[]> {
	if (rows.length === 0) return NONE_EARLIER;
	return groupBy(rows, (row) => row.ip);
}
