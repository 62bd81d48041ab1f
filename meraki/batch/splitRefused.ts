import { networksNamedIn, refusalOf } from './refusals';
import { type BatchRun, type PlannedWrite, type RefusedUnexplained, report } from './state';
import type { MerakiApiError } from '../http/merakiApiError';

/**
 * So many batches refused without a name, and none accepted: then it is not their networks. More than the first four
 * at once, so that unlucky first batches are halved all the same.
 */
const MOST_REFUSALS = 8;

/** A refused batch has changed nothing. Takes its offender out and lets the others be sent, never as it was. */
export function splitRefused<Reason>(
	run: BatchRun<Reason>,
	writes: ReadonlyArray<PlannedWrite<Reason>>,
	error: MerakiApiError,
): void {
	const ids = writes.map(({ entry }) => entry.job.networkId);
	const named = networksNamedIn(error, ids);
	if (named.size > 0) {
		// The key may use batches: Meraki has looked at the networks.
		run.isProven = true;
		for (const write of writes) {
			const { networkId } = write.entry.job;
			if (named.has(networkId)) fail(run, write, error);
			else run.queue.unshift(write.entry);
		}
	} else if (!run.isProven && error.kind !== 'badRequest') {
		run.unexplained.push({ writes, error });
	} else {
		halve(run, { writes, error });
	}
}

/** 403 and 404 without a name mean that the key may not use batches, unless Meraki accepted another one. */
export function explainRefused<Reason>(run: BatchRun<Reason>): void {
	const [first] = run.unexplained;
	if (first === undefined) return;
	if (!run.isProven) {
		run.stop ??= { kind: 'noBatches', error: first.error };
		return;
	}
	for (const refused of run.unexplained.splice(0)) halve(run, refused);
}

function halve<Reason>(run: BatchRun<Reason>, { writes, error }: RefusedUnexplained<Reason>): void {
	const [only] = writes;
	if (only !== undefined && writes.length === 1) {
		fail(run, only, error);
		return;
	}
	const entries = writes.map(({ entry }) => entry);
	const middle = Math.ceil(entries.length / 2);
	run.groups.push(entries.slice(middle), entries.slice(0, middle));
	if (run.isProven) return;
	run.refusals += 1;
	if (run.refusals >= MOST_REFUSALS) run.stop ??= { kind: 'noBatches', error };
}

/** With Meraki's own words. */
function fail<Reason>(
	run: BatchRun<Reason>,
	{ entry, before }: PlannedWrite<Reason>,
	error: MerakiApiError,
): void {
	report(run, entry, { kind: 'failed', before, error: refusalOf(entry.job.networkId, error) });
}
