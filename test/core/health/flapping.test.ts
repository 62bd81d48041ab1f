import { isFlapping } from '../../../core/health/flapping';
import { MINUTE_MS } from '../../../core/health/series';
import type { Series } from '../../../core/health/series';
import { settings } from '../../support/branch';
import { NOW } from '../../support/series';

/** A row that was over so many minutes ago, in this order; a minute without loss beside each. */
function over(...minutesAgo: number[]): Series {
	return {
		serial: 'S',
		uplink: 'wan1',
		ip: 'x',
		samples: minutesAgo.flatMap((minutes) => [
			{ sampledAt: NOW - minutes * MINUTE_MS, lossPercent: 90, latencyMs: null },
			{ sampledAt: NOW - minutes * MINUTE_MS + 1, lossPercent: 0, latencyMs: null },
			{ sampledAt: NOW - minutes * MINUTE_MS + 2, lossPercent: null, latencyMs: null },
		]),
	};
}

describe('R4.9 flapping', () => {
	const rows: { says: string; rows: Series[]; expect: boolean }[] = [
		{ says: 'no row', rows: [], expect: false },
		{ says: 'no over sample', rows: [over()], expect: false },
		{ says: 'one onset', rows: [over(10)], expect: false },
		{ says: 'one onset of several minutes', rows: [over(12, 11, 10)], expect: false },
		{ says: 'two onsets', rows: [over(20, 10)], expect: true },
		{ says: 'two onsets on two rows, whichever comes first', rows: [over(10), over(20)], expect: true },
		{ says: 'over again after five minutes is the same onset', rows: [over(15, 10)], expect: false },
		{ says: 'over again after a little more is another', rows: [over(15.01, 10)], expect: true },
		{ says: 'an hour between two onsets', rows: [over(70, 10)], expect: true },
		{ says: 'more than an hour between', rows: [over(70.01, 10)], expect: false },
		{ says: 'a little less than 30 quiet minutes', rows: [over(40, 29.99)], expect: true },
		{ says: '30 quiet minutes', rows: [over(40, 30)], expect: false },
		{ says: 'an onset of a little less than 90 minutes ago', rows: [over(89.99, 29.99)], expect: true },
		{
			says: 'three onsets, the last of them a while after the others',
			rows: [over(50, 40, 10)],
			expect: true,
		},
		{ says: 'an onset of 90 minutes ago, and one that lasted', rows: [over(90, 30, 29)], expect: false },
		{ says: 'one of a little less, and one that lasted', rows: [over(89.99, 30, 29)], expect: true },
		{ says: 'one in a long loss of which the beginning is too old', rows: [over(91, 88, 29)], expect: false },
	];
	test.each(rows)('$says: $expect', ({ rows: judged, expect: expected }) => {
		expect(isFlapping(judged, settings(), NOW)).toBe(expected);
	});
});
