import type { DecisionItem } from '../swap/decision';
import { moveCondition } from '../notify/pairAlerts';
import { decisionItem, isMove, wantedSince } from './decisionItems';
import { standingConditions } from '../notify/standingAlerts';
import type { Evaluation, PairOutcome } from '../evaluate/evaluateOrganization';
import type { Knowledge } from '../evaluate/snapshot';
import { followIncidents } from '../notify/incidents';
import { endOfBlindness } from './blindRun';
import type { OrganizationMemory } from '../memory/memory';
import { tell } from '../notify/dedup';
import type { Condition, TellingRules } from '../notify/dedup';
import { armingToRemember, backupRolesToRemember, managedToRemember } from './nextMemory';
import { rowsToRemember } from './retainedSamples';
import type { Settings } from '../settings/settings';
import { countReasons, isOffPrimary, managedCount, offPrimaryNetworks } from './summary';
import type { ApiUsage, Summary } from './summary';
import { followTunnels, tunnelConditions } from '../notify/tunnelAlerts';
import type { TunnelLook } from '../notify/tunnelAlerts';
import { alert } from '../notify/alertReport';
import type { ReportModel } from '../report/model';
import type { Organization } from '../domain/types';
import { historySince, watchedSince } from '../evaluate/onsetCoverage';
import { explainJudged } from '../notify/explain';

/** One organization, read and judged. */
export interface JudgedOrganization {
	readonly organization: Pick<Organization, 'id' | 'name'>;
	readonly knowledge: Knowledge;
	readonly outcomes: readonly PairOutcome[];
	readonly watch: Evaluation['watch'];
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
	'organization' | 'knowledge' | 'outcomes' | 'warnings' | 'api'
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
	const { outcomes, watch, settings, knowledge } = judged;
	const { now, memory } = knowledge;
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
			name: nameToRemember(judged.organization),
			peers: judged.peers,
		},
	};
}

/** Where the name could not be read the ID stands for it: not remembered, so that the next run asks again. */
function nameToRemember({ id, name }: JudgedOrganization['organization']): string | null {
	return name === id ? null : name;
}

function tellingRules({ isManual, knowledge, settings }: JudgedOrganization): TellingRules {
	const kept = knowledge.memory === null ? 'none' : 'kept';
	return {
		now: knowledge.now,
		repeatIntervalMs: settings.repeatIntervalMs,
		memory: isManual ? 'manual' : kept,
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

function iso(at: number): string {
	return new Date(at).toISOString();
}
