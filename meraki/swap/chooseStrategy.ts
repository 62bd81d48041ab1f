import { batches } from '../batch/batchWriter';
import { singlePuts } from '../write/singlePuts';
import type { BatchStore, WriteStrategy } from '../write/strategy';

/**
 * Up to here each network is read and written by itself: two calls each, 1.8 s for eight at nine requests a second,
 * the PUT's own answer is the proof, and hardly any time lies between a read and its write. Batches need three calls
 * around them (pending ones, the list, the list again) and one for twenty networks, so they cost fewer calls from
 * three networks on; but they share five places with other tools, the list of a big organization takes seconds, and
 * one network that is refused delays nineteen others. From nine on they win on time as well.
 */
const MAX_SINGLE = 8;

/** The way to write that costs least for the number of networks at hand. */
export function chooseStrategy(store: BatchStore, organizationId: string): WriteStrategy {
	let chosen = singlePuts(store);
	return {
		write: async (jobs) => {
			chosen = jobs.length > MAX_SINGLE ? batches(store, organizationId) : singlePuts(store);
			return await chosen.write(jobs);
		},
		notes: () => chosen.notes(),
	};
}
