import type { Network } from '../../core/domain/types';
import { isMerakiApiError } from '../http/merakiApiError';
import { showsChange, sideEffectsOf } from './verifyTags';
import { trySync, tryAsync } from '../http/result';
import { MAX_TAG_AGE_MS, type TagStore, type WriteJob, type WriteOutcome } from './strategy';

/** A write that is begun needs time for its PUT and for the reads after it. */
const NEEDED_MS = 10_000;
/** When an accepted change is looked for again: 2 and 5 s after the write (R7). */
const LOOK_AGAIN_AFTER_MS = [2000, 3000];
/** Before a write without an answer is looked for: it may still be under way. */
const SETTLING_MS = 2000;
/** Tries of a write that Meraki turned away undone (429, 503), as for reads. */
const MAX_TRIES = 5;
/** Writes of which no answer came: the first, and one more after a read showed that it had not landed. */
const MAX_UNANSWERED = 2;

/** A write that may have landed all the same. */
interface Unanswered {
	readonly before: Network;
	readonly tags: readonly string[];
	readonly error: Error;
	/** None where a gateway said 503: by that nothing was done, but should a read show it, it was this write. */
	readonly count: number;
}

type Step<Reason> =
	| { readonly kind: 'end'; readonly outcome: WriteOutcome<Reason> }
	| { readonly kind: 'again'; readonly afterMs: number; readonly unanswered: Unanswered | null };

/** Read, plan, write, verify, for one network. Never throws. */
export async function writeNetwork<Reason>(
	store: TagStore,
	job: WriteJob<Reason>,
): Promise<WriteOutcome<Reason>> {
	let unanswered: Unanswered | null = null;
	for (let tries = 1; ; tries += 1) {
		if (!isOpen(unanswered) && isOutOfTime(store)) return nextRun(store, null);
		const step: Step<Reason> = await tryOnce(store, job, tries, unanswered);
		if (step.kind === 'end') return step.outcome;
		unanswered = step.unanswered;
		await store.pause(step.afterMs);
	}
}

async function tryOnce<Reason>(
	store: TagStore,
	job: WriteJob<Reason>,
	tries: number,
	unanswered: Unanswered | null,
): Promise<Step<Reason>> {
	const read = await tryAsync(async () => await store.network(job.networkId));
	if (read.kind === 'error') return end(afterError(read.error, null, unanswered));
	const before = read.value;
	const sendBeforeMs = store.elapsedMs() + MAX_TAG_AGE_MS;
	if (unanswered !== null) {
		const { tags, error, count } = unanswered;
		if (showsChange(unanswered.before.tags, tags, before.tags)) {
			return end(done(unanswered.before, tags, before, 'laterRead'));
		}
		if (count >= MAX_UNANSWERED) return end({ kind: 'failed', before, error });
	}
	const planned = trySync(() => job.plan(before, store.nowOrThrow()));
	if (planned.kind === 'error') return end({ kind: 'failed', before, error: planned.error });
	const plan = planned.value;
	if (plan.kind === 'skip') return end({ kind: 'skipped', network: before, reason: plan.reason });
	if (isOutOfTime(store)) return end(nextRun(store, unanswered));
	const { tags } = plan;
	const put = await tryAsync(async () => await store.writeTags(job.networkId, tags, sendBeforeMs));
	if (put.kind === 'value') return end(await verified(store, before, tags, put.value));
	return afterRefusal(put.error, before, tags, tries, unanswered);
}

function afterRefusal<Reason>(
	error: Error,
	before: Network,
	tags: readonly string[],
	tries: number,
	unanswered: Unanswered | null,
): Step<Reason> {
	if (isMerakiApiError(error) && error.outcomeUnknown) {
		const count = (unanswered?.count ?? 0) + 1;
		return { kind: 'again', afterMs: SETTLING_MS, unanswered: { before, tags, error, count } };
	}
	const isUnavailable = isMerakiApiError(error) && error.status === 503;
	// After 429 the request limit holds the next read back for as long as Meraki asked.
	const isUndone =
		isUnavailable || (isMerakiApiError(error) && (error.kind === 'rateLimited' || error.kind === 'stale'));
	if (isUndone && tries < MAX_TRIES) {
		const doubted = isUnavailable ? { before, tags, error, count: unanswered?.count ?? 0 } : unanswered;
		return { kind: 'again', afterMs: 1000 * 2 ** (tries - 1), unanswered: doubted };
	}
	// A read has shown since that an earlier write had not landed, unless that one has now moved the network away.
	return end(afterError(error, before, isNotFound(error) ? unanswered : null));
}

/** The answer of a PUT is the proof (trap 11); when it does not show the change, later reads may. */
async function verified<Reason>(
	store: TagStore,
	before: Network,
	tags: readonly string[],
	answer: Network,
): Promise<WriteOutcome<Reason>> {
	if (showsChange(before.tags, tags, answer.tags)) return done(before, tags, answer, 'answer');
	for (const waitMs of LOOK_AGAIN_AFTER_MS) {
		await store.pause(waitMs);
		const look = await tryAsync(async () => await store.network(before.id));
		if (look.kind === 'error') {
			if (isNotFound(look.error)) return { kind: 'gone', before, error: look.error };
		} else if (showsChange(before.tags, tags, look.value.tags)) {
			return done(before, tags, look.value, 'laterRead');
		}
	}
	return { kind: 'accepted', before, tags };
}

function done<Reason>(
	before: Network,
	tags: readonly string[],
	after: Network,
	shownBy: 'answer' | 'laterRead',
): WriteOutcome<Reason> {
	return { kind: 'done', before, after, shownBy, sideEffects: sideEffectsOf(before, tags, after) };
}

/** The end of a network whose read or write failed, in view of an earlier write without an answer. */
function afterError<Reason>(
	error: Error,
	before: Network | null,
	unanswered: Unanswered | null,
): WriteOutcome<Reason> {
	if (isOpen(unanswered)) {
		const kind = isNotFound(error) ? 'gone' : 'failed';
		return { kind, before: unanswered.before, error: kind === 'gone' ? error : unanswered.error };
	}
	if (isMerakiApiError(error) && (error.kind === 'outOfTime' || error.kind === 'cancelled')) {
		return { kind: 'nextRun', why: error.kind, cause: error.lastCause };
	}
	return { kind: 'failed', before, error };
}

/** Whether nobody knows what became of it. */
function isOpen(unanswered: Unanswered | null): unanswered is Unanswered {
	return unanswered !== null && unanswered.count > 0;
}

/** No write is begun any more. */
function isOutOfTime(store: TagStore): boolean {
	return store.isCancelled() || store.remainingMs() < NEEDED_MS;
}

function nextRun<Reason>(store: TagStore, unanswered: Unanswered | null): WriteOutcome<Reason> {
	const why = store.isCancelled() ? 'cancelled' : 'outOfTime';
	return { kind: 'nextRun', why, cause: unanswered?.error.message ?? null };
}

function end<Reason>(outcome: WriteOutcome<Reason>): Step<Reason> {
	return { kind: 'end', outcome };
}

function isNotFound(error: Error): boolean {
	return isMerakiApiError(error) && error.kind === 'notFound';
}
