import { isMove, reasonOf } from '../../../core/decide/outcome';
import type { PairOutcome } from '../../../core/decide/outcome';
import type { IExecuteFunctions } from 'n8n-workflow';
import { concludeBlindRun } from '../../../core/cycle/blindRun';
import type { DecisionItem } from '../../../core/swap/decision';
import type { OrganizationMemory } from '../../../core/memory/memory';
import { unreadableConditions } from '../../../core/notify/organizationAlerts';
import { concludeRun } from '../../../core/cycle/concludeRun';
import { renderReport } from '../../../core/report/render';
import type { RenderedReport, ReportModel } from '../../../core/report/model';
import type { Summary } from '../../../core/cycle/summary';
import { compileTagFormat } from '../../../core/tags/tagFormat';
import { explainOutcome } from '../../../core/notify/explain';
import type { MerakiClient } from '../../../meraki/client/client';
import type { RateLimit } from '../../../meraki/http/budget';
import type { MerakiApiError } from '../../../meraki/http/merakiApiError';
import { isMerakiApiError } from '../../../meraki/http/merakiApiError';
import { observe } from '../../../meraki/read/readOrganization';
import type { MoreRequests, Observation } from '../../../meraki/read/readOrganization';
import { merakiClient } from '../../shared/merakiClient';
import { rateFor } from '../../shared/requestsPerSecond';
import { nameOf } from '../../shared/organization';
import type { EvaluateParameters } from '../readSettings';

/** One organization in one run. */
export interface Cycle {
	readonly summary: Summary & { unchanged?: UnchangedNetwork[] };
	readonly swapsNeeded: readonly DecisionItem[];
	readonly alert: RenderedReport | null;
	/** The next memory of the organization; `null` leaves it as it is. */
	readonly memory: OrganizationMemory | null;
	/** Why nothing could be read; `null` when all went well. */
	readonly failure: MerakiApiError | null;
}

export type UnchangedNetwork = {
	networkId: string;
	networkName: string;
	pair: string;
	reason: string;
	explanation: string;
};

export interface CycleContext {
	readonly context: IExecuteFunctions;
	readonly itemIndex: number;
	readonly isManual: boolean;
	readonly sharedLimit: RateLimit;
}

/** The whole run of an organization may take this long: two intervals of the template's schedule. */
const BUDGET_SECONDS = 60;

/** Reads, judges and concludes. What Meraki answers never throws: it becomes a blind run. */
export async function organizationCycle(
	parameters: EvaluateParameters,
	stored: OrganizationMemory | null,
	at: CycleContext,
): Promise<Cycle> {
	const client = await connect(parameters, at);
	const [read] = await Promise.allSettled([readOrganization(client, parameters, stored)]);
	if (read.status === 'fulfilled') return concluded(parameters, read.value, at, client);
	if (isMerakiApiError(read.reason)) return blind(parameters, stored, at, client, read.reason);
	throw read.reason;
}

export async function connect(parameters: EvaluateParameters, at: CycleContext): Promise<MerakiClient> {
	return await merakiClient(at.context, at.itemIndex, {
		budgetSeconds: BUDGET_SECONDS,
		requestsPerSecond: rateFor(parameters.requestsPerSecond, 'reading'),
		sharedLimit: at.sharedLimit,
	});
}

export interface ReadOrganization {
	readonly observation: Observation;
	readonly name: string | null;
}

export async function readOrganization(
	client: MerakiClient,
	{ organizationId, organizationName, settings }: EvaluateParameters,
	stored: OrganizationMemory | null,
	more?: MoreRequests,
): Promise<ReadOrganization> {
	const grammar = compileTagFormat(settings.tagFormat);
	const observation = await observe(client, organizationId, settings, grammar, stored, more);
	const known = organizationName ?? stored?.name ?? null;
	return { observation, name: known ?? (await nameOf(client, organizationId)) };
}

function concluded(
	parameters: EvaluateParameters,
	read: ReadOrganization,
	at: CycleContext,
	client: MerakiClient,
): Cycle {
	const { organizationId, settings } = parameters;
	const { observation, name } = read;
	const run = concludeRun({
		organization: { id: organizationId, name: name ?? organizationId },
		snapshot: observation.snapshot,
		outcomes: observation.outcomes,
		settings,
		conditions: unreadableConditions(organizationId, observation.unreadable),
		warnings: warningsOf(observation),
		api: { ...client.usage() },
		isManual: at.isManual,
		peers: observation.peers,
		tunnels: observation.tunnels,
	});
	const unchanged = observation.outcomes.filter((outcome) => !isMove(outcome));
	const listed = parameters.includeUnchanged
		? { unchanged: unchanged.map((outcome) => unchangedNetwork(outcome, parameters, observation)) }
		: {};
	return {
		...run,
		summary: { ...run.summary, ...listed },
		alert: rendered(run.alert),
		failure: null,
	};
}

/** Items stay small: n8n stores them. */
const MOST_WARNINGS = 10;

export function warningsOf({ unreadable }: Observation): string[] {
	return unreadable.map(({ what, why }) => `${what}: ${why}`).slice(0, MOST_WARNINGS);
}

function unchangedNetwork(
	outcome: PairOutcome,
	{ settings }: EvaluateParameters,
	{ snapshot }: Observation,
): UnchangedNetwork {
	const { network, pair } = outcome;
	const explanation = explainOutcome(outcome, settings, snapshot.now);
	return {
		networkId: network.id,
		networkName: network.name,
		pair: pair.pair,
		reason: reasonOf(outcome),
		explanation,
	};
}

/** Nothing could be read: nothing moves, and people are told once. */
export function blind(
	{ organizationId, organizationName, settings }: EvaluateParameters,
	stored: OrganizationMemory | null,
	at: CycleContext,
	client: MerakiClient,
	failure: MerakiApiError,
): Cycle {
	const memory = at.isManual ? 'manual' : stored === null ? 'none' : 'kept';
	const run = concludeBlindRun({
		organization: { id: organizationId, name: organizationName ?? stored?.name ?? organizationId },
		why: failure.message,
		memory: stored,
		// Meraki's clock cannot be had: the host's is used, and only to tell how long this has lasted.
		rules: { now: Date.now(), repeatIntervalMs: settings.repeatIntervalMs, memory },
		api: { ...client.usage() },
	});
	return { ...run, swapsNeeded: [], alert: rendered(run.alert), failure };
}

function rendered(model: ReportModel | null): RenderedReport | null {
	return model === null ? null : renderReport(model);
}
