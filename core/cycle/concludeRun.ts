import { iso } from '../domain/time';
import { isMove, isOffPrimary, managedCount } from '../decide/outcome';
import type { PairOutcome } from '../decide/outcome';
import type { DecisionItem } from '../swap/decision';
import { moveCondition } from '../notify/pairAlerts';
import { decisionItem, wantedSince } from './decisionItems';
import { standingConditions } from '../notify/standingAlerts';
import type { OrganizationSnapshot } from '../evaluate/snapshot';
import { followIncidents } from '../notify/incidents';
import { endOfBlindness } from './blindRun';
import type { OrganizationMemory } from '../memory/memory';
import { tell } from '../notify/dedup';
import type { Condition, TellingRules } from '../notify/dedup';
import { pairsToRemember } from '../memory/pairMemory';
import { managedToRemember, sightingsToRemember } from './nextMemory';
import { rowsToRemember } from './retainedSamples';
import type { Settings } from '../settings/settings';
import { countReasons, offPrimaryNetworks } from './summary';
import type { ApiUsage, Summary } from './summary';
import { followTunnels, tunnelConditions } from '../notify/tunnelAlerts';
import type { TunnelLook } from '../notify/tunnelAlerts';
import { alert } from '../notify/alertReport';
import type { ReportModel } from '../report/model';
import type { Organization } from '../domain/types';

import { explainJudged } from '../notify/explain';

/** One organization, read and judged. */
export interface JudgedOrganization {
	readonly organization: Pick<Organization, 'id' | 'name'>;
	readonly snapshot: OrganizationSnapshot;
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

/** What {@link summarize} needs: a readiness check has no more. */
export type SummarizedRun = Pick<
	JudgedOrganization,
	'organization' | 'snapshot' | 'outcomes' | 'warnings' | 'api'
>;

/** What one run hands on. */
export interface OrganizationRun {
	readonly swapsNeeded: readonly DecisionItem[];
	/** One message when something new needs a human; `null` when nothing does. */
	readonly alert: ReportModel | null;
	readonly summary: Summary;
	readonly memory: OrganizationMemory;
}

/** Turns judged pairs into items, a message, a summary and the next memory. Pure. */
export function concludeRun(judged: JudgedOrganization): OrganizationRun {
	const { outcomes, settings, snapshot } = judged;
	const { now, memory } = snapshot;
	const incidents = followIncidents(judged.organization.id, outcomes, memory?.incidents ?? {}, settings, now);
	const moves = outcomes.filter(isMove);
	const tunnels = followTunnels(outcomes, snapshot, judged.tunnels);
	const standing = [
		...standingConditions(judged),
		...tunnelConditions(judged.organization, outcomes, snapshot, tunnels),
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
		alert: alert(
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
			rows: rowsToRemember(outcomes, settings, snapshot),
			pairs: pairsToRemember(outcomes, memory, now),
			seenHealthy: sightingsToRemember(outcomes, snapshot, settings),
			managed: managedToRemember(managedCount(outcomes), snapshot),
			told: telling.told,
			tunnels,
			incidents: Object.fromEntries(incidents.open),
			failures: null,
			name: nameToRemember(judged.organization),
			peers: judged.peers,
		},
	};
}

/** Where the name could not be read the ID stands for it: not remembered, so that the next run asks again. */
function nameToRemember({ id, name }: JudgedOrganization['organization']): string | null {
	return name === id ? null : name;
}

function tellingRules({ isManual, snapshot, settings }: JudgedOrganization): TellingRules {
	const kept = snapshot.memory === null ? 'none' : 'kept';
	return {
		now: snapshot.now,
		repeatIntervalMs: settings.repeatIntervalMs,
		memory: isManual ? 'manual' : kept,
	};
}

/** What Summary says of a run that read the organization. */
export function summarize(judged: SummarizedRun, swapsNeeded: number): Summary {
	const { outcomes, snapshot, organization, warnings, api } = judged;
	const newestAt = newestSampleOf(outcomes);
	return {
		kind: 'merakiVpnSummary',
		schema: 1,
		organizationId: organization.id,
		organizationName: organization.name,
		status: 'evaluated',
		evaluatedAt: iso(snapshot.now),
		newestSampleAt: newestAt === null ? null : iso(newestAt),
		networks: snapshot.networks.length,
		managedNetworks: managedCount(outcomes),
		onPrimary: outcomes.filter((outcome) => outcome.kind === 'judged' && !isOffPrimary(outcome)).length,
		offPrimary: outcomes.filter(isOffPrimary).length,
		swapsNeeded,
		reasons: countReasons(outcomes),
		offPrimaryNetworks: offPrimaryNetworks(outcomes, snapshot.memory),
		warnings: [...warnings],
		api,
	};
}

function newestSampleOf(outcomes: readonly PairOutcome[]): number | null {
	let newest: number | null = null;
	for (const outcome of outcomes) {
		const at = outcome.kind === 'judged' ? outcome.newestSampleAt : null;
		if (at !== null && (newest === null || at > newest)) newest = at;
	}
	return newest;
}
