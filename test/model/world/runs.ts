/** When runs happen, and what goes wrong with them. */
import { MINUTE } from '../input';
import { HOUR_MINUTES, isIn } from './hourDice';
import type { HourDice } from './hourDice';

export interface Run {
	readonly at: number;
	/** Made with the memory that the run before it was made with, by a runner that does not know of it. */
	readonly isDouble: boolean;
	readonly hasMemory: boolean;
	/** Neither its items nor its memory outlive it. */
	readonly isKilled: boolean;
	/** Its items never reach Swap. */
	readonly isUnwritten: boolean;
	/** Of two runs at once: this one's memory is overwritten by the other's. */
	readonly isMemoryOverwritten: boolean;
	readonly swapAfter: number;
}

export function makeRuns(dice: HourDice): Run[] {
	const memory = dice.pick<Memory>(['kept', 'kept', 'kept', 'lost', 'lost', 'none']);
	const gaps = dice.chance(0.25) ? [dice.span(0, 2, 12)] : [];
	if (memory === 'none') dice.count('no memory at all');
	if (gaps.length > 0) dice.count('runs lost for minutes');
	const seldom = dice.pick([0, 0.02, 0.06]);
	const runs: Run[] = [];
	for (let minute = 0; minute < HOUR_MINUTES; minute += 1) {
		const at = dice.startAt + minute * MINUTE + dice.int(0, 20) * 1000;
		if (isIn(gaps, at) || dice.happens('run lost', seldom)) continue;
		const first = makeRun(dice, at, memory, seldom);
		const isDoubled = dice.happens('run doubled', seldom);
		runs.push(first);
		if (isDoubled) runs.push(makeDouble(dice, first));
	}
	return runs;
}

type Memory = 'kept' | 'lost' | 'none';

function makeRun(dice: HourDice, at: number, memory: Memory, seldom: number): Run {
	const isLate = dice.happens('swap late', seldom);
	return {
		at,
		isDouble: false,
		hasMemory: memory !== 'none' && !(memory === 'lost' && dice.happens('memory lost', 0.05)),
		isKilled: dice.happens('run killed', seldom / 2),
		isUnwritten: dice.happens('items not written', seldom / 2),
		isMemoryOverwritten: false,
		swapAfter: isLate ? dice.int(20, 300) * 1000 : dice.int(1, 8) * 1000,
	};
}

function makeDouble(dice: HourDice, first: Run): Run {
	return {
		...first,
		at: first.at + dice.int(0, 20) * 1000,
		isDouble: true,
		isKilled: false,
		isMemoryOverwritten: dice.chance(0.5),
		swapAfter: dice.int(1, 8) * 1000,
	};
}
