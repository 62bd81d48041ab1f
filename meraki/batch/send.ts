import { isBatchRefusal, isTooManyBatches, refusesBatches } from './refusals';
import { splitRefused } from './splitRefused';
import type { BatchProgress } from '../client/batchCalls';
import { type BatchRun, endsRun, type Entry, isOver, type PlannedWrite, report } from './state';
import { isMerakiApiError, type MerakiApiError } from '../http/merakiApiError';
import { followBatch, lookForBatch } from './follow';
import { nextBatch } from './plan';
import { settled } from '../http/settled';

/** Tries of a write that Meraki turned away undone (429, 503), as for reads. */
const MAX_TRIES = 5;
/** Between two tries while all places are taken, at least. */
const CROWDED_WAIT_MS = 1000;
/** When nobody's batch comes to its end for so long, single PUTs are quicker. */
const CROWDED_AT_MOST_MS = 30_000;
/** Before a batch without an answer is looked for: it may still be on its way. */
const SETTLING_MS = 2000;

type Writes<Reason> = ReadonlyArray<PlannedWrite<Reason>>;

/** Plans, sends and settles one batch: the group, else the head of the queue. Never throws for what Meraki answers. */
export async function sendNext<Reason>(
	run: BatchRun<Reason>,
	group: ReadonlyArray<Entry<Reason>> | undefined,
): Promise<void> {
	const planned = await settled(async () => await nextBatch(run, group));
	if (planned.kind === 'error') {
		run.queue.unshift(...(group ?? []));
		if (!endsRun(run, planned.error)) run.stop = stopFor(planned.error);
		return;
	}
	const writes = planned.value;
	if (writes.length === 0) return;
	if (run.stop !== null || isOver(run)) {
		run.queue.unshift(...writes.map(({ entry }) => entry));
		return;
	}
	const changes = writes.map(({ entry, tags }) => ({ networkId: entry.job.networkId, tags }));
	const sent = await settled(async () => await run.store.createBatch(run.organizationId, changes));
	if (sent.kind === 'error') await afterError(run, writes, sent.error);
	else await settle(run, writes, sent.value);
}

/** The tags cannot be read: for single networks they may, unless Meraki has a fault. */
function stopFor(error: Error): NonNullable<BatchRun<unknown>['stop']> {
	return isBatchRefusal(error) ? { kind: 'noBatches', error } : { kind: 'hopeless', error };
}

/** Three cases: done, refused, still executing. Meraki does not document which of them come with which status. */
async function settle<Reason>(
	run: BatchRun<Reason>,
	writes: Writes<Reason>,
	progress: BatchProgress,
): Promise<void> {
	run.crowdedSince = null;
	const end = progress.kind === 'executing' ? await followBatch(run, progress.id) : progress;
	if (end.kind === 'failed') {
		splitRefused(run, writes.map(asNew), end.error);
		return;
	}
	run.isProven = true;
	for (const write of writes) run.sent.push({ ...write, error: null });
}

async function afterError<Reason>(
	run: BatchRun<Reason>,
	writes: Writes<Reason>,
	error: Error,
): Promise<void> {
	if (isTooManyBatches(error)) {
		await afterCrowd(run, writes, error);
		return;
	}
	run.crowdedSince = null;
	if (isMerakiApiError(error) && error.mayHaveLanded) await afterSilence(run, writes, error);
	else if (refusesBatches(error)) noBatches(run, writes, error);
	else if (isBatchRefusal(error)) splitRefused(run, writes.map(asNew), error);
	else if (endsRun(run, error)) run.queue.unshift(...writes.map(({ entry }) => entry));
	else if (isMerakiApiError(error) && (error.kind === 'rateLimited' || error.status === 503)) {
		await afterTurnAway(run, writes, error);
	} else {
		for (const { entry, before } of writes) report(run, entry, { kind: 'failed', before, error });
	}
}

function noBatches<Reason>(run: BatchRun<Reason>, writes: Writes<Reason>, error: MerakiApiError): void {
	run.queue.unshift(...writes.map(({ entry }) => entry));
	run.stop ??= { kind: 'noBatches', error };
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
	await run.store.pause(SETTLING_MS);
	const ids = writes.map(({ entry }) => entry.job.networkId);
	const found = await lookForBatch(run, ids);
	if (found.kind === 'executing') return await settle(run, silent, found);
	if (found.kind === 'unknown') {
		for (const write of silent) run.sent.push({ ...write, error });
		return;
	}
	run.reading.forget();
	run.groups.push(silent.map(({ entry }) => entry));
}

/** Waited out while this batch keeps its place among ours, so that we send less. */
async function afterCrowd<Reason>(
	run: BatchRun<Reason>,
	writes: Writes<Reason>,
	error: Error,
): Promise<void> {
	run.heldUpBy = error.message;
	run.crowdedSince ??= run.store.remainingMs();
	const crowdedMs = run.crowdedSince - run.store.remainingMs();
	if (crowdedMs >= CROWDED_AT_MOST_MS && isBatchRefusal(error)) run.stop ??= { kind: 'noBatches', error };
	else await run.store.pauseAbout(CROWDED_WAIT_MS);
	run.groups.push(writes.map(({ entry }) => entry));
}

async function afterTurnAway<Reason>(
	run: BatchRun<Reason>,
	writes: Writes<Reason>,
	error: Error,
): Promise<void> {
	run.heldUpBy = error.message;
	let mostTries = 0;
	const again: Array<Entry<Reason>> = [];
	for (const { entry, before } of writes) {
		const turnedAway = entry.turnedAway + 1;
		mostTries = Math.max(mostTries, turnedAway);
		if (turnedAway >= MAX_TRIES) report(run, entry, { kind: 'failed', before, error });
		else again.push({ ...entry, turnedAway });
	}
	// After 429 the request limit holds the next call back for as long as Meraki asked.
	if (again.length === 0) return;
	await run.store.pause(1000 * 2 ** (mostTries - 1));
	run.groups.push(again);
}

/** A refused batch has changed nothing, whatever was thought of it before. */
function asNew<Reason>({ entry, before, tags }: PlannedWrite<Reason>): PlannedWrite<Reason> {
	return { entry: { ...entry, unanswered: null }, before, tags };
}
