import { readinessCheck, countReady } from '../../../core/readinessCheck/readinessCheck';
import { readinessCheckRequests } from '../../../core/readinessCheck/needs';
import { readinessCheckReport } from '../../../core/readinessCheck/report';
import type { WriteAccess } from '../../../core/readinessCheck/writeAccess';
import { unreadableConditions } from '../../../core/notify/organizationAlerts';
import { summarize } from '../../../core/cycle/concludeRun';
import { renderReport } from '../../../core/report/render';
import type { MerakiClient } from '../../../meraki/client/client';
import { isMerakiApiError } from '../../../meraki/http/merakiApiError';
import type { Observation } from '../../../meraki/read/readOrganization';
import { testWriteAccess } from '../../../meraki/read/probeWriteAccess';
import { blind, connect, readOrganization, warningsOf } from './evaluate';
import type { Cycle, CycleContext, ReadOrganization } from './evaluate';
import type { EvaluateParameters } from '../readSettings';

/** Reads afresh, reports what would prevent a failover, and neither moves nor remembers anything. */
export async function readinessCheckCycle(parameters: EvaluateParameters, at: CycleContext): Promise<Cycle> {
	const client = await connect(parameters, at);
	const [read] = await Promise.allSettled([readForReadinessCheck(client, parameters)]);
	if (read.status === 'fulfilled') return reported(parameters, read.value, client);
	if (!isMerakiApiError(read.reason)) throw read.reason;
	// Who asks for a readiness check is always told.
	const run = blind(parameters, null, { ...at, isManual: true }, client, read.reason);
	const alert = run.alert === null ? null : { ...run.alert, kind: 'readinessCheck' as const };
	return { ...run, alert, memory: null };
}

interface ReadForReadinessCheck extends ReadOrganization {
	readonly writeAccess: WriteAccess;
}

/** Without memory: what was mended a minute ago must count. */
async function readForReadinessCheck(
	client: MerakiClient,
	parameters: EvaluateParameters,
): Promise<ReadForReadinessCheck> {
	const read = await readOrganization(client, parameters, null, readinessCheckRequests);
	return { ...read, writeAccess: await writeAccessOf(client, read.observation) };
}

async function writeAccessOf(client: MerakiClient, { outcomes }: Observation): Promise<WriteAccess> {
	const [first] = outcomes;
	return first ? await testWriteAccess(client, first.network) : { kind: 'notAsked' };
}

function reported(
	{ organizationId, settings }: EvaluateParameters,
	{ observation, name, writeAccess }: ReadForReadinessCheck,
	client: MerakiClient,
): Cycle {
	const { snapshot, outcomes, unreadable } = observation;
	const organization = { id: organizationId, name: name ?? organizationId };
	const result = readinessCheck(outcomes, snapshot, settings, writeAccess);
	const report = readinessCheckReport(result, {
		organization,
		unreadable: unreadableConditions(organizationId, unreadable),
		reportedAt: snapshot.now,
		lossThresholdPercent: settings.lossThresholdPercent,
		tagFormat: settings.tagFormat,
	});
	const api = { ...client.usage() };
	const summary = summarize({ organization, snapshot, outcomes, warnings: warningsOf(observation), api }, 0);
	return {
		summary: { ...summary, readinessCheck: countReady(result) },
		swapsNeeded: [],
		alert: renderReport(report),
		memory: null,
		failure: null,
	};
}
