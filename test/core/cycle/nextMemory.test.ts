import { sightingKey } from '../../../core/evaluate/seenHealthy';
import { MINUTE_MS } from '../../../core/domain/time';
import type { Lookback } from '../../../core/evaluate/snapshot';
import { EMPTY_ORGANIZATION_MEMORY } from '../../../core/memory/memory';
import type { OrganizationMemory, SeenHealthy } from '../../../core/memory/memory';
import { managedToRemember } from '../../../core/cycle/nextMemory';
import type { LossRow } from '../../../core/domain/types';
import {
	DNS_IP,
	LONDON_IP,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS_IP,
	row,
} from '../../support/branch';
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
		lookbacks: new Map(),
	};
}

describe('R4.7 which destinations are remembered as seen healthy, or never', () => {
	const remembered = (
		rows: readonly LossRow[],
		known: OrganizationMemory['seenHealthy'] | null = {},
		earlier: Record<string, Lookback> = {},
		tags: readonly string[] = ON_BACKUP,
	) =>
		runOnce({
			networks: [network(tags)],
			rows,
			memory: known && { ...EMPTY_ORGANIZATION_MEMORY, evaluatedAt: NOW - 30_000, seenHealthy: known },
			snapshot: { lookbacks: new Map(Object.entries(earlier)) },
		}).memory.seenHealthy;
	const london = sightingKey(NETWORK_ID, LONDON_IP);
	const looked = (rows: readonly LossRow[], isIncomplete = false): Record<string, Lookback> => ({
		[LONDON_IP]: { rows, isIncomplete },
	});
	const neverSince = (at: number): SeenHealthy => ({ kind: 'never', at });

	test('none of a branch on primary on which nothing depends', () => {
		expect(remembered([row(LONDON_IP, CLEAN)], {}, {}, ON_PRIMARY)).toEqual({});
	});

	test('every destination of a branch off primary, be it a peer or not', () => {
		const rows = [row(LONDON_IP, '0 0 2 0 0'), row(DNS_IP, CLEAN)];
		expect(remembered(rows)).toEqual({
			[london]: { kind: 'yes' },
			[sightingKey(NETWORK_ID, DNS_IP)]: { kind: 'yes' },
		});
	});

	const dead = [row(LONDON_IP, DEAD)];
	const older = NOW - 30 * MINUTE_MS;
	const tooOld = NOW - 60 * MINUTE_MS;
	const cases: {
		says: string;
		/** `null`: no memory. */
		known?: OrganizationMemory['seenHealthy'] | null;
		earlier?: Record<string, Lookback>;
		expect: OrganizationMemory['seenHealthy'];
	}[] = [
		{ says: 'nothing of one that nobody looked up', expect: {} },
		{ says: 'never healthy after three looks', earlier: looked([]), expect: { [london]: neverSince(NOW) } },
		{
			says: 'never healthy by the first run, which has no memory',
			known: null,
			earlier: looked([]),
			expect: { [london]: neverSince(NOW) },
		},
		{
			says: 'never healthy where only another branch saw it healthy',
			earlier: looked([row(LONDON_IP, CLEAN, { networkId: 'N_2' })]),
			expect: { [london]: neverSince(NOW) },
		},
		{
			says: 'healthy where an earlier day shows it',
			earlier: looked([row(LONDON_IP, CLEAN)]),
			expect: { [london]: { kind: 'yes' } },
		},
		{ says: 'nothing where a look was not answered', earlier: looked([], true), expect: {} },
		{
			says: 'healthy for ever, though it is dead now',
			known: { [london]: { kind: 'yes' } },
			expect: { [london]: { kind: 'yes' } },
		},
		{
			says: 'never healthy since when that was found out',
			known: { [london]: neverSince(older) },
			expect: { [london]: neverSince(older) },
		},
		{
			says: 'never healthy anew after new looks',
			known: { [london]: neverSince(tooOld) },
			earlier: looked([]),
			expect: { [london]: neverSince(NOW) },
		},
		{ says: 'nothing once it is too old', known: { [london]: neverSince(tooOld) }, expect: {} },
	];
	test.each(cases)('$says', ({ known, earlier, expect: expected }) => {
		expect(remembered(dead, known, earlier)).toEqual(expected);
	});

	test('a dead backup beside is remembered by itself', () => {
		expect(remembered([row(LONDON_IP, DEAD), row(PARIS_IP, CLEAN)])).toEqual({
			[sightingKey(NETWORK_ID, PARIS_IP)]: { kind: 'yes' },
		});
	});
});

describe('R8.5 the number of managed networks that is remembered', () => {
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
