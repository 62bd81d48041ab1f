import { isMerakiApiError } from '../http/merakiApiError';
import { writeNetwork } from './writeNetwork';
import {
	refuseDuplicates,
	type TagStore,
	type WriteJob,
	type WriteOutcome,
	type WriteResult,
	type WriteStrategy,
} from './strategy';

/** Networks in work at once: enough to hide the latency of a read and a write. */
const MAX_AT_ONCE = 4;

/** One PUT a network. For many networks, action batches cost fewer calls. */
export function singlePuts(store: TagStore): WriteStrategy {
	return { write: async (jobs) => await writeAll(store, jobs), notes: () => [] };
}

async function writeAll<Reason>(
	store: TagStore,
	jobs: ReadonlyArray<WriteJob<Reason>>,
): Promise<ReadonlyArray<WriteResult<Reason>>> {
	refuseDuplicates(jobs);
	const results: Array<WriteResult<Reason>> = [];
	const queue = jobs.entries();
	let keyRefused: WriteOutcome<Reason> | null = null;
	// All workers take from the one queue.
	const work = async () => {
		for (const [place, job] of queue) {
			const outcome: WriteOutcome<Reason> = keyRefused ?? (await writeNetwork(store, job));
			results[place] = { networkId: job.networkId, outcome };
			if (isKeyRefused(outcome)) keyRefused = { ...outcome, before: null };
		}
	};
	await Promise.all(Array.from({ length: workersFor(store) }, work));
	return results;
}

/** Each write waits for the slots of the other workers: more of them than requests a second would let its tags age. */
function workersFor({ requestsPerSecond }: TagStore): number {
	return Math.max(1, Math.min(MAX_AT_ONCE, Math.floor(requestsPerSecond)));
}

/** A key revoked meanwhile refuses all others too; asking for each would only cost calls. */
function isKeyRefused<Reason>(
	outcome: WriteOutcome<Reason>,
): outcome is Extract<WriteOutcome<Reason>, { kind: 'failed' }> {
	return outcome.kind === 'failed' && isMerakiApiError(outcome.error) && outcome.error.kind === 'auth';
}
