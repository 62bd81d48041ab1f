import { isMove, isOffPrimary } from '../decide/outcome';
import type { JudgedPair, PairOutcome } from '../decide/outcome';
import { trackedIps } from '../decide/situation';
import { HOUR_MS, MINUTE_MS } from '../domain/time';
import type { LossRow, LossSample } from '../domain/types';
import type { OrganizationSnapshot } from '../evaluate/snapshot';
import { OUTAGE_GAP_MS } from '../health/outage';
import { isBadSample } from '../health/seriesHealth';
import { DATA_LAG_MS, groupByNetwork, isMeasured, mergeRows } from '../health/series';
import type { Series } from '../health/series';
import type { Settings } from '../settings/settings';

/** Bad samples are kept this long, so that a swap back can say how long the outage was. */
const OUTAGE_KEPT_MS = 6 * HOUR_MS;

/** Samples of the branches that are off their primary, or about to be: what a recovery looks at (R2.4). */
export function rowsToRemember(
	outcomes: readonly PairOutcome[],
	settings: Settings,
	snapshot: Pick<OrganizationSnapshot, 'now' | 'memory' | 'rows'>,
): LossRow[] {
	const { now } = snapshot;
	const rows = new Map<string, LossRow>();
	const keep = (networkId: string, recoveryMinutes: number, { serial, uplink, ip, samples }: Series) => {
		const kept = samplesToRemember(samples, { ...settings, recoveryMinutes }, now);
		const row = { networkId, serial, uplink, ip, samples: kept };
		if (kept.length > 0) rows.set(rowKey(row), row);
	};
	const judged = outcomes.filter((outcome) => outcome.kind === 'judged');
	for (const row of rowsOfUnseen(judged, snapshot)) keep(row.networkId, settings.recoveryMinutes, row);
	for (const { network, peers, series, recoveryMinutes } of judged.filter(isOffPrimaryOrMoving)) {
		const ips = [peers.primary, ...peers.backups].flatMap(trackedIps);
		// On every uplink: another one may be in use in the next run.
		for (const row of series) if (ips.includes(row.ip)) keep(network.id, recoveryMinutes, row);
	}
	return [...rows.values()];
}

function isOffPrimaryOrMoving(outcome: JudgedPair): boolean {
	return isOffPrimary(outcome) || isMove(outcome);
}

/** What memory holds of networks that were not evaluated in this run, with Meraki's newest word on it. */
function rowsOfUnseen(
	judged: readonly JudgedPair[],
	{ now, memory, rows }: Pick<OrganizationSnapshot, 'now' | 'memory' | 'rows'>,
): LossRow[] {
	const seen = new Set(judged.map(({ network }) => network.id));
	const known = (memory?.rows ?? []).filter(({ networkId }) => !seen.has(networkId));
	const keys = new Set(known.map(rowKey));
	const newest = groupByNetwork(keys.size === 0 ? [] : rows.filter((row) => keys.has(rowKey(row))));
	return [...groupByNetwork(known)].flatMap(([networkId, older]) =>
		mergeRows(older, newest.get(networkId) ?? [], now),
	);
}

function rowKey({ networkId, serial, uplink, ip }: LossRow): string {
	return JSON.stringify([networkId, serial, uplink, ip]);
}

/** Everything a recovery may look at (R2.4), and before that only what shows how long and how bad the outage was. */
function samplesToRemember(samples: readonly LossSample[], settings: Settings, now: number): LossSample[] {
	const recoverySince = now - DATA_LAG_MS - (settings.recoveryMinutes + settings.windowMinutes) * MINUTE_MS;
	const outageSince = now - OUTAGE_KEPT_MS;
	const kept = outageSamples(samples, settings);
	return samples.filter(
		(sample) => sample.sampledAt > recoverySince || (sample.sampledAt > outageSince && kept.has(sample)),
	);
}

/** The worst bad sample, and as few others as still follow each other closely enough to be one outage. */
function outageSamples(samples: readonly LossSample[], settings: Settings): Set<LossSample> {
	const bad = samples.filter(isMeasured).filter((sample) => isBadSample(sample, settings));
	const kept = new Set<LossSample>();
	let keptAt = -Infinity;
	bad.forEach((sample, place) => {
		const next = bad[place + 1];
		if (!next || next.sampledAt - keptAt >= OUTAGE_GAP_MS) {
			kept.add(sample);
			keptAt = sample.sampledAt;
		}
	});
	const [worst] = [...bad].sort((one, other) => other.lossPercent - one.lossPercent);
	if (worst) kept.add(worst);
	return kept;
}
