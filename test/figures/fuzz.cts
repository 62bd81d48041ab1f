/**
 * Fuzz of the parsers, and of evaluations with broken values; prints its figures.
 *
 *   npm run fuzz [-- mutants an endpoint (50000) [evaluations a read (5000)]]
 */
import { constants, setPriority } from 'node:os';
import { fuzzDecisions, READS } from '../fuzz/decisions';
import type { DecisionTally } from '../fuzz/decisions';
import { fuzz, readersDisagree, SUBJECTS } from '../fuzz/parsers';
import type { FuzzTally } from '../fuzz/parsers';
import { counted, inDigits, table } from './table.cjs';
import { say } from '../../scripts/n8n/terminal.cjs';

const KINDS = ['replaced', 'deleted', 'prototype key', 'nested', 'huge', 'doubled', 'text'] as const;

function parserRow({ subject, mutants, mutations, refused, named, violations }: FuzzTally): string[] {
	const kinds = KINDS.map((kind) => inDigits(mutations.get(kind) ?? 0));
	return [
		subject,
		inDigits(mutants),
		...kinds,
		inDigits(refused),
		inDigits(named),
		`**${violations.length}**`,
	];
}

function figures(
	parsers: readonly FuzzTally[],
	decisions: readonly DecisionTally[],
	readers: number,
	seconds: number,
): string {
	return [
		`Counted ${counted()}: ${inDigits(seconds)} s. The seed of a mutant is its number, from 1 on.`,
		table(
			['Answer', 'Mutants', ...KINDS, 'Refused whole', 'Parts named', 'Violations'],
			parsers.map(parserRow),
		),
		`The quick and the thorough reader of loss read the same from ${inDigits(readers)} of these mutants.`,
		table(
			['Broken values in', 'Evaluations', 'Moves, as without them', 'Other moves'],
			decisions.map(({ read, mutants, moves, violations }) => [
				read,
				inDigits(mutants),
				inDigits(moves),
				`**${violations.length}**`,
			]),
		),
	].join('\n\n');
}

async function run(mutants: number, evaluations: number): Promise<void> {
	setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
	const startedAt = Date.now();
	const parsers = SUBJECTS.map((subject) => {
		const tally = fuzz(subject, mutants);
		say(`${tally.subject}: ${inDigits(tally.mutants)} mutants, ${tally.violations.length} violations`);
		return tally;
	});
	const disagreements = readersDisagree(mutants);
	const decisions: DecisionTally[] = [];
	for (const read of READS) {
		const tally = await fuzzDecisions(read, evaluations);
		say(`${read}: ${inDigits(tally.mutants)} evaluations, ${tally.violations.length} violations`);
		decisions.push(tally);
	}
	const seconds = Math.round((Date.now() - startedAt) / 1000);
	const violations = [...parsers, ...decisions].flatMap((tally) => tally.violations);
	for (const violation of [...violations, ...disagreements].slice(0, 20)) say(violation);
	say(figures(parsers, decisions, mutants - disagreements.length, seconds));
	process.exitCode = violations.length + disagreements.length === 0 ? 0 : 1;
}

const [mutants = 50_000, evaluations = 5000] = process.argv.slice(2).map(Number);
if (![mutants, evaluations].every((count) => Number.isInteger(count) && count > 0))
	throw new Error('Both numbers must be whole and greater than 0');
void run(mutants, evaluations);
