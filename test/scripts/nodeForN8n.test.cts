import { chooseNode, thisHost, type Host } from '../../scripts/n8n/nodeForN8n.cjs';
import { defaultN8nVersion, n8nRelease } from '../../scripts/n8n/n8nRelease.cjs';

const linux: Host = { platform: 'linux', architecture: 'x64', usesGlibc: true, nodeVersion: 'v20.20.2' };

describe('which Node runs n8n', () => {
	test.each<[string, string, Partial<Host>, string]>([
		['a new enough own Node is used', '2.41.1', { nodeVersion: 'v24.1.0' }, 'own'],
		['a newer one too', '2.41.1', { nodeVersion: 'v26.0.0' }, 'own'],
		['on Windows too', '2.41.1', { platform: 'win32', nodeVersion: 'v24.1.0' }, 'own'],
		['Linux x64 gets one beside it', '2.41.1', {}, 'beside'],
		['not on musl, where that binary does not start', '2.41.1', { usesGlibc: false }, 'missing'],
		['not on ARM', '2.41.1', { architecture: 'arm64' }, 'missing'],
		['macOS is told what to install', '2.41.1', { platform: 'darwin' }, 'missing'],
		['n8n 1.x needs at least 22', '1.123.81', {}, 'beside'],
		['n8n 1.x does not run on a Node newer than 24', '1.123.81', { nodeVersion: 'v26.0.0' }, 'beside'],
		['n8n 2.0 is content with 20', '2.0.0', {}, 'own'],
	])('%s', (_, version, host, kind) => {
		expect(chooseNode(n8nRelease(version), { ...linux, ...host }).kind).toBe(kind);
	});

	test('the message names both versions and what to do', () => {
		const choice = chooseNode(n8nRelease('2.41.1'), { ...linux, platform: 'darwin' });
		const message = choice.kind === 'missing' ? choice.message : '';
		expect(message).toMatch(/needs Node 24.*this is Node 20.*Install Node 24/);
	});

	test('this computer is described', () => {
		expect(thisHost()).toMatchObject({ platform: process.platform, nodeVersion: process.version });
	});
});

describe('n8n releases', () => {
	test('lines that take xlsx from a web address get it from the registry', () => {
		expect(n8nRelease('1.123.81').overrides).toEqual({ xlsx: '0.18.5' });
		expect(n8nRelease('2.0.0').overrides).toEqual({ xlsx: '0.18.5' });
		expect(n8nRelease(defaultN8nVersion).overrides).toEqual({});
	});

	test.each(['latest', '2', '^2.41.1', ''])('"%s" is refused: only an exact version is pinned', (version) => {
		expect(() => n8nRelease(version)).toThrow('exact n8n version');
	});
});
