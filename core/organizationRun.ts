import type { DecisionItem, PeerReport } from './decisionItem';
import { DECISION_KIND, DECISION_SCHEMA } from './decisionItem';
import { moveCondition, moveKey } from './conditions';
import { standingConditions } from './standingConditions';
import type { PeerReading } from './decide';
import type { JudgedPair, PairOutcome } from './evaluate';
import type { Knowledge } from './knowledge';
import { followIncidents, incidentPeer, onset } from './incidents';
import type { Incidents } from './incidents';
import { lastOutage } from './outage';
import type { Outage } from './outage';
import { endOfBlindness } from './blindness';
import type { Incident, OrganizationMemory } from './memory';
import { tell } from './notices';
import type { Condition, Telling, TellingRules } from './notices';
import { armingToRemember, backupRolesToRemember, managedToRemember } from './remember';
import { rowsToRemember } from './rememberRows';
import { roleName } from './roles';
import { isMeasured, samplesOfWindow } from './samples';
import type { Settings } from './settings';
import { backupSince, countReasons, isOffPrimary, managedCount, offPrimaryNetworks } from './summary';
import type { ApiUsage, Summary } from './summary';
import { tagsWithActive } from './tags';
import { followTunnels, tunnelConditions } from './tunnels';
import type { TunnelLook } from './tunnels';
import type { VpnTag } from './tagFormat';
import { attention } from './attention';
import type { ReportModel } from './report/model';
import type { LossSample, Notify, Organization } from './types';
import { historySince, watchedSince, watchOf } from './watch';
import { explainJudged } from './wording';

/** One organization, read and judged. */
export interface JudgedOrganization {
	readonly organization: Pick<Organization, 'id' | 'name'>;
	readonly knowledge: Knowledge;
	readonly outcomes: readonly PairOutcome[];
	readonly settings: Settings;
	/** Conditions of the organization itself, such as unreadable peers. */
	readonly conditions: readonly Condition[];
	readonly warnings: readonly string[];
	readonly api: ApiUsage;
	readonly isManual: boolean;
	/** The peers to remember, with the time they were read. */
	readonly peers: OrganizationMemory['peers'];
	/** What this run's look at the tunnels to backups brought, where it took one. */
	readonly tunnels?: TunnelLook | undefined;
}

/** What {@link summarize} needs: a check-up has no more. */
export type SummarizedRun = Pick<
	JudgedOrganization,
	'organization' | 'knowledge' | 'outcomes' | 'warnings' | 'api'
>;

/** What one run hands on. */
export interface OrganizationRun {
	readonly swapsNeeded: readonly DecisionItem[];
	/** One message when something new needs a human; `null` when nothing does. */
	readonly attention: ReportModel | null;
	readonly summary: Summary;
	readonly memory: OrganizationMemory;
}

/** Turns judged pairs into items, a message, a summary and the next memory. Pure. */
export function concludeRun(judged: JudgedOrganization): OrganizationRun {
	const { outcomes, settings, knowledge } = judged;
	const { now, memory } = knowledge;
	const watch = watchOf(outcomes, knowledge, settings);
	const incidents = followIncidents(judged.organization.id, outcomes, memory?.incidents ?? {}, settings, now);
	const moves = outcomes.filter(isMove);
	const tunnels = followTunnels(outcomes, knowledge, judged.tunnels);
	const standing = [
		...standingConditions(judged),
		...tunnelConditions(judged.organization, outcomes, knowledge, tunnels),
	];
	const all = [
		...moves.map((move) =>
			moveCondition(move, explainJudged(move, settings, now), wantedSince(move, settings, now)),
		),
		...standing,
	];
	const telling = tell(all, memory?.told ?? {}, tellingRules(judged));
	const swapsNeeded = moves.map((move) => decisionItem(move, judged, telling, incidents));
	const ended = [...telling.ended, ...endOfBlindness(memory?.failures ?? null)];
	return {
		swapsNeeded,
		attention: attention(
			standing,
			{ ...telling, ended },
			{
				organization: judged.organization,
				reportedAt: now,
				lossThresholdPercent: settings.lossThresholdPercent,
				incidents,
			},
		),
		summary: summarize(judged, swapsNeeded.length),
		memory: {
			evaluatedAt: now,
			rows: rowsToRemember(outcomes, settings, knowledge),
			backupRoles: backupRolesToRemember(outcomes, knowledge),
			arming: armingToRemember(outcomes, knowledge, settings),
			watch,
			watchedSince: watchedSince(knowledge, watch, settings),
			historySince: historySince(knowledge, watch, settings),
			managed: managedToRemember(managedCount(outcomes), knowledge),
			told: telling.told,
			tunnels,
			incidents: Object.fromEntries(incidents.open),
			failures: null,
			name: judged.organization.name,
			peers: judged.peers,
		},
	};
}

type Move = JudgedPair & { readonly verdict: Extract<JudgedPair['verdict'], { kind: 'move' }> };

function isMove(outcome: PairOutcome): outcome is Move {
	return outcome.kind === 'judged' && outcome.verdict.kind === 'move';
}

function tellingRules({ isManual, knowledge, settings }: JudgedOrganization): TellingRules {
	const kept = knowledge.memory === null ? 'none' : 'kept';
	return {
		now: knowledge.now,
		repeatIntervalMs: settings.repeatIntervalMs,
		memory: isManual ? 'manual' : kept,
	};
}

function decisionItem(
	move: Move,
	judged: JudgedOrganization,
	telling: Telling,
	incidents: Incidents,
): DecisionItem {
	const { settings, knowledge, organization } = judged;
	const { network, pair, peers, verdict } = move;
	const { now } = knowledge;
	const key = moveKey(network.id, pair.pair);
	const peer = incidentPeer(move) ?? pair.active.peer;
	const incident: Incident | undefined = incidents.open.get(peer);
	const notify: Notify = telling.notify.get(key) ?? 'new';
	const told = new Map(Object.entries(knowledge.memory?.told ?? {})).get(key);
	const offPrimarySince = backupSince(move, knowledge.memory);
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
function wantedSince(move: Move, settings: Settings, now: number): number {
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
	const latest = samples.filter(isMeasured).at(-1);
	return {
		...roleAndPeer(peer.member),
		ip: peer.tracking.kind === 'tracked' ? peer.tracking.ips.join(', ') : null,
		health: peer.health.kind === 'noData' ? 'noData' : peer.health.loss,
		latestLossPercent: latest?.lossPercent ?? null,
		latestLatencyMs: latest?.latencyMs ?? null,
		samples: samples.map((sample) => ({ ...sample, sampledAt: iso(sample.sampledAt) })),
	};
}

/** What Summary says of a run that read the organization. */
export function summarize(judged: SummarizedRun, swapsNeeded: number): Summary {
	const { outcomes, knowledge, organization, warnings, api } = judged;
	const newestAt = newestSampleOf(outcomes);
	return {
		kind: 'merakiVpnSummary',
		schema: 1,
		organizationId: organization.id,
		organizationName: organization.name,
		status: 'evaluated',
		evaluatedAt: iso(knowledge.now),
		newestSampleAt: newestAt === null ? null : iso(newestAt),
		networks: knowledge.networks.length,
		managedNetworks: managedCount(outcomes),
		onPrimary: outcomes.filter((outcome) => outcome.kind === 'judged' && !isOffPrimary(outcome)).length,
		offPrimary: outcomes.filter(isOffPrimary).length,
		swapsNeeded,
		reasons: countReasons(outcomes),
		offPrimaryNetworks: offPrimaryNetworks(outcomes, knowledge.memory),
		warnings: [...warnings],
		api,
	};
}

function newestSampleOf(outcomes: readonly PairOutcome[]): number | null {
	let newest: number | null = null;
	for (const outcome of outcomes) {
		const at = outcome.kind === 'judged' ? outcome.outline.newestSampleAt : null;
		if (at !== null && (newest === null || at > newest)) newest = at;
	}
	return newest;
}

function newestSampleAt(rows: readonly { readonly samples: readonly LossSample[] }[]): number | null {
	let newest: number | null = null;
	for (const { samples } of rows) {
		for (const { sampledAt } of samples) if (newest === null || sampledAt > newest) newest = sampledAt;
	}
	return newest;
}

function iso(at: number): string {
	return new Date(at).toISOString();
}
