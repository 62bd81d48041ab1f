/**
 * Seeds one bug after another (test/model/seededBugs.cts) into a copy of core/, and asks the model whether it catches
 * it, and where it does not, the properties. Writes the figures into docs/reliability.md; ends with 1 where one is not caught.
 *
 *   node --require tsx/cjs test/figures/seededBugs.cts
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SEEDED_BUGS } from '../model/seededBugs.cjs';
import type { SeededBug } from '../model/seededBugs.cjs';
import { counted, inDigits, table, writeSection } from './reliabilityPage.cjs';
import { say } from '../../scripts/n8n/terminal.cjs';

const ROOT = join(__dirname, '..', '..');
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
/** Of the 1,000 that `npm test` plays. */
const MOST_HOURS = 700;

/** `hours`: how many the model played until it saw the bug. */
type Caught = { readonly by: 'model'; readonly hours: number } | { readonly by: 'properties' | 'nobody' };

function hunt(bug: SeededBug): Caught {
	const copy = mkdtempSync(join(tmpdir(), 'seeded-bug-'));
	try {
		for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
		symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
		seed(bug, join(copy, bug.file));
		const hours = hoursUntilSeen(copy);
		if (hours !== null) return { by: 'model', hours };
		return { by: propertiesFail(copy) ? 'properties' : 'nobody' };
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
	const tests = ['test/properties', 'test/model/found.test.ts'];
	return run(copy, [jest, '--rootDir', copy, '--maxWorkers=1', '--bail', ...tests]).status !== 0;
}

function run(cwd: string, args: readonly string[]) {
	return spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
}

function inWords(caught: Caught): string {
	if (caught.by === 'model') return `the model, in hour ${inDigits(caught.hours)}`;
	return caught.by;
}

function main(): void {
	const when = counted();
	const hunted = SEEDED_BUGS.map((bug) => {
		const caught = hunt(bug);
		say(`${bug.rule} ${bug.name}: ${inWords(caught)}`);
		return { bug, caught };
	});
	const caught = hunted.filter((each) => each.caught.by !== 'nobody').length;
	const rows = hunted.map(({ bug, caught }) => [bug.rule, bug.name, inWords(caught)]);
	const head = `Seeded ${when}: **${caught} of ${hunted.length} caught**.`;
	writeSection('seeded bugs', `${head}\n\n${table(['Rule', 'Bug', 'Caught by'], rows)}`);
	process.exitCode = caught === hunted.length ? 0 : 1;
}

main();
