import { iso } from '../domain/time';
import type { PeerReading } from '../decide/situation';
import type { MovingPair } from '../decide/outcome';
import { backupSince } from '../memory/pairMemory';
import type { DecisionItem, PeerReport } from '../swap/decision';
import { DECISION_KIND, DECISION_SCHEMA } from '../swap/decision';
import { moveKey } from '../notify/pairAlerts';
import { incidentPeer, onset } from '../notify/incidents';
import type { Incidents } from '../notify/incidents';
import type { Incident } from '../memory/memory';
import type { Telling } from '../notify/dedup';
import type { JudgedOrganization } from './concludeRun';
import { lastOutage } from '../health/outage';
import type { Outage } from '../health/outage';
import { remembered } from '../memory/ownEntry';
import { roleName } from '../domain/roles';
import { isMeasured, samplesOfWindow } from '../health/series';
import type { Settings } from '../settings/settings';
import type { VpnTag } from '../tags/tagFormat';
import { tagsWithActive } from '../tags/pairs';
import type { LossSample, Notify } from '../domain/types';
import { explainJudged } from '../notify/explain';

/** What Swap Needed hands on of one move. */
export function decisionItem(
	move: MovingPair,
	judged: Pick<JudgedOrganization, 'settings' | 'snapshot' | 'organization'>,
	telling: Telling,
	incidents: Incidents,
): DecisionItem {
	const { settings, snapshot, organization } = judged;
	const { network, pair, peers, verdict } = move;
	const { now } = snapshot;
	const key = moveKey(network.id, pair.pair);
	const peer = incidentPeer(move) ?? pair.active.peer;
	const incident: Incident | undefined = incidents.open.get(peer);
	const notify: Notify = telling.notify.get(key) ?? 'new';
	const told = remembered(snapshot.memory?.told, key);
	const offPrimarySince = backupSince(move, snapshot.memory);
	const decidedBy = verdict.action === 'swapBack' ? peers.primary : peers.active;
	return {
		kind: DECISION_KIND,
		schema: DECISION_SCHEMA,
		organizationId: organization.id,
		organizationName: organization.name,
		networkId: network.id,
		networkName: network.name,
		networkUrl: network.url,
		pair: pair.pair,
		action: verdict.action,
		have: roleAndPeer(pair.active),
		want: roleAndPeer(verdict.to),
		reason: verdict.reason,
		explanation: explainJudged(move, settings, now),
		primary: peerReport(peers.primary, settings, now),
		backups: peers.backups.map((peer) => peerReport(peer, settings, now)),
		tags: { before: [...network.tags], after: tagsWithActive(network.tags, pair, verdict.to.role) },
		newestSampleAt: iso(newestSampleAt(decidedBy.rows) ?? now),
		decidedAt: iso(now),
		wantedSince: iso(told?.since ?? wantedSince(move, settings, now)),
		offPrimarySince: offPrimarySince === null ? null : iso(offPrimarySince),
		outage: verdict.action === 'swapBack' ? outageItem(lastOutage(peers.primary.rows, settings)) : null,
		notify,
		incidentId: incident?.id ?? '',
		incidentContinued: incidents.continued.has(peer),
		tagFormat: settings.tagFormat,
		holdTag: settings.holdTag,
		lossThresholdPercent: settings.lossThresholdPercent,
	};
}

/** The loss began before it was first seen; a swap back is wanted from now on. */
export function wantedSince(move: MovingPair, settings: Settings, now: number): number {
	return move.verdict.action === 'swapBack' ? now : onset(move, settings, now);
}

function outageItem(outage: Outage | null): DecisionItem['outage'] {
	return outage && { ...outage, startedAt: iso(outage.startedAt), endedAt: iso(outage.endedAt) };
}

function roleAndPeer({ role, peer }: VpnTag): DecisionItem['have'] {
	return { role: roleName(role), peer };
}

function peerReport(peer: PeerReading, settings: Settings, now: number): PeerReport {
	const known = peer.rows[0]?.samples ?? [];
	const samples = samplesOfWindow(known, now, settings.windowMinutes + settings.recoveryMinutes).slice(-12);
	const latest = samplesOfWindow(known, now, settings.windowMinutes).filter(isMeasured).at(-1);
	return {
		...roleAndPeer(peer.member),
		ip: peer.tracking.kind === 'tracked' ? peer.tracking.ips.join(', ') : null,
		health: peer.health.kind === 'noData' ? 'noData' : peer.health.loss,
		latestLossPercent: latest?.lossPercent ?? null,
		latestLatencyMs: latest?.latencyMs ?? null,
		samples: samples.map((sample) => ({ ...sample, sampledAt: iso(sample.sampledAt) })),
	};
}

function newestSampleAt(rows: readonly { readonly samples: readonly LossSample[] }[]): number | null {
	let newest: number | null = null;
	for (const { samples } of rows) {
		for (const { sampledAt } of samples) if (newest === null || sampledAt > newest) newest = sampledAt;
	}
	return newest;
}
