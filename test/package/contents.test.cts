import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { npmScript } from '../../scripts/n8n/npmCommand.cjs';
import { LARGEST_TARBALL_BYTES, missingFiles, unexpectedFiles } from '../../scripts/n8n/packedFiles.cjs';
import { builtPackage, checkBuild, filesUnder, PACKAGE_NAME, ROOT } from '../support/n8nPackage.cjs';

interface Packed {
	readonly name: string;
	readonly size: number;
	readonly files: readonly { readonly path: string }[];
}

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
let packed: Packed = { name: '', size: 0, files: [] };
const paths = () => packed.files.map(({ path }) => path);

beforeAll(() => {
	const answer = execFileSync(process.execPath, [npmScript(), 'pack', '--dry-run', '--json', '--silent'], {
		cwd: ROOT,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [first] = JSON.parse(answer) as Packed[];
	if (first) packed = first;
}, 30_000);

/** In parts: no file of the project names a registry, but npm's own lock. */
const PUBLIC_REGISTRY = `https://${['registry', 'npmjs', 'org'].join('.')}`;

describe('the published package', () => {
	it('has what it needs', () => {
		expect(packed.name).toBe(PACKAGE_NAME);
		expect(missingFiles(paths())).toEqual([]);
	});

	it('has a README, which n8n and npm show', () => {
		expect(paths()).toContain('README.md');
	});

	it('has nothing else: no tests, simulator, scripts, sources or source maps', () => {
		expect(unexpectedFiles(paths())).toEqual([]);
		expect(paths().filter((path) => /test|simulator|\.map$|(^|[^n])\.ts$/.test(path))).toEqual([]);
	});

	it('is small', () => {
		expect(packed.size).toBeLessThan(LARGEST_TARBALL_BYTES);
	});

	it('has nothing in dist that no source makes', () => {
		const orphans = paths().filter((path) => {
			const source = join(ROOT, path.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
			return path.startsWith('dist/') && !existsSync(source);
		});
		expect(orphans).toEqual([]);
	});
});

describe('package.json', () => {
	it('has no runtime dependency, and n8n-workflow as its only peer', () => {
		for (const field of ['dependencies', 'optionalDependencies', 'bundleDependencies', 'overrides'])
			expect(manifest).not.toHaveProperty(field);
		expect(manifest['peerDependencies']).toEqual({ 'n8n-workflow': '*' });
	});

	it('names every node and the credential, for n8n in strict mode', () => {
		const nodes = filesUnder(join(ROOT, 'dist', 'nodes')).filter((file) => file.endsWith('.node.js'));
		const credentials = filesUnder(join(ROOT, 'dist', 'credentials')).filter((file) =>
			file.endsWith('.credentials.js'),
		);
		const listed = (files: readonly string[]) =>
			files.map((file) => relative(ROOT, file).replaceAll('\\', '/')).sort();
		expect(manifest['n8n']).toEqual({
			n8nNodesApiVersion: 1,
			strict: true,
			nodes: listed(nodes),
			credentials: listed(credentials),
		});
	});

	it('pins every development dependency to one version', () => {
		for (const version of Object.values(manifest['devDependencies'] as Record<string, string>))
			expect(version).toMatch(/^\d+\.\d+\.\d+$/);
	});

	it('is MIT, with the keyword by which n8n finds it, and no script that runs at install', () => {
		expect(manifest).toMatchObject({
			license: 'MIT',
			keywords: expect.arrayContaining(['n8n-community-node-package']),
		});
		const scripts = Object.keys(manifest['scripts'] as object);
		expect(scripts.filter((script) => /^(pre|post)?(install|prepare|publish)$/.test(script))).toEqual([]);
	});
});

describe('what n8n’s loader finds', () => {
	it('is both nodes and the credential, with icons for light and dark', async () => {
		const { loader } = await builtPackage();
		expect(Object.keys(loader.known.nodes).sort()).toEqual(['evaluateUplinkLoss', 'swapVpnTags']);
		expect(Object.keys(loader.known.credentials)).toEqual(['merakiDashboardApi']);
		for (const { iconUrl } of [...loader.types.nodes, ...loader.types.credentials]) {
			if (typeof iconUrl !== 'object') throw new Error('An icon for light and one for dark are needed');
			for (const url of [iconUrl.light, iconUrl.dark])
				expect(existsSync(join(ROOT, url.replace(`icons/${PACKAGE_NAME}/`, '')))).toBe(true);
		}
	});

	it('is a codex entry for each node, by which n8n lists and finds it', async () => {
		const { loader } = await builtPackage();
		for (const { name, codex } of loader.types.nodes) {
			expect([name, codex]).toEqual([
				name,
				expect.objectContaining({
					categories: expect.arrayContaining(['Development']),
					alias: expect.any(Array),
				}),
			]);
			expect(codex?.alias).toEqual(expect.arrayContaining(['Meraki', 'VPN']));
		}
	});

	it('lets agents read, but not move', async () => {
		const { evaluate, swap } = await builtPackage();
		expect(evaluate.description.usableAsTool).toBe(true);
		expect(swap.description.usableAsTool).toBeUndefined();
		expect(swap.description).toHaveProperty('usableAsTool');
	});
});

describe('a build that is missing or old', () => {
	it('is told, with what to do', () => {
		const folder = mkdtempSync(join(tmpdir(), 'meraki-vpn-build-'));
		for (const part of ['core', 'meraki', 'nodes', 'credentials']) {
			expect(() => checkBuild(folder)).toThrow();
			execFileSync(process.execPath, [
				'-e',
				`require('fs').mkdirSync(${JSON.stringify(join(folder, part))})`,
			]);
		}
		expect(() => checkBuild(folder)).not.toThrow();
		writeFileSync(join(folder, 'core', 'decide.ts'), '');
		expect(() => checkBuild(folder)).toThrow(/dist has no .*decide\.ts: run "npm run build" first/);
		rmSync(folder, { recursive: true });
	});
});

describe('the files of the project', () => {
	const folders = [
		'core',
		'meraki',
		'nodes',
		'credentials',
		'icons',
		'workflows',
		'simulator',
		'scripts',
		'test',
		'.github',
		'.ci',
	];
	const rootFiles = [
		'package.json',
		'.npmrc',
		'README.md',
		'index.js',
		'gulpfile.js',
		'jest.config.js',
		'tsconfig.json',
		'eslint.config.mjs',
	];
	const texts = [
		...folders
			.filter((folder) => existsSync(join(ROOT, folder)))
			.flatMap((folder) => filesUnder(join(ROOT, folder))),
		...rootFiles.map((file) => join(ROOT, file)).filter((file) => existsSync(file)),
	].map((file) => ({ file: relative(ROOT, file), text: readFileSync(file, 'utf8') }));

	it('name no folder of the machine they were made on', () => {
		const here = [ROOT, homedir()].filter((path) => path.length > 6);
		expect(texts.length).toBeGreaterThan(200);
		expect(
			texts.filter(({ text }) => here.some((path) => text.includes(path))).map(({ file }) => file),
		).toEqual([]);
	});

	it('come from the public registry and no other', () => {
		const lock = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
		const hosts = [...lock.matchAll(/"resolved": "([a-z+]+:\/\/[^/"]+)/g)].map(([, host]) => host);
		expect(hosts.filter((host) => host !== PUBLIC_REGISTRY)).toEqual([]);
		const npmrc = texts.find(({ file }) => file === '.npmrc');
		expect(npmrc?.text).toMatch(/ignore-scripts=true/);
		expect(npmrc?.text).not.toMatch(/registry\s*=|_auth/);
	});

	it('switch off no rule of the lint in the code that n8n checks', () => {
		const switches = /eslint-(?:disable)|@ts-(?:ignore|nocheck|expect-error)/;
		const checked = texts.filter(({ file }) => /^(core|meraki|nodes|credentials)[/\\]/.test(file));
		expect(checked.filter(({ text }) => switches.test(text)).map(({ file }) => file)).toEqual([]);
	});
});
