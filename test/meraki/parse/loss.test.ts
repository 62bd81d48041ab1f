import { parseLoss } from '../../../meraki/parse/loss';
import { parseTime } from '../../../meraki/parse/time';
import { LOSS_ROW } from '../support/examples';

const TS = '2019-01-31T18:46:13Z';
const AT = Date.UTC(2019, 0, 31, 18, 46, 13);

const lossOf = (sample: object) =>
	parseLoss([{ ...LOSS_ROW, timeSeries: [{ ts: TS, ...sample }] }]).rows[0]?.samples[0];

describe('R1.2: a broken value is unmeasured, neither good nor bad', () => {
	it.each([
		{ says: 'trap 4: null', lossPercent: null, latencyMs: null, is: [null, null] },
		{ says: 'missing', is: [null, null] },
		{ says: 'zero is measured', lossPercent: 0, latencyMs: 0, is: [0, 0] },
		{ says: 'all is measured', lossPercent: 100, latencyMs: 1.5, is: [100, 1.5] },
		{ says: 'over 100', lossPercent: 100.1, latencyMs: 5, is: [null, 5] },
		{ says: 'negative', lossPercent: -0.1, latencyMs: -1, is: [null, null] },
		{ says: 'text', lossPercent: '30', latencyMs: '5', is: [null, null] },
		{ says: 'not a number', lossPercent: NaN, latencyMs: NaN, is: [null, null] },
		{ says: 'endless', lossPercent: Infinity, latencyMs: Infinity, is: [null, null] },
		{ says: 'each by itself: only the latency is null', lossPercent: 7, latencyMs: null, is: [7, null] },
		{ says: 'each by itself: only the loss is null', lossPercent: null, latencyMs: 7, is: [null, 7] },
		{ says: 'an object', lossPercent: { valueOf: 3 }, latencyMs: [3], is: [null, null] },
	])('$says', ({ is, lossPercent, latencyMs }) => {
		expect(lossOf({ lossPercent, latencyMs })).toEqual({
			sampledAt: AT,
			lossPercent: is[0],
			latencyMs: is[1],
		});
	});
});

describe('loss rows', () => {
	it.each([
		{
			says: 'trap 5: a missing series is a row without samples',
			more: { timeSeries: undefined },
			samples: 0,
		},
		{ says: 'trap 5: an empty one too', more: { timeSeries: [] }, samples: 0 },
		{ says: 'null too', more: { timeSeries: null }, samples: 0 },
		{ says: 'an uplink that nobody has heard of stays', more: { uplink: 'wan9' }, samples: 1 },
		{ says: 'a destination that is no address stays', more: { ip: 'example' }, samples: 1 },
	])('$says', ({ more, samples }) => {
		const { rows, skipped } = parseLoss([{ ...LOSS_ROW, ...more }]);
		expect(rows.map((row) => row.samples.length)).toEqual([samples]);
		expect(skipped).toEqual([]);
	});

	it.each([
		{
			says: 'no network',
			more: { networkId: undefined },
			path: '[1].networkId',
			why: 'is missing, not text',
		},
		{
			says: 'a number as id, which may have lost digits',
			more: { networkId: 2 ** 64 },
			path: '[1].networkId',
			why: 'is a number, not text',
		},
		{ says: 'a blank serial', more: { serial: ' ' }, path: '[1].serial', why: 'is empty' },
		{ says: 'no destination', more: { ip: null }, path: '[1].ip', why: 'is null, not text' },
		{ says: 'a list as uplink', more: { uplink: [] }, path: '[1].uplink', why: 'is a list, not text' },
		{
			says: 'a series that is none',
			more: { timeSeries: {} },
			path: '[1].timeSeries',
			why: 'is an object, not a list',
		},
	])('a broken row is left out and named, the others stay: $says', ({ more, path, why }) => {
		const { rows, skipped } = parseLoss([LOSS_ROW, { ...LOSS_ROW, ...more }, LOSS_ROW]);
		expect(rows).toHaveLength(2);
		expect(skipped).toEqual([{ path, why }]);
	});

	it('a row that is no object is left out', () => {
		expect(parseLoss([null, 'x', [LOSS_ROW]]).skipped.map(({ why }) => why)).toEqual([
			'is null, not an object',
			'is a text, not an object',
			'is a list, not an object',
		]);
	});

	it('a sample without its time is left out and named, the others stay', () => {
		const series = [
			{ ts: TS, lossPercent: null },
			{ ts: 'yesterday', lossPercent: null },
			{ lossPercent: 1 },
			null,
			{ ts: TS.replace('13', '14'), lossPercent: null },
		];
		const { rows, skipped } = parseLoss([LOSS_ROW, { ...LOSS_ROW, timeSeries: series }]);
		expect(rows[1]?.samples.map(({ sampledAt }) => sampledAt)).toEqual([AT, AT + 1000]);
		expect(skipped).toEqual([
			{ path: '[1].timeSeries[1].ts', why: 'is not a time: "yesterday"' },
			{ path: '[1].timeSeries[2].ts', why: 'is not a time: missing' },
			{ path: '[1].timeSeries[3]', why: 'is null, not an object' },
		]);
	});

	it.each([
		['100', 'is a text, not a number from 0 to 100'],
		[130, 'is 130, not a number from 0 to 100'],
		[-1, 'is -1, not a number from 0 to 100'],
		[undefined, 'is missing, not a number from 0 to 100'],
		[{}, 'is an object, not a number from 0 to 100'],
	])('R1.2 a loss of %p is unmeasured and named, once for its row', (lossPercent, why) => {
		const timeSeries = [
			{ ts: TS, lossPercent: 0 },
			{ ts: TS.replace('13', '14'), lossPercent },
			{ ts: TS.replace('13', '15'), lossPercent },
		];
		const { rows, skipped } = parseLoss([{ ...LOSS_ROW, timeSeries }]);
		expect(rows[0]?.samples.map((sample) => sample.lossPercent)).toEqual([0, null, null]);
		expect(skipped).toEqual([{ path: '[0].timeSeries[1].lossPercent', why }]);
	});

	it("R1.2 a loss of null is Meraki's word for not measured: nothing to name", () => {
		expect(parseLoss([{ ...LOSS_ROW, timeSeries: [{ ts: TS, lossPercent: null }] }]).skipped).toEqual([]);
	});

	it('a quoted value is cut and cannot break the line', () => {
		const { skipped } = parseLoss([{ ...LOSS_ROW, timeSeries: [{ ts: `\n"${'x'.repeat(100)}` }] }]);
		expect(skipped[0]?.why).toBe(`is not a time: "\\n\\"${'x'.repeat(28)}"`);
	});
});

describe('times', () => {
	it.each([
		{ says: 'UTC', value: TS, is: AT },
		{ says: 'with fractions', value: '2019-01-31T18:46:13.250Z', is: AT + 250 },
		{ says: 'with another zone', value: '2019-01-31T19:46:13+01:00', is: AT },
		{ says: 'without a zone: whose?', value: '2019-01-31T18:46:13', is: null },
		{ says: 'a day only', value: '2019-01-31', is: null },
		{ says: 'no such month', value: '2019-13-31T18:46:13Z', is: null },
		{ says: 'a number', value: AT, is: null },
		{ says: 'text that Date.parse accepts', value: '5', is: null },
	])('$says', ({ value, is }) => {
		expect(parseTime(value)).toBe(is);
	});
});
