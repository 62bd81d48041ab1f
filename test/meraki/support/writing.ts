import { singlePuts } from '../../../meraki/write/singlePuts';
import type { WriteJob, WriteOutcome, WritePlan } from '../../../meraki/write/strategy';
import { NETWORK } from './examples';
import { ok, scripted, type Scripted } from './scripted';

export const ID = NETWORK.id;
export const BEFORE = ['office', 'london_primary_up', 'paris_backup_down', 'office'];
export const AFTER = ['office', 'london_primary_down', 'paris_backup_up', 'office'];

export type Reason = 'overtaken';

/** Moves a network that shows the tags of before, and leaves any other alone. */
export function failover(network: { readonly tags: readonly string[] }): WritePlan<Reason> {
	if (!network.tags.includes('london_primary_up')) return { kind: 'skip', reason: 'overtaken' };
	const swap: Record<string, string> = {
		london_primary_up: 'london_primary_down',
		paris_backup_down: 'paris_backup_up',
	};
	return { kind: 'write', tags: network.tags.map((tag) => swap[tag] ?? tag) };
}

/** Lets one network be written; every reply of a script must be used. */
export async function write(
	replies: Scripted['replies'],
	more: Partial<Scripted> = {},
	job: Partial<WriteJob<Reason>> = {},
) {
	const run = scripted({ replies, ...more });
	const results = await singlePuts(run.client).write([{ networkId: ID, plan: failover, ...job }]);
	expect(results.map(({ networkId }) => networkId)).toEqual([job.networkId ?? ID]);
	if (Array.isArray(replies)) expect(run.requests).toHaveLength(replies.length);
	const log = run.requests.map(({ method, atMs }) => `${method} ${atMs}`);
	return { outcome: results[0]?.outcome as WriteOutcome<Reason>, log, run };
}

export const shows = (tags: readonly string[], more = {}) => ok({ ...NETWORK, tags, ...more });
export const READ = shows(BEFORE);
