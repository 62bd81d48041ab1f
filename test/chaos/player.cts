/** A thread that plays the hours it is told: see cores.cts. */
import { parentPort } from 'node:worker_threads';
import { emptyTally, playHours } from '../model/statistics';

/** Hours with the seeds from `firstSeed` on. */
export interface Part {
	readonly firstSeed: number;
	readonly hours: number;
}

parentPort?.on('message', ({ firstSeed, hours }: Part) => {
	const tally = emptyTally();
	playHours(firstSeed, hours, tally);
	parentPort?.postMessage(tally);
});
