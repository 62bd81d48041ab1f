/**
 * Mutation testing of core/ and meraki/ with Stryker; prints its figures.
 *
 *   npm run mutation                     everything
 *   npm run mutation -- --incremental    keeps the results whose code and tests have not changed since the last such run
 *   npm run mutation -- core/tags/pairs.ts     only these files
 *
 * Names every survivor, and fails where a folder's score is too low.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { mutantsIn, scoreOf, sumOf, survivorsOf, talliesOf } from './mutationReport.cjs';
import type { MutationReport, Tally } from './mutationReport.cjs';
import { counted, inDigits, table } from './table.cjs';
import { say } from '../../scripts/n8n/terminal.cjs';

const ROOT = join(__dirname, '..', '..');
const STRYKER = join(ROOT, 'node_modules', '@stryker-mutator', 'core');
const REPORT = join(ROOT, 'reports', 'mutation.json');
/** In percent. A wrong decision moves branches: core/ is held to more. */
const LEAST_SCORES: readonly (readonly [string, number])[] = [
	['core', 90],
	['meraki', 80],
];

function readJson(path: string): unknown {
	return JSON.parse(readFileSync(path, 'utf8'));
}

function runStryker(files: readonly string[], isIncremental: boolean): void {
	const chosen = files.length > 0 ? ['--mutate', files.join(',')] : [];
	const incremental = isIncremental ? ['--incremental'] : [];
	const { status } = spawnSync(
		process.execPath,
		[join(STRYKER, 'bin', 'stryker.js'), 'run', ...chosen, ...incremental],
		{ cwd: ROOT, stdio: 'inherit' },
	);
	if (status !== 0) throw new Error('Stryker did not end its run.');
}

function row(name: string, tally: Tally): string[] {
	const { killed, timedOut, survived, notCovered, ignored } = tally;
	const counts = [mutantsIn(tally), killed, timedOut, survived, notCovered, ignored].map(inDigits);
	return [name, scoreOf(tally).toFixed(1), ...counts];
}

function inFolder(tallies: ReadonlyMap<string, Tally>, folder: string): Tally {
	const own = [...tallies].filter(([name]) => name.startsWith(`${folder}/`));
	return sumOf(own.map(([, tally]) => tally));
}

function figures(tallies: ReadonlyMap<string, Tally>): string {
	const heads = ['Score in %', 'Mutants', 'Killed', 'Timed out', 'Survived', 'No test', 'Not tried'];
	return table(
		['Folder', ...heads, 'At least'],
		LEAST_SCORES.map(([folder, least]) => [...row(`\`${folder}/\``, inFolder(tallies, folder)), `${least}`]),
	);
}

const files = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isIncremental = process.argv.includes('--incremental');
setPriority(constants.priority.PRIORITY_LOW);
runStryker(files, isIncremental);
const report = readJson(REPORT) as MutationReport;
const tallies = talliesOf(report);
for (const survivor of survivorsOf(report)) say(`Survives: ${survivor}`);
const tooLow = LEAST_SCORES.filter(([folder, least]) => scoreOf(inFolder(tallies, folder)) < least);
for (const [folder, least] of tooLow) say(`${folder}/ has a score below ${least} %.`);
say(`Counted ${counted()}.\n\n${figures(tallies)}`);
process.exitCode = tooLow.length === 0 ? 0 : 1;
