import { batches } from '../../../meraki/batch/batchWriter';
import type { WriteJob, WriteOutcome } from '../../../meraki/write/strategy';
import { batchDashboard, ids, jobsFor, on, ORGANIZATION_ID } from './batchDashboard';
import { type LoggedRequest, scripted, type Scripted } from './scripted';
import { AFTER, type Reason } from './writing';

type Dashboard = ReturnType<typeof batchDashboard>;

export interface BatchScript extends Partial<Omit<Scripted, 'replies'>> {
	readonly jobs?: ReadonlyArray<WriteJob<Reason>>;
	readonly replies?: (dashboard: Dashboard) => Scripted['replies'];
	readonly prepare?: (dashboard: Dashboard) => void;
}

/** Lets `count` networks fail over by batches, and tells everything that happened. */
export async function writeBatches(
	count: number,
	{ prepare, replies, jobs = jobsFor(ids(count)), ...more }: BatchScript = {},
) {
	const dashboard = batchDashboard(on(ids(count)));
	prepare?.(dashboard);
	const run = scripted({ replies: replies?.(dashboard) ?? dashboard.reply, ...more });
	const strategy = batches(run.client, ORGANIZATION_ID);
	const results = await strategy.write(jobs);
	expect(results.map(({ networkId }) => networkId)).toEqual(jobs.map(({ networkId }) => networkId));
	const outcomeOf = (id: string) =>
		results.find(({ networkId }) => networkId === id)?.outcome as WriteOutcome<Reason>;
	return {
		dashboard,
		run,
		results,
		outcomeOf,
		kinds: countOf(results.map(({ outcome }) => outcome.kind)),
		calls: countOf(run.requests.map(nameOf)),
		/** How many networks each batch was about. */
		sizes: run.requests.filter(({ method }) => method === 'POST').map(sizeOf),
		moved: [...dashboard.tags].filter(([, tags]) => isMoved(tags)).map(([id]) => id),
		notes: strategy.notes(),
	};
}

function nameOf({ method, url }: LoggedRequest): string {
	const path = new URL(url).pathname;
	if (path.endsWith('/actionBatches')) return method === 'POST' ? 'batch' : 'pending';
	if (path.includes('/actionBatches/')) return 'poll';
	if (path.endsWith('/networks')) return 'list';
	return method === 'GET' ? 'read' : 'put';
}

export const countOf = (names: readonly string[]): Record<string, number> =>
	names.reduce<Record<string, number>>((all, name) => ({ ...all, [name]: (all[name] ?? 0) + 1 }), {});

function sizeOf({ body }: LoggedRequest): number {
	return (body as { readonly actions: readonly unknown[] }).actions.length;
}

const isMoved = (tags: readonly string[]) => AFTER.every((tag) => tags.includes(tag));
