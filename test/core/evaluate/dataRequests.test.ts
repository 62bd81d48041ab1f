import { NeedsList } from '../../../core/evaluate/dataRequests';
import { MINUTE_MS } from '../../../core/health/series';
import { NOW } from '../../support/series';

const KNOWING = {
	now: NOW,
	networks: [],
	rows: [],
	peers: { kind: 'notReadable' },
	memory: null,
	statuses: new Map(),
	history: new Map(),
	earlier: new Map([['a', { rows: [], looks: 2, isIncomplete: false }]]),
} as const;

describe('what the pairs of an organization need is read once for all of them', () => {
	test.each([[[10, 95]], [[95, 10]]])('R2.4, R4.9 as far back as any of them asks: %p minutes', (minutes) => {
		const needs = new NeedsList(KNOWING);
		for (const each of minutes) needs.add({ kind: 'history', ips: ['a'], minutes: each });
		needs.add({ kind: 'history', ips: ['b'], minutes: 10 });
		expect(needs.list().historyOf).toEqual([
			{ ip: 'a', since: NOW - 100 * MINUTE_MS },
			{ ip: 'b', since: NOW - 15 * MINUTE_MS },
		]);
	});

	test('R4.6 the look that comes next', () => {
		const needs = new NeedsList(KNOWING);
		for (const ips of [['a', 'b'], ['b']]) needs.add({ kind: 'arming', ips });
		expect(needs.list().earlierOf).toEqual([
			{ ip: 'a', look: 2 },
			{ ip: 'b', look: 0 },
		]);
	});

	test('R1.3 a network with two pairs that ask is asked for once', () => {
		const needs = new NeedsList(KNOWING);
		for (const id of ['N_1', 'N_2', 'N_1']) needs.addStatus(id);
		expect(needs.list()).toEqual({ statusesOf: ['N_1', 'N_2'], historyOf: [], earlierOf: [] });
	});
});
