/** Many hours together: what was played, and what was wrong. */
import { playHour } from './simulate/hour';
import type { HourReport } from './simulate/hour';
import { HOUR_MINUTES } from './world/hourDice';

export interface Tally {
	hours: number;
	/** Virtual minutes. */
	cycles: number;
	runs: number;
	/** Networks judged, over all runs. */
	judged: number;
	/** Decisions that Swap did not write any more: overtaken or too old. */
	overtaken: number;
	readonly moves: Map<string, number>;
	readonly faults: Map<string, number>;
	readonly violations: string[];
}

/** What was played of it, here or elsewhere. */
type Played = Readonly<Pick<Tally, 'hours' | 'cycles'>> & Omit<HourReport, 'seed' | 'networks'>;

export function emptyTally(): Tally {
	return {
		hours: 0,
		cycles: 0,
		runs: 0,
		judged: 0,
		overtaken: 0,
		moves: new Map(),
		faults: new Map(),
		violations: [],
	};
}

/** Plays the hours of these seeds into the tally. */
export function playHours(firstSeed: number, hours: number, tally: Tally): void {
	for (let seed = firstSeed; seed < firstSeed + hours; seed += 1) {
		addTally(tally, { ...playHour(seed), hours: 1, cycles: HOUR_MINUTES });
	}
}

export function addTally(
	to: Tally,
	{ hours, cycles, runs, judged, overtaken, moves, faults, violations }: Played,
): void {
	to.hours += hours;
	to.cycles += cycles;
	to.runs += runs;
	to.judged += judged;
	to.overtaken += overtaken;
	add(to.moves, moves);
	add(to.faults, faults);
	to.violations.push(...violations);
}

function add(to: Map<string, number>, counts: ReadonlyMap<string, number>): void {
	for (const [kind, count] of counts) to.set(kind, (to.get(kind) ?? 0) + count);
}

export function sum(counts: ReadonlyMap<string, number>): number {
	return [...counts.values()].reduce((total, count) => total + count, 0);
}

/** One line. */
export function inWords({
	hours,
	cycles,
	runs,
	judged,
	overtaken,
	moves,
	faults,
	violations,
}: Tally): string {
	const made = [...moves].map(([action, count]) => `${count} ${action}`).join(', ');
	return [
		`${hours} hours, ${cycles} cycles, ${runs} runs, ${judged} networks judged`,
		`${sum(moves)} moves (${made}), ${overtaken} overtaken`,
		`${sum(faults)} faults of ${faults.size} kinds, ${violations.length} violations`,
	].join('; ');
}
