import { MINUTE_MS } from '../../../core/domain/time';
import { collectRequests } from '../../../core/evaluate/dataRequests';
import { NOW } from '../../support/series';

describe('what the pairs of an organization need is read once for all of them', () => {
	test.each([[[10, 60]], [[60, 10]]])('R2.4 as far back as any of them asks: %p minutes', (minutes) => {
		const requests = [
			...minutes.map((each) => ({ kind: 'history' as const, ips: ['a'], minutes: each })),
			{ kind: 'history' as const, ips: ['b'], minutes: 10 },
		];
		expect(collectRequests(requests, NOW).historyOf).toEqual([
			{ ip: 'a', since: NOW - 65 * MINUTE_MS },
			{ ip: 'b', since: NOW - 15 * MINUTE_MS },
		]);
	});

	test('R4.7 a destination that several pairs ask for is looked up once', () => {
		const requests = [['a', 'b'], ['b']].map((ips) => ({ kind: 'looks' as const, ips }));
		expect(collectRequests(requests, NOW).lookbacksOf).toEqual(['a', 'b']);
	});

	test('R1.3 a network with two pairs that ask is asked for once', () => {
		const requests = ['N_1', 'N_2', 'N_1'].map((networkId) => ({ kind: 'status' as const, networkId }));
		expect(collectRequests(requests, NOW)).toEqual({
			statusesOf: ['N_1', 'N_2'],
			historyOf: [],
			lookbacksOf: [],
		});
	});
});
