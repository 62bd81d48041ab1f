import { DEFAULT_SETTINGS, settingProblems } from '../../../core/settings/settings';
import type { Settings } from '../../../core/settings/settings';

const HOUR_MS = 3_600_000;

/** The names of the settings that have a problem. */
function problems(changes: Partial<Settings>): string[] {
	return settingProblems({ ...DEFAULT_SETTINGS, ...changes }).map(({ setting }) => setting);
}

describe('settings that are refused', () => {
	const weekly = {
		kind: 'weekly',
		networkTag: null,
		timeZone: 'Europe/Berlin',
		weekdays: [1],
		fromMinute: 0,
		untilMinute: 1440,
	} as const;
	const once = {
		kind: 'once',
		networkTag: null,
		timeZone: 'UTC',
		from: '2026-01-01T22:00',
		until: '2026-01-02T02:00',
	} as const;
	const rows: { says: string; with: Partial<Settings>; expect: string[] }[] = [
		{ says: 'the defaults have no problem', with: {}, expect: [] },
		{
			says: 'R2.2 a loss threshold of 100 % is the highest',
			with: { lossThresholdPercent: 100 },
			expect: [],
		},
		{
			says: 'R2.2 a loss threshold over 100 %',
			with: { lossThresholdPercent: 100.1 },
			expect: ['Loss Threshold'],
		},
		{
			says: 'R2.2 a loss threshold of 0 %',
			with: { lossThresholdPercent: 0, recoveryThresholdPercent: -1 },
			expect: ['Loss Threshold', 'Recovery Threshold'],
		},
		{
			says: 'R2.2 a loss threshold that is no number',
			with: { lossThresholdPercent: NaN },
			expect: ['Loss Threshold'],
		},
		{ says: 'R2.2 latency off', with: { latencyThresholdMs: null }, expect: [] },
		{ says: 'R2.2 a latency threshold of 0', with: { latencyThresholdMs: 0 }, expect: ['Latency Threshold'] },
		{ says: 'R2.1 a window of 3 minutes', with: { windowMinutes: 3 }, expect: [] },
		{ says: 'R2.1 a window under 3 minutes', with: { windowMinutes: 2.9 }, expect: ['Window'] },
		{ says: 'R2.1 a window over 5 minutes', with: { windowMinutes: 5.1 }, expect: ['Window'] },
		{ says: 'R2.2 no sample over', with: { failoverSamples: 0 }, expect: ['Bad Samples to Fail Over'] },
		{ says: 'R2.2 half a sample over', with: { failoverSamples: 1.5 }, expect: ['Bad Samples to Fail Over'] },
		{
			says: 'R2.2 more samples over than the window has minutes',
			with: { failoverSamples: 4, windowMinutes: 3 },
			expect: ['Bad Samples to Fail Over'],
		},
		{ says: 'R2.4 a recovery of 60 minutes', with: { recoveryMinutes: 60 }, expect: [] },
		{ says: 'R2.4 a recovery of 61 minutes', with: { recoveryMinutes: 61 }, expect: ['Swap Back After'] },
		{ says: 'R2.4 a recovery of no minute', with: { recoveryMinutes: 0 }, expect: ['Swap Back After'] },
		{ says: 'R2.4 a recovery of 2.5 minutes', with: { recoveryMinutes: 2.5 }, expect: ['Swap Back After'] },
		{
			says: 'R2.4 recovery just under failover threshold',
			with: { recoveryThresholdPercent: 29.9 },
			expect: [],
		},
		{
			says: 'R2.4 recovery at failover threshold, where over means at or over',
			with: { recoveryThresholdPercent: 30 },
			expect: ['Recovery Threshold'],
		},
		{
			says: 'R2.4 recovery over failover threshold',
			with: { recoveryThresholdPercent: 40 },
			expect: ['Recovery Threshold'],
		},
		{ says: 'R4.2 an empty hold tag', with: { holdTag: '' }, expect: ['Hold Tag'] },
		{ says: 'R4.2 a hold tag with a blank', with: { holdTag: 'on hold' }, expect: ['Hold Tag'] },
		{
			says: 'R1.3 no chosen uplink',
			with: { judgedUplinks: { kind: 'chosen', uplinks: [] } },
			expect: ['Judged Uplinks'],
		},
		{
			says: 'no listed IP',
			with: { trackedIps: { kind: 'listed', ipsByPeer: new Map() } },
			expect: ['Listed IPs'],
		},
		{
			says: 'an empty network tag',
			with: { networks: { kind: 'withTag', tag: '' } },
			expect: ['Filter Tag'],
		},
		{
			says: 'no listed network',
			with: { networks: { kind: 'listed', networkIds: [] } },
			expect: ['Network IDs'],
		},
		{
			says: 'choices that are made',
			with: {
				judgedUplinks: { kind: 'chosen', uplinks: ['wan1'] },
				trackedIps: { kind: 'listed', ipsByPeer: new Map([['a', ['b']]]) },
				networks: { kind: 'withTag', tag: 'pilot' },
			},
			expect: [],
		},
		{ says: 'R8.5 a repeat each quarter of an hour', with: { repeatIntervalMs: HOUR_MS / 4 }, expect: [] },
		{
			says: 'R8.5 a repeat each minute',
			with: { repeatIntervalMs: 60_000 },
			expect: ['Repeat Messages Every'],
		},
		{
			says: 'R7 a tag format that cannot be used',
			with: { tagFormat: { ...DEFAULT_SETTINGS.tagFormat, downWord: 'up' } },
			expect: ['Word for Down'],
		},
		{
			says: 'R4.4 maintenance all day and over midnight',
			with: { maintenance: [weekly, { ...weekly, fromMinute: 1320, untilMinute: 120 }, once] },
			expect: [],
		},
		{
			says: 'R4.4 an unknown time zone',
			with: { maintenance: [{ ...weekly, timeZone: 'Europe/Nowhere' }] },
			expect: ['Maintenance Windows'],
		},
		{
			says: 'R4.4 a time after 24:00',
			with: { maintenance: [{ ...weekly, untilMinute: 1441 }] },
			expect: ['Maintenance Windows'],
		},
		{
			says: 'R4.4 no day',
			with: { maintenance: [{ ...weekly, weekdays: [] }] },
			expect: ['Maintenance Windows'],
		},
		{
			says: 'R4.4 an end before the beginning',
			with: { maintenance: [{ ...once, until: once.from }] },
			expect: ['Maintenance Windows'],
		},
		{
			says: 'R4.4 a beginning that is no time',
			with: { maintenance: [{ ...once, from: 'tonight' }] },
			expect: ['Maintenance Windows'],
		},
		{
			says: 'R5.1 a share over 100 %',
			with: { massFailover: { sharePercent: 101, above: 'confirm' } },
			expect: ['Mass Failover Share'],
		},
		{ says: 'R5.2 no swap back at all', with: { swapBacksPerRun: 0 }, expect: ['Swap Backs per Run'] },
	];
	test.each(rows)('$says', ({ with: changes, expect: expected }) => {
		expect([...new Set(problems(changes))]).toEqual(expected);
	});
});

describe('what a refusal says', () => {
	const words = (changes: Partial<Settings>) =>
		settingProblems({ ...DEFAULT_SETTINGS, ...changes }).map(
			({ setting, problem }) => `${setting} ${problem}.`,
		);
	const { massFailover, tagFormat } = DEFAULT_SETTINGS;
	const weekly = {
		kind: 'weekly',
		networkTag: null,
		timeZone: 'UTC',
		weekdays: [1],
		fromMinute: 0,
		untilMinute: 60,
	} as const;
	const once = { kind: 'once', networkTag: null, timeZone: 'UTC' } as const;
	const windows = (...maintenance: Settings['maintenance']) => words({ maintenance });
	const TIMES = 'Maintenance Windows needs its times as 22:00, from 00:00 to 24:00.';
	const DATES = 'Maintenance Windows needs a date and a time for its beginning and its end.';
	const rows: { says: string; told: () => string[]; expect: string[] }[] = [
		{
			says: 'numbers out of their range, with the range, the unit and the number',
			told: () =>
				words({
					lossThresholdPercent: 101,
					latencyThresholdMs: 60_001,
					windowMinutes: 6,
					failoverSamples: 6,
					recoveryMinutes: 61,
					recoveryThresholdPercent: -1,
					repeatIntervalMs: 169 * HOUR_MS,
					massFailover: { ...massFailover, sharePercent: 101 },
					swapBacksPerRun: 0,
				}),
			expect: [
				'Loss Threshold must be from 0.1 to 100 percent, but is 101.',
				'Latency Threshold must be from 1 to 60000 milliseconds, but is 60001.',
				'Window must be from 3 to 5 minutes, but is 6.',
				'Bad Samples to Fail Over must be from 1 to 5 samples, but is 6.',
				'Swap Back After must be from 1 to 60 minutes, but is 61.',
				'Recovery Threshold must be from 0 to 100 percent, but is -1.',
				'Repeat Messages Every must be from 0.25 to 168 hours, but is 169.',
				'Mass Failover Share must be from 0 to 100 percent, but is 101.',
				'Swap Backs per Run must be from 1 to 10000 networks, but is 0.',
			],
		},
		{
			says: 'fractions of what is counted',
			told: () => words({ failoverSamples: 1.5 }),
			expect: ['Bad Samples to Fail Over must be a whole number, but is 1.5.'],
		},
		{
			says: 'a recovery that the failover undoes',
			told: () => words({ recoveryThresholdPercent: 30 }),
			expect: [
				'Recovery Threshold must be below the Loss Threshold (30 %), or a branch would swap back onto a lossy peer.',
			],
		},
		{
			says: 'more samples than minutes, and as many are in order',
			told: () => [
				...words({ failoverSamples: 4, windowMinutes: 3 }),
				...words({ failoverSamples: 3, windowMinutes: 3 }),
			],
			expect: ['Bad Samples to Fail Over must not exceed the minutes of the Window.'],
		},
		{
			says: 'a hold tag that Meraki would refuse',
			told: () => words({ holdTag: 'on hold' }),
			expect: ['Hold Tag must be 1 to 255 letters, digits, dots, dashes or underscores.'],
		},
		{
			says: 'R4.2 a hold tag that is a VPN tag: Release Hold would take the peer off',
			told: () => [
				...words({ holdTag: 'london_primary_up' }),
				...words({ holdTag: 'london_primary_up', tagFormat: { ...tagFormat, upWord: 'on' } }),
				...words({ holdTag: 'london_primary', tagFormat }),
			],
			expect: ['Hold Tag must not be a VPN tag, and london_primary_up is one.'],
		},
		{
			says: 'choices that are not made',
			told: () => [
				...words({ judgedUplinks: { kind: 'chosen', uplinks: [] } }),
				...words({ trackedIps: { kind: 'listed', ipsByPeer: new Map() } }),
				...words({ networks: { kind: 'withTag', tag: '' } }),
				...words({ networks: { kind: 'listed', networkIds: [] } }),
				...words({ networks: { kind: 'listed', networkIds: ['N_1'] } }),
			],
			expect: [
				'Judged Uplinks needs at least one uplink.',
				'Listed IPs needs at least one peer with its tracked IP.',
				'Filter Tag must not be empty.',
				'Network IDs needs at least one network.',
			],
		},
		{
			says: 'R4.4 times of day that there are not',
			told: () =>
				windows(
					{ ...weekly, untilMinute: 1440 },
					{ ...weekly, untilMinute: 1441 },
					{ ...weekly, fromMinute: -1 },
					{ ...weekly, fromMinute: 0.5 },
				),
			expect: [TIMES, TIMES, TIMES],
		},
		{
			says: 'R4.4 no day, and a time zone that nobody knows',
			told: () => windows({ ...weekly, weekdays: [] }, { ...weekly, timeZone: 'Europe/Nowhere' }),
			expect: [
				'Maintenance Windows needs at least one day.',
				'Maintenance Windows names the time zone Europe/Nowhere, which is not known.',
			],
		},
		{
			says: 'R4.4 a beginning or an end that is no time, and an end before the beginning',
			told: () =>
				windows(
					{ ...once, from: '2026-01-01T22:00', until: '2026-01-01T23:00' },
					{ ...once, from: 'tonight', until: '2026-01-01T23:00' },
					{ ...once, from: '2026-01-01T22:00', until: 'never' },
					{ ...once, from: 'on 2026-01-01T22:00', until: 'on 2026-01-01T23:00' },
					{ ...once, from: '2026-01-01T22:00Z', until: '2026-01-01T23:00Z' },
					{ ...once, from: '2026-01-01T22:00', until: '2026-01-01T22:00' },
				),
			expect: [DATES, DATES, DATES, DATES, 'Maintenance Windows must end after it begins.'],
		},
		{
			says: 'tags that could not be read back',
			told: () =>
				words({
					tagFormat: { ...tagFormat, format: '{peer}{role}_{state}', upWord: 'a b', downWord: 'a b' },
				}),
			expect: [
				'Word for Up must be letters, digits, dots, dashes or underscores, without spaces.',
				'Word for Down must be letters, digits, dots, dashes or underscores, without spaces.',
				'Word for Down must differ from the up word.',
				'Tag Format needs a character such as _ between two placeholders, or tags could be read in two ways.',
			],
		},
	];
	test.each(rows)('$says', ({ told, expect: expected }) => {
		expect(told()).toEqual(expected);
	});

	test.each([
		['{peer}_{role}', 'must hold {state} exactly once'],
		['{peer}_{peer}_{role}_{state}', 'must hold {peer} exactly once'],
		['{group}_{group}_{peer}_{role}_{state}', 'may hold {group} only once'],
		[
			'{peer} {role}_{state}',
			'may hold only letters, digits, dots, dashes and underscores around its placeholders',
		],
	])('the format %s %s', (format, problem) => {
		expect(words({ tagFormat: { ...tagFormat, format } })).toEqual([`Tag Format ${problem}.`]);
	});

	test('words of two roles that could not be told apart', () => {
		expect(words({ tagFormat: { ...tagFormat, primaryWord: 'backup2' } })).toEqual([
			'Word for Backup must differ from the primary word, also with a number behind it.',
		]);
	});
});
