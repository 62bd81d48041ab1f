import { MINUTE_MS } from '../domain/time';
import { alert } from '../notify/alertReport';
import { EMPTY_ORGANIZATION_MEMORY } from '../memory/memory';
import type { Failures, OrganizationMemory, Told } from '../memory/memory';
import { tell } from '../notify/dedup';
import type { Condition, TellingRules } from '../notify/dedup';
import { organizationRow } from '../notify/organizationAlerts';
import type { ReportModel } from '../report/model';
import type { ApiUsage, Summary } from './summary';
import type { Organization } from '../domain/types';

/** Blind: an organization that could not be read. Nothing moves, and people are told once (R8.5). */

/** R8.5: told after this many runs in a row, or this long, whichever comes first. */
const TOLD_AFTER_RUNS = 3;
const TOLD_AFTER_MS = 5 * MINUTE_MS;

export const BLIND_HEADING = 'Meraki API cannot be read: no branch will be moved';

export interface Blindness {
	readonly failures: Failures;
	readonly isToldNow: boolean;
}

/** `now` of the rules is the local clock: a Meraki that does not answer has none. */
export function followBlindness(before: Failures | null, rules: TellingRules): Blindness {
	const count = (before?.count ?? 0) + 1;
	const since = before?.since ?? rules.now;
	const isDue = count >= TOLD_AFTER_RUNS || rules.now - since >= TOLD_AFTER_MS || rules.memory !== 'kept';
	const told: Record<string, Told> = before
		? { blind: { fingerprint: '', since, toldAt: before.toldAt, title: BLIND_HEADING } }
		: {};
	const how = tell([blindCondition('', '')], told, rules).notify.get('blind') ?? 'none';
	const isToldNow = isDue && how !== 'none';
	return { failures: { count, since, toldAt: isToldNow ? rules.now : (before?.toldAt ?? null) }, isToldNow };
}

/** R8.5: told when it ends, if it was told at all. */
export function endOfBlindness(failures: Failures | null): Told[] {
	if (failures === null || failures.toldAt === null) return [];
	return [{ fingerprint: '', since: failures.since, toldAt: failures.toldAt, title: BLIND_HEADING }];
}

/** The notice, with Meraki's words. */
export function blindCondition(organizationId: string, why: string): Condition {
	return {
		key: 'blind',
		fingerprint: '',
		tellAfterMs: 0,
		severity: 'critical',
		heading: BLIND_HEADING,
		nextStep: 'Branches stay where they are until Meraki can be read again.',
		incidentPeer: null,
		row: organizationRow(organizationId, why),
	};
}

/** What a run hands on that could read nothing: no decision, the old memory with one more failure. */
export interface BlindRun {
	readonly alert: ReportModel | null;
	readonly summary: Summary;
	readonly memory: OrganizationMemory;
}

export interface BlindOrganization {
	readonly organization: Pick<Organization, 'id' | 'name'>;
	/** Meraki's words. */
	readonly why: string;
	readonly memory: OrganizationMemory | null;
	readonly rules: TellingRules;
	readonly api: ApiUsage;
}

/** Nothing moves; people are told once it has lasted. */
export function concludeBlindRun({ organization, why, memory, rules, api }: BlindOrganization): BlindRun {
	const { failures, isToldNow } = followBlindness(memory?.failures ?? null, rules);
	const condition = blindCondition(organization.id, why);
	const telling = {
		notify: new Map([[condition.key, isToldNow ? ('new' as const) : ('none' as const)]]),
		ended: [],
		told: {},
	};
	const context = { organization, reportedAt: rules.now, lossThresholdPercent: 100, incidents: NO_INCIDENTS };
	return {
		alert: alert([condition], telling, context),
		summary: blindSummary(organization, why, api),
		memory: { ...(memory ?? EMPTY_ORGANIZATION_MEMORY), failures },
	};
}

const NO_INCIDENTS = { open: new Map(), continued: new Set<string>() };

function blindSummary(organization: BlindOrganization['organization'], why: string, api: ApiUsage): Summary {
	return {
		kind: 'merakiVpnSummary',
		schema: 1,
		organizationId: organization.id,
		organizationName: organization.name,
		status: 'blind',
		evaluatedAt: null,
		newestSampleAt: null,
		networks: 0,
		managedNetworks: 0,
		onPrimary: 0,
		offPrimary: 0,
		swapsNeeded: 0,
		reasons: {},
		offPrimaryNetworks: [],
		warnings: [why],
		api,
	};
}
