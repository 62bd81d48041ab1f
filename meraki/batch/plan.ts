import type { Network } from '../../core/domain/types';
import { MOST_ACTIONS } from '../client/batchCalls';
import { type BatchRun, type Entry, type PlannedWrite, report } from './state';
import { showsChange } from '../write/verifyTags';
import { attempted } from '../http/settled';

/** Writes of which no answer came: the first, and one more after a read showed that it had not landed. */
const MAX_UNANSWERED = 2;

/**
 * The next writes to send together, planned on tags at most ten seconds old: a group of its own, else up to twenty of
 * the queue. What needs no write is reported. Throws what the read throws; then nothing is taken.
 */
export async function nextBatch<Reason>(
	run: BatchRun<Reason>,
	group: ReadonlyArray<Entry<Reason>> | undefined,
): Promise<ReadonlyArray<PlannedWrite<Reason>>> {
	const networks = await run.reading.fresh();
	const planned: Array<PlannedWrite<Reason>> = [];
	const source = group === undefined ? run.queue : [...group];
	while (planned.length < MOST_ACTIONS) {
		const entry = source.shift();
		if (entry === undefined) break;
		planned.push(...plan(run, entry, networks.get(entry.job.networkId)));
	}
	return planned;
}

/** One write, or none. */
function plan<Reason>(
	run: BatchRun<Reason>,
	entry: Entry<Reason>,
	before: Network | undefined,
): ReadonlyArray<PlannedWrite<Reason>> {
	const { unanswered } = entry;
	if (before === undefined) {
		// Not listed: gone, moved, or its row could not be read. Its own read tells which.
		if (unanswered === null) run.single.push(entry);
		else run.sent.push({ entry, ...unanswered });
		return [];
	}
	if (unanswered !== null) {
		const isThere = showsChange(unanswered.before.tags, unanswered.tags, before.tags);
		if (isThere || unanswered.count >= MAX_UNANSWERED) {
			run.sent.push({ entry, ...unanswered });
			return [];
		}
	}
	const planned = attempted(() => entry.job.plan(before, run.store.nowOrThrow()));
	if (planned.kind === 'error') report(run, entry, { kind: 'failed', before, error: planned.error });
	else if (planned.value.kind === 'write') return [{ entry, before, tags: planned.value.tags }];
	else report(run, entry, { kind: 'skipped', network: before, reason: planned.value.reason });
	return [];
}
