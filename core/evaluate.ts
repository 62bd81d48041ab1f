import { judgedAppliance } from './appliance';
import type { ApplianceInUse } from './appliance';
import { decide } from './decide';
import type { PeerReading, PeerReadings, Situation, Verdict } from './decide';
import { factsOf } from './facts';
import { peerHealth } from './health';
import type { Knowledge, Needs } from './knowledge';
import { limitMoves } from './limits';
import { excuse, isInside, windowsFor } from './maintenance';
import { NeedsList } from './needsList';
import type { Series } from './samples';
import { groupByNetwork, mergeRows, windowStart } from './samples';
import type { Settings } from './settings';
import type { TagGrammar, VpnTag } from './tagFormat';
import type { ConsistentPair, PairReading } from './tags';
import { readPairs } from './tags';
import { trackingOf } from './trackedIps';
import type { LossRow, Network } from './types';
import { watchOf } from './watch';

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
}

/**
 * Judges every pair of the organization. Pure: the same knowledge gives the same answer. While `needs` is not
 * empty, read what it names (or say that it cannot be read) and evaluate again; outcomes that hang on it are
 * missing until then.
 */
export function evaluate(knowledge: Knowledge, settings: Settings, grammar: TagGrammar): Evaluation {
	const indexed = indexRows(knowledge);
	const outcomes: PairOutcome[] = [];
	const needs = new NeedsList(knowledge);
	const managed = knowledge.networks.filter((each) => takesPart(each, settings));
	const pairs = managed.flatMap((network) =>
		readPairs(network.tags, grammar).map((pair) => ({ network, pair })),
	);
	const watch = watchOf(pairs, knowledge, settings);
	for (const { network, pair } of pairs) {
		if (pair.kind === 'inconsistent') {
			outcomes.push({ kind: 'inconsistent', network, pair });
			continue;
		}
		const judged = judgePair(branchOf(network, pair, indexed), knowledge, watch, settings);
		if (judged.kind === 'statusNeeded') needs.addStatus(network.id);
		else if (judged.verdict.kind === 'needs') needs.add(judged.verdict.need);
		else {
			const { peers, series, isByHand, verdict } = judged;
			outcomes.push({ kind: 'judged', network, pair, peers, series, isByHand, verdict });
		}
	}
	return { outcomes: limitMoves(outcomes, settings, knowledge.now), needs: needs.list() };
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

function branchOf(network: Network, pair: ConsistentPair, indexed: IndexedRows): Branch {
	return {
		network,
		pair,
		rows: indexed.newest.get(network.id) ?? [],
		remembered: indexed.remembered.get(network.id) ?? [],
		history: indexed.history.get(network.id) ?? [],
		earlier: indexed.earlier.get(network.id) ?? [],
	};
}

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

interface Branch {
	readonly network: Network;
	readonly pair: ConsistentPair;
	readonly rows: readonly LossRow[];
	readonly remembered: readonly LossRow[];
	readonly history: readonly LossRow[];
	readonly earlier: readonly LossRow[];
}

interface Judged {
	readonly kind: 'judged';
	readonly peers: PeerReadings;
	readonly series: readonly Series[];
	readonly isByHand: boolean;
	readonly verdict: Verdict;
}

/**
 * With statuses: judged on the appliance and uplink in use (R1.3). Without: judged on every appliance and uplink by
 * itself; where none of them wants a move, and all tell the same of a move by hand, nothing depends on the status, and
 * no call is spent on it.
 */
function judgePair(
	branch: Branch,
	knowledge: Knowledge,
	watch: string,
	settings: Settings,
): Judged | { kind: 'statusNeeded' } {
	const statuses = knowledge.statuses.get(branch.network.id);
	const windows = windowsFor(settings.maintenance, branch.network.tags);
	const series = excuse(knownSeries(branch, knowledge.now), windows, knowledge.now);
	const judgeOn = (judgedRows: readonly Series[], appliance: Situation['appliance']): Judged => {
		const peers = readPeers(branch, judgedRows, knowledge, settings);
		const { network, pair } = branch;
		const earlierRows = byDestination(branch.earlier);
		const networkId = network.id;
		const facts = factsOf({ networkId, pair, peers, series, earlierRows, knowledge, watch, settings });
		const isHeld = network.tags.includes(settings.holdTag);
		const isInMaintenance = windows.some((window) => isInside(window, knowledge.now));
		const verdict = decide({ peers, isHeld, isInMaintenance, appliance, facts, settings });
		const isByHand = pair.active.role.kind === 'backup' && facts.isHandMove();
		return { kind: 'judged', peers, series, isByHand, verdict };
	};
	const possible = (appliance: Situation['appliance']): Possible => {
		const [first = [], ...others] = everyPossibility(series, settings);
		return [judgeOn(first, appliance), ...others.map((rows) => judgeOn(rows, appliance))];
	};
	if (statuses === undefined) {
		const all = possible('notReadable');
		return dependsOnStatus(all) ? { kind: 'statusNeeded' } : mostTelling(all);
	}
	if (statuses === 'notReadable') return withoutStatus(mostTelling(possible('notReadable')));
	const appliance = judgedAppliance(statuses);
	// Without an active uplink there is none to judge; the reason still says what the health would want (R4.4).
	return appliance.kind === 'offline'
		? mostTelling(possible('offline'))
		: judgeOn(rowsInUse(series, appliance, settings), 'online');
}

/** R1.1: the newest answer wins: over history the newest rows, over memory the history, which is read now. */
function knownSeries({ network, remembered, history, rows }: Branch, now: number): Series[] {
	const older = mergeRows(remembered, history, now).map((series) => ({ ...series, networkId: network.id }));
	return mergeRows(older, rows, now);
}

/** Judged on each appliance and uplink by itself. */
type Possible = readonly [Judged, ...Judged[]];

function dependsOnStatus(possible: Possible): boolean {
	const [first, ...others] = possible;
	return (
		possible.some(({ verdict }) => verdict.kind !== 'stay') ||
		others.some(({ isByHand }) => isByHand !== first.isByHand)
	);
}

/** The one that wants a move, else one that has data. A move by hand stands until primary is lossy on each (R4.9). */
function mostTelling(possible: Possible): Judged {
	const deciding = possible.find(({ verdict }) => verdict.kind !== 'stay');
	const telling = deciding ?? possible.find(({ peers }) => hasData(peers)) ?? possible[0];
	return { ...telling, isByHand: possible.some(({ isByHand }) => isByHand) };
}

/** A swap back that hangs on history cannot happen without a status: nothing is read for it. */
function withoutStatus(judged: Judged): Judged {
	if (judged.verdict.kind !== 'needs') return judged;
	const to = judged.peers.primary.member;
	const verdict = {
		kind: 'vetoed',
		action: 'swapBack',
		to,
		wantedFor: 'primaryRecovered',
		reason: 'noStatus',
		line: null,
	} as const;
	return { ...judged, verdict };
}

function hasData({ primary, backups }: PeerReadings): boolean {
	return [primary, ...backups].some((peer) => peer.health.kind === 'measured');
}

function rowsInUse(series: readonly Series[], inUse: ApplianceInUse, { judgedUplinks }: Settings): Series[] {
	const uplinks = judgedUplinks.kind === 'chosen' ? judgedUplinks.uplinks : [inUse.activeUplink];
	return series.filter((row) => row.serial === inUse.serial && uplinks.includes(row.uplink));
}

function everyPossibility(series: readonly Series[], { judgedUplinks }: Settings): Series[][] {
	const possible = new Map<string, Series[]>();
	for (const row of series) {
		if (judgedUplinks.kind === 'chosen' && !judgedUplinks.uplinks.includes(row.uplink)) continue;
		const key = judgedUplinks.kind === 'chosen' ? row.serial : JSON.stringify([row.serial, row.uplink]);
		possible.set(key, [...(possible.get(key) ?? []), row]);
	}
	return [...possible.values()];
}

function readPeers(
	branch: Branch,
	judgedRows: readonly Series[],
	knowledge: Knowledge,
	settings: Settings,
): PeerReadings {
	const seenIps = [...new Set(branch.rows.map((row) => row.ip))];
	const read = (member: VpnTag): PeerReading => {
		const tracking = trackingOf(member, settings.trackedIps, knowledge.peers, seenIps);
		const ips = tracking.kind === 'tracked' ? tracking.ips : [];
		const rows = judgedRows.filter((row) => ips.includes(row.ip));
		const knownSince = readSince(ips, knowledge, settings);
		return { member, tracking, rows, health: peerHealth(rows, settings, knowledge.now, knownSince) };
	};
	const { pair } = branch;
	const primary = read(pair.primary);
	const backups = pair.backups.map(read);
	const active = backups.find((peer) => peer.member === pair.active) ?? primary;
	return { primary, backups, active };
}

/** From when on every sample of all these destinations was read (R2.4). */
function readSince(ips: readonly string[], { history, now }: Knowledge, settings: Settings): number {
	const start = windowStart(now, settings.windowMinutes);
	return Math.max(...ips.map((ip) => Math.min(start, history.get(ip)?.knownSince ?? start)), -Infinity);
}

function byDestination(rows: readonly LossRow[]): Map<string, LossRow[]> {
	const byIp = new Map<string, LossRow[]>();
	for (const row of rows) byIp.set(row.ip, [...(byIp.get(row.ip) ?? []), row]);
	return byIp;
}
