import type { JudgedPair, PairOutcome } from '../evaluate/evaluateOrganization';
import { FLAPPING_LOOK_BACK_MS, ONSET_QUIET_MS } from '../health/flapping';
import { trackedIps } from '../decide/decide';
import { isOver } from '../health/seriesHealth';
import type { Knowledge } from '../evaluate/snapshot';
import { DATA_LAG_MS, groupByNetwork, isMeasured, mergeRows, MINUTE_MS } from '../health/series';
import type { Series } from '../health/series';
import type { Settings } from '../settings/settings';
import type { LossRow, LossSample } from '../domain/types';

/** Over samples this old still count as onsets (R4.9). */
const ONSETS_KEPT_MS = FLAPPING_LOOK_BACK_MS + ONSET_QUIET_MS + DATA_LAG_MS;

/** Samples of networks that are off primary, watched, or had loss in the last hour. */
export function rowsToRemember(
	outcomes: readonly PairOutcome[],
	settings: Settings,
	knowledge: Pick<Knowledge, 'now' | 'memory' | 'rows'>,
): LossRow[] {
	const { now } = knowledge;
	const rows = new Map<string, LossRow>();
	const keep = (networkId: string, { serial, uplink, ip, samples }: Series) => {
		const kept = samplesToRemember(samples, settings, now);
		const row = { networkId, serial, uplink, ip, samples: kept };
		if (kept.length > 0) rows.set(rowKey(row), row);
	};
	const judged = outcomes.filter((outcome) => outcome.kind === 'judged');
	const watched = judged.filter((outcome) => !isQuiet(outcome, settings, now));
	const settled = new Set(judged.filter(isTracked).map(({ network }) => network.id));
	for (const { network } of watched) settled.delete(network.id);
	for (const row of rowsStillKnown(settled, knowledge)) keep(row.networkId, row);
	for (const { network, peers, series } of watched) {
		const ips = [peers.primary, ...peers.backups].flatMap(trackedIps);
		// On every uplink: another one may be in use in the next run.
		for (const row of series) if (ips.includes(row.ip)) keep(network.id, row);
	}
	return [...rows.values()];
}

/**
 * What memory holds of the networks that are not settled, with Meraki's newest word on it: one that is missing, out of
 * order or not measured for a run has not become a healthy one (R4.9).
 */
function rowsStillKnown(
	settled: ReadonlySet<string>,
	{ now, memory, rows }: Pick<Knowledge, 'now' | 'memory' | 'rows'>,
): LossRow[] {
	const known = (memory?.rows ?? []).filter(({ networkId }) => !settled.has(networkId));
	const keys = new Set(known.map(rowKey));
	const newest = groupByNetwork(keys.size === 0 ? [] : rows.filter((row) => keys.has(rowKey(row))));
	return [...groupByNetwork(known)].flatMap(([networkId, older]) =>
		mergeRows(older, newest.get(networkId) ?? [], now),
	);
}

function rowKey({ networkId, serial, uplink, ip }: LossRow): string {
	return JSON.stringify([networkId, serial, uplink, ip]);
}

function isTracked({ peers }: JudgedPair): boolean {
	return peers.primary.tracking.kind === 'tracked';
}

/** All that a recovery may look at (R2.4), and before that only what tells onsets apart (R4.9). */
function samplesToRemember(samples: readonly LossSample[], settings: Settings, now: number): LossSample[] {
	const recoverySince = now - DATA_LAG_MS - (settings.recoveryMinutes + settings.windowMinutes) * MINUTE_MS;
	const onsetsSince = now - ONSETS_KEPT_MS;
	const over = samples.filter(isMeasured).filter((sample) => isOver(sample, settings));
	const kept = new Set<LossSample>();
	let keptAt = -Infinity;
	over.forEach((sample, place) => {
		const next = over[place + 1];
		// Without this one the next would have none before it for so long that it looked like an onset.
		if (!next || next.sampledAt - keptAt >= ONSET_QUIET_MS) {
			kept.add(sample);
			keptAt = sample.sampledAt;
		}
	});
	// What a swap back tells of the outage.
	const [worst] = [...over].sort((one, other) => other.lossPercent - one.lossPercent);
	if (worst) kept.add(worst);
	return samples.filter(
		(sample) => sample.sampledAt > recoverySince || (sample.sampledAt > onsetsSince && kept.has(sample)),
	);
}

/** On primary, and no loss that R4.9 would still count: without loss there is nothing to decide either. */
export function isQuiet(
	{ pair, peers, series, outline }: JudgedPair,
	settings: Settings,
	now: number,
): boolean {
	if (pair.active.role.kind === 'backup') return false;
	if (outline.isCalm) return true;
	const since = now - ONSETS_KEPT_MS;
	const ips = trackedIps(peers.primary);
	const isCounted = (sample: LossSample) =>
		sample.sampledAt > since && isMeasured(sample) && isOver(sample, settings);
	return !series.some((row) => ips.includes(row.ip) && row.samples.some(isCounted));
}
