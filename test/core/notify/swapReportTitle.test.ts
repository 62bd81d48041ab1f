import { MINUTE_MS } from '../../../core/domain/time';
import { swapReport } from '../../../core/notify/swapReport';
import { titleOf } from '../../../core/notify/swapReportTitle';
import { ORGANIZATION } from '../../support/branch';
import { asEvaluated, backToLondon, swapRecord } from '../../support/decisions';
import { NOW } from '../../support/series';

describe('the line that a phone shows', () => {
	const movedTo = (...peers: string[]) => peers.map((to) => swapRecord({ to }));
	const failover = '(failover: london shows loss)';
	const since = ', since 11:58 UTC';

	test.each([
		{
			says: 'three groups are named',
			records: movedTo('a', 'b', 'c'),
			title: `1 branch moved to a ${failover}; 1 moved to b ${failover}; 1 moved to c ${failover}${since}`,
		},
		{
			says: 'of more, the branches of the others are counted',
			records: movedTo('a', 'b', 'c', 'd', 'e', 'e'),
			title: `1 branch moved to a ${failover}; 1 moved to b ${failover}; 1 moved to c ${failover}, and 3 more${since}`,
		},
		{
			says: 'a peer that nobody could read off the tags',
			records: [swapRecord({ from: null })],
			title: `1 branch moved to paris (failover: the active peer shows loss)${since}`,
		},
		{ says: 'nothing', records: [], title: '' },
	])('$says', ({ records, title }) => {
		expect(titleOf(records, NOW)).toBe(title);
	});
});

describe('a swap back tells the outage that is over', () => {
	const minutesAgo = (minutes: number) => NOW - minutes * MINUTE_MS;
	const outage = (from: number, until: number, peakLossPercent: number) => ({
		startedAt: minutesAgo(from),
		endedAt: minutesAgo(until),
		peakLossPercent,
	});
	const back = (peer: string, was: ReturnType<typeof outage> | null) =>
		swapRecord({ order: backToLondon({ want: { role: { kind: 'primary' }, peer }, outage: was }) });
	const summary = (records: ReturnType<typeof back>[], notes?: string[]) =>
		swapReport(records, ORGANIZATION, NOW, notes)?.summary;

	test.each([
		{
			says: 'of one branch',
			records: [back('london', outage(60, 50, 80))],
			summary: 'london was lossy for 10 min (11:00 to 11:10 UTC), up to 80 %.',
		},
		{
			says: 'of several branches once, from the first onset to the last end',
			records: [back('london', outage(60, 50, 80)), back('london', outage(58, 45, 100))],
			summary: 'london was lossy for 15 min (11:00 to 11:15 UTC), up to 100 %.',
		},
		{
			says: 'of two peers one after the other, and how the writing went last',
			records: [back('london', outage(60, 50, 80)), back('rome', outage(60, 59, 30))],
			notes: ['Slow.'],
			summary:
				'london was lossy for 10 min (11:00 to 11:10 UTC), up to 80 %. rome was lossy for 1 min (11:00 to 11:01 UTC), up to 30 %. Slow.',
		},
		{
			says: 'of three peers at most: the others are in the rows',
			records: ['a', 'b', 'c', 'd'].map((peer) => back(peer, outage(60, 59, 30))),
			summary: ['a', 'b', 'c']
				.map((peer) => `${peer} was lossy for 1 min (11:00 to 11:01 UTC), up to 30 %.`)
				.join(' '),
		},
		{ says: 'where none is known', records: [back('london', null)], summary: '' },
		{ says: 'of no other move', records: [swapRecord({ order: asEvaluated() })], summary: '' },
	])('$says', ({ records, notes, summary: expected }) => {
		expect(summary(records, notes)).toBe(expected);
	});
});
