import { type BatchRun, endsRun, type Entry, isOutOfTime, report, writeOneByOne } from './state';
import { isBatchRefusal, refusesBatches } from './refusals';
import { sendNext } from './send';
import { tryAsync } from '../http/result';
import { singlePuts } from '../write/singlePuts';
import { tagReading } from '../write/tagLists';
import { verifySent } from './verify';
import {
	type BatchStore,
	refuseDuplicates,
	type WriteJob,
	type WriteOutcome,
	type WriteStrategy,
} from '../write/strategy';

/** Of the five that Meraki runs at once (documentation, "Action Batches"); the fifth is left to other tools. */
const MAX_AT_ONCE = 4;

/** Synchronous action batches of twenty: for a thousand networks about 60 calls instead of 2,000. */
export function batches(store: BatchStore, organizationId: string): WriteStrategy {
	let notes: readonly string[] = [];
	return {
		write: async (jobs) => {
			refuseDuplicates(jobs);
			const run = newRun(store, organizationId, jobs);
			await writeAll(run);
			notes = run.notes;
			return run.results;
		},
		notes: () => notes,
	};
}

function newRun<Reason>(
	store: BatchStore,
	organizationId: string,
	jobs: ReadonlyArray<WriteJob<Reason>>,
): BatchRun<Reason> {
	return {
		store,
		organizationId,
		reading: tagReading(store, organizationId),
		results: [],
		queue: jobs.map((job, place) => ({ place, job, turnedAway: 0, unanswered: null })),
		single: [],
		refused: null,
		sent: [],
		notes: [],
		atCapacitySince: null,
		delayCause: null,
		stop: null,
	};
}

async function writeAll<Reason>(run: BatchRun<Reason>): Promise<void> {
	if (!isOutOfTime(run) && run.queue.length > 0) await leaveInProgress(run);
	await sendAll(run);
	const rest = takeRest(run);
	if (run.stop?.kind === 'noBatches') writeOneByOne(run, rest, run.stop.error);
	else for (const entry of rest) report(run, entry, outcomeOfRest(run));
	await Promise.all([verifySent(run), writeSingly(run)]);
}

function oneByOneNote(count: number, why: string): string {
	const networks = count === 1 ? '1 network was' : `${count} networks were`;
	return `${networks} written one by one instead of in action batches, which takes longer. ${why}`;
}

/** Networks that somebody's batch is about to write, an earlier run's for one: a second write would fight it. */
async function leaveInProgress<Reason>(run: BatchRun<Reason>): Promise<void> {
	const pending = await tryAsync(async () => await run.store.pendingBatches(run.organizationId));
	if (pending.kind === 'error') {
		const { error } = pending;
		if (refusesBatches(error) || isBatchRefusal(error)) run.stop = { kind: 'noBatches', error };
		else if (!endsRun(run, error))
			run.notes.push(`Which action batches are still executing could not be read. ${error.message}`);
		return;
	}
	const busy = new Set(pending.value.rows.flatMap((batch) => (batch.isConfirmed ? batch.networkIds : [])));
	for (const entry of run.queue.splice(0)) {
		if (!busy.has(entry.job.networkId)) run.queue.push(entry);
		else report(run, entry, { kind: 'nextRun', why: 'inProgress', cause: null });
	}
}

/** Begins batches while there are places, and looks again whenever one has come to its end. */
async function sendAll<Reason>(run: BatchRun<Reason>): Promise<void> {
	const open = new Set<Promise<void>>();
	for (;;) {
		const mayBegin = run.stop === null && !isOutOfTime(run) && run.queue.length > 0;
		if (mayBegin && open.size < MAX_AT_ONCE) {
			const sending = sendNext(run).finally(() => open.delete(sending));
			open.add(sending);
		} else if (open.size > 0) await Promise.race(open);
		else return;
	}
}

/**
 * What was not sent, in the order of the jobs. Writes without an answer are not among it: nobody knows yet whether
 * they landed.
 */
function takeRest<Reason>(run: BatchRun<Reason>): ReadonlyArray<Entry<Reason>> {
	const entries = run.queue.splice(0);
	for (const entry of entries) {
		if (entry.unanswered !== null) run.sent.push({ entry, ...entry.unanswered });
	}
	return entries
		.filter(({ unanswered }) => unanswered === null)
		.sort((one, other) => one.place - other.place);
}

function outcomeOfRest<Reason>({ store, stop, delayCause }: BatchRun<Reason>): WriteOutcome<Reason> {
	if (stop?.kind === 'hopeless') return { kind: 'failed', before: null, error: stop.error };
	const lastCause = stop?.kind === 'over' ? stop.error.lastCause : null;
	const why = store.isCancelled() ? 'cancelled' : 'outOfTime';
	return { kind: 'nextRun', why, cause: lastCause ?? delayCause };
}

async function writeSingly<Reason>(run: BatchRun<Reason>): Promise<void> {
	if (run.refused !== null) run.notes.push(oneByOneNote(run.refused.count, run.refused.error.message));
	const entries = run.single.splice(0).sort((one, other) => one.place - other.place);
	const results = await singlePuts(run.store).write(entries.map(({ job }) => job));
	results.forEach(({ outcome }, at) => {
		const entry = entries[at];
		if (entry !== undefined) report(run, entry, outcome);
	});
}
