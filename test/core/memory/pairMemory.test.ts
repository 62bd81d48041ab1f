import { MINUTE_MS } from '../../../core/domain/time';
import { EMPTY_ORGANIZATION_MEMORY } from '../../../core/memory/memory';
import type { PairMemory } from '../../../core/memory/memory';
import { pairsToRemember } from '../../../core/memory/pairMemory';
import { pairKey } from '../../../core/tags/pairKey';
import {
	evaluateBranch,
	heldPairs,
	inWords,
	LONDON_IP,
	NETWORK_ID,
	network,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS_IP,
	ROME_IP,
	row,
	THREE_ON_PARIS,
	THREE_ON_PRIMARY,
} from '../../support/branch';
import type { Branch, HeldRole } from '../../support/branch';
import { runOnce } from '../../support/run';
import { CLEAN, DEAD, NOW } from '../../support/series';

const KEY = pairKey(NETWORK_ID, '');
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('R4.10 what is remembered of a pair', () => {
	const seen: HeldRole = { role: 'backup', peer: 'paris', since: 5, seenAt: NOW, how: 'seen' };
	const next = (branch: Branch, pairs: Record<string, PairMemory> = {}, now = NOW) => {
		const memory = { ...EMPTY_ORGANIZATION_MEMORY, evaluatedAt: now - 30_000, pairs };
		return pairsToRemember(evaluateBranch({ ...branch, now }).outcomes, memory, now)[KEY];
	};

	test('a healthy branch on its primary stores nothing', () => {
		expect(next({ tags: ON_PRIMARY, london: CLEAN })).toBeUndefined();
	});

	test('the active backup is held, a decided move is asked for', () => {
		expect(next({ tags: ON_BACKUP, london: DEAD, paris: CLEAN })?.held).toEqual({
			role: 'backup',
			peer: 'paris',
			since: NOW,
			how: 'seen',
		});
		expect(next({ tags: ON_PRIMARY, london: DEAD, paris: CLEAN })).toEqual({
			held: null,
			asked: [{ role: 'backup', peer: 'paris', action: 'failover', at: NOW }],
			failoversAt: [],
			seenAt: NOW,
		});
	});

	test('a failover from a backup remembers both what is held and what was asked for', () => {
		const branch = { tags: THREE_ON_PARIS, london: DEAD, paris: DEAD, rome: CLEAN };
		const pair = next(branch, heldPairs({ [KEY]: seen }));
		expect(pair?.held).toMatchObject({ peer: 'paris', since: 5, how: 'seen' });
		expect(pair?.asked).toEqual([{ role: 'backup2', peer: 'rome', action: 'failover', at: NOW }]);
	});

	const asked: PairMemory = {
		held: null,
		asked: [{ role: 'backup', peer: 'paris', action: 'failover', at: NOW - MINUTE_MS }],
		failoversAt: [],
		seenAt: NOW - MINUTE_MS,
	};

	test('R2.5 what was asked for and is active counts as an own failover, once', () => {
		const branch = { tags: ON_BACKUP, london: DEAD, paris: CLEAN };
		const landed = next(branch, { [KEY]: asked });
		expect(landed).toEqual({
			held: { role: 'backup', peer: 'paris', since: NOW - MINUTE_MS, how: 'asked' },
			asked: [],
			failoversAt: [NOW - MINUTE_MS],
			seenAt: NOW,
		});
		expect(next(branch, { [KEY]: landed ?? asked })?.failoversAt).toEqual([NOW - MINUTE_MS]);
	});

	test('what was asked for and did not take effect is kept for ten minutes', () => {
		const onPrimary = { tags: ON_PRIMARY, london: CLEAN };
		const at = NOW - MINUTE_MS;
		expect(next(onPrimary, { [KEY]: asked }, at + 10 * MINUTE_MS - 1)?.asked).toEqual(asked.asked);
		expect(next(onPrimary, { [KEY]: asked }, at + 10 * MINUTE_MS)).toBeUndefined();
	});

	test('a move by an operator stays one until the primary is lossy', () => {
		const byHand = heldPairs({ [KEY]: { ...seen, how: 'byHand' } });
		const clean = { tags: ON_BACKUP, london: CLEAN, paris: CLEAN, remembered: [], memory: { pairs: byHand } };
		expect(next(clean, byHand)?.held?.how).toBe('byHand');
		expect(next({ ...clean, london: '0 0 80 0 0' }, byHand)?.held?.how).toBe('seen');
	});

	test('a network that vanished is kept for a day, one whose tags are inconsistent now as well', () => {
		const gone = heldPairs({ [pairKey('N_gone', '')]: { ...seen, seenAt: 5 } });
		const memory = { ...EMPTY_ORGANIZATION_MEMORY, pairs: gone };
		expect(pairsToRemember([], memory, 5 + DAY_MS - 1)).toEqual(gone);
		expect(pairsToRemember([], memory, 5 + DAY_MS)).toEqual({});
		expect(next({ tags: ['paris_backup_up'] }, heldPairs({ [KEY]: seen }))?.held?.peer).toBe('paris');
	});
});

describe('R4.10 manual moves, over several runs', () => {
	const three = (now: number, tags: readonly string[], london: string, paris: string, rome: string) => ({
		now,
		networks: [network(tags)],
		rows: [row(LONDON_IP, london, { now }), row(PARIS_IP, paris, { now }), row(ROME_IP, rome, { now })],
	});

	test('none is seen where a decided move from one backup to another was never written', () => {
		const held = heldPairs({ [KEY]: { role: 'backup', peer: 'paris', since: 0, seenAt: NOW, how: 'asked' } });
		const memory = { ...EMPTY_ORGANIZATION_MEMORY, evaluatedAt: NOW - 30_000, pairs: held };
		const failing = runOnce({ ...three(NOW, THREE_ON_PARIS, DEAD, '0 0 0 0 100', CLEAN), memory });
		expect(failing.outcomes.map(inWords)).toEqual(['failover to rome']);
		const minuteTwo = NOW + MINUTE_MS;
		const recovered = runOnce({
			...three(minuteTwo, THREE_ON_PARIS, CLEAN, CLEAN, CLEAN),
			memory: { ...failing.memory, rows: [] },
		});
		expect(recovered.outcomes.map(inWords)).toEqual(['swapBack to london']);
		const anHourLater = NOW + 61 * MINUTE_MS;
		const still = runOnce({
			...three(anHourLater, THREE_ON_PARIS, CLEAN, CLEAN, CLEAN),
			memory: { ...recovered.memory, rows: [], evaluatedAt: anHourLater - 30_000 },
		});
		expect(still.outcomes.map(inWords)).toEqual(['swapBack to london']);
	});

	test('one is seen after an own failover and its swap back, once the primary was active again', () => {
		const at = (
			minute: number,
			tags: readonly string[],
			london: string,
			memory: ReturnType<typeof runOnce>['memory'],
		) => {
			const now = NOW + minute * MINUTE_MS;
			return runOnce({
				now,
				networks: [network(tags)],
				rows: [row(LONDON_IP, london, { now }), row(PARIS_IP, CLEAN, { now })],
				memory: { ...memory, evaluatedAt: now - 30_000 },
			});
		};
		const empty = EMPTY_ORGANIZATION_MEMORY;
		const failover = at(0, ON_PRIMARY, DEAD, empty);
		expect(failover.outcomes.map(inWords)).toEqual(['failover to paris']);
		const landed = at(1, ON_BACKUP, DEAD, failover.memory);
		const back = at(2, ON_PRIMARY, '0 0 0 0 0', landed.memory);
		const clean = at(8, ON_PRIMARY, CLEAN, back.memory);
		const moved = at(9, ON_BACKUP, CLEAN, clean.memory);
		expect(moved.outcomes).toMatchObject([{ unknownMove: 'byHand' }]);
		expect(moved.outcomes.map(inWords).join()).not.toContain('swapBack to');
	});

	test('a branch found on a backup while its primary is lossy was moved by a run that left no memory', () => {
		const before = runOnce({ networks: [network(THREE_ON_PRIMARY)], rows: [row(LONDON_IP, CLEAN)] });
		const now = NOW + MINUTE_MS;
		const found = runOnce({ ...three(now, THREE_ON_PARIS, DEAD, CLEAN, CLEAN), memory: before.memory });
		expect(found.outcomes).toMatchObject([{ unknownMove: 'unrecorded' }]);
		const later = runOnce({
			...three(now + 30_000, THREE_ON_PARIS, DEAD, CLEAN, CLEAN),
			memory: found.memory,
		});
		expect(later.outcomes).toMatchObject([{ unknownMove: null }]);
	});
});
