import { MINUTE_MS } from '../../../core/domain/time';
import { EMPTY_ORGANIZATION_MEMORY } from '../../../core/memory/memory';
import { rowsToRemember } from '../../../core/cycle/retainedSamples';
import type { LossRow } from '../../../core/domain/types';
import {
	evaluateBranch,
	LONDON_IP,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS_IP,
	row,
	settings,
} from '../../support/branch';
import type { Branch } from '../../support/branch';
import { CLEAN, DEAD, NOW } from '../../support/series';

describe('which samples are remembered', () => {
	const FRESH = { now: NOW, memory: null, rows: [] };
	const rowsOf = (branch: Branch) =>
		rowsToRemember(evaluateBranch(branch).outcomes, settings(branch.settings), FRESH).map(({ ip }) => ip);

	const rows: (Branch & { says: string; expect: string[] })[] = [
		{ says: 'healthy networks store nothing', tags: ON_PRIMARY, london: CLEAN, paris: CLEAN, expect: [] },
		{
			says: 'a network off primary stores the samples of its peers',
			tags: ON_BACKUP,
			london: '0 0 1 0 0',
			paris: CLEAN,
			rows: [row('8.8.8.8', CLEAN)],
			expect: [LONDON_IP, PARIS_IP],
		},
		{
			says: 'a lossy branch that stays on its primary stores nothing',
			tags: ON_PRIMARY,
			london: '80 80 0 0 0',
			expect: [],
		},
		{ says: 'a network that moves stores them', tags: ON_PRIMARY, london: DEAD, expect: [LONDON_IP] },
		{ says: 'a network without data stores nothing', tags: ON_PRIMARY, expect: [] },
		{
			says: 'a network with its tags out of order stores nothing',
			tags: ['london_primary_up'],
			london: DEAD,
			expect: [],
		},
	];
	test.each(rows)('$says', ({ expect: expected, ...branch }) => {
		expect(rowsOf(branch)).toEqual(expected);
	});

	describe('R2.4 of what an earlier run remembered', () => {
		const badThen = row(LONDON_IP, '0 0 0 90 0');
		const next = (branch: Branch, newest: readonly LossRow[] = []) => {
			const memory = { ...EMPTY_ORGANIZATION_MEMORY, evaluatedAt: NOW - 60_000, rows: [badThen] };
			const { outcomes } = evaluateBranch({ ...branch, remembered: [badThen], rows: newest });
			const snapshot = { now: branch.now ?? NOW, memory, rows: newest };
			return rowsToRemember(outcomes, settings(), snapshot).flatMap(({ samples }) =>
				samples.map(({ lossPercent }) => lossPercent),
			);
		};

		test('nothing is kept once the branch is back on its primary', () => {
			expect(next({ tags: ON_PRIMARY }, [row(LONDON_IP, CLEAN)])).toEqual([]);
		});

		test.each([
			['its tags are inconsistent', { tags: ['london_primary_up'] }],
			['it is not listed', { tags: [] }],
		] satisfies [string, Branch][])('all is kept, as corrected by Meraki, while %s', (_what, branch) => {
			expect(next(branch)).toEqual([0, 0, 0, 90, 0]);
			expect(next(branch, [row(LONDON_IP, CLEAN)])).toEqual([0, 0, 0, 0, 0]);
		});

		test('bad samples are kept for six hours', () => {
			expect(next({ tags: [], now: NOW + 350 * MINUTE_MS })).toEqual([90]);
			expect(next({ tags: [], now: NOW + 360 * MINUTE_MS })).toEqual([]);
		});
	});

	test('R1.3 rows of other destinations are not taken up with those that memory holds', () => {
		const memory = { ...EMPTY_ORGANIZATION_MEMORY, rows: [row(LONDON_IP, '0 0 0 90 0')] };
		const rows = [row(LONDON_IP, CLEAN), row(PARIS_IP, '90 90 90 90 90')];
		expect(rowsToRemember([], settings(), { now: NOW, memory, rows }).map(({ ip }) => ip)).toEqual([
			LONDON_IP,
		]);
	});

	test('a row of which nothing counts any more is not stored', () => {
		const memory = { ...EMPTY_ORGANIZATION_MEMORY, rows: [row(LONDON_IP, '0 0 0 90 0')] };
		const later = NOW + 6 * 60 * MINUTE_MS;
		expect(rowsToRemember([], settings(), { now: later, memory, rows: [] })).toEqual([]);
	});

	describe('of a long outage', () => {
		/** Minutes ago of the samples that are kept of a branch on backup, of one a minute up to two minutes ago. */
		const minutesKept = (...series: readonly string[]) => {
			const london = row(LONDON_IP, series.join(' '), { offsetMs: 0 });
			const { outcomes } = evaluateBranch({ tags: ON_BACKUP, rows: [london], remembered: [] });
			const [kept] = rowsToRemember(outcomes, settings(), FRESH);
			return kept?.samples.map(({ sampledAt }) => (NOW - sampledAt) / MINUTE_MS) ?? [];
		};
		const minutes = (count: number, loss: number) => Array.from({ length: count }, () => `${loss}`).join(' ');
		/** What a recovery may look at. */
		const RECOVERY = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2];

		test('as much is kept as shows that it was one, and its end', () => {
			expect(minutesKept(minutes(11, 90), minutes(20, 1))).toEqual([32, 28, 24, 22, ...RECOVERY]);
		});

		test('the highest loss is kept as well', () => {
			expect(minutesKept(minutes(5, 90), '95 100', minutes(4, 90), minutes(20, 1))).toEqual([
				32,
				28,
				26,
				24,
				22,
				...RECOVERY,
			]);
		});

		test('R1.2 nothing is kept of what was not measured, however slow it was', () => {
			const london = row(LONDON_IP, `_/900 ${minutes(30, 1)}`, { offsetMs: 0 });
			const changes = { latencyThresholdMs: 200 };
			const { outcomes } = evaluateBranch({
				tags: ON_BACKUP,
				rows: [london],
				remembered: [],
				settings: changes,
			});
			const [kept] = rowsToRemember(outcomes, settings(changes), FRESH);
			expect(kept?.samples).toHaveLength(RECOVERY.length);
		});
	});

	test('R2.4 samples are kept for as long as a recovery looks back, and no longer', () => {
		const long = Array.from({ length: 90 }, () => '1').join(' ');
		const kept = (recoveryMinutes: number) => {
			const changes = { recoveryMinutes };
			const { outcomes } = evaluateBranch({
				tags: ON_BACKUP,
				london: long,
				remembered: [],
				settings: changes,
			});
			return rowsToRemember(outcomes, settings(changes), FRESH)[0]?.samples ?? [];
		};
		for (const recoveryMinutes of [1, 5, 30, 60]) {
			const [oldest] = kept(recoveryMinutes);
			// The first slot may be 4 minutes old, and its sample 30 s before that.
			expect(oldest?.sampledAt).toBeLessThanOrEqual(NOW - (recoveryMinutes - 1 + 4) * MINUTE_MS);
			expect(kept(recoveryMinutes).length).toBeLessThanOrEqual(recoveryMinutes + 8);
		}
	});
});
