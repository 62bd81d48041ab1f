import type { Network } from '../../core/domain/types';
import { type BatchProgress, MAX_ACTIONS } from '../client/batchCalls';
import { isMerakiApiError, type MerakiApiError } from '../http/merakiApiError';
import { tryAsync, trySync } from '../http/result';
import { MAX_TAG_AGE_MS } from '../write/strategy';
import type { TagSnapshot } from '../write/tagLists';
import { showsChange } from '../write/verifyTags';
import { followBatch, lookForBatch } from './follow';
import { isBatchRefusal, isTooManyBatches, refusesBatches } from './refusals';
import {
	type BatchRun,
	endsRun,
	type Entry,
	isOutOfTime,
	type PlannedWrite,
	report,
	requeue,
	writeOneByOne,
} from './state';

/** Tries of a write that Meraki turned away undone (429, 503), as for reads. */
const MAX_TRIES = 5;
/** Writes of which no answer came: the first, and one more after a read showed that it had not landed. */
const MAX_UNANSWERED = 2;
/** Between two tries while all places are taken, at least. */
const CAPACITY_WAIT_MS = 1000;
/** When nobody's batch comes to its end for so long, single PUTs are quicker. */
const MAX_CAPACITY_WAIT_MS = 30_000;
/** Before a batch without an answer is looked for: it may still be on its way. */
const PROPAGATION_GRACE_MS = 2000;

type Writes<Reason> = ReadonlyArray<PlannedWrite<Reason>>;

/** Plans, sends and settles one batch from the head of the queue. Never throws for what Meraki answers. */
export async function sendNext<Reason>(run: BatchRun<Reason>): Promise<void> {
	const read = await tryAsync(async () => await run.reading.fresh());
	if (read.kind === 'error') {
		if (!endsRun(run, read.error)) run.stop ??= stopFor(read.error);
		return;
	}
	// Another batch may have ended the run while the tags were read.
	if (run.stop !== null || isOutOfTime(run)) return;
	const writes = planBatch(run, read.value);
	if (writes.length === 0) return;
	const changes = writes.map(({ entry, tags }) => ({ networkId: entry.job.networkId, tags }));
	const sendBeforeMs = read.value.readAtMs + MAX_TAG_AGE_MS;
	const sent = await tryAsync(
		async () => await run.store.createBatch(run.organizationId, changes, sendBeforeMs),
	);
	if (sent.kind === 'error') await afterError(run, writes, sent.error);
	else await settle(run, writes, sent.value);
}

/** The tags cannot be read: for single networks they may, unless Meraki has a fault. */
function stopFor(error: Error): NonNullable<BatchRun<unknown>['stop']> {
	return isBatchRefusal(error) ? { kind: 'noBatches', error } : { kind: 'hopeless', error };
}

/** Up to twenty writes of the queue. What needs no write is reported. */
function planBatch<Reason>(run: BatchRun<Reason>, { networks }: TagSnapshot): Writes<Reason> {
	const planned: Array<PlannedWrite<Reason>> = [];
	while (planned.length < MAX_ACTIONS) {
		const entry = run.queue.shift();
		if (entry === undefined) break;
		planned.push(...planEntry(run, entry, networks.get(entry.job.networkId)));
	}
	return planned;
}

/** One write, or none. */
function planEntry<Reason>(
	run: BatchRun<Reason>,
	entry: Entry<Reason>,
	before: Network | undefined,
): Writes<Reason> {
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
	const planned = trySync(() => entry.job.plan(before, run.store.nowOrThrow()));
	if (planned.kind === 'error') report(run, entry, { kind: 'failed', before, error: planned.error });
	else if (planned.value.kind === 'write') return [{ entry, before, tags: planned.value.tags }];
	else report(run, entry, { kind: 'skipped', network: before, reason: planned.value.reason });
	return [];
}

/** Three cases: done, refused, still executing. Meraki does not document which of them come with which status. */
async function settle<Reason>(
	run: BatchRun<Reason>,
	writes: Writes<Reason>,
	progress: BatchProgress,
): Promise<void> {
	run.atCapacitySince = null;
	const end = progress.kind === 'executing' ? await followBatch(run, progress.id) : progress;
	if (end.kind === 'failed') writeOneByOne(run, entriesOf(writes), end.error);
	else for (const write of writes) run.sent.push({ ...write, error: null });
}

async function afterError<Reason>(
	run: BatchRun<Reason>,
	writes: Writes<Reason>,
	error: Error,
): Promise<void> {
	if (isTooManyBatches(error)) return await afterNoPlace(run, writes, error);
	if (isMerakiApiError(error) && error.kind === 'stale') return afterStale(run, writes);
	run.atCapacitySince = null;
	if (isMerakiApiError(error) && error.outcomeUnknown) await afterSilence(run, writes, error);
	else if (refusesBatches(error)) {
		requeue(run, entriesOf(writes));
		run.stop ??= { kind: 'noBatches', error };
	} else if (isBatchRefusal(error)) writeOneByOne(run, entriesOf(writes), error);
	else if (endsRun(run, error)) requeue(run, entriesOf(writes));
	else if (isMerakiApiError(error) && (error.kind === 'rateLimited' || error.status === 503)) {
		await afterTurnAway(run, writes, error);
	} else {
		for (const { entry, before } of writes) report(run, entry, { kind: 'failed', before, error });
	}
}

/** The next batch reads anew; nothing was sent. */
function afterStale<Reason>(run: BatchRun<Reason>, writes: Writes<Reason>): void {
	run.reading.forget();
	requeue(run, entriesOf(writes));
}

/** Nobody knows whether it landed: looked for among the pending ones, and in the tags, before anything is sent. */
async function afterSilence<Reason>(
	run: BatchRun<Reason>,
	writes: Writes<Reason>,
	error: MerakiApiError,
): Promise<void> {
	const silent = writes.map(({ entry, before, tags }) => {
		const count = (entry.unanswered?.count ?? 0) + 1;
		return { entry: { ...entry, unanswered: { before, tags, error, count } }, before, tags };
	});
	await run.store.pause(PROPAGATION_GRACE_MS);
	const ids = writes.map(({ entry }) => entry.job.networkId);
	const found = await lookForBatch(run, ids);
	if (found.kind === 'executing') return await settle(run, silent, found);
	if (found.kind === 'unknown') {
		for (const write of silent) run.sent.push({ ...write, error });
		return;
	}
	run.reading.forget();
	requeue(run, entriesOf(silent));
}

/** Waited out while this batch keeps its place among ours, so that we send less. */
async function afterNoPlace<Reason>(
	run: BatchRun<Reason>,
	writes: Writes<Reason>,
	error: Error,
): Promise<void> {
	run.delayCause = error.message;
	run.atCapacitySince ??= run.store.elapsedMs();
	const waitedMs = run.store.elapsedMs() - run.atCapacitySince;
	if (waitedMs >= MAX_CAPACITY_WAIT_MS && isBatchRefusal(error)) run.stop ??= { kind: 'noBatches', error };
	else await run.store.pauseAbout(CAPACITY_WAIT_MS);
	requeue(run, entriesOf(writes));
}

async function afterTurnAway<Reason>(
	run: BatchRun<Reason>,
	writes: Writes<Reason>,
	error: Error,
): Promise<void> {
	run.delayCause = error.message;
	const tried = writes.map((write) => ({ ...write, tries: write.entry.turnedAway + 1 }));
	for (const { entry, before } of tried.filter(({ tries }) => tries >= MAX_TRIES)) {
		report(run, entry, { kind: 'failed', before, error });
	}
	const again = tried.filter(({ tries }) => tries < MAX_TRIES);
	if (again.length === 0) return;
	// After 429 the request limit blocks the next call for as long as Meraki asked.
	await run.store.pause(1000 * 2 ** (Math.max(...again.map(({ tries }) => tries)) - 1));
	requeue(
		run,
		again.map(({ entry, tries }) => ({ ...entry, turnedAway: tries })),
	);
}

function entriesOf<Reason>(writes: Writes<Reason>): Array<Entry<Reason>> {
	return writes.map(({ entry }) => entry);
}
