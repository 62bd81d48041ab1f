import { setTimeout as delay } from 'node:timers/promises';
import { batchAnswer, statusOf, type ActionBatch } from '../batches/actionBatch.cjs';
import { networkIdOf } from '../batches/carryOut.cjs';
import type { LoggedAction } from '../requestLog.cjs';
import { checkBatches } from './access.cjs';
import { effectOf, organizationOf, type Answer, type Call } from './call.cjs';
import { Refusal } from './refusal.cjs';

/** How often a held answer looks at the clock, in real milliseconds. */
const LOOK_EVERY_MS = 5;

export async function createBatch(call: Call): Promise<Answer> {
	checkBatches(call.key);
	const actions = call.body.actions ?? [];
	const { batchedTags, unsupportedOperation = 400 } = call.simulation.unknowns;
	if (batchedTags === 'unsupported' || actions.some((action) => networkIdOf(action) === undefined)) {
		throw new Refusal(unsupportedOperation, ['Unsupported operation']);
	}
	const log = actions.map((action): LoggedAction => {
		const networkId = decodeURIComponent(networkIdOf(action) ?? '');
		const tagsBefore = organizationOf(call).network(networkId)?.settings.tags ?? null;
		return { networkId, tagsAsked: tagsIn(action.body), tagsBefore, tagsAfter: tagsBefore };
	});
	call.log.actions = log;
	const { key, effects, now } = call;
	const facts = { organizationId: organizationOf(call).id, actions, createdAt: now, key, effects, log };
	const { confirmed = false, synchronous = false } = call.body;
	const batch = call.simulation.actionBatches.create(facts, confirmed, synchronous);
	await held(call, batch);
	return answerOf(batch);
}

export function listBatches(call: Call): Answer {
	checkBatches(call.key);
	const { status } = call.query;
	const batches = call.simulation.actionBatches.of(organizationOf(call).id);
	const wanted = batches.filter((batch) => status === undefined || statusOf(batch) === status);
	return { body: wanted.map(batchAnswer) };
}

export function readBatch(call: Call): Answer {
	return { body: batchAnswer(batchOf(call)) };
}

/** Confirms a stored batch. Documented: for unconfirmed ones only, and there is no way back. */
export async function updateBatch(call: Call): Promise<Answer> {
	const batch = unconfirmedOf(call);
	batch.synchronous = call.body.synchronous ?? batch.synchronous;
	if (call.body.confirmed === true) call.simulation.actionBatches.confirm(batch, call.now);
	await held(call, batch);
	return answerOf(batch);
}

export function deleteBatch(call: Call): Answer {
	call.simulation.actionBatches.delete(unconfirmedOf(call));
	return { body: undefined };
}

function batchOf(call: Call): ActionBatch {
	checkBatches(call.key);
	return call.simulation.actionBatches.find(organizationOf(call).id, call.actionBatchId ?? '');
}

function unconfirmedOf(call: Call): ActionBatch {
	const batch = batchOf(call);
	if (batch.state.kind === 'unconfirmed') return batch;
	throw new Refusal(400, ['An action batch can not be changed once it is confirmed']);
}

/** The answer to a synchronous batch comes when it has run, unless the scenario or a fault has it come before. */
async function held({ simulation, effects }: Call, batch: ActionBatch): Promise<void> {
	const { answers = 'whenDone' } = simulation.actionBatches.settings;
	if (!batch.synchronous || answers !== 'whenDone' || effectOf(effects, 'lateBatch') !== undefined) return;
	while (batch.state.kind === 'executing') {
		await delay(LOOK_EVERY_MS, undefined, { ref: false });
		simulation.catchUp();
	}
}

/** A failure stands in `status`, or is a refusal: Meraki does not document which. */
function answerOf(batch: ActionBatch): Answer {
	const { state } = batch;
	if (batch.synchronous && state.kind === 'failed' && state.httpStatus >= 400) {
		throw new Refusal(state.httpStatus, state.errors);
	}
	return { body: batchAnswer(batch) };
}

function tagsIn(body: object | undefined): readonly string[] | null {
	const tags: unknown = body === undefined ? undefined : Reflect.get(body, 'tags');
	return Array.isArray(tags) ? tags.map(String) : null;
}
