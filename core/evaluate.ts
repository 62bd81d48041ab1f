import { judgedAppliance } from './appliance';
import type { JudgedAppliance } from './appliance';
import { decide } from './decide';
import type { PeerReading, PeerReadings, Situation, Verdict } from './decide';
import { peerHealth } from './health';
import type { Series } from './samples';
import { groupByNetwork, mergeRows, MINUTE_MS, windowStart } from './samples';
import type { Settings } from './settings';
import type { TagGrammar, VpnTag } from './tagFormat';
import type { ConsistentPair, PairReading } from './tags';
import { readPairs } from './tags';
import type { KnownPeers } from './trackedIps';
import { trackingOf } from './trackedIps';
import type { ApplianceStatus, LossRow, Network } from './types';

/** Everything known of one organization in one run. What has not been read yet is asked for by {@link Needs}. */
export interface Knowledge {
	/** `Date` of the answer that brought the loss rows. */
	readonly now: number;
	readonly networks: readonly Network[];
	readonly rows: readonly LossRow[];
	readonly peers: KnownPeers;
	/** By network; samples kept by memory. */
	readonly remembered: ReadonlyMap<string, readonly LossRow[]>;
	/** By network; a network that is missing was not asked for. */
	readonly statuses: ReadonlyMap<string, readonly ApplianceStatus[] | 'notReadable'>;
	/** By tracked IP. */
	readonly history: ReadonlyMap<string, History>;
}

/** Rows of one destination read back to `knownSince`; no rows at all where Meraki did not answer. */
export interface History {
	readonly rows: readonly LossRow[];
	readonly knownSince: number;
}

/** What must be read before the rest can be decided. */
export interface Needs {
	/** Networks on which a decision depends (R1.3). */
	readonly statusesOf: readonly string[];
	/** Destinations whose older samples decide a swap back (R2.4). */
	readonly historyOf: readonly { readonly ip: string; readonly since: number }[];
}

/** One pair on one network, judged. */
export type PairOutcome =
	| {
			readonly kind: 'judged';
			readonly network: Network;
			readonly pair: ConsistentPair;
			readonly peers: PeerReadings;
			readonly verdict: Exclude<Verdict, { kind: 'historyNeeded' }>;
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
	const rowsByNetwork = groupByNetwork(knowledge.rows);
	const historyByNetwork = groupByNetwork([...knowledge.history.values()].flatMap(({ rows }) => rows));
	const outcomes: PairOutcome[] = [];
	const statusesOf = new Set<string>();
	const historyOf = new Map<string, number>();
	for (const network of knowledge.networks.filter((each) => takesPart(each, settings))) {
		for (const pair of readPairs(network.tags, grammar)) {
			if (pair.kind === 'inconsistent') {
				outcomes.push({ kind: 'inconsistent', network, pair });
				continue;
			}
			const rows = rowsByNetwork.get(network.id) ?? [];
			const older = [
				...(historyByNetwork.get(network.id) ?? []),
				...(knowledge.remembered.get(network.id) ?? []),
			];
			const branch = { network, pair, rows, older };
			const judged = judgePair(branch, knowledge, settings);
			if (judged.kind === 'statusNeeded') statusesOf.add(network.id);
			else if (judged.verdict.kind === 'historyNeeded') {
				for (const ip of primaryIps(judged.peers)) historyOf.set(ip, historySince(knowledge.now, settings));
			} else outcomes.push({ kind: 'judged', network, pair, peers: judged.peers, verdict: judged.verdict });
		}
	}
	const needs = {
		statusesOf: [...statusesOf],
		historyOf: [...historyOf].map(([ip, since]) => ({ ip, since })),
	};
	return { outcomes, needs };
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
	readonly older: readonly LossRow[];
}

interface Judged {
	readonly kind: 'judged';
	readonly peers: PeerReadings;
	readonly verdict: Verdict;
}

/**
 * With statuses: judged on the appliance and uplink in use (R1.3). Without: judged on every appliance and uplink by
 * itself; where none of them wants a move, no decision depends on the status, and no call is spent on it.
 */
function judgePair(
	branch: Branch,
	knowledge: Knowledge,
	settings: Settings,
): Judged | { kind: 'statusNeeded' } {
	const statuses = knowledge.statuses.get(branch.network.id);
	const series = mergeRows(branch.older, branch.rows, knowledge.now);
	const judgeOn = (judgedRows: readonly Series[], appliance: Situation['appliance']): Judged => {
		const peers = readPeers(branch, judgedRows, knowledge, settings);
		const isHeld = branch.network.tags.includes(settings.holdTag);
		return {
			kind: 'judged',
			peers,
			verdict: decide({ peers, isHeld, appliance, settings }),
		};
	};
	if (statuses !== undefined && statuses !== 'notReadable') {
		const appliance = judgedAppliance(statuses);
		return judgeOn(rowsInUse(series, appliance, settings), appliance.kind);
	}
	const possible = everyPossibility(series, settings).map((rows) => judgeOn(rows, 'notReadable'));
	const deciding = possible.find(({ verdict }) => verdict.kind !== 'stay');
	if (!deciding)
		return possible.find(({ peers }) => hasData(peers)) ?? possible[0] ?? judgeOn([], 'notReadable');
	return statuses === 'notReadable' ? withoutStatus(deciding) : { kind: 'statusNeeded' };
}

/** A swap back that would need history as well cannot happen without a status: it stays pending. */
function withoutStatus(judged: Judged): Judged {
	if (judged.verdict.kind !== 'historyNeeded') return judged;
	return { ...judged, verdict: { kind: 'stay', reason: 'recoveryPending' } };
}

function hasData({ primary, backups }: PeerReadings): boolean {
	return [primary, ...backups].some((peer) => peer.health.kind === 'measured');
}

function rowsInUse(series: readonly Series[], appliance: JudgedAppliance, settings: Settings): Series[] {
	const { judgedUplinks } = settings;
	const ofAppliance = series.filter((row) => row.serial === appliance.serial);
	if (judgedUplinks.kind === 'chosen')
		return ofAppliance.filter((row) => judgedUplinks.uplinks.includes(row.uplink));
	return appliance.kind === 'online'
		? ofAppliance.filter((row) => row.uplink === appliance.activeUplink)
		: [];
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

/** From when on every sample of all these destinations was read. */
function readSince(ips: readonly string[], { history, now }: Knowledge, settings: Settings): number {
	const start = windowStart(now, settings.windowMinutes);
	return Math.max(...ips.map((ip) => Math.min(start, history.get(ip)?.knownSince ?? start)), -Infinity);
}

function primaryIps({ primary: { tracking } }: PeerReadings): readonly string[] {
	return tracking.kind === 'tracked' ? tracking.ips : [];
}

/** R2.4 counts R slots back from a sample that is at most 4 minutes old; one minute more for the nearest sample. */
function historySince(now: number, { recoveryMinutes }: Settings): number {
	return now - (recoveryMinutes + 5) * MINUTE_MS;
}
