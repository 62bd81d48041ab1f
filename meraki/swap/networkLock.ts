import {
	refuseDuplicates,
	type TagStore,
	type WriteJob,
	type WriteResult,
	type WriteStrategy,
} from '../write/strategy';

/** IDs of the networks that runs of this process are reading and writing right now. Made once in a process. */
export type WritesUnderWay = Set<string>;

/** Short beside a write with its reads, about half a second. */
const LOOK_AGAIN_MS = 500;

/**
 * Runs may overlap, and Meraki knows no compare-and-set: between the read of a network and its write another run of
 * this process would plan on the same old tags, and write again what is written or undo what the first has changed. So
 * a run writes at once what is free, waits for what another is at, and reads that when it is free. What is not free
 * when its time is over is left to the next run. Other processes are not seen: there only the read just before each
 * write helps (R6).
 */
export function oneWriteAtATime(
	strategy: WriteStrategy,
	store: TagStore,
	underWay: WritesUnderWay,
): WriteStrategy {
	let notes: readonly string[] = [];
	return {
		write: async (jobs) => {
			refuseDuplicates(jobs);
			notes = [];
			return await writeAll(jobs, store, underWay, async (free) => {
				const results = await strategy.write(free);
				notes = [...notes, ...strategy.notes()];
				return results;
			});
		},
		notes: () => notes,
	};
}

type Write<Reason> = (jobs: ReadonlyArray<WriteJob<Reason>>) => Promise<ReadonlyArray<WriteResult<Reason>>>;

async function writeAll<Reason>(
	jobs: ReadonlyArray<WriteJob<Reason>>,
	store: TagStore,
	underWay: WritesUnderWay,
	write: Write<Reason>,
): Promise<ReadonlyArray<WriteResult<Reason>>> {
	const results = new Map<string, WriteResult<Reason>>();
	let waiting = jobs;
	for (;;) {
		const free = waiting.filter(({ networkId }) => !underWay.has(networkId));
		waiting = waiting.filter(({ networkId }) => underWay.has(networkId));
		for (const result of await alone(free, underWay, write)) results.set(result.networkId, result);
		if (waiting.length === 0 || store.isCancelled() || store.remainingMs() < LOOK_AGAIN_MS) break;
		if (free.length === 0) await store.pause(LOOK_AGAIN_MS);
	}
	return jobs.map(({ networkId }) => results.get(networkId) ?? leftToNextRun(networkId, store));
}

/** No other run of this process begins with these networks until their writes have ended. */
async function alone<Reason>(
	jobs: ReadonlyArray<WriteJob<Reason>>,
	underWay: WritesUnderWay,
	write: Write<Reason>,
): Promise<ReadonlyArray<WriteResult<Reason>>> {
	for (const { networkId } of jobs) underWay.add(networkId);
	try {
		return jobs.length > 0 ? await write(jobs) : [];
	} finally {
		for (const { networkId } of jobs) underWay.delete(networkId);
	}
}

function leftToNextRun<Reason>(networkId: string, store: TagStore): WriteResult<Reason> {
	const why = store.isCancelled() ? 'cancelled' : 'inProgress';
	return { networkId, outcome: { kind: 'nextRun', why, cause: null } };
}
