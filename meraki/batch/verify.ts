import { type BatchRun, report, type SentWrite } from './state';
import { showsChange, sideEffectsOf } from '../write/verifyTags';
import { tryAsync } from '../http/result';
import { lookAt } from '../write/tagLists';

/** A batch's answer shows no tags, so they are looked at: at once, and 2 and 5 s later (R7). */
const LOOK_AFTER_MS = [0, 2000, 3000];

/** Reports what became of every write that was sent, by the tags themselves. */
export async function verifySent<Reason>(run: BatchRun<Reason>): Promise<void> {
	let open = run.sent.splice(0);
	for (const waitMs of LOOK_AFTER_MS) {
		if (open.length === 0) return;
		if (waitMs > 0) await run.store.pause(waitMs);
		open = await stillOpen(run, open);
	}
	for (const { entry, before, tags, error } of open) {
		report(
			run,
			entry,
			error === null ? { kind: 'accepted', before, tags } : { kind: 'failed', before, error },
		);
	}
}

async function stillOpen<Reason>(
	run: BatchRun<Reason>,
	open: ReadonlyArray<SentWrite<Reason>>,
): Promise<Array<SentWrite<Reason>>> {
	const ids = open.map(({ entry }) => entry.job.networkId);
	const look = await tryAsync(async () => await lookAt(run.store, run.organizationId, ids));
	if (look.kind === 'error') return [...open];
	const { networks, gone } = look.value;
	return open.filter(({ entry, before, tags }) => {
		const { networkId } = entry.job;
		const after = networks.get(networkId);
		const notFound = gone.get(networkId);
		if (notFound !== undefined) report(run, entry, { kind: 'gone', before, error: notFound });
		if (after === undefined || !showsChange(before.tags, tags, after.tags)) return notFound === undefined;
		const sideEffects = sideEffectsOf(before, tags, after);
		report(run, entry, { kind: 'done', before, after, shownBy: 'laterRead', sideEffects });
		return false;
	});
}
