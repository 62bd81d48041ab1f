/**
 * Mutation testing of core/ and meraki/ with Stryker; writes its figures into docs/reliability.md.
 *
 *   npm run mutation                     everything, and the page
 *   npm run mutation -- --incremental    keeps the results whose code and tests have not changed since the last such run
 *   npm run mutation -- core/tags/pairs.ts     only these files; the page stays as it is
 *   npm run mutation -- --page           the page alone, from the report that is there
 *
 * Fails where a folder's score is too low, or a mutant survives that test/mutation/survivors.json does not explain.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { join } from 'node:path';
import {
	compared,
	mutantsIn,
	reasonTallies,
	scoreOf,
	sumOf,
	survivorsOf,
	talliesOf,
} from './mutationReport.cjs';
import type { MutationReport, Reasons, Tally } from './mutationReport.cjs';
import { counted, inDigits, table, writeSection } from './reliabilityPage.cjs';
import { say } from '../../scripts/n8n/terminal.cjs';

const ROOT = join(__dirname, '..', '..');
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
	const { killed, timedOut, survived, notCovered, ignored } = tally;
	const counts = [mutantsIn(tally), killed, timedOut, survived, notCovered, ignored].map(inDigits);
	return [name, scoreOf(tally).toFixed(1), ...counts];
}

function inFolder(tallies: ReadonlyMap<string, Tally>, folder: string): Tally {
	const own = [...tallies].filter(([name]) => name.startsWith(`${folder}/`));
	return sumOf(own.map(([, tally]) => tally));
}

function figures(tallies: ReadonlyMap<string, Tally>, reasons: Reasons, took: string): string {
	const { version } = readJson(join(STRYKER, 'package.json')) as { version: string };
	const heads = ['Score in %', 'Mutants', 'Killed', 'Timed out', 'Survived', 'No test', 'Not tried'];
	return [
		`Counted ${counted()}: Stryker ${version}, ${took}.`,
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
			reasonTallies(reasons).map(([why, mutants]) => [why, inDigits(mutants)]),
		),
		'By file:',
		table(
			['File', ...heads],
			[...tallies].map(([name, tally]) => row(`\`${name}\``, tally)),
		),
	].join('\n\n');
}

/** What the report does not say of the code as it is now: it may be of a run before the last change. */
function gaps(report: MutationReport): string[] {
	const files = LEAST_SCORES.flatMap(([folder]) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts'))
			.map((name) => `${folder}/${name}`),
	);
	const code = (name: string) => readFileSync(join(ROOT, name), 'utf8');
	const changed = files.filter((name) => name in report.files && report.files[name]?.source !== code(name));
	const missing = files.filter(
		(name) => !(name in report.files) && /^(export )?(async )?function |=>/m.test(code(name)),
	);
	const listed = (says: string, names: readonly string[]) =>
		names.length === 0 ? [] : [`${says}: ${names.map((name) => `\`${name}\``).join(', ')}.`];
	return [...listed('Changed since they were counted', changed), ...listed('Not counted yet', missing)];
}

const files = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isIncremental = process.argv.includes('--incremental');
const isPageOnly = process.argv.includes('--page');
setPriority(constants.priority.PRIORITY_LOW);
const startedAt = Date.now();
if (!isPageOnly) runStryker(files, isIncremental);
const report = readJson(REPORT) as MutationReport;
const reasons = readJson(REASONS) as Reasons;
const tallies = talliesOf(report);
const { unexplained, gone } = compared(survivorsOf(report), reasons);
for (const survivor of unexplained) say(`Survives without a reason: ${survivor}`);
for (const survivor of gone.filter((name) => tallies.has(name.split(':')[0] ?? '')))
	say(`Survives no more, take it out of survivors.json: ${survivor}`);
const tooLow = LEAST_SCORES.filter(([folder, least]) => scoreOf(inFolder(tallies, folder)) < least);
for (const [folder, least] of tooLow) say(`${folder}/ has a score below ${least} %.`);
const minutes = `${Math.ceil((Date.now() - startedAt) / 60_000)} minutes`;
const kept = isIncremental ? '; what had not changed since an earlier run was kept from it' : '';
const took = isPageOnly ? 'merged from reports of runs that each tried a part' : `${minutes}${kept}`;
if (files.length === 0)
	writeSection('mutation', [figures(tallies, reasons, took), ...gaps(report)].join('\n\n'));
process.exitCode = unexplained.length + tooLow.length === 0 ? 0 : 1;
