/** Hours of the model on all cores, in threads of their own: in Jest's sandbox they would take twice as long. */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { addTally, emptyTally } from '../model/statistics';
import type { Tally } from '../model/statistics';
import type { Part } from './player.cjs';

/** What a core plays in one go. */
const PART_HOURS = 50;

/** Each core takes the next part when it has played one; `onPlayed` hears of each, and of all so far. */
export async function playOnCores(
	firstSeed: number,
	hours: number,
	onPlayed: (part: Tally, total: Tally) => void = () => undefined,
): Promise<Tally> {
	const total = emptyTally();
	const left = partsOf(firstSeed, hours);
	const cores = Array.from({ length: availableParallelism() }, async () => {
		const player = new Worker(join(__dirname, 'player.cts'), { execArgv: ['--require', 'tsx/cjs'] });
		for (let part = left.shift(); part !== undefined; part = left.shift()) {
			const played = await playedBy(player, part);
			addTally(total, played);
			onPlayed(played, total);
		}
		await player.terminate();
	});
	await Promise.all(cores);
	return total;
}

function partsOf(firstSeed: number, hours: number): Part[] {
	return Array.from({ length: Math.ceil(hours / PART_HOURS) }, (_each, at) => ({
		firstSeed: firstSeed + at * PART_HOURS,
		hours: Math.min(PART_HOURS, hours - at * PART_HOURS),
	}));
}

async function playedBy(player: Worker, part: Part): Promise<Tally> {
	player.postMessage(part);
	const [played] = (await once(player, 'message')) as [Tally];
	return played;
}
