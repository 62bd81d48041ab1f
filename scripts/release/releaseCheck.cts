/**
 * Whether this checkout may be released:
 *
 *   npm run release:check [-- --tag v1.2.0]
 *
 * Packs the package as npm would, unpacks it and looks at it. Changes nothing.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { npmScript } from '../n8n/npmCommand.cjs';
import { releaseProblems } from './releaseProblems.cjs';
import type { ReleaseFacts } from './releaseProblems.cjs';
import { say } from '../n8n/terminal.cjs';

const ROOT = join(__dirname, '..', '..');

interface Packed {
	readonly filename: string;
	readonly files: readonly { readonly path: string }[];
}

function text(...path: readonly string[]): string {
	return readFileSync(join(ROOT, ...path), 'utf8');
}

function node(...command: readonly string[]): string {
	// With NODE_ENV "test" eslint-plugin-n8n-nodes-base takes every file for one of its own test cases.
	const env = { ...process.env, NODE_ENV: 'production' };
	return execFileSync(process.execPath, command, { cwd: ROOT, env, encoding: 'utf8' });
}

function pack(folder: string): { readonly tarball: ReleaseFacts['tarball']; readonly unpacked: string } {
	const answer = node(npmScript(), 'pack', '--json', '--silent', '--pack-destination', folder);
	const [packed] = JSON.parse(answer) as Packed[];
	if (!packed) throw new Error('npm pack named no file.');
	const file = join(folder, packed.filename);
	execFileSync('tar', ['-xzf', file, '-C', folder]);
	return {
		tarball: { paths: packed.files.map(({ path }) => path), bytes: statSync(file).size },
		unpacked: join(folder, 'package'),
	};
}

function scans(unpacked: string): ReleaseFacts['scans'] {
	const lines = node(join('scripts', 'release', 'scan.mjs'), `source:${ROOT}`, `packed:${unpacked}`)
		.trim()
		.split('\n');
	return lines.map((line, at) => {
		const { passed, message, details } = JSON.parse(line) as {
			passed: boolean;
			message?: string;
			details?: string;
		};
		return { of: at === 0 ? 'source' : 'tarball', passed, details: details ?? message ?? '' };
	});
}

function facts(tag: string | null, folder: string): ReleaseFacts {
	const { tarball, unpacked } = pack(folder);
	return {
		version: (JSON.parse(text('package.json')) as { version: string }).version,
		tag,
		changelog: text('CHANGELOG.md'),
		readme: text('README.md'),
		compatibility: text('docs', 'compatibility.md'),
		tarball,
		scans: scans(unpacked),
		uncommitted: execFileSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' })
			.split('\n')
			.filter((line) => line !== ''),
	};
}

const { values } = parseArgs({ options: { tag: { type: 'string' } } });
const folder = mkdtempSync(join(tmpdir(), 'meraki-vpn-release-'));
const problems = releaseProblems(facts(values.tag ?? null, folder));
rmSync(folder, { recursive: true, force: true });
for (const problem of problems) say(`- ${problem}`);
say(problems.length === 0 ? 'Ready to be released.' : `\nNot ready: ${problems.length} to mend.`);
process.exitCode = problems.length === 0 ? 0 : 1;
