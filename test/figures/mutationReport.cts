/** What Stryker's report says of `core/` and `meraki/`, and which mutants survive. */

/** The part of the "mutation testing report schema" that is read here. */
export interface MutationReport {
	readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

interface Mutant {
	readonly mutatorName: string;
	readonly replacement?: string;
	readonly status: string;
	readonly location: { readonly start: Position; readonly end: Position };
}

/** Both count from one. */
interface Position {
	readonly line: number;
	readonly column: number;
}

export interface Tally {
	killed: number;
	timedOut: number;
	survived: number;
	notCovered: number;
	/** Constants that are read once, when a module is loaded. They are not tried, and no part of the score. */
	ignored: number;
	/** Mutants that cannot run. They are no part of the score. */
	failed: number;
}

export function emptyTally(): Tally {
	return { killed: 0, timedOut: 0, survived: 0, notCovered: 0, ignored: 0, failed: 0 };
}

const COUNTED_AS: Readonly<Record<string, keyof Tally>> = {
	Killed: 'killed',
	Timeout: 'timedOut',
	Survived: 'survived',
	NoCoverage: 'notCovered',
	Ignored: 'ignored',
	CompileError: 'failed',
	RuntimeError: 'failed',
};

/** One tally for each file that has mutants, in the order of their names. */
export function talliesOf({ files }: MutationReport): Map<string, Tally> {
	const tallies = new Map<string, Tally>();
	for (const name of Object.keys(files).sort()) {
		const tally = emptyTally();
		for (const { status } of files[name]?.mutants ?? []) {
			const counted = COUNTED_AS[status];
			if (counted === undefined) throw new Error(`Stryker left a mutant of ${name} as "${status}".`);
			tally[counted] += 1;
		}
		if (mutantsIn(tally) > 0) tallies.set(name, tally);
	}
	return tallies;
}

export function sumOf(tallies: Iterable<Tally>): Tally {
	const sum = emptyTally();
	for (const tally of tallies) {
		for (const counted of Object.keys(sum) as (keyof Tally)[]) sum[counted] += tally[counted];
	}
	return sum;
}

/** Detected mutants of every hundred that can run. */
export function scoreOf(tally: Tally): number {
	return (100 * (tally.killed + tally.timedOut)) / mutantsIn(tally);
}

export function mutantsIn({ killed, timedOut, survived, notCovered }: Tally): number {
	return killed + timedOut + survived + notCovered;
}

/**
 * Mutants that no test fails for, each by its text: lines move, and a line that changed has to be looked at again.
 * Twins have the same name.
 */
export function survivorsOf({ files }: MutationReport): string[] {
	return Object.entries(files).flatMap(([file, { source, mutants }]) => {
		const lines = source.split('\n');
		return mutants
			.filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
			.map(({ location: { start, end }, replacement = '' }) => {
				const line = onOneLine(lines[start.line - 1] ?? '');
				return `${file}: ${line}: ${onOneLine(between(lines, start, end))} -> ${onOneLine(replacement)}`;
			});
	});
}

function between(lines: readonly string[], start: Position, end: Position): string {
	const inside = lines.slice(start.line - 1, end.line);
	const last = inside.length - 1;
	return inside
		.map((line, at) => line.slice(at === 0 ? start.column - 1 : 0, at === last ? end.column - 1 : undefined))
		.join('\n');
}

/** Of a mutant's text as much as tells it from its neighbours. */
const LONGEST = 120;

function onOneLine(text: string): string {
	const line = text.replace(/\s+/g, ' ').trim();
	return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}
