import type { HeldRole, Branch } from '../../support/branch';
import {
	heldPairs,
	judged,
	judgedPair,
	LONDON_IP,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS_IP,
	row,
} from '../../support/branch';
import { MINUTE_MS } from '../../../core/domain/time';
import type { OrganizationMemory } from '../../../core/memory/memory';
import { CLEAN, DEAD, NOW } from '../../support/series';

const PAIR = JSON.stringify([NETWORK_ID, '']);

describe('R4.7 that a destination was never healthy is believed for an hour', () => {
	test.each([
		['a little less than an hour ago', 60 * MINUTE_MS - 1, 'neverHealthy stops failover'],
		['an hour ago', 60 * MINUTE_MS, 'needs earlier days'],
	])('R4.7 found %s', (_what, ageMs, expected) => {
		const seenHealthy = {
			[JSON.stringify([NETWORK_ID, LONDON_IP])]: { kind: 'never', at: NOW - ageMs },
		} as const;
		const branch: Branch = { tags: ON_PRIMARY, london: DEAD, remembered: [], memory: { seenHealthy } };
		expect(judged({ ...branch, earlier: 'notAsked' })).toBe(expected);
	});

	test('R4.7 three looks are the most: then it was never healthy', () => {
		expect(judged({ tags: ON_PRIMARY, london: DEAD, earlier: [row(PARIS_IP, CLEAN)] })).toBe(
			'neverHealthy stops failover',
		);
	});

	test('R4.7 one of two addresses of a peer that was healthy is enough', () => {
		const both = new Map([['london', [LONDON_IP, '198.51.100.7']]]);
		const branch: Branch = {
			tags: ON_PRIMARY,
			london: '0 0 0 90 90',
			rows: [row('198.51.100.7', DEAD)],
			settings: { trackedIps: { kind: 'listed', ipsByPeer: both } },
		};
		expect(judged({ ...branch, earlier: 'notAsked' })).toBe('failover to paris');
	});
});

/** The backup that is active was asked for, or not. */
function byUs(changes: Partial<HeldRole> = {}): Partial<OrganizationMemory> {
	const role = { role: 'backup', peer: 'paris', since: 0, seenAt: NOW, how: 'asked', ...changes } as const;
	return { pairs: heldPairs({ [PAIR]: role }) };
}

describe('R4.10 a move by hand', () => {
	const recovered: Branch = { tags: ON_BACKUP, london: CLEAN, paris: CLEAN, remembered: [] };

	test.each([
		['the same role and peer: it was us', byUs(), 'swapBack to london'],
		['another role of the same peer', byUs({ role: 'backup2' }), 'handMove stops swapBack'],
		['another peer in the same role', byUs({ peer: 'rome' }), 'handMove stops swapBack'],
	])('R4.10 memory holds %s', (_what, memory, expected) => {
		expect(judged({ ...recovered, memory })).toBe(expected);
	});

	test.each([
		['five minutes', 5 * MINUTE_MS, 'handMove stops swapBack'],
		['more: it cannot say who moved it', 5 * MINUTE_MS + 1, 'swapBack to london'],
	])('R4.10 memory of %s', (_what, ageMs, expected) => {
		const memory = { pairs: {}, evaluatedAt: NOW - ageMs };
		expect(judged({ ...recovered, memory })).toBe(expected);
	});

	test('R4.10 stands while primary is not measured: that is no loss', () => {
		const unmeasured = { tags: ON_BACKUP, paris: CLEAN, remembered: [], memory: { pairs: {} } };
		expect(judged(unmeasured)).toBe('stays: noData');
		expect(judgedPair(unmeasured).unknownMove).toBe('byHand');
		expect(judgedPair({ ...unmeasured, london: '80 80 80 0 0' }).unknownMove).not.toBe('byHand');
	});
});
