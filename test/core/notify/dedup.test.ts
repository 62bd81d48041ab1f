import { MINUTE_MS } from '../../../core/domain/time';
import type { Told } from '../../../core/memory/memory';
import { tell } from '../../../core/notify/dedup';
import type { Condition, TellingRules } from '../../../core/notify/dedup';
import { organizationRow } from '../../../core/notify/organizationAlerts';
import { NOW } from '../../support/series';

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

describe('R8.5 told when new, changed, again each repeat interval, and when it ends', () => {
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

	test('R8.5 told once while it lasts, again after 4 hours, and when it ends', () => {
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

	test('R8.5 another fingerprint counts as changed, once', () => {
		const other = condition('held', { fingerprint: 'other' });
		expect(
			steps([
				{ at: 0, is: [held] },
				{ at: 30_000, is: [other] },
				{ at: 60_000, is: [other] },
			]),
		).toEqual(['new', 'changed', 'none']);
	});

	test('R8.5 each condition is told by itself', () => {
		expect(
			steps([
				{ at: 0, is: [held] },
				{ at: 30_000, is: [held, condition('other')] },
			]),
		).toEqual(['new', 'none, new']);
	});

	test('R8.5 what is told only after 10 minutes is told then, and not as over when it ended before', () => {
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

	test('R8.5 a key such as __proto__ is a key like any other', () => {
		const odd = condition('__proto__');
		expect(
			steps([
				{ at: 0, is: [odd] },
				{ at: 30_000, is: [odd] },
				{ at: 60_000, is: [] },
			]),
		).toEqual(['new', 'none', 'over: Held']);
	});

	test('R8.5 somebody who pressed the button is told everything', () => {
		const told = { held: { fingerprint: '', since: NOW, toldAt: NOW, title: 'Held' } };
		expect(tell([held], told, rules(NOW, 'manual')).notify.get('held')).toBe('new');
	});

	test('R8.8 without memory a standing notice goes out only in the first run of each repeat interval by the clock', () => {
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

	test('R8.8 a day of runs each 30 s without memory tells a standing notice at most twice an interval', () => {
		let told = 0;
		for (let at = 0; at < 24 * HOUR_MS; at += 30_000) {
			if (tell([held], {}, rules(Date.UTC(2026, 0, 15) + at + 7_000, 'none')).notify.get('held') !== 'none')
				told += 1;
		}
		expect(told).toBeGreaterThanOrEqual(6);
		expect(told).toBeLessThanOrEqual(12);
	});
});
