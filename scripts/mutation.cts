/**
 * Mutation testing of core/ and meraki/ with Stryker; writes its figures into docs/reliability.md.
 *
 *   npm run mutation                     everything, and the page
 *   npm run mutation -- --incremental    keeps the results whose code and tests have not changed since the last such run
 *   npm run mutation -- core/tags.ts     only these files; the page stays as it is
 *
 * Fails where a folder's score is too low, or a mutant survives that test/mutation/survivors.json does not explain.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { compared, mutantsIn, scoreOf, sumOf, survivorsOf, talliesOf } from './mutationReport.cjs';
import type { MutationReport, Reason, Survivor, Tally } from './mutationReport.cjs';
import { counted, inDigits, table, writeSection } from './reliabilityPage.cjs';
import { say } from './terminal.cjs';

const ROOT = join(__dirname, '..');
const STRYKER = join(ROOT, 'node_modules', '@stryker-mutator', 'core');
const REPORT = join(ROOT, 'reports', 'mutation.json');
const REASONS = join(ROOT, 'test', 'mutation', 'survivors.json');
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
	const { killed, timedOut, survived, notCovered } = tally;
	const counts = [mutantsIn(tally), killed, timedOut, survived, notCovered].map(inDigits);
	return [name, scoreOf(tally).toFixed(1), ...counts];
}

function inFolder(tallies: ReadonlyMap<string, Tally>, folder: string): Tally {
	const own = [...tallies].filter(([name]) => name.startsWith(`${folder}/`));
	return sumOf(own.map(([, tally]) => tally));
}

function figures(
	tallies: ReadonlyMap<string, Tally>,
	reasons: readonly Reason[],
	minutes: number,
	isIncremental: boolean,
): string {
	const { version } = readJson(join(STRYKER, 'package.json')) as { version: string };
	const heads = ['Score in %', 'Mutants', 'Killed', 'Timed out', 'Survived', 'No test'];
	const kept = isIncremental ? '; what had not changed since an earlier run was kept from it' : '';
	return [
		`Counted ${counted()}: Stryker ${version}, ${inDigits(minutes)} minutes${kept}.`,
		table(
			['Folder', ...heads, 'At least'],
			LEAST_SCORES.map(([folder, least]) => [
				...row(`\`${folder}/\``, inFolder(tallies, folder)),
				`${least}`,
			]),
		),
		'Why mutants survive:',
		table(
			['Reason', 'Mutants'],
			reasons.map(({ why, mutants }) => [why, inDigits(mutants.length)]),
		),
		'By file:',
		table(
			['File', ...heads],
			[...tallies].map(([name, tally]) => row(`\`${name}\``, tally)),
		),
	].join('\n\n');
}

function told({ file, line, from, to }: Survivor): string {
	return `${file}: ${line}\n    ${from}\n    -> ${to}`;
}

const files = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isIncremental = process.argv.includes('--incremental');
setPriority(constants.priority.PRIORITY_LOW);
const startedAt = Date.now();
runStryker(files, isIncremental);
const report = readJson(REPORT) as MutationReport;
const reasons = readJson(REASONS) as readonly Reason[];
const tallies = talliesOf(report);
const { unexplained, gone } = compared(survivorsOf(report), reasons);
for (const survivor of unexplained) say(`Survives without a reason: ${told(survivor)}`);
for (const survivor of gone.filter(({ file }) => tallies.has(file)))
	say(`Survives no more, take it out of survivors.json: ${told(survivor)}`);
const tooLow = LEAST_SCORES.filter(([folder, least]) => scoreOf(inFolder(tallies, folder)) < least);
for (const [folder, least] of tooLow) say(`${folder}/ has a score below ${least} %.`);
const minutes = Math.ceil((Date.now() - startedAt) / 60_000);
if (files.length === 0) writeSection('mutation', figures(tallies, reasons, minutes, isIncremental));
process.exitCode = unexplained.length + tooLow.length === 0 ? 0 : 1;
