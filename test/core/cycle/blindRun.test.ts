import { MINUTE_MS } from '../../../core/domain/time';
import { concludeBlindRun, endOfBlindness, followBlindness } from '../../../core/cycle/blindRun';
import { EMPTY_ORGANIZATION_MEMORY } from '../../../core/memory/memory';
import type { Failures } from '../../../core/memory/memory';
import type { TellingRules } from '../../../core/notify/dedup';
import { ORGANIZATION } from '../../support/branch';
import { NO_CALLS } from '../../support/run';
import { NOW } from '../../support/series';

const HOUR_MS = 60 * MINUTE_MS;
const REPEAT_MS = 4 * HOUR_MS;

function rules(now: number, memory: TellingRules['memory'] = 'kept'): TellingRules {
	return { now, repeatIntervalMs: REPEAT_MS, memory };
}

describe('R8.5 blind', () => {
	/** Failing runs at these times, and which of them tell. */
	function told(times: readonly number[]): boolean[] {
		let failures: Failures | null = null;
		return times.map((at) => {
			const followed = followBlindness(failures, rules(NOW + at));
			failures = JSON.parse(JSON.stringify(followed.failures)) as Failures;
			return followed.isToldNow;
		});
	}

	const rows = [
		{
			says: 'the third run in a row tells, and it is told once',
			times: [0, 30_000, 60_000, 90_000],
			expect: [false, false, true, false],
		},
		{
			says: 'five minutes tell, be it the second run',
			times: [0, 5 * MINUTE_MS, 6 * MINUTE_MS],
			expect: [false, true, false],
		},
		{
			says: 'a moment less does not',
			times: [0, 5 * MINUTE_MS - 1, 5 * MINUTE_MS],
			expect: [false, false, true],
		},
		{
			says: 'it is told again after the repeat interval',
			times: [0, 1, 2, REPEAT_MS + 1, REPEAT_MS + 2, REPEAT_MS + 3],
			expect: [false, false, true, false, true, false],
		},
	];
	test.each(rows)('R8.5 $says', ({ times, expect: expected }) => {
		expect(told(times)).toEqual(expected);
	});

	test('R8.5 a button press tells at once', () => {
		expect(followBlindness(null, rules(NOW, 'manual')).isToldNow).toBe(true);
	});

	test('R8.8 without memory blindness is told in the first run of the interval, and in no other', () => {
		expect(followBlindness(null, rules(Date.UTC(2026, 0, 15, 4), 'none')).isToldNow).toBe(true);
		expect(followBlindness(null, rules(Date.UTC(2026, 0, 15, 5), 'none')).isToldNow).toBe(false);
	});

	test('R8.5 the end is told if the blindness was', () => {
		expect(endOfBlindness(null)).toEqual([]);
		expect(endOfBlindness({ count: 2, since: NOW, toldAt: null })).toEqual([]);
		expect(endOfBlindness({ count: 3, since: 5, toldAt: NOW })).toEqual([
			{
				fingerprint: '',
				since: 5,
				toldAt: NOW,
				title: 'Meraki API cannot be read: no branch will be moved',
			},
		]);
	});

	test('R8.5 a blind run decides nothing, keeps the memory and quotes Meraki', () => {
		const memory = {
			...EMPTY_ORGANIZATION_MEMORY,
			name: 'Acme',
			evaluatedAt: 7,
			failures: { count: 2, since: NOW - 60_000, toldAt: null },
		};
		const run = concludeBlindRun({
			organization: ORGANIZATION,
			why: 'Invalid API key',
			memory,
			rules: rules(NOW),
			api: NO_CALLS,
		});
		expect(run.memory).toEqual({ ...memory, failures: { count: 3, since: NOW - 60_000, toldAt: NOW } });
		expect(run.alert).toMatchObject({ kind: 'alert', severity: 'critical', organizationId: '1001' });
		expect(run.alert?.title).toMatch(/^Acme: Meraki API cannot be read/);
		expect(run.alert?.sections[0]).toMatchObject({
			nextStep: 'Branches stay where they are until Meraki can be read again.',
			rows: [{ explanation: 'Invalid API key' }],
		});
		expect(run.summary).toEqual({
			kind: 'merakiVpnSummary',
			schema: 1,
			organizationId: '1001',
			organizationName: 'Acme',
			status: 'blind',
			evaluatedAt: null,
			newestSampleAt: null,
			networks: 0,
			managedNetworks: 0,
			onPrimary: 0,
			offPrimary: 0,
			swapsNeeded: 0,
			reasons: {},
			offPrimaryNetworks: [],
			warnings: ['Invalid API key'],
			api: NO_CALLS,
		});
	});

	test('R8.5 a first blind run tells nothing and starts a memory', () => {
		const run = concludeBlindRun({
			organization: ORGANIZATION,
			why: 'x',
			memory: null,
			rules: rules(NOW + 2 * HOUR_MS, 'none'),
			api: NO_CALLS,
		});
		expect(run.alert).toBeNull();
		expect(run.memory.failures).toEqual({ count: 1, since: NOW + 2 * HOUR_MS, toldAt: null });
	});
});
