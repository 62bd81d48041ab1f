import type { Health } from '../../../core/health/seriesHealth';
import { seriesHealth } from '../../../core/health/seriesHealth';
import { mergeRows, MINUTE_MS } from '../../../core/health/series';
import type { Settings } from '../../../core/settings/settings';
import { isSteadilyUnder, steadyHealth } from '../../../core/health/steady';
import type { LossRow, Steady } from '../../../core/domain/types';
import {
	evaluateBranch,
	inWords,
	judgedPair,
	LONDON_IP,
	ON_BACKUP,
	ON_PRIMARY,
	row,
	settings,
} from '../../support/branch';
import { NOW, samples } from '../../support/series';

/** What the parser tells of a series without a gap. */
function outline(series: string, changes: Partial<Steady> = {}): Steady {
	const list = samples(series);
	const latencies = list.flatMap(({ latencyMs }) => latencyMs ?? []);
	return {
		count: list.length,
		oldestAt: list[0]?.sampledAt ?? NaN,
		newestAt: list.at(-1)?.sampledAt ?? NaN,
		highestLossPercent: Math.max(...list.map(({ lossPercent }) => lossPercent ?? NaN)),
		highestLatencyMs: latencies.length === 0 ? null : Math.max(...latencies),
		...changes,
	};
}

function told(health: Health | null): string {
	if (health === null) return 'the samples tell';
	return health.kind === 'measured' ? `${health.loss}, recovered: ${health.recovered}` : health.why;
}

describe('R2 health told from the outline of a series alone', () => {
	const rows: { says: string; series: string; with?: Partial<Settings>; expect: string }[] = [
		{ says: 'five clean minutes', series: '0 0 0 0 0', expect: 'clean, recovered: yes' },
		{ says: 'fewer than a recovery takes', series: '0 0 0 0', expect: 'the samples tell' },
		{
			says: 'as many as it takes',
			series: '0 0 0',
			with: { recoveryMinutes: 3 },
			expect: 'clean, recovered: yes',
		},
		{ says: 'R2.1 two samples', series: '0 0', with: { recoveryMinutes: 1 }, expect: 'the samples tell' },
		{ says: 'R2.2 one at the threshold', series: '0 0 30 0 0', expect: 'the samples tell' },
		{ says: 'R2.4 one with some loss', series: '0 0 29 0 0', expect: 'the samples tell' },
		{
			says: 'R2.4 some loss up to the recovery threshold',
			series: '5 0 5 0 0',
			with: { recoveryThresholdPercent: 5 },
			expect: 'clean, recovered: yes',
		},
		{
			says: 'R2.2 latency at its threshold',
			series: '0/10 0/10 0/200 0/10 0/10',
			with: { latencyThresholdMs: 200 },
			expect: 'the samples tell',
		},
		{
			says: 'R2.2 latency under its threshold',
			series: '0/10 0/10 0/199 0/10 0/10',
			with: { latencyThresholdMs: 200 },
			expect: 'clean, recovered: yes',
		},
	];
	test.each(rows)('$says: $expect', ({ series, with: changes, expect: expected }) => {
		const health = steadyHealth(outline(series), settings(changes), NOW);
		expect(told(health)).toBe(expected);
		if (health !== null) expect(health).toEqual(seriesHealth(samples(series), settings(changes), NOW));
	});

	const aged = (oldestAgeMs: number, newestAgeMs: number) =>
		told(
			steadyHealth(
				outline('0 0 0 0 0', { oldestAt: NOW - oldestAgeMs, newestAt: NOW - newestAgeMs }),
				settings(),
				NOW,
			),
		);
	const OLD = 7 * MINUTE_MS - 1;

	test('R2.1 the oldest sample must be in the window, or its samples tell which of them are', () => {
		expect(aged(OLD, 3 * MINUTE_MS)).toBe('clean, recovered: yes');
		expect(aged(OLD + 1, 3 * MINUTE_MS)).toBe('the samples tell');
	});

	test('R2.4 the newest may be 4 minutes old for a recovery; R2.1 older than 5 minutes, the samples tell', () => {
		expect(aged(OLD, 4 * MINUTE_MS)).toBe('clean, recovered: yes');
		expect(aged(OLD, 4 * MINUTE_MS + 1)).toBe('clean, recovered: no');
		expect(aged(OLD, 5 * MINUTE_MS)).toBe('clean, recovered: no');
		expect(aged(OLD, 5 * MINUTE_MS + 1)).toBe('the samples tell');
	});

	test('R4.9 no sample of it is over, only where not even the highest is', () => {
		const latency = settings({ latencyThresholdMs: 200 });
		expect(isSteadilyUnder(outline('0 29 0'), settings())).toBe(true);
		expect(isSteadilyUnder(outline('0 30 0'), settings())).toBe(false);
		expect(isSteadilyUnder(outline('0/199 0/10'), latency)).toBe(true);
		expect(isSteadilyUnder(outline('0/200 0/10'), latency)).toBe(false);
	});
});

/** A row of which only its outline may be looked at. */
function unopened(series: string, changes: Partial<LossRow> = {}, ofIt: Partial<Steady> = {}): LossRow {
	return {
		...row(LONDON_IP, '', changes),
		steady: outline(series, ofIt),
		get samples(): never {
			throw new Error('Somebody looks at the samples');
		},
	};
}

describe('a branch whose series are steady', () => {
	test.each([
		{ tags: ON_PRIMARY, expect: 'stays: healthy' },
		{ tags: ON_BACKUP, expect: 'needs status' },
	])('is judged without a look at its samples: $expect', ({ tags, expect: expected }) => {
		const rows = [unopened('0 0 0 0 0')];
		const { outcomes, needs } = evaluateBranch({ tags, rows, statuses: 'notAsked' });
		expect(needs.statusesOf.length > 0 ? 'needs status' : outcomes.map(inWords).join()).toBe(expected);
	});

	test('tells the newest of all its samples, and that none is over, like any other', () => {
		const steady = [
			unopened('0 0 0 0 0'),
			unopened('0 0 0 0 0', { uplink: 'wan2' }, { newestAt: NOW - 2.5 * MINUTE_MS }),
		];
		expect(judgedPair({ tags: ON_PRIMARY, rows: steady }).outline).toEqual({
			newestSampleAt: steady[0]?.steady?.newestAt,
			isCalm: true,
		});
		const lossy = [{ ...row(LONDON_IP, '0 0 80 0 0'), steady: outline('0 0 80 0 0') }];
		expect(judgedPair({ tags: ON_PRIMARY, rows: lossy }).outline.isCalm).toBe(false);
	});

	test('R1.1 is merged as it is, unless one of its samples is of the future', () => {
		const now = [unopened('0 0 0', {}, { newestAt: NOW })];
		expect(mergeRows([], now, NOW)).toBe(now);
		const future = { ...row(LONDON_IP, '1 2 3', { now: NOW + 3 * MINUTE_MS }), steady: outline('1 2 3') };
		const late = { ...future, steady: { ...future.steady, newestAt: NOW + 1 } };
		const lossesOf = (rows: readonly LossRow[]) =>
			mergeRows([], rows, NOW).map((each) => each.samples.map(({ lossPercent }) => lossPercent));
		expect(lossesOf([late])).toEqual([[1, 2]]);
	});
});
