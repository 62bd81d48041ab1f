/** Many hours together: what was played, and what was wrong. */
import { playHour } from './hour';

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
		const report = playHour(seed);
		tally.hours += 1;
		tally.cycles += 60;
		tally.runs += report.runs;
		tally.judged += report.judged;
		tally.overtaken += report.overtaken;
		add(tally.moves, report.moves);
		add(tally.faults, report.faults);
		tally.violations.push(...report.violations);
	}
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
