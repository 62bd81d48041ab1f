import { type Call, CALL_MS, type Connection } from '../http/connection';
import type { MerakiApiError } from '../http/merakiApiError';
import { failure } from '../http/errorMessages';
import { read } from '../http/pages';
import { send } from '../http/request';
import { type ActionBatch, parseActionBatch, parseActionBatches } from '../parse/actionBatches';
import { bad, type Parsed, withId } from '../parse/fields';
import { pathTo } from '../http/urls';

/** The new list of tags of one network. */
export interface TagChange {
	readonly networkId: string;
	readonly tags: readonly string[];
}

export type BatchProgress =
	/** All of its changes are made. */
	| { readonly kind: 'completed' }
	| { readonly kind: 'executing'; readonly id: string }
	/** None of its changes is made: batches are all or nothing (documentation, "Action Batches"). */
	| { readonly kind: 'failed'; readonly error: MerakiApiError };

/** The most actions of a synchronous batch (OpenAPI, createOrganizationActionBatch). */
export const MAX_ACTIONS = 20;

/** The answer to a synchronous batch comes when its changes are made; how long that takes is not documented. */
const CREATE_MS = 60_000;

/** The calls for action batches: networks' tags, synchronous, to be carried out at once. */
export function batchCalls(connection: Connection) {
	const { redact } = connection;
	const callTo = (organizationId: string, rest: string): Call => ({
		method: 'GET',
		url: `${connection.baseUrl}${pathTo('organizations', organizationId)}/actionBatches${rest}`,
		timeoutMs: CALL_MS,
	});
	const progress = async (call: Call, parse: (body: unknown) => ActionBatch): Promise<BatchProgress> => {
		const batch = await read(connection, call, parse);
		if (batch.state !== 'failed') return { kind: batch.state, id: batch.id };
		const what = 'Meraki could not carry out the action batch, and so changed nothing';
		const facts = { kind: 'badRequest' as const, merakiErrors: batch.errors };
		return { kind: 'failed', error: failure(connection, call, facts, what) };
	};
	const create = (organizationId: string, changes: readonly TagChange[], isConfirmed: boolean): Call => {
		const actions = changes.map(({ networkId, tags }) => ({
			resource: pathTo('networks', networkId),
			operation: 'update',
			// Nothing but the tags, as in a PUT.
			body: { tags },
		}));
		const body = { confirmed: isConfirmed, synchronous: true, actions };
		return { ...callTo(organizationId, ''), method: 'POST', body, timeoutMs: CREATE_MS };
	};
	return {
		createBatch: async (organizationId: string, changes: readonly TagChange[], sendBeforeMs?: number) =>
			await progress(
				{ ...create(organizationId, changes, true), ...(sendBeforeMs === undefined ? {} : { sendBeforeMs }) },
				(answer) => confirmed(parseActionBatch(redact)(answer)),
			),
		storeBatch: async (organizationId: string, change: TagChange): Promise<string> =>
			(await read(connection, create(organizationId, [change], false), parseActionBatch(redact))).id,
		deleteBatch: async (organizationId: string, id: string): Promise<void> => {
			await send(connection, { ...callTo(organizationId, `/${encodeURIComponent(id)}`), method: 'DELETE' });
		},
		batch: async (organizationId: string, id: string) => {
			const call = callTo(organizationId, `/${encodeURIComponent(id)}`);
			// Another one's end would be taken for this one's.
			const parse = (answer: unknown) => withId(parseActionBatch(redact)(answer), id);
			return await progress(call, parse);
		},
		pendingBatches: async (organizationId: string): Promise<Parsed<ActionBatch>> =>
			await read(connection, callTo(organizationId, '?status=pending'), parseActionBatches(redact)),
	};
}

/** One that waits for a confirmation is not what was asked for, and would never be carried out. */
function confirmed(batch: ActionBatch): ActionBatch {
	return batch.isConfirmed ? batch : bad('.confirmed', 'is false');
}
