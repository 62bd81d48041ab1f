import { DEFAULT_SETTINGS, settingProblems } from '../../core/settings';
import type { Settings } from '../../core/settings';

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
		{ says: 'R8.1 a repeat each quarter of an hour', with: { repeatIntervalMs: HOUR_MS / 4 }, expect: [] },
		{
			says: 'R8.1 a repeat each minute',
			with: { repeatIntervalMs: 60_000 },
			expect: ['Repeat Messages Every'],
		},
		{
			says: 'R7 a tag format that cannot be used',
			with: { tagFormat: { ...DEFAULT_SETTINGS.tagFormat, downWord: 'up' } },
			expect: ['Word for Down'],
		},
		{
			says: 'R4.3 maintenance all day and over midnight',
			with: { maintenance: [weekly, { ...weekly, fromMinute: 1320, untilMinute: 120 }, once] },
			expect: [],
		},
		{
			says: 'R4.3 an unknown time zone',
			with: { maintenance: [{ ...weekly, timeZone: 'Europe/Nowhere' }] },
			expect: ['Maintenance Windows'],
		},
		{
			says: 'R4.3 a time after 24:00',
			with: { maintenance: [{ ...weekly, untilMinute: 1441 }] },
			expect: ['Maintenance Windows'],
		},
		{
			says: 'R4.3 no day',
			with: { maintenance: [{ ...weekly, weekdays: [] }] },
			expect: ['Maintenance Windows'],
		},
		{
			says: 'R4.3 an end before the beginning',
			with: { maintenance: [{ ...once, until: once.from }] },
			expect: ['Maintenance Windows'],
		},
		{
			says: 'R4.3 a beginning that is no time',
			with: { maintenance: [{ ...once, from: 'tonight' }] },
			expect: ['Maintenance Windows'],
		},
		{
			says: 'R5.1 a share over 100 %',
			with: { failoverLimit: { networks: 10, sharePercent: 101, above: 'confirm' } },
			expect: ['Failover Limit Share'],
		},
		{ says: 'R5.2 no swap back at all', with: { swapBacksPerRun: 0 }, expect: ['Swap Backs per Run'] },
	];
	test.each(rows)('$says', ({ with: changes, expect: expected }) => {
		expect([...new Set(problems(changes))]).toEqual(expected);
	});
});
