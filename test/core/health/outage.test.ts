import { MINUTE_MS } from '../../../core/domain/time';
import { joinedOutage, lastOutage, outageSentence } from '../../../core/health/outage';
import type { Series } from '../../../core/health/series';
import { LONDON_IP, settings } from '../../support/branch';
import { LAG_MS, NOW, OFFSET_MS, samples } from '../../support/series';

const rows = (...series: string[]): Series[] =>
	series.map((each) => ({ serial: 'Q', uplink: 'wan1', ip: LONDON_IP, samples: samples(each) }));
/** The newest sample of a series. */
const NEWEST = NOW - LAG_MS - OFFSET_MS;
const minutesAgo = (minutes: number) => NEWEST - minutes * MINUTE_MS;

describe('the outage that a swap back tells', () => {
	test('lasts from its first over minute to the end of its last one, with the highest loss', () => {
		expect(lastOutage(rows('0 40 100 30 0 0 0 0 0'), settings())).toEqual({
			startedAt: minutesAgo(7),
			endedAt: minutesAgo(5) + MINUTE_MS,
			peakLossPercent: 100,
		});
	});

	test('R4.10 bridges up to five minutes without loss, and no more', () => {
		expect(lastOutage(rows('90 0 0 0 0 50 0 0 0 0 0'), settings())?.startedAt).toBe(minutesAgo(10));
		expect(lastOutage(rows('90 0 0 0 0 0 50 0 0 0 0 0'), settings())).toMatchObject({
			startedAt: minutesAgo(5),
			peakLossPercent: 50,
		});
	});

	test('takes the worst of several rows', () => {
		expect(lastOutage(rows('0 40 0 0', '0 0 70 0'), settings())).toMatchObject({
			startedAt: minutesAgo(2),
			endedAt: minutesAgo(1) + MINUTE_MS,
			peakLossPercent: 70,
		});
	});

	test('is none where no sample is over: unmeasured and a little loss are no outage', () => {
		expect(lastOutage(rows('0 _ 29 0'), settings())).toBeNull();
		expect(lastOutage(rows('0 _/900 0'), settings({ latencyThresholdMs: 200 }))).toBeNull();
	});

	test('of several branches lasts from the first to the last', () => {
		const outages = [
			{ startedAt: 10, endedAt: 20, peakLossPercent: 40 },
			{ startedAt: 5, endedAt: 15, peakLossPercent: 100 },
		];
		expect(joinedOutage(outages)).toEqual({ startedAt: 5, endedAt: 20, peakLossPercent: 100 });
		expect(joinedOutage([])).toBeNull();
	});

	test('is a sentence, without a peak where only the latency was over', () => {
		const outage = { startedAt: NOW, endedAt: NOW + 12 * MINUTE_MS, peakLossPercent: 33.333 };
		expect(outageSentence('london', outage)).toBe(
			'london was lossy for 12 min (12:00 to 12:12 UTC), up to 33.3 %.',
		);
		expect(outageSentence('london', { ...outage, peakLossPercent: 0 })).toBe(
			'london was lossy for 12 min (12:00 to 12:12 UTC).',
		);
	});
});
