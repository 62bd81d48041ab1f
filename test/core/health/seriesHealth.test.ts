import { MINUTE_MS } from '../../../core/domain/time';
import type { Health } from '../../../core/health/seriesHealth';
import { isClearlyBetter, isBadSample, seriesHealth } from '../../../core/health/seriesHealth';
import { peerHealth } from '../../../core/health/peerHealth';
import type { Settings } from '../../../core/settings/settings';
import { settings } from '../../support/branch';
import { NOW, samples } from '../../support/series';

function healthOf(series: string, changes: Partial<Settings> = {}, knownSince?: number): Health {
	return seriesHealth(samples(series), settings(changes), NOW, knownSince);
}

function inWords(health: Health): string {
	return health.kind === 'measured' ? `${health.loss}, recovered: ${health.recovered}` : health.why;
}

/** Everything ever measured was read. */
const READ_ALL = 0;

describe('R2.1 the window and no data', () => {
	const rows = [
		{ says: 'five clean minutes are measured', series: '0 0 0 0 0', expect: 'clean, recovered: yes' },
		{ says: 'no row at all is no data', series: '', expect: 'noSamples' },
		{ says: 'only nulls are no data', series: '_ _ _ _ _', expect: 'noSamples' },
		{
			says: 'two measured samples are no data, even at 100 %',
			series: '_ _ 100 100',
			expect: 'tooFewSamples',
		},
		{ says: 'three measured samples are enough', series: '100 100 100', expect: 'failing, recovered: no' },
		{
			says: 'a sample that has left the window counts neither as over nor as measured',
			series: '100 . . . 0 0',
			expect: 'tooFewSamples',
		},
		{
			says: 'a sixth sample back is outside of five minutes',
			series: '100 0 0 0 0 0',
			expect: 'clean, recovered: yes',
		},
	];
	test.each(rows)('R2.1 $says', ({ series, expect: expected }) => {
		expect(inWords(healthOf(series))).toBe(expected);
	});

	test('R2.1 a sample exactly 2 min + W old has left the window, one a millisecond newer has not', () => {
		const at = (age: number) => [
			{ sampledAt: NOW - age, lossPercent: 100, latencyMs: null },
			...samples('. . 0 0 0'),
		];
		expect(inWords(seriesHealth(at(7 * MINUTE_MS), settings(), NOW))).toMatch(/^clean/);
		expect(inWords(seriesHealth(at(7 * MINUTE_MS - 1), settings(), NOW))).toMatch(/^lossy/);
	});

	test('R2.1 a window of 3 minutes forgets what one of 5 still sees', () => {
		expect(inWords(healthOf('100 0 0 0', { windowMinutes: 3 }))).toMatch(/^clean/);
		expect(inWords(healthOf('100 0 0 0', { windowMinutes: 4 }))).toMatch(/^lossy/);
	});

	test('R2.1 data whose newest sample is older than 5 minutes is no data; exactly 5 minutes is not older', () => {
		const ending = (newestAge: number) =>
			[60_000, 30_000, 0].map((back) => ({
				sampledAt: NOW - newestAge - back,
				lossPercent: 100,
				latencyMs: null,
			}));
		expect(inWords(seriesHealth(ending(5 * MINUTE_MS), settings(), NOW))).toMatch(/^failing/);
		expect(inWords(seriesHealth(ending(5 * MINUTE_MS + 1), settings(), NOW))).toBe('stale');
	});

	test('R2.1 a null does not make old data fresh', () => {
		const old = [60_000, 30_000, 0].map((back) => ({
			sampledAt: NOW - 5 * MINUTE_MS - 1 - back,
			lossPercent: 100,
			latencyMs: null,
		}));
		expect(inWords(seriesHealth([...old, ...samples('_')], settings(), NOW))).toBe('stale');
	});
});

describe('R2.2 lossy and R2.3 still failing', () => {
	const rows: { says: string; series: string; with?: Partial<Settings>; expect: string }[] = [
		{ says: 'R2.2 loss at the threshold is over', series: '0 0 0 0 30', expect: 'failing' },
		{ says: 'R2.2 loss just under the threshold is not over', series: '0 0 0 0 29.9', expect: 'clean' },
		{ says: 'R2.2 one over sample in five is lossy by default', series: '0 30 0 0 0', expect: 'lossy' },
		{
			says: 'R2.2 one over sample of only three is lossy too, whatever their number',
			series: '. . 80 0 0',
			expect: 'lossy',
		},
		{
			says: 'R2.2 two over samples are not lossy where three are asked for',
			series: '0 0 0 80 80',
			with: { failoverSamples: 3 },
			expect: 'clean',
		},
		{
			says: 'R2.2 three over samples are lossy where three are asked for',
			series: '0 0 80 80 80',
			with: { failoverSamples: 3 },
			expect: 'failing',
		},
		{
			says: 'R2.2 latency does not count unless it is switched on',
			series: '0/900 0/900 0/900',
			expect: 'clean',
		},
		{
			says: 'R2.2 latency at its threshold is over',
			series: '0/10 0/10 0/200',
			with: { latencyThresholdMs: 200 },
			expect: 'failing',
		},
		{
			says: 'R2.2 latency just under its threshold is not over',
			series: '0/10 0/10 0/199',
			with: { latencyThresholdMs: 200 },
			expect: 'clean',
		},
		{
			says: 'R1.2 a null latency is neither over nor under',
			series: '0/_ 0/_ 0/_',
			with: { latencyThresholdMs: 200 },
			expect: 'clean',
		},
		{
			says: 'R1.2 latency of a sample without loss is unmeasured',
			series: '0/10 0/10 0/10 _/900',
			with: { latencyThresholdMs: 200 },
			expect: 'clean',
		},
		{ says: 'R2.3 loss in the newest sample is still failing', series: '0 0 0 0 80', expect: 'failing' },
		{ says: 'R2.3 loss in the newest but one is still failing', series: '0 0 0 80 0', expect: 'failing' },
		{
			says: 'R2.3 old loss with two clean newest samples moves nobody',
			series: '80 80 80 0 0',
			expect: 'lossy',
		},
		{
			says: 'R2.3 nulls at the end do not hide the newest two measured samples',
			series: '0 0 80 _ _',
			expect: 'failing',
		},
		{ says: 'R2.3 a null between the newest two is passed over', series: '0 0 80 _ 0', expect: 'failing' },
		{
			says: 'R2.3 over in the newest two without enough over samples is not failing',
			series: '0 0 0 0 80',
			with: { failoverSamples: 2 },
			expect: 'clean',
		},
		{
			says: 'R2.3 an over latency in the newest two is still failing',
			series: '0/10 0/10 0/10 0/900 0/10',
			with: { latencyThresholdMs: 200 },
			expect: 'failing',
		},
	];
	test.each(rows)('$says', ({ series, with: changes, expect: expected }) => {
		const health = healthOf(series, changes);
		expect(health.kind === 'measured' ? health.loss : health.why).toBe(expected);
	});

	test('R1.2 a null sample is never over (trap 4: null loss)', () => {
		const [unmeasured] = samples('_');
		expect(unmeasured?.lossPercent).toBeNull();
		expect(inWords(healthOf('0 0 0 _ _'))).not.toMatch(/lossy|failing/);
	});

	test('R2.2 a sample over by both thresholds is one over sample', () => {
		expect(
			inWords(healthOf('0/1 0/1 0/1 0/1 80/900', { failoverSamples: 2, latencyThresholdMs: 200 })),
		).toMatch(/^clean/);
		expect(isBadSample({ sampledAt: NOW, lossPercent: 80, latencyMs: 900 }, settings())).toBe(true);
	});
});

describe('R2.4 recovered', () => {
	const rows: { says: string; series: string; with?: Partial<Settings>; expect: string }[] = [
		{ says: 'five clean slots have recovered', series: '0 0 0 0 0', expect: 'yes' },
		{ says: 'one unmeasured slot in five is allowed', series: '0 0 _ 0 0', expect: 'yes' },
		{ says: 'one missing minute in five is allowed as well', series: '0 . 0 0 0', expect: 'yes' },
		{ says: 'two missing minutes are too many', series: '0 . 0 . 0', expect: 'no' },
		{ says: 'two unmeasured slots in five are too many', series: '0 _ 0 _ 0', expect: 'no' },
		{ says: 'two unmeasured slots in a row are too many', series: '0 _ _ 0 0', expect: 'no' },
		{ says: 'the slot R minutes back must be measured', series: '_ 0 0 0 0', expect: 'no' },
		{ says: 'the slot R minutes back must not be missing', series: '. 0 0 0 0', expect: 'no' },
		{ says: 'loss over the recovery threshold prevents it', series: '0 0 1 0 0', expect: 'no' },
		{
			says: 'loss at the recovery threshold does not prevent it',
			series: '5 5 5 5 5',
			with: { recoveryThresholdPercent: 5 },
			expect: 'yes',
		},
		{
			says: 'loss just over the recovery threshold does',
			series: '5 5 5.1 5 5',
			with: { recoveryThresholdPercent: 5 },
			expect: 'no',
		},
		{
			says: 'latency over its threshold prevents it, also where too few are over to be lossy',
			series: '0/1 0/900 0/1 0/1 0/1',
			with: { latencyThresholdMs: 200, failoverSamples: 2 },
			expect: 'no',
		},
		{
			says: 'a null latency does not prevent it',
			series: '0/_ 0/_ 0/_ 0/_ 0/_',
			with: { latencyThresholdMs: 200 },
			expect: 'yes',
		},
		{
			says: 'lossy wins over recovered',
			series: '80 0 0 0 0',
			with: { recoveryMinutes: 3 },
			expect: 'no',
		},
		{
			says: 'a shorter time looks at fewer slots',
			series: '9 9 0 0 0',
			with: { recoveryMinutes: 3 },
			expect: 'yes',
		},
		{ says: 'one slot is the newest sample', series: '9 9 0', with: { recoveryMinutes: 1 }, expect: 'yes' },
		{
			says: 'one trailing null (the API has not filled it in yet) is one unmeasured slot',
			series: '0 0 0 0 0 _',
			expect: 'yes',
		},
		{ says: 'two trailing nulls are too many', series: '0 0 0 0 0 _ _', expect: 'no' },
		{ says: 'a trailing null and another one in five are too many', series: '0 0 _ 0 0 _', expect: 'no' },
		{
			says: 'a trailing null and another one more than five slots apart are allowed',
			series: '0 _ 0 0 0 0 _',
			with: { recoveryMinutes: 6 },
			expect: 'yes',
		},
		{
			says: 'seven slots may have two unmeasured ones five apart',
			series: '0 _ 0 0 0 0 _ 0',
			with: { recoveryMinutes: 8 },
			expect: 'yes',
		},
		{
			says: 'and not four apart',
			series: '0 0 _ 0 0 0 _ 0',
			with: { recoveryMinutes: 8 },
			expect: 'no',
		},
		{
			says: 'loss in an old slot outside of the window prevents it as well',
			series: '80 0 0 0 0 0 0 0 0 0',
			with: { recoveryMinutes: 10 },
			expect: 'no',
		},
	];
	test.each(rows)('R2.4 $says', ({ series, with: changes, expect: expected }) => {
		const health = healthOf(series, changes, READ_ALL);
		expect(health.kind === 'measured' ? health.recovered : health.why).toBe(expected);
	});

	const ending = (newestAge: number) => samples('0 0 0 0 0', { lagMs: newestAge, offsetMs: 0 });
	test('R2.4 the newest measured sample may be 4 minutes old and not a millisecond more', () => {
		const known = settings();
		const at = (age: number) => {
			const health = seriesHealth(ending(age), known, NOW, READ_ALL);
			return health.kind === 'measured' ? health.recovered : health.why;
		};
		expect(at(4 * MINUTE_MS)).toBe('yes');
		expect(at(4 * MINUTE_MS + 1)).toBe('no');
	});

	test('R2.4 a sample up to 30 s off its minute fills the slot; 30 s and a millisecond does not', () => {
		const shifted = (byMs: number) => {
			const list = samples('0 . 0 0 0');
			const [oldest] = list;
			const health = seriesHealth(
				[
					...list,
					{ sampledAt: (oldest?.sampledAt ?? 0) + MINUTE_MS + byMs, lossPercent: 3, latencyMs: null },
				].sort((one, other) => one.sampledAt - other.sampledAt),
				settings(),
				NOW,
				READ_ALL,
			);
			return health.kind === 'measured' ? health.recovered : health.why;
		};
		// In the slot its 3 % prevents recovery; out of every slot it is not looked at, and the slot is unmeasured.
		expect(shifted(30_000)).toBe('no');
		expect(shifted(-30_000)).toBe('no');
		expect(shifted(30_001)).toBe('yes');
		expect(shifted(-30_001)).toBe('yes');
	});

	test('R2.4 slots that were not read are asked for before they count as unmeasured', () => {
		const notRead = healthOf('0 0 0 0 0', { recoveryMinutes: 10 });
		expect(inWords(notRead)).toBe('clean, recovered: unknown');
		const read = healthOf('0 0 0 0 0', { recoveryMinutes: 10 }, READ_ALL);
		expect(inWords(read)).toBe('clean, recovered: no');
	});

	test('R2.4 a slot counts as read only where every sample that could fill it was', () => {
		const [oldest] = samples('0 0 0 0 0 _');
		const slotAt = oldest?.sampledAt ?? 0;
		const known = (since: number) => inWords(healthOf('. 0 0 0 0 _', {}, since));
		expect(known(slotAt - 30_000)).toBe('clean, recovered: unknown');
		expect(known(slotAt - 30_001)).toBe('clean, recovered: no');
	});

	test.each([5, 10, 40])('R2.4 five clean samples every %d s are no five minutes', (seconds) => {
		const newestAt = NOW - 2 * MINUTE_MS;
		const close = [4, 3, 2, 1, 0].map((back) => ({
			sampledAt: newestAt - back * seconds * 1000,
			lossPercent: 0,
			latencyMs: null,
		}));
		expect(inWords(seriesHealth(close, settings(), NOW, READ_ALL))).toBe('clean, recovered: no');
	});

	test('R2.4 history is not asked for where what was read already says no', () => {
		expect(inWords(healthOf('0 0 3 0 0', { recoveryMinutes: 10 }))).toBe('clean, recovered: no');
		expect(inWords(healthOf('0 _ 0 _ 0', { recoveryMinutes: 10 }))).toBe('clean, recovered: no');
		expect(inWords(healthOf('0 0 0 0 80', { recoveryMinutes: 10 }))).toBe('failing, recovered: no');
	});

	test('R2.4 sixty clean minutes are recovered, fifty-nine and one lossy minute are not', () => {
		const minutes = (first: string) => [first, ...Array.from({ length: 59 }, () => '0')].join(' ');
		const at = (series: string) => inWords(healthOf(series, { recoveryMinutes: 60 }, READ_ALL));
		expect(at(minutes('0'))).toBe('clean, recovered: yes');
		expect(at(minutes('1'))).toBe('clean, recovered: no');
	});

	test('R2.4 of two samples in one slot the nearest counts', () => {
		const list = [...samples('0 0 0 0 0'), ...samples('9', { lagMs: 4 * MINUTE_MS, offsetMs: 30_000 })].sort(
			(one, other) => one.sampledAt - other.sampledAt,
		);
		expect(inWords(seriesHealth(list, settings(), NOW))).toBe('clean, recovered: yes');
	});
});

describe('R1.3 health over several judged rows', () => {
	const rows: { says: string; lists: string[]; lossyWhen: 'any' | 'all'; expect: string }[] = [
		{
			says: 'any: one failing row is enough',
			lists: ['0 0 0', '0 0 80'],
			lossyWhen: 'any',
			expect: 'failing, recovered: no',
		},
		{
			says: 'any: one lossy row is lossy',
			lists: ['0 0 0', '80 0 0'],
			lossyWhen: 'any',
			expect: 'lossy, recovered: no',
		},
		{
			says: 'any: recovered only if all rows are',
			lists: ['0 0 0 0 0', '0 0 3 0 0'],
			lossyWhen: 'any',
			expect: 'clean, recovered: no',
		},
		{
			says: 'any: all rows recovered is recovered',
			lists: ['0 0 0 0 0', '0 0 0 0 0'],
			lossyWhen: 'any',
			expect: 'clean, recovered: yes',
		},
		{
			says: 'any: a row with too few samples is not recovered',
			lists: ['0 0 0 0 0', '0 0'],
			lossyWhen: 'any',
			expect: 'clean, recovered: no',
		},
		{
			says: 'any: rows without samples do not count',
			lists: ['0 0 0 0 0', ''],
			lossyWhen: 'any',
			expect: 'clean, recovered: yes',
		},
		{
			says: 'any: a slot that was not read leaves it open',
			lists: ['0 0 0 0 0', '. 0 0 0 0 _'],
			lossyWhen: 'any',
			expect: 'clean, recovered: unknown',
		},
		{
			says: 'all: one failing row of two is not lossy',
			lists: ['0 0 0', '0 0 80'],
			lossyWhen: 'all',
			expect: 'clean, recovered: no',
		},
		{
			says: 'all: all rows failing is failing',
			lists: ['0 0 90', '0 0 80'],
			lossyWhen: 'all',
			expect: 'failing, recovered: no',
		},
		{
			says: 'all: one failing and one lossy row are lossy',
			lists: ['0 0 90', '80 0 0'],
			lossyWhen: 'all',
			expect: 'lossy, recovered: no',
		},
		{
			says: 'all: recovered if one row is',
			lists: ['0 0 0 0 0', '0 0 0 0 80'],
			lossyWhen: 'all',
			expect: 'clean, recovered: yes',
		},
		{
			says: 'R2.2 all: enough bad samples make a row lossy, even if fewer than 3 are measured',
			lists: ['0 0 80', '80 80'],
			lossyWhen: 'all',
			expect: 'lossy, recovered: no',
		},
		{
			says: 'all: rows without samples do not count',
			lists: ['0 0 80', ''],
			lossyWhen: 'all',
			expect: 'failing, recovered: no',
		},
		{
			says: 'all: a slot that was not read leaves it open',
			lists: ['. 0 0 0 0 _', '0 0 0 0 80'],
			lossyWhen: 'all',
			expect: 'clean, recovered: unknown',
		},
		{ says: 'no row with samples is no data', lists: ['', ''], lossyWhen: 'any', expect: 'noSamples' },
		{ says: 'no row at all is no data', lists: [], lossyWhen: 'all', expect: 'noSamples' },
		{
			says: 'only rows with too few samples are no data',
			lists: ['80', ''],
			lossyWhen: 'any',
			expect: 'tooFewSamples',
		},
	];
	test.each(rows)('R1.3 $says', ({ lists, lossyWhen, expect: expected }) => {
		const series = lists.map((list, at) => ({
			serial: 'Q',
			uplink: `wan${at + 1}`,
			ip: '203.0.113.10',
			samples: samples(list),
		}));
		expect(inWords(peerHealth(series, settings({ lossyWhen }), NOW))).toBe(expected);
	});
});

describe('R3.4 clearly better', () => {
	const rows = [
		{
			says: 'twenty points better and newest under the threshold',
			candidate: '60 60 0',
			active: '60 60 60',
			expect: true,
		},
		{
			says: 'less than twenty points is not clearly better',
			candidate: '41 0 0',
			active: '33 33 34',
			expect: false,
		},
		{ says: 'newest at the threshold is not', candidate: '0 0 30', active: '90 90 90', expect: false },
		{
			says: 'newest just under the threshold is',
			candidate: '40 30 29',
			active: '100 100 100',
			expect: true,
		},
		{
			says: 'only the newest three of it count',
			candidate: '100 100 10 10 10',
			active: '90 90 90',
			expect: true,
		},
		{
			says: 'only the newest three of the active peer count',
			candidate: '40 0 0',
			active: '100 100 20 20 20',
			expect: false,
		},
		{
			says: 'nulls are passed over for its newest',
			candidate: '0 0 30 _',
			active: '90 90 90',
			expect: false,
		},
		{ says: 'nulls are no clean minutes', candidate: '90 90 0 _ _', active: '60 60 60', expect: false },
		{ says: 'nulls are passed over', candidate: '40 _ 20 _ 0 _', active: '90 90 90 _', expect: true },
		{ says: 'two samples are too few of it', candidate: '0 0', active: '90 90 90', expect: false },
		{
			says: 'two samples are too few of the active peer',
			candidate: '0 0 0',
			active: '90 90',
			expect: false,
		},
		{ says: 'nothing measured is never better', candidate: '_ _ _', active: '90 90 90', expect: false },
		{ says: 'exactly twenty points are enough', candidate: '20 20 20', active: '40 40 40', expect: true },
	];
	test.each(rows)('R3.4 $says', ({ candidate, active, expect: expected }) => {
		expect(isClearlyBetter(samples(candidate), samples(active), settings())).toBe(expected);
	});
});
