import { judgedAppliance } from './appliance';
import type { ApplianceInUse } from './appliance';
import { decide } from './decide';
import type { PeerReadings, Situation, Verdict } from './decide';
import { factsOf } from './facts';
import { isOver } from './health';
import type { Knowledge } from './knowledge';
import { excuse, isInside, windowsFor } from './maintenance';
import { readPeers } from './readPeers';
import { isMeasured, mergeRows } from './samples';
import type { Series } from './samples';
import type { Settings } from './settings';
import { isSteadilyUnder } from './steady';
import type { ConsistentPair } from './tags';
import type { Tracker } from './trackedIps';
import type { LossRow, Network } from './types';

/** One pair on one network, with the rows that concern it. */
export interface Branch {
	readonly network: Network;
	readonly pair: ConsistentPair;
	readonly rows: readonly LossRow[];
	readonly remembered: readonly LossRow[];
	readonly history: readonly LossRow[];
	/** By destination. */
	readonly earlier: ReadonlyMap<string, readonly LossRow[]>;
	readonly tracker: Tracker;
}

/** What others ask of every series of a network, taken in one pass while they are at hand. */
export interface Outline {
	/** `null` without any sample. */
	readonly newestSampleAt: number | null;
	/** Not one sample is over: there is nothing to remember of them (R4.9). */
	readonly isCalm: boolean;
}

/** {@link Branch}, judged. */
export interface Judged {
	readonly kind: 'judged';
	readonly peers: PeerReadings;
	readonly series: readonly Series[];
	readonly outline: Outline;
	readonly isByHand: boolean;
	readonly verdict: Verdict;
}

/**
 * With statuses: judged on the appliance and uplink in use (R1.3). Without: judged on every appliance and uplink by
 * itself; where none of them wants a move, and all tell the same of a move by hand, nothing depends on the status, and
 * no call is spent on it.
 */
export function judgePair(
	branch: Branch,
	knowledge: Knowledge,
	watch: string,
	settings: Settings,
): Judged | { kind: 'statusNeeded' } {
	const { network, pair } = branch;
	const statuses = knowledge.statuses.get(network.id);
	const windows = windowsFor(settings.maintenance, network.tags);
	const series = excuse(knownSeries(branch, knowledge.now), windows, knowledge.now);
	const outline = outlineOf(series, settings);
	const judgeOn = (judgedRows: readonly Series[], appliance: Situation['appliance']): Judged => {
		const peers = readPeers(branch, judgedRows, knowledge, settings);
		const earlierRows = branch.earlier;
		const networkId = network.id;
		const facts = factsOf({ networkId, pair, peers, series, earlierRows, knowledge, watch, settings });
		const isHeld = network.tags.includes(settings.holdTag);
		const isInMaintenance = windows.some((window) => isInside(window, knowledge.now));
		const verdict = decide({ peers, isHeld, isInMaintenance, appliance, facts, settings });
		const isByHand = pair.active.role.kind === 'backup' && facts.isHandMove();
		return { kind: 'judged', peers, series, outline, isByHand, verdict };
	};
	const possible = (appliance: Situation['appliance']): Possible => {
		const [first = [], ...others] = everyPossibility(series, settings);
		return [judgeOn(first, appliance), ...others.map((rows) => judgeOn(rows, appliance))];
	};
	if (statuses === undefined) {
		if (outline.isCalm && pair.active === pair.primary) {
			return firstTelling(everyPossibility(series, settings), (rows) => judgeOn(rows, 'notReadable'));
		}
		const all = possible('notReadable');
		return dependsOnStatus(all) ? { kind: 'statusNeeded' } : mostTelling(all);
	}
	const appliance = statuses === 'notReadable' ? UNCLEAR : judgedAppliance(statuses);
	switch (appliance.kind) {
		case 'online':
			return judgeOn(rowsInUse(series, appliance, settings), 'online');
		// Without an active uplink there is none to judge; the reason still says what the health would want (R4.4).
		case 'offline':
			return mostTelling(possible('offline'));
		case 'unclear':
			return withoutStatus(mostTelling(possible('notReadable')));
	}
}

const UNCLEAR = { kind: 'unclear' } as const;

function outlineOf(series: readonly Series[], settings: Settings): Outline {
	let newestSampleAt = -Infinity;
	let isCalm = true;
	for (const row of series) {
		if (row.steady && isSteadilyUnder(row.steady, settings)) {
			newestSampleAt = Math.max(newestSampleAt, row.steady.newestAt);
			continue;
		}
		for (const sample of row.samples) {
			if (sample.sampledAt > newestSampleAt) newestSampleAt = sample.sampledAt;
			if (isMeasured(sample) && isOver(sample, settings)) isCalm = false;
		}
	}
	return { newestSampleAt: newestSampleAt === -Infinity ? null : newestSampleAt, isCalm };
}

/** R1.1: the newest answer wins: over history the newest rows, over memory the history, which is read now. */
function knownSeries({ remembered, history, rows }: Branch, now: number): readonly Series[] {
	return mergeRows(mergeRows(remembered, history, now), rows, now);
}

/** Judged on each appliance and uplink by itself. */
type Possible = readonly [Judged, ...Judged[]];

/**
 * {@link mostTelling} for a branch on primary without a single over sample: no appliance and no uplink of it wants a
 * move (R3.1), so the first that has data is taken before the others are judged.
 */
function firstTelling(
	possible: ReadonlyArray<readonly Series[]>,
	judge: (rows: readonly Series[]) => Judged,
): Judged {
	let first: Judged | undefined;
	for (const rows of possible) {
		const judged = judge(rows);
		if (hasData(judged.peers)) return judged;
		first ??= judged;
	}
	return first ?? judge([]);
}

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
	return primary.health.kind === 'measured' || backups.some(({ health }) => health.kind === 'measured');
}

function rowsInUse(series: readonly Series[], inUse: ApplianceInUse, { judgedUplinks }: Settings): Series[] {
	const uplinks = judgedUplinks.kind === 'chosen' ? judgedUplinks.uplinks : [inUse.activeUplink];
	return series.filter((row) => row.serial === inUse.serial && uplinks.includes(row.uplink));
}

/** The rows of each appliance and uplink; of each appliance where the uplinks are chosen. */
function everyPossibility(
	series: readonly Series[],
	{ judgedUplinks }: Settings,
): ReadonlyArray<readonly Series[]> {
	const possibilities: Series[][] = [];
	for (const row of series) {
		if (judgedUplinks.kind === 'chosen' && !judgedUplinks.uplinks.includes(row.uplink)) continue;
		const beside = possibilities.find(
			([first]) =>
				first?.serial === row.serial && (judgedUplinks.kind === 'chosen' || first.uplink === row.uplink),
		);
		if (beside) beside.push(row);
		else possibilities.push([row]);
	}
	return possibilities;
}
