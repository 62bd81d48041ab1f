import type { BatchProgress } from '../client/batchCalls';
import { type BatchRun, isOutOfTime } from './state';
import { isMerakiApiError } from '../http/merakiApiError';
import { tryAsync } from '../http/result';

/** When a batch that is still executing is looked at; then it is left alone, about a minute after it was sent. */
const LOOK_AFTER_MS = [1000, 2000, 3000, 4000, 5000, 5000, 10_000, 10_000, 10_000, 10_000];

/** Waits for the end of a batch while there is time. `executing`: it may land later, and must not be sent again. */
export async function followBatch<Reason>(run: BatchRun<Reason>, id: string): Promise<BatchProgress> {
	for (const waitMs of LOOK_AFTER_MS) {
		if (isOutOfTime(run) || !(await run.store.pause(waitMs))) break;
		const look = await tryAsync(async () => await run.store.batch(run.organizationId, id));
		if (look.kind === 'value' && look.value.kind !== 'executing') return look.value;
		// An unreadable look passes; one that will never be readOrReason does not.
		if (look.kind === 'error' && isMerakiApiError(look.error) && look.error.kind === 'notFound') break;
	}
	return { kind: 'executing', id };
}

export type LostBatch =
	| { readonly kind: 'executing'; readonly id: string }
	/** It has come to its end, or never began: the tags tell which. */
	| { readonly kind: 'notPending' }
	/** The list cannot be read. */
	| { readonly kind: 'unknown' };

/** Looks for a batch of exactly these networks, whose answer did not come. */
export async function lookForBatch<Reason>(
	run: BatchRun<Reason>,
	networkIds: readonly string[],
): Promise<LostBatch> {
	const pending = await tryAsync(async () => await run.store.pendingBatches(run.organizationId));
	if (pending.kind === 'error' || pending.value.skipped.length > 0) return { kind: 'unknown' };
	const wanted = new Set(networkIds);
	const found = pending.value.rows.find(
		(batch) =>
			batch.isConfirmed &&
			batch.networkIds.length === wanted.size &&
			batch.networkIds.every((id) => wanted.has(id)),
	);
	return found === undefined ? { kind: 'notPending' } : { kind: 'executing', id: found.id };
}
