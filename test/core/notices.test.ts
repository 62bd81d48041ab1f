import { concludeBlindRun, endOfBlindness, followBlindness } from '../../core/blindness';
import { EMPTY_ORGANIZATION_MEMORY } from '../../core/memory';
import type { Failures, Told } from '../../core/memory';
import { tell } from '../../core/notices';
import type { Condition, TellingRules } from '../../core/notices';
import { organizationRow, unreadableConditions } from '../../core/organizationConditions';
import { MINUTE_MS } from '../../core/samples';
import { ORGANIZATION } from '../support/branch';
import { NO_CALLS } from '../support/run';
import { NOW } from '../support/series';

const HOUR_MS = 60 * MINUTE_MS;
const REPEAT_MS = 4 * HOUR_MS;

function condition(key: string, changes: Partial<Condition> = {}): Condition {
	return {
		key,
		fingerprint: '',
		tellAfterMs: 0,
		severity: 'warning',
		heading: 'Held',
		nextStep: '',
		incidentPeer: null,
		row: organizationRow('1001', ''),
		...changes,
	};
}

function rules(now: number, memory: TellingRules['memory'] = 'kept'): TellingRules {
	return { now, repeatIntervalMs: REPEAT_MS, memory };
}

describe('R8.1 told when new, changed, again each repeat interval, and when it ends', () => {
	/** Steps through runs with memory; each step's memory goes through JSON. */
	function steps(runs: readonly { at: number; is: readonly Condition[] }[]): string[] {
		let told: Readonly<Record<string, Told>> = {};
		return runs.map(({ at, is }) => {
			const telling = tell(is, told, rules(NOW + at));
			told = JSON.parse(JSON.stringify(telling.told)) as Record<string, Told>;
			const how = is.map(({ key }) => telling.notify.get(key) ?? 'missing');
			return [...how, ...telling.ended.map(({ title }) => `over: ${title}`)].join(', ');
		});
	}
	const held = condition('held');

	test('R8.1 told once while it lasts, again after 4 hours, and when it ends', () => {
		expect(
			steps([
				{ at: 0, is: [held] },
				{ at: 30_000, is: [held] },
				{ at: REPEAT_MS - 1, is: [held] },
				{ at: REPEAT_MS, is: [held] },
				{ at: REPEAT_MS + 30_000, is: [held] },
				{ at: REPEAT_MS + 60_000, is: [] },
				{ at: REPEAT_MS + 90_000, is: [] },
				{ at: REPEAT_MS + 120_000, is: [held] },
			]),
		).toEqual(['new', 'none', 'none', 'repeat', 'none', 'over: Held', '', 'new']);
	});

	test('R8.1 another fingerprint counts as changed, once', () => {
		const other = condition('held', { fingerprint: 'other' });
		expect(
			steps([
				{ at: 0, is: [held] },
				{ at: 30_000, is: [other] },
				{ at: 60_000, is: [other] },
			]),
		).toEqual(['new', 'changed', 'none']);
	});

	test('R8.1 each condition is told by itself', () => {
		expect(
			steps([
				{ at: 0, is: [held] },
				{ at: 30_000, is: [held, condition('other')] },
			]),
		).toEqual(['new', 'none, new']);
	});

	test('R8.2 what is told only after 10 minutes is told then, and not as over when it ended before', () => {
		const slow = condition('slow', { tellAfterMs: 10 * MINUTE_MS });
		expect(
			steps([
				{ at: 0, is: [slow] },
				{ at: 10 * MINUTE_MS - 1, is: [slow] },
				{ at: 10 * MINUTE_MS, is: [slow] },
				{ at: 11 * MINUTE_MS, is: [slow] },
				{ at: 12 * MINUTE_MS, is: [] },
			]),
		).toEqual(['none', 'none', 'new', 'none', 'over: Held']);
		expect(
			steps([
				{ at: 0, is: [slow] },
				{ at: 30_000, is: [] },
				{ at: 60_000, is: [slow] },
				{ at: 10 * MINUTE_MS, is: [slow] },
			]),
		).toEqual(['none', '', 'none', 'none']);
	});

	test('R8.1 a key such as __proto__ is a key like any other', () => {
		const odd = condition('__proto__');
		expect(
			steps([
				{ at: 0, is: [odd] },
				{ at: 30_000, is: [odd] },
				{ at: 60_000, is: [] },
			]),
		).toEqual(['new', 'none', 'over: Held']);
	});

	test('R8.1 somebody who pressed the button is told everything', () => {
		const told = { held: { fingerprint: '', since: NOW, toldAt: NOW, title: 'Held' } };
		expect(tell([held], told, rules(NOW, 'manual')).notify.get('held')).toBe('new');
	});

	test('R8.4 without memory a standing notice goes out only in the first run of each repeat interval by the clock', () => {
		const midnight = Date.UTC(2026, 0, 15);
		const at = (offset: number) => tell([held], {}, rules(midnight + offset, 'none')).notify.get('held');
		expect([0, 4 * HOUR_MS, 20 * HOUR_MS].map(at)).toEqual(['repeat', 'repeat', 'repeat']);
		expect([MINUTE_MS, HOUR_MS, 2 * HOUR_MS, 4 * HOUR_MS - 1].map(at)).toEqual([
			'none',
			'none',
			'none',
			'none',
		]);
	});

	test('R8.4 a day of runs each 30 s without memory tells a standing notice at most twice an interval', () => {
		let told = 0;
		for (let at = 0; at < 24 * HOUR_MS; at += 30_000) {
			if (tell([held], {}, rules(Date.UTC(2026, 0, 15) + at + 7_000, 'none')).notify.get('held') !== 'none')
				told += 1;
		}
		expect(told).toBeGreaterThanOrEqual(6);
		expect(told).toBeLessThanOrEqual(12);
	});
});

describe('R8.2 blind', () => {
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
	test.each(rows)('R8.2 $says', ({ times, expect: expected }) => {
		expect(told(times)).toEqual(expected);
	});

	test('R8.2 a button press tells at once', () => {
		expect(followBlindness(null, rules(NOW, 'manual')).isToldNow).toBe(true);
	});

	test('R8.4 without memory blindness is told in the first run of the interval, and in no other', () => {
		expect(followBlindness(null, rules(Date.UTC(2026, 0, 15, 4), 'none')).isToldNow).toBe(true);
		expect(followBlindness(null, rules(Date.UTC(2026, 0, 15, 5), 'none')).isToldNow).toBe(false);
	});

	test('R8.1 the end is told if the blindness was', () => {
		expect(endOfBlindness(null)).toEqual([]);
		expect(endOfBlindness({ count: 2, since: NOW, toldAt: null })).toEqual([]);
		expect(endOfBlindness({ count: 3, since: NOW, toldAt: NOW }).map(({ title }) => title)).toEqual([
			'Monitoring is blind: Meraki could not be read, so nothing moves',
		]);
	});

	test('R8.2 a blind run decides nothing, keeps the memory and quotes Meraki', () => {
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
		expect(run.attention).toMatchObject({ kind: 'attention', severity: 'critical', organizationId: '1001' });
		expect(run.attention?.title).toMatch(/^Acme: Monitoring is blind/);
		expect(run.attention?.sections[0]?.rows[0]?.explanation).toBe('Invalid API key');
		expect(run.summary).toMatchObject({
			status: 'blind',
			swapsNeeded: 0,
			evaluatedAt: null,
			warnings: ['Invalid API key'],
		});
	});

	test('R8.2 a first blind run tells nothing and starts a memory', () => {
		const run = concludeBlindRun({
			organization: ORGANIZATION,
			why: 'x',
			memory: null,
			rules: rules(NOW + 2 * HOUR_MS, 'none'),
			api: NO_CALLS,
		});
		expect(run.attention).toBeNull();
		expect(run.memory.failures).toEqual({ count: 1, since: NOW + 2 * HOUR_MS, toldAt: null });
	});
});

describe('R8.2 what could not be read', () => {
	test('one notice for each kind, with the first sentence and a count', () => {
		const conditions = unreadableConditions('1001', [
			{ what: 'rows', why: '[0].ts is missing.' },
			{ what: 'peers', why: 'Forbidden.' },
			{ what: 'rows', why: '[1].ts is missing.' },
		]);
		expect(conditions.map(({ key, severity, row }) => [key, severity, row.explanation])).toEqual([
			['["unreadable","rows"]', 'warning', '[0].ts is missing. And 1 more.'],
			['["unreadable","peers"]', 'critical', 'Forbidden.'],
		]);
		expect(unreadableConditions('1001', [])).toEqual([]);
	});
});
