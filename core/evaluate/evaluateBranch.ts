import { decide } from '../decide/decide';
import type { JudgedPair } from '../decide/outcome';
import type { Need, PeerReadings, Situation } from '../decide/situation';
import { vetoed } from '../decide/verdict';
import type { Verdict } from '../decide/verdict';
import { applianceInUse } from '../health/applianceInUse';
import { recoveryMinutesAfter } from '../health/backoff';
import { excuseMaintenance } from '../health/excuseMaintenance';
import { isBadSample, isLossy } from '../health/seriesHealth';
import { isMeasured, mergeRows } from '../health/series';
import type { Series } from '../health/series';
import { earlierFailovers, unknownMoveOf } from '../memory/pairMemory';
import { holdOf } from '../settings/hold';
import { isInside, windowsFor } from '../settings/maintenanceWindow';
import type { MaintenanceWindow } from '../settings/maintenanceWindow';
import type { Settings } from '../settings/settings';
import type { Branch } from './branch';
import { guardInputs } from './guardInputs';
import { peerMeasurements } from './peerMeasurements';
import type { OrganizationSnapshot } from './snapshot';

/** {@link Branch} with its verdict, which may still ask for data. */
export type EvaluatedBranch = Omit<JudgedPair, 'verdict' | 'network' | 'pair'> & {
	readonly verdict: Verdict;
};

/** A decision depends on the statuses of the network; `need` is what it would ask for next. */
export interface StatusNeeded {
	readonly kind: 'statusNeeded';
	readonly needs: readonly Need[];
}

/** A branch with everything that is computed once per run from all of its rows. */
interface Measured {
	readonly branch: Branch;
	readonly windows: readonly MaintenanceWindow[];
	readonly series: readonly Series[];
	readonly newestSampleAt: number | null;
	readonly hasBadSample: boolean;
	readonly recoveryMinutes: number;
	readonly snapshot: OrganizationSnapshot;
	/** With the recovery minutes of the backoff. */
	readonly settings: Settings;
}

/**
 * With statuses: evaluates the appliance and uplink in use (R1.3). Without: evaluates every appliance and uplink on
 * its own; where none of them asks for a move, and all agree on a manual move, nothing depends on the status, and no
 * call is spent on it.
 */
export function evaluateBranch(
	branch: Branch,
	snapshot: OrganizationSnapshot,
	settings: Settings,
): EvaluatedBranch | StatusNeeded {
	const measured = measure(branch, snapshot, settings);
	const statuses = snapshot.statuses.get(branch.network.id);
	if (statuses === undefined) return evaluateWithoutStatus(measured);
	const appliance = statuses === 'notReadable' ? UNCLEAR : applianceInUse(statuses);
	switch (appliance.kind) {
		case 'online': {
			const { serial, activeUplink: uplink } = appliance;
			const evaluated = evaluateOn(measured, rowsMeasuredTogether({ serial, uplink }, measured), 'online');
			return { ...evaluated, uplinkInUse: uplink };
		}
		// Without an active uplink none is in use; the reason still says what the health asks for.
		case 'offline':
			return mostDecisive(evaluateEach(measured, 'offline'));
		case 'unclear':
			return {
				...withoutStatus(mostDecisive(evaluateEach(measured, 'notReadable'))),
				hasTwoActiveAppliances: statuses !== 'notReadable',
			};
	}
}

const UNCLEAR = { kind: 'unclear' } as const;

function measure(branch: Branch, snapshot: OrganizationSnapshot, settings: Settings): Measured {
	const { network, pair } = branch;
	const { memory, now } = snapshot;
	const windows = windowsFor(settings.maintenance, network.tags);
	const series = excuseMaintenance(knownSeries(branch, now), windows, now);
	const earlier = earlierFailovers(memory, network.id, pair.pair, pair.active, now);
	const recoveryMinutes = recoveryMinutesAfter(settings.recoveryMinutes, earlier);
	return {
		branch,
		windows,
		series,
		...summaryOf(series, settings),
		recoveryMinutes,
		snapshot,
		settings: recoveryMinutes === settings.recoveryMinutes ? settings : { ...settings, recoveryMinutes },
	};
}

function evaluateWithoutStatus(measured: Measured): EvaluatedBranch | StatusNeeded {
	const possible = evaluateEach(measured, 'notReadable');
	if (!dependsOnStatus(possible)) return mostDecisive(possible);
	// Asked for together with the status, so that one round of reading answers both.
	const needs = evaluateEach(measured, 'online').flatMap(({ verdict }) =>
		verdict.kind === 'needs' && verdict.need.kind === 'looks' ? [verdict.need] : [],
	);
	return { kind: 'statusNeeded', needs };
}

function evaluateOn(
	{ branch, windows, series, newestSampleAt, hasBadSample, recoveryMinutes, snapshot, settings }: Measured,
	countedRows: readonly Series[],
	appliance: Situation['appliance'],
): EvaluatedBranch {
	const { network, pair, lookbackRows } = branch;
	const { now, memory } = snapshot;
	const peers = peerMeasurements(branch, countedRows, snapshot, settings);
	const at = { networkId: network.id, pair: pair.pair, active: pair.active };
	const unknownMove = unknownMoveOf(memory, at, isLossy(peers.primary.health), now);
	const { networkId } = at;
	const verdict = decide({
		peers,
		isHeld: holdOf(network.tags, settings.holdTag, now).kind === 'held',
		isInMaintenance: windows.some((window) => isInside(window, now)),
		maySwapBackNow: maySwapBackAt(now, settings),
		appliance,
		inputs: guardInputs({ networkId, peers, series, lookbackRows, snapshot, settings, unknownMove }),
		settings,
	});
	return {
		kind: 'judged',
		peers,
		series,
		newestSampleAt,
		hasBadSample,
		recoveryMinutes,
		unknownMove,
		uplinkInUse: null,
		hasTwoActiveAppliances: false,
		verdict,
	};
}

function maySwapBackAt(now: number, { swapBackOnlyBetween }: Settings): boolean {
	return swapBackOnlyBetween.length === 0 || swapBackOnlyBetween.some((window) => isInside(window, now));
}

function summaryOf(series: readonly Series[], settings: Settings) {
	let newestSampleAt = -Infinity;
	let hasBadSample = false;
	for (const { samples } of series) {
		for (const sample of samples) {
			if (sample.sampledAt > newestSampleAt) newestSampleAt = sample.sampledAt;
			if (isMeasured(sample) && isBadSample(sample, settings)) hasBadSample = true;
		}
	}
	return { newestSampleAt: newestSampleAt === -Infinity ? null : newestSampleAt, hasBadSample };
}

/** R1.1: the newest answer wins: over history the newest rows, over memory the history, which is read now. */
function knownSeries({ remembered, history, rows }: Branch, now: number): readonly Series[] {
	return mergeRows(mergeRows(remembered, history, now), rows, now);
}

/** Each appliance and uplink on its own. */
type Possible = readonly [EvaluatedBranch, ...EvaluatedBranch[]];

function evaluateEach(measured: Measured, appliance: Situation['appliance']): Possible {
	const evaluated = measured.series
		.filter((row) => isGroupHead(row, measured))
		.map((row) => evaluateOn(measured, rowsMeasuredTogether(row, measured), appliance));
	const [first = evaluateOn(measured, [], appliance), ...others] = evaluated;
	return [first, ...others];
}

function dependsOnStatus(possible: Possible): boolean {
	const [first, ...others] = possible;
	return (
		possible.some(({ verdict }) => verdict.kind !== 'stay') ||
		others.some(({ unknownMove }) => unknownMove !== first.unknownMove)
	);
}

/** The one that asks for a move, else one that has data. A manual move is respected until the primary is lossy on each. */
function mostDecisive(possible: Possible): EvaluatedBranch {
	const deciding = possible.find(({ verdict }) => verdict.kind !== 'stay');
	const chosen = deciding ?? possible.find(({ peers }) => hasData(peers)) ?? possible[0];
	const byHand = possible.find(({ unknownMove }) => unknownMove === 'byHand');
	return { ...chosen, unknownMove: byHand ? 'byHand' : chosen.unknownMove };
}

/** A swap back that depends on history cannot happen without a status: nothing is read for it. */
function withoutStatus(evaluated: EvaluatedBranch): EvaluatedBranch {
	if (evaluated.verdict.kind !== 'needs') return evaluated;
	const to = evaluated.peers.primary.member;
	const wanted = { action: 'swapBack', wantedFor: 'primaryRecovered' } as const;
	return { ...evaluated, verdict: vetoed(wanted, 'noStatus', { to }) };
}

function hasData({ primary, backups }: PeerReadings): boolean {
	return primary.health.kind === 'measured' || backups.some(({ health }) => health.kind === 'measured');
}

type ApplianceUplink = Pick<Series, 'serial' | 'uplink'>;

/** True for the first row of each group that is measured together, so that each group is evaluated once. */
function isGroupHead(row: Series, { series, settings }: Measured): boolean {
	return series.find((other) => areMeasuredTogether(row, other, settings)) === row;
}

/** Rows measured by the same appliance on the same uplink, or on any chosen uplink. */
function rowsMeasuredTogether(at: ApplianceUplink, { series, settings }: Measured): readonly Series[] {
	return series.filter((other) => areMeasuredTogether(at, other, settings));
}

function areMeasuredTogether(
	one: ApplianceUplink,
	other: ApplianceUplink,
	{ judgedUplinks }: Settings,
): boolean {
	if (one.serial !== other.serial) return false;
	return judgedUplinks.kind === 'chosen'
		? judgedUplinks.uplinks.includes(other.uplink)
		: one.uplink === other.uplink;
}
