import { limitMoves } from '../decide/limits';
import type { PairOutcome } from '../decide/outcome';
import { groupBy } from '../domain/groupBy';
import type { LossRow, Network } from '../domain/types';
import { groupByNetwork } from '../health/series';
import { type Tracker, trackerFor } from '../health/trackedIps';
import type { Settings } from '../settings/settings';
import { readPairs } from '../tags/pairs';
import type { ConsistentPair } from '../tags/pairs';
import type { TagGrammar } from '../tags/tagFormat';
import type { Branch } from './branch';
import { collectRequests } from './dataRequests';
import type { Request } from './dataRequests';
import { evaluateBranch } from './evaluateBranch';
import type { DataRequests, OrganizationSnapshot } from './snapshot';

export interface Evaluation {
	readonly outcomes: readonly PairOutcome[];
	readonly requests: DataRequests;
}

/**
 * Evaluates every pair of the organization. Pure: the same snapshot gives the same answer. While `requests` is not
 * empty, read what it names (or say that it cannot be read) and evaluate again; outcomes that depend on it are left out
 * until then.
 */
export function evaluateOrganization(
	snapshot: OrganizationSnapshot,
	settings: Settings,
	grammar: TagGrammar,
): Evaluation {
	const indexed = indexRows(snapshot);
	const tracker = trackerFor(settings.trackedIps, snapshot.peers);
	const outcomes: PairOutcome[] = [];
	const requests: Request[] = [];
	for (const network of snapshot.networks) {
		if (!takesPart(network, settings) || holdsTagsOnly(network, grammar, indexed)) continue;
		for (const pair of readPairs(network.tags, grammar)) {
			if (pair.kind === 'inconsistent') {
				outcomes.push({ kind: 'inconsistent', network, pair });
				continue;
			}
			const evaluated = evaluateBranch(branchOf(network, pair, indexed, tracker), snapshot, settings);
			if (evaluated.kind === 'statusNeeded') {
				requests.push({ kind: 'status', networkId: network.id }, ...evaluated.needs);
				continue;
			}
			const { verdict } = evaluated;
			if (verdict.kind === 'needs') requests.push(verdict.need);
			else outcomes.push({ ...evaluated, network, pair, verdict });
		}
	}
	return {
		outcomes: limitMoves(outcomes, settings, snapshot.now),
		requests: collectRequests(requests, snapshot.now),
	};
}

interface IndexedRows {
	readonly newest: ReadonlyMap<string, readonly LossRow[]>;
	readonly remembered: ReadonlyMap<string, readonly LossRow[]>;
	readonly history: ReadonlyMap<string, readonly LossRow[]>;
	readonly lookbacks: ReadonlyMap<string, readonly LossRow[]>;
}

function indexRows({ rows, memory, history, lookbacks }: OrganizationSnapshot): IndexedRows {
	const histories = [...history.values()].flatMap((each) => each.rows);
	return {
		newest: groupByNetwork(rows),
		remembered: groupByNetwork(memory?.rows ?? []),
		history: groupByNetwork(histories),
		lookbacks: groupByNetwork([...lookbacks.values()].flatMap((each) => each.rows)),
	};
}

function branchOf(network: Network, pair: ConsistentPair, indexed: IndexedRows, tracker: Tracker): Branch {
	return {
		network,
		pair,
		rows: indexed.newest.get(network.id) ?? NO_ROWS,
		remembered: indexed.remembered.get(network.id) ?? NO_ROWS,
		history: indexed.history.get(network.id) ?? NO_ROWS,
		lookbackRows: byDestination(indexed.lookbacks.get(network.id) ?? NO_ROWS),
		tracker,
	};
}

const NO_ROWS: readonly LossRow[] = [];

/**
 * A network that only keeps tags alive, so that they can be picked in the dashboard: it measures nothing, and carries
 * both states of each of its VPN tags.
 */
function holdsTagsOnly({ id, tags }: Network, grammar: TagGrammar, { newest }: IndexedRows): boolean {
	if (newest.has(id)) return false;
	const members = tags.flatMap((tag) => grammar.read(tag) ?? []);
	return (
		members.length > 0 &&
		members.every(({ upTag, downTag }) => tags.includes(upTag) && tags.includes(downTag))
	);
}

/** Only networks with an appliance, and those of the *Networks* filter, which serves pilots. */
function takesPart(network: Network, { networks }: Settings): boolean {
	if (!network.hasAppliance) return false;
	switch (networks.kind) {
		case 'all':
			return true;
		case 'withTag':
			return network.tags.includes(networks.tag);
		case 'listed':
			return networks.networkIds.includes(network.id);
	}
}

const NO_LOOKBACK: ReadonlyMap<string, readonly LossRow[]> = new Map();

function byDestination(rows: readonly LossRow[]): ReadonlyMap<string, readonly LossRow[]> {
	if (rows.length === 0) return NO_LOOKBACK;
	return groupBy(rows, (row) => row.ip);
}
