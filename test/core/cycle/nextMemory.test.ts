import { armingKey } from '../../../core/evaluate/guardInputs';
import type { Earlier } from '../../../core/evaluate/snapshot';
import { EMPTY_ORGANIZATION_MEMORY } from '../../../core/memory/memory';
import type { BackupRole, OrganizationMemory, RememberedArming } from '../../../core/memory/memory';
import { pairKey } from '../../../core/tags/pairKey';
import { backupRolesToRemember, managedToRemember } from '../../../core/cycle/nextMemory';
import { MINUTE_MS } from '../../../core/health/series';
import type { LossRow } from '../../../core/domain/types';
import {
	DNS_IP,
	evaluateBranch,
	LONDON_IP,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS_IP,
	row,
	THREE_ON_PARIS,
} from '../../support/branch';
import type { Branch } from '../../support/branch';
import { runOnce } from '../../support/run';
import { CLEAN, DEAD, NOW } from '../../support/series';

const DAY_MS = 24 * 60 * MINUTE_MS;

function remembering(now: number, memory: Partial<OrganizationMemory>) {
	return {
		now,
		memory: { ...EMPTY_ORGANIZATION_MEMORY, evaluatedAt: now - 30_000, ...memory },
		networks: [],
		rows: [],
		peers: { kind: 'notReadable' as const },
		statuses: new Map(),
		history: new Map(),
		earlier: new Map(),
	};
}

describe('R4.9 backup roles that are remembered', () => {
	const seen: BackupRole = { role: 'backup', peer: 'paris', since: 5, seenAt: NOW, how: 'seen' };
	const key = pairKey(NETWORK_ID, '');
	const roles = (branch: Branch, before: OrganizationMemory['backupRoles'] = {}, now = NOW) =>
		backupRolesToRemember(evaluateBranch(branch).outcomes, remembering(now, { backupRoles: before }));

	test('one that is active is remembered as seen, one asked for as asked', () => {
		expect(roles({ tags: ON_BACKUP, london: DEAD, paris: CLEAN })).toEqual({
			[key]: { role: 'backup', peer: 'paris', since: NOW, seenAt: NOW, how: 'seen' },
		});
		expect(roles({ tags: ON_PRIMARY, london: DEAD, paris: CLEAN })).toEqual({
			[key]: { role: 'backup', peer: 'paris', since: NOW, seenAt: NOW, how: 'asked' },
		});
	});

	test('an escape remembers the backup that it asks for', () => {
		const branch = { tags: THREE_ON_PARIS, london: DEAD, paris: DEAD, rome: CLEAN };
		expect(roles(branch, { [key]: seen })).toEqual({
			[key]: { role: 'backup2', peer: 'rome', since: NOW, seenAt: NOW, how: 'asked' },
		});
	});

	test('a swap back that is asked for leaves the backup remembered: it is active until it is written', () => {
		expect(roles({ tags: ON_BACKUP, london: CLEAN, paris: CLEAN }, { [key]: seen })).toEqual({ [key]: seen });
	});

	test('one that is still active keeps since when and how it was learnt', () => {
		const branch = { tags: ON_BACKUP, london: DEAD, paris: CLEAN };
		expect(roles(branch, { [key]: { ...seen, how: 'asked' } })).toEqual({ [key]: { ...seen, how: 'asked' } });
		expect(roles(branch, { [key]: { ...seen, peer: 'rome' } })).toEqual({ [key]: { ...seen, since: NOW } });
		expect(roles(branch, { [key]: { ...seen, role: 'backup2' } })).toEqual({
			[key]: { ...seen, since: NOW },
		});
	});

	test('one that was asked for on another peer and is active by nobody knows whom is seen, not asked', () => {
		const branch = { tags: ON_BACKUP, london: DEAD, paris: CLEAN };
		const asked = { ...seen, peer: 'rome', how: 'asked' } as const;
		expect(roles(branch, { [key]: asked })[key]?.how).toBe('seen');
	});

	test('one that an operator chose stays by hand until primary is lossy', () => {
		const byHand = { [key]: { ...seen, how: 'byHand' } } as const;
		const clean = {
			tags: ON_BACKUP,
			london: CLEAN,
			paris: CLEAN,
			remembered: [],
			memory: { backupRoles: {} },
		};
		expect(roles(clean)).toEqual({ [key]: { ...seen, since: NOW, how: 'byHand' } });
		expect(roles(clean, byHand)).toEqual(byHand);
		expect(roles({ ...clean, london: '0 0 80 0 0' }, byHand)).toEqual({ [key]: seen });
	});

	test('one that was asked for and has not landed is kept for ten minutes, one that was only seen is not', () => {
		const onPrimary = { tags: ON_PRIMARY, london: CLEAN };
		const asked = { [key]: { ...seen, how: 'asked' } } as const;
		expect(roles(onPrimary, asked, NOW + 10 * MINUTE_MS - 1)).toEqual(asked);
		expect(roles(onPrimary, asked, NOW + 10 * MINUTE_MS)).toEqual({});
		expect(roles(onPrimary, { [key]: seen }, NOW + 1)).toEqual({});
	});

	test('a network back on primary is forgotten, one that vanished after a day', () => {
		expect(roles({ tags: ON_PRIMARY, london: CLEAN }, { [key]: seen })).toEqual({});
		const gone = { [pairKey('N_gone', '')]: { ...seen, seenAt: 5 } };
		expect(roles({ tags: ON_PRIMARY, london: CLEAN }, gone, 5 + DAY_MS - 1)).toEqual(gone);
		expect(roles({ tags: ON_PRIMARY, london: CLEAN }, gone, 5 + DAY_MS)).toEqual({});
	});

	test('one whose tags are out of order now is kept', () => {
		expect(roles({ tags: ['paris_backup_up'] }, { [key]: seen })).toEqual({ [key]: seen });
	});
});

describe('R4.6 which destinations are remembered as seen healthy, or never', () => {
	const remembered = (
		rows: readonly LossRow[],
		arming: OrganizationMemory['arming'] | null = {},
		earlier: Record<string, Earlier> = {},
		tags: readonly string[] = ON_BACKUP,
	) =>
		runOnce({
			networks: [network(tags)],
			rows,
			memory: arming && { ...EMPTY_ORGANIZATION_MEMORY, evaluatedAt: NOW - 30_000, arming },
			knowledge: { earlier: new Map(Object.entries(earlier)) },
		}).memory.arming;
	const london = armingKey(NETWORK_ID, LONDON_IP);
	const looked = (rows: readonly LossRow[], isIncomplete = false): Record<string, Earlier> => ({
		[LONDON_IP]: { rows, looks: 3, isIncomplete },
	});
	const unarmed = (at: number): RememberedArming => ({ kind: 'unarmed', at });

	test('none of a branch on primary on which nothing depends', () => {
		expect(remembered([row(LONDON_IP, CLEAN)], {}, {}, ON_PRIMARY)).toEqual({});
	});

	test('every destination of a branch off primary, be it a peer or not', () => {
		const rows = [row(LONDON_IP, '0 0 2 0 0'), row(DNS_IP, CLEAN)];
		expect(remembered(rows)).toEqual({
			[london]: { kind: 'armed' },
			[armingKey(NETWORK_ID, DNS_IP)]: { kind: 'armed' },
		});
	});

	const dead = [row(LONDON_IP, DEAD)];
	const older = NOW - 30 * MINUTE_MS;
	const tooOld = NOW - 60 * MINUTE_MS;
	const cases: {
		says: string;
		/** `null`: no memory. */
		arming?: OrganizationMemory['arming'] | null;
		earlier?: Record<string, Earlier>;
		expect: OrganizationMemory['arming'];
	}[] = [
		{ says: 'nothing of one that nobody looked up', expect: {} },
		{ says: 'never healthy after three looks', earlier: looked([]), expect: { [london]: unarmed(NOW) } },
		{
			says: 'never healthy by the first run, which has no memory',
			arming: null,
			earlier: looked([]),
			expect: { [london]: unarmed(NOW) },
		},
		{
			says: 'never healthy where only another branch saw it healthy',
			earlier: looked([row(LONDON_IP, CLEAN, { networkId: 'N_2' })]),
			expect: { [london]: unarmed(NOW) },
		},
		{
			says: 'healthy where an earlier day shows it',
			earlier: looked([row(LONDON_IP, CLEAN)]),
			expect: { [london]: { kind: 'armed' } },
		},
		{ says: 'nothing where a look was not answered', earlier: looked([], true), expect: {} },
		{
			says: 'healthy for ever, though it is dead now',
			arming: { [london]: { kind: 'armed' } },
			expect: { [london]: { kind: 'armed' } },
		},
		{
			says: 'never healthy since when that was found out',
			arming: { [london]: unarmed(older) },
			expect: { [london]: unarmed(older) },
		},
		{
			says: 'never healthy anew after new looks',
			arming: { [london]: unarmed(tooOld) },
			earlier: looked([]),
			expect: { [london]: unarmed(NOW) },
		},
		{ says: 'nothing once it is too old', arming: { [london]: unarmed(tooOld) }, expect: {} },
	];
	test.each(cases)('$says', ({ arming, earlier, expect: expected }) => {
		expect(remembered(dead, arming, earlier)).toEqual(expected);
	});

	test('a dead backup beside is remembered by itself', () => {
		expect(remembered([row(LONDON_IP, DEAD), row(PARIS_IP, CLEAN)])).toEqual({
			[armingKey(NETWORK_ID, PARIS_IP)]: { kind: 'armed' },
		});
	});
});

describe('R8.2 the number of managed networks that is remembered', () => {
	const managed = (count: number, before: OrganizationMemory['managed'], now: number) =>
		managedToRemember(count, remembering(now, { managed: before })).count;

	test.each([
		{ says: 'the first', count: 3, before: null, expect: 3 },
		{ says: 'the new one while more than half are left', count: 6, before: 10, expect: 6 },
		{ says: 'the old one once half are gone', count: 5, before: 10, expect: 10 },
		{ says: 'the old one of two, once one is gone', count: 1, before: 2, expect: 2 },
		{ says: 'none, once the only one is gone', count: 0, before: 1, expect: 0 },
		{ says: 'the new one when there are more', count: 20, before: 10, expect: 20 },
	])('is $says', ({ count, before, expect: expected }) => {
		expect(managed(count, before === null ? null : { count: before, at: NOW }, NOW)).toBe(expected);
	});

	test('is the old one for a day, so that the notice lasts', () => {
		const before = { count: 10, at: NOW };
		const after = (ms: number) => managedToRemember(5, remembering(NOW + ms, { managed: before }));
		expect(after(DAY_MS - 1)).toEqual(before);
		expect(after(DAY_MS)).toEqual({ count: 5, at: NOW + DAY_MS });
	});
});
