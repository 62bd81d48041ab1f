import { execFile } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../support/n8nPackage.cjs';

interface Verdict {
	readonly passed: boolean;
	readonly message?: string;
	readonly details?: string;
}

/** In parts, since nothing in the project switches a rule off: here it is only written into a spoiled copy. */
const SWITCHED_OFF = ['eslint', 'disable', 'next', 'line'].join('-');

const verdicts = new Map<string, Verdict>();
const run = promisify(execFile);
let folder = '';

/** One process for all: most of its time goes into loading the rules. */
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'meraki-vpn-scan-'));
	const spoiledSource = copyOf('spoiled-source', ['nodes', 'credentials', 'icons']);
	appendFileSync(join(spoiledSource, 'nodes', 'shared', 'items.ts'), "\nconsole.log(process.env['HOME']);\n");
	changePackage(spoiledSource, { dependencies: { axios: '1.21.1' } });
	const packed = copyOf('packed', ['dist', 'index.js']);
	const spoiledPacked = copyOf('spoiled-packed', ['dist', 'index.js']);
	appendFileSync(join(spoiledPacked, 'index.js'), `\n// ${SWITCHED_OFF}\nconsole.log(process.argv);\n`);
	await scan({ source: ROOT, packed, spoiledSource, spoiledPacked });
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the rules of the official scan', () => {
	it('hold for the source', () => {
		expect(verdicts.get('source')).toMatchObject({ passed: true });
	});

	it('hold for what is published', () => {
		expect(verdicts.get('packed')).toMatchObject({ passed: true });
	});

	it('find a runtime dependency, the console and the environment in a spoiled source', () => {
		const { passed, details } = verdicts.get('spoiledSource') ?? { passed: true };
		expect(passed).toBe(false);
		expect(details).toMatch(/no-runtime-dependencies/);
		expect(details).toMatch(/no-restricted-globals/);
		expect(details).toMatch(/no-console/);
	});

	it('find them in a spoiled package, whatever comments say', () => {
		const { passed, details } = verdicts.get('spoiledPacked') ?? { passed: true };
		expect(passed).toBe(false);
		expect(details).toMatch(/no-restricted-globals|no-console/);
	});
});

async function scan(targets: Readonly<Record<string, string>>): Promise<void> {
	const asked = Object.entries(targets).map(
		([name, target]) => `${/packed$/i.test(name) ? 'packed' : 'source'}:${target}`,
	);
	// With NODE_ENV "test" eslint-plugin-n8n-nodes-base takes every file for one of its own test cases.
	const env = { ...process.env, NODE_ENV: 'production' };
	const { stdout } = await run(process.execPath, [join(ROOT, 'scripts', 'release', 'scan.mjs'), ...asked], {
		cwd: ROOT,
		env,
	});
	const lines = stdout
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Verdict);
	for (const [at, name] of Object.keys(targets).entries()) {
		const verdict = lines[at];
		if (verdict) verdicts.set(name, verdict);
	}
}

function copyOf(name: string, parts: readonly string[]): string {
	const target = join(folder, name);
	mkdirSync(target);
	for (const part of [...parts, 'package.json'])
		cpSync(join(ROOT, part), join(target, part), { recursive: true });
	return target;
}

function changePackage(target: string, change: object): void {
	const path = join(target, 'package.json');
	writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }, null, '\t'));
}
