import { judgedAppliance } from '../health/applianceInUse';
import { decide } from '../decide/decide';
import type { PeerReadings, Situation, Verdict } from '../decide/decide';
import { KnownFacts } from './guardInputs';
import { isOver } from '../health/seriesHealth';
import type { Knowledge } from './snapshot';
import { excuse, isInside, windowsFor } from '../settings/maintenanceWindow';
import type { MaintenanceWindow } from '../settings/maintenanceWindow';
import { readPeers } from './peerMeasurements';
import { isMeasured, mergeRows } from '../health/series';
import type { Series } from '../health/series';
import type { Settings } from '../settings/settings';
import type { ConsistentPair } from '../tags/pairs';
import type { Tracker } from '../health/trackedIps';
import type { LossRow, Network } from '../domain/types';

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

/** {@link Branch} with what is asked of all its rows at once, in one run. */
interface Measured {
	readonly branch: Branch;
	readonly windows: readonly MaintenanceWindow[];
	readonly series: readonly Series[];
	readonly outline: Outline;
	readonly knowledge: Knowledge;
	readonly watch: string;
	readonly settings: Settings;
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
	const { network } = branch;
	const windows = windowsFor(settings.maintenance, network.tags);
	const series = excuse(knownSeries(branch, knowledge.now), windows, knowledge.now);
	const outline = outlineOf(series, settings);
	const measured = { branch, windows, series, outline, knowledge, watch, settings };
	const statuses = knowledge.statuses.get(network.id);
	if (statuses === undefined) return judgeWithoutStatus(measured);
	const appliance = statuses === 'notReadable' ? UNCLEAR : judgedAppliance(statuses);
	switch (appliance.kind) {
		case 'online': {
			const { serial, activeUplink: uplink } = appliance;
			return judgeOn(measured, besides({ serial, uplink }, measured), 'online');
		}
		// Without an active uplink there is none to judge; the reason still says what the health would want (R4.4).
		case 'offline':
			return mostTelling(judgeEach(measured, 'offline'));
		case 'unclear':
			return withoutStatus(mostTelling(judgeEach(measured, 'notReadable')));
	}
}

const UNCLEAR = { kind: 'unclear' } as const;

function judgeWithoutStatus(measured: Measured): Judged | { kind: 'statusNeeded' } {
	const each = judgeEach(measured, 'notReadable');
	return dependsOnStatus(each) ? { kind: 'statusNeeded' } : mostTelling(each);
}

function judgeOn(
	{ branch, windows, series, outline, knowledge, watch, settings }: Measured,
	judgedRows: readonly Series[],
	appliance: Situation['appliance'],
): Judged {
	const { network, pair, earlier: earlierRows } = branch;
	const peers = readPeers(branch, judgedRows, knowledge, settings);
	const networkId = network.id;
	const facts = new KnownFacts({ networkId, pair, peers, series, earlierRows, knowledge, watch, settings });
	const isHeld = network.tags.includes(settings.holdTag);
	const isInMaintenance = windows.some((window) => isInside(window, knowledge.now));
	const verdict = decide({ peers, isHeld, isInMaintenance, appliance, facts, settings });
	const isByHand = pair.active.role.kind === 'backup' && facts.isHandMove();
	return { kind: 'judged', peers, series, outline, isByHand, verdict };
}

function outlineOf(series: readonly Series[], settings: Settings): Outline {
	let newestSampleAt = -Infinity;
	let isCalm = true;
	for (const row of series) {
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

function judgeEach(measured: Measured, appliance: Situation['appliance']): Possible {
	const judged = measured.series
		.filter((row) => isFirst(row, measured))
		.map((row) => judgeOn(measured, besides(row, measured), appliance));
	const [first = judgeOn(measured, [], appliance), ...others] = judged;
	return [first, ...others];
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

type Line = Pick<Series, 'serial' | 'uplink'>;

/** Whether the row is judged, and the first of its appliance and uplink, or of its appliance where the uplinks are chosen. */
function isFirst(row: Series, { series, settings }: Measured): boolean {
	return series.find((other) => isBeside(row, other, settings)) === row;
}

/** The rows that are judged where this appliance and uplink are. */
function besides(line: Line, { series, settings }: Measured): readonly Series[] {
	return series.filter((other) => isBeside(line, other, settings));
}

function isBeside(one: Line, other: Line, { judgedUplinks }: Settings): boolean {
	if (one.serial !== other.serial) return false;
	return judgedUplinks.kind === 'chosen'
		? judgedUplinks.uplinks.includes(other.uplink)
		: one.uplink === other.uplink;
}
