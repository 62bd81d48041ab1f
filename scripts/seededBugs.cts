/**
 * Seeds one bug after another (test/model/seededBugs.cts) into a copy of core/, and asks the model and the properties
 * whether they catch it. Writes the figures into docs/reliability.md; ends with 1 where one is not caught.
 *
 *   node --require tsx/cjs scripts/seededBugs.cts
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEEDED_BUGS } from '../test/model/seededBugs.cjs';
import type { SeededBug } from '../test/model/seededBugs.cjs';
import { counted, inDigits, table, writeSection } from './reliabilityPage.cjs';
import { say } from './terminal.cjs';

const ROOT = join(__dirname, '..');
/** What the tests of the decision need. */
const COPIED = [
	'core',
	'meraki',
	'test',
	'jest.config.js',
	'package.json',
	'tsconfig.json',
	'tsconfig.check.json',
	'tsconfig.jest.json',
];
/** As many as `npm test` plays. */
const MOST_HOURS = 1000;

interface Caught {
	readonly bug: SeededBug;
	/** How many hours the model played until it saw the bug; `null`: it did not. */
	readonly hours: number | null;
	readonly byProperties: boolean;
}

function hunt(bug: SeededBug): Caught {
	const copy = mkdtempSync(join(tmpdir(), 'seeded-bug-'));
	try {
		for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
		symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
		seed(bug, join(copy, bug.file));
		return { bug, hours: hoursUntilSeen(copy), byProperties: propertiesFail(copy) };
	} finally {
		rmSync(copy, { recursive: true, force: true });
	}
}

function seed({ name, find, replace }: SeededBug, file: string): void {
	const parts = readFileSync(file, 'utf8').split(find);
	if (parts.length !== 2) throw new Error(`"${name}" does not apply any more: ${find}`);
	writeFileSync(file, parts.join(replace));
}

function hoursUntilSeen(copy: string): number | null {
	const script = join(copy, 'test', 'model', 'firstViolation.cts');
	const { stdout } = run(copy, ['--require', 'tsx/cjs', script, String(MOST_HOURS)]);
	const found = JSON.parse(stdout) as { readonly hours: number } | null;
	return found?.hours ?? null;
}

function propertiesFail(copy: string): boolean {
	const jest = join(copy, 'node_modules', 'jest', 'bin', 'jest.js');
	const tests = ['test/core/properties', 'test/model/found.test.ts'];
	return run(copy, [jest, '--rootDir', copy, '--maxWorkers=1', '--bail', ...tests]).status !== 0;
}

function run(cwd: string, args: readonly string[]) {
	return spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
}

function figures(when: string, all: readonly Caught[]): string {
	const caught = all.filter(isCaught).length;
	const rows = all.map(({ bug: { name, rule }, hours, byProperties }) => [
		rule,
		name,
		hours === null ? `no, in ${inDigits(MOST_HOURS)} hours` : `in hour ${inDigits(hours)}`,
		byProperties ? 'yes' : 'no',
	]);
	return [
		`Seeded ${when}: **${caught} of ${all.length} caught**.`,
		table(['Rule', 'Bug', 'Seen by the model', 'Seen by properties'], rows),
	].join('\n\n');
}

function isCaught({ hours, byProperties }: Caught): boolean {
	return hours !== null || byProperties;
}

function main(): void {
	const when = counted();
	const all = SEEDED_BUGS.map((bug) => {
		const caught = hunt(bug);
		say(
			`${bug.rule} ${bug.name}: model ${caught.hours ?? 'no'}, properties ${caught.byProperties ? 'yes' : 'no'}`,
		);
		return caught;
	});
	writeSection('seeded bugs', figures(when, all));
	process.exitCode = all.every(isCaught) ? 0 : 1;
}

main();
