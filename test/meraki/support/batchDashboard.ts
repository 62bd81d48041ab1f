import type { TagChange } from '../../../meraki/client/batchCalls';
import type { HttpRequest } from '../../../meraki/http/transport';
import type { WriteJob } from '../../../meraki/write/strategy';
import { NETWORK } from './examples';
import { answer, ok, type Reply } from './scripted';
import { BEFORE, failover, type Reason } from './writing';

export const ORGANIZATION_ID = NETWORK.organizationId;

export const ids = (count: number) => Array.from({ length: count }, (_, n) => `N_${n + 1}`);

export const jobsFor = (networkIds: readonly string[]): Array<WriteJob<Reason>> =>
	networkIds.map((networkId) => ({ networkId, plan: failover }));

export const on = (networkIds: readonly string[], tags: readonly string[] = BEFORE) =>
	Object.fromEntries(networkIds.map((id) => [id, tags]));

interface Batch {
	readonly id: string;
	readonly changes: readonly TagChange[];
	state: 'executing' | 'completed' | 'failed';
	errors: readonly string[];
	isConfirmed: boolean;
}

export interface BatchPost {
	readonly changes: readonly TagChange[];
	/** Answers as if nothing were wrong. */
	readonly land: () => Reply;
	/** Keeps it executing. */
	readonly keep: () => { readonly batch: Batch; readonly reply: Reply };
}

type BatchFault = (post: BatchPost) => Reply | undefined;

/** A dashboard with networks and action batches, and a place to make its next batches go wrong. */
export function batchDashboard(networks: Readonly<Record<string, readonly string[]>>) {
	const tags = new Map(Object.entries(networks));
	const batches: Batch[] = [];
	const state = {
		tags,
		batches,
		faults: [] as Array<BatchFault | undefined>,
		always: undefined as BatchFault | undefined,
		/** What a network's change is refused with, in a batch or alone. */
		refused: undefined as ((networkId: string) => Reply | undefined) | undefined,
	};
	const add = (changes: readonly TagChange[]): Batch => {
		const batch: Batch = {
			id: `${batches.length + 1}`,
			changes,
			state: 'executing',
			errors: [],
			isConfirmed: true,
		};
		batches.push(batch);
		return batch;
	};
	const complete = (batch: Batch) => {
		batch.state = 'completed';
		for (const change of batch.changes) tags.set(change.networkId, change.tags);
	};
	const post = (changes: readonly TagChange[]): Reply => {
		const land = () => {
			const batch = add(changes);
			complete(batch);
			return answer(201, shown(batch));
		};
		const keep = () => {
			const batch = add(changes);
			return { batch, reply: answer(201, shown(batch)) };
		};
		const refusal = changes
			.map(({ networkId }) => state.refused?.(networkId))
			.find((each) => each !== undefined);
		if (refusal !== undefined) return refusal;
		const fault = state.faults.shift() ?? state.always;
		return fault?.({ changes, land, keep }) ?? land();
	};
	const reply = (request: HttpRequest): Reply => {
		const path = new URL(request.url).pathname.replace('/api/v1', '');
		if (request.method === 'POST') return post(changesIn(request.body));
		if (path.endsWith('/actionBatches')) {
			return ok(batches.filter((batch) => batch.state === 'executing').map(shown));
		}
		if (path.includes('/actionBatches/')) {
			const found = batches.find(({ id }) => path.endsWith(`/${id}`));
			return found === undefined ? answer(404, { errors: ['Not found'] }) : ok(shown(found));
		}
		if (path.endsWith('/networks')) return ok([...tags].map(([id, own]) => ({ ...NETWORK, id, tags: own })));
		const refusal = request.method === 'PUT' ? state.refused?.(path.split('/').at(-1) ?? '') : undefined;
		return putRefusal(refusal) ?? single(tags, request, path);
	};
	return { ...state, state, add, complete, reply };
}

/** Of a batch that was accepted and then failed, a PUT's answer is a plain refusal. */
function putRefusal(refusal: Reply | undefined): Reply | undefined {
	if (refusal === undefined || refusal.kind !== 'answer' || refusal.status >= 400) return refusal;
	const { status } = refusal.body as { readonly status: { readonly errors: readonly string[] } };
	return answer(400, { errors: status.errors });
}

function single(tags: Map<string, readonly string[]>, request: HttpRequest, path: string): Reply {
	const id = decodeURIComponent(path.split('/').at(-1) ?? '');
	const current = tags.get(id);
	if (current === undefined) return answer(404, { errors: ['Not found'] });
	if (request.method === 'GET') return ok({ ...NETWORK, id, tags: current });
	const { tags: written } = request.body as { readonly tags: readonly string[] };
	tags.set(id, written);
	return ok({ ...NETWORK, id, tags: written });
}

function changesIn(body: unknown): TagChange[] {
	const { actions } = body as {
		readonly actions: ReadonlyArray<{
			readonly resource: string;
			readonly body: { readonly tags: string[] };
		}>;
	};
	return actions.map(({ resource, body: { tags } }) => ({
		networkId: decodeURIComponent(resource.replace('/networks/', '')),
		tags,
	}));
}

function shown({ id, changes, state, errors, isConfirmed }: Batch) {
	return {
		id,
		organizationId: ORGANIZATION_ID,
		confirmed: isConfirmed,
		synchronous: true,
		status: { completed: state === 'completed', failed: state === 'failed', errors, createdResources: [] },
		actions: changes.map(({ networkId, tags }) => ({
			resource: `/networks/${networkId}`,
			operation: 'update',
			body: { tags },
		})),
	};
}
