import { maySee } from '../api/access.cjs';
import { effectOf } from '../api/call.cjs';
import { updateNetworkContract, merakiError, type Body } from '../api/contract.cjs';
import { Refusal } from '../api/refusal.cjs';
import { changeOf, checkUpdate } from '../api/updateNetwork.cjs';
import type { Network } from '../dashboard/network.cjs';
import type { Organization } from '../dashboard/organization.cjs';
import type { ActionBatchSettings } from '../scenario/types.cjs';
import type { Action, ActionBatch, BatchState } from './actionBatch.cjs';

const NETWORK = /^\/networks\/([^/]+)$/;

/** Meraki has many batchable operations; here only a network can be updated. */
export function networkIdOf({ resource, operation }: Action): string | undefined {
	return operation === 'update' ? NETWORK.exec(resource)?.[1] : undefined;
}

interface Write {
	readonly network: Network;
	readonly body: Body;
}

type Failed = { readonly action: Action; readonly refusal: Refusal };

/** All of it or, when one action is refused, nothing (Meraki docs, Action batches). */
export function carryOut(
	batch: ActionBatch,
	organization: Organization,
	settings: ActionBatchSettings,
	now: number,
): BatchState {
	const checked = batch.facts.actions.map((action) => check(batch, organization, action, now));
	const failures = checked.flatMap((one) => ('refusal' in one ? [one] : []));
	const [first] = failures;
	if (first !== undefined) {
		const told = settings.names === 'all' ? failures : [first];
		const errors = told.map((failure) => errorText(failure, settings));
		return { kind: 'failed', errors, httpStatus: httpStatusOf(first, settings) };
	}
	const stale = effectOf(batch.facts.effects, 'staleRead');
	const isIgnored = effectOf(batch.facts.effects, 'ignoreWrite') !== undefined;
	checked.forEach((write, place) => {
		if ('refusal' in write) return;
		const line = batch.facts.log[place];
		if (line !== undefined) line.tagsBefore = write.network.settings.tags;
		if (stale !== undefined) write.network.holdReadsUntil(now + stale.seconds * 1000);
		if (!isIgnored) write.network.edit(changeOf(write.body));
		if (line !== undefined) line.tagsAfter = write.network.settings.tags;
	});
	return { kind: 'completed' };
}

function check(
	{ facts }: ActionBatch,
	organization: Organization,
	action: Action,
	now: number,
): Write | Failed {
	const network = organization.network(decodeURIComponent(networkIdOf(action) ?? ''));
	const failed = (status: number, errors: readonly string[]): Failed => ({
		action,
		refusal: new Refusal(status, errors),
	});
	if (network === undefined || !maySee(facts.key, network, now)) return failed(404, ['Network not found']);
	const body = action.body ?? {};
	const { body: isBody } = updateNetworkContract;
	if (!isBody(body)) return failed(400, (isBody.errors ?? []).map(merakiError));
	try {
		checkUpdate(organization, network, body);
		return { network, body };
	} catch (error) {
		if (error instanceof Refusal) return { action, refusal: error };
		throw error;
	}
}

/** Meraki docs, Action batches: `Error occurred while executing <operation> <resource> with <body>: <reason>`. */
function errorText({ action, refusal }: Failed, { names }: ActionBatchSettings): string {
	const reason = refusal.errors.join('; ');
	if (names === 'none') return reason;
	const { operation, resource, body } = action;
	return `Error occurred while executing ${operation} ${resource} with ${JSON.stringify(body ?? {})}: ${reason}`;
}

function httpStatusOf({ refusal }: Failed, { failure }: ActionBatchSettings): number {
	if (failure === 'badRequest') return 400;
	return failure === 'ownStatus' ? refusal.status : 201;
}
