import fc from 'fast-check';

import type { LossRow } from '../../../core/domain/types';
import { lossReading, parseLoss, readLoss } from '../../../meraki/parse/loss';
import { LOSS_ROW } from '../support/examples';

const FIRST_AT = Date.UTC(2026, 0, 5, 7, 50, 4);

interface Told {
	readonly at?: number;
	readonly loss?: unknown;
	readonly ms?: unknown;
}

/** A sample a minute, unless its second says otherwise. */
function sent(samples: readonly Told[]): unknown {
	const timeSeries = samples.map(({ at, loss = 0, ms = 20 }, place) => ({
		ts: `${new Date(FIRST_AT + (at ?? place * 60) * 1000).toISOString().slice(0, 19)}Z`,
		lossPercent: loss,
		latencyMs: ms,
	}));
	return { ...LOSS_ROW, timeSeries };
}

const clean = (count: number): Told[] => Array.from({ length: count }, () => ({}));

/** Reads a list; what is read of it must be the same as where nobody looks for steady rows. */
function read(...list: readonly unknown[]): readonly LossRow[] {
	const { rows, skipped } = readLoss(list);
	const carefully = parseLoss(list);
	const whole = ({ networkId, serial, uplink, ip, samples }: LossRow) => ({
		networkId,
		serial,
		uplink,
		ip,
		samples,
	});
	expect(rows.map(whole)).toEqual(carefully.rows);
	expect(skipped).toEqual(carefully.skipped);
	return rows;
}

const steadyOf = (samples: readonly Told[]) => read(sent(samples))[0]?.steady;

describe('a row is steady where a measured sample comes each minute', () => {
	it('and tells its first and last time, and how many there are', () => {
		expect(steadyOf(clean(5))).toMatchObject({
			count: 5,
			oldestAt: FIRST_AT,
			newestAt: FIRST_AT + 240_000,
			highestLossPercent: 0,
			highestLatencyMs: 20,
		});
		expect(steadyOf(clean(1))).toMatchObject({ count: 1, oldestAt: FIRST_AT, newestAt: FIRST_AT });
	});

	it.each([
		{ says: 'the first', losses: [9, 3, 5], latencies: [40, 30, 20], highest: [9, 40] },
		{ says: 'one between', losses: [3, 9, 5], latencies: [30, 40, 20], highest: [9, 40] },
		{ says: 'the last', losses: [3, 5, 9], latencies: [20, 30, 40], highest: [9, 40] },
		{ says: 'no loss and no time', losses: [0, 0, 0], latencies: [0, 0, 0], highest: [0, 0] },
		{ says: 'all of them', losses: [100, 100, 100], latencies: [1e9, 1e9, 1e9], highest: [100, 1e9] },
		{
			says: 'latency that is not always measured',
			losses: [0, 0, 0],
			latencies: [null, 7, undefined],
			highest: [0, 7],
		},
		{ says: 'no latency', losses: [0, 1, 0], latencies: [null, null, null], highest: [1, null] },
	])('and its highest numbers: $says', ({ losses, latencies, highest }) => {
		const samples = losses.map((loss, at) => ({
			loss,
			ms: latencies[at] === undefined ? null : latencies[at],
		}));
		const steady = steadyOf(samples);
		expect([steady?.highestLossPercent, steady?.highestLatencyMs]).toEqual(highest);
	});

	it.each([
		{ says: 'late by 30 s', at: [0, 90, 120], is: true },
		{ says: 'late by more', at: [0, 91, 120], is: false },
		{ says: 'early by 30 s', at: [0, 30, 120], is: true },
		{ says: 'early by more', at: [0, 29, 120], is: false },
		{ says: 'one late and one early, by 30 s together', at: [0, 80, 110], is: true },
		{ says: 'one late and one early, by more', at: [0, 80, 109], is: false },
		{ says: 'one early and then one late, by more', at: [0, 50, 141], is: false },
		{ says: 'ever later, by more in the end', at: [0, 71, 142, 213], is: false },
		{ says: 'a minute is missing', at: [0, 60, 180], is: false },
		{ says: 'a minute twice', at: [0, 60, 60], is: false },
		{ says: 'newest first', at: [120, 60, 0], is: false },
	])('within half a minute of it: $says: $is', ({ at, is }) => {
		expect(steadyOf(at.map((each) => ({ at: each }))) !== undefined).toBe(is);
	});

	it.each([
		{ says: 'unmeasured', bad: { loss: null } },
		{ says: 'loss over 100 %', bad: { loss: 100.1 } },
		{ says: 'loss under 0 %', bad: { loss: -0.1 } },
		{ says: 'loss in words', bad: { loss: '7' } },
		{ says: 'latency under 0', bad: { ms: -1 } },
		{ says: 'latency in words', bad: { ms: '7' } },
		{ says: 'latency beyond all numbers', bad: { ms: Infinity } },
	])('and never with one that is not as promised: $says', ({ bad }) => {
		for (const samples of [
			[bad, {}, {}],
			[{}, bad, {}],
			[{}, {}, bad],
		]) {
			expect(steadyOf(samples)).toBeUndefined();
		}
	});

	it.each([
		{ says: 'no samples', timeSeries: [] },
		{ says: 'no series', timeSeries: undefined },
		{ says: 'a series in words', timeSeries: 'x' },
		{ says: 'no time', timeSeries: [{ ts: 'yesterday', lossPercent: 0 }] },
		{
			says: 'no time in the middle',
			timeSeries: [{ ts: '2026-01-05T07:53:04Z', lossPercent: 0 }, { lossPercent: 0 }],
		},
		{
			says: 'nothing in place of a sample',
			timeSeries: [{ ts: '2026-01-05T07:53:04Z', lossPercent: 0 }, null],
		},
		{ says: 'a word in place of a sample', timeSeries: ['2026-01-05T07:53:04Z'] },
	])('nor with $says', ({ timeSeries }) => {
		for (const row of read({ ...LOSS_ROW, timeSeries })) expect(row.steady).toBeUndefined();
	});

	it.each(['networkId', 'serial', 'uplink', 'ip'])('nor without %s', (key) => {
		expect(read({ ...LOSS_ROW, [key]: ' ' }, sent(clean(2))).map(({ steady }) => steady)).toEqual([
			undefined,
		]);
	});

	it('and keeps its samples apart from those of rows beside it, steady or not', () => {
		const half = sent([{ loss: 1 }, { loss: 2 }, { loss: null }]);
		const rows = read(
			sent([{ loss: 3 }, { loss: 4 }]),
			half,
			half,
			sent([{ loss: 5 }, { loss: 6, ms: null }]),
		);
		expect(rows.map(({ steady }) => steady?.highestLossPercent)).toEqual([4, undefined, undefined, 6]);
	});

	it('beside rows that cannot be read, too: then no row is, and the others are read', () => {
		for (const broken of [null, 7, 'x', {}]) {
			expect(read(sent(clean(2)), broken).map(({ samples }) => samples.length)).toEqual([2]);
		}
	});
});

describe('a row behind another, with whatever it tells as well or not', () => {
	const told = fc.array(
		fc.record(
			{
				at: fc.constantFrom(0, 60, 61, 120, 180, 240),
				loss: fc.constantFrom<unknown>(0, 7, 100, null, '7'),
				ms: fc.constantFrom<unknown>(0, 20, 1e9, null, -1),
			},
			{ requiredKeys: [] },
		),
		{ maxLength: 4 },
	);
	const usual = fc.array(fc.record({ loss: fc.constantFrom(0, 7), ms: fc.constantFrom(20, 40) }), {
		maxLength: 5,
	});
	const row = fc
		.tuple(
			fc.oneof({ arbitrary: usual, weight: 3 }, told),
			fc.constantFrom('N_1', 'N_2'),
			fc.constantFrom('Q-1', 'Q-2'),
		)
		.map(([samples, networkId, serial]) => ({ ...(sent(samples) as object), networkId, serial }));

	test('is read as by itself', () => {
		let steady = 0;
		fc.assert(
			fc.property(fc.array(row, { maxLength: 6 }), (list) => {
				steady += read(...list).filter((each) => each.steady !== undefined).length;
			}),
			{ numRuns: 400 },
		);
		expect(steady).toBeGreaterThan(200);
	});
});

describe('rows that are read one by one while they arrive', () => {
	const whole = ({ networkId, ip, samples }: LossRow) => ({ networkId, ip, samples: [...samples] });

	test('are the same as those of the whole answer, thousands of samples and rows that are not steady among them', () => {
		const odd = sent([{ loss: 5 }, { loss: null }, { ms: null }, {}, {}]);
		const list = Array.from({ length: 700 }, (_, at) => {
			const row = at % 50 === 7 ? odd : sent([{ loss: at % 9 }, {}, {}, {}, { ms: at }]);
			return { ...(row as object), networkId: `N_${at}` };
		});
		const { eachElement, read: readRows } = lossReading();
		const arrived = list.map(eachElement);
		expect(arrived.filter((element, at) => element === list[at])).toHaveLength(14);
		const { rows, skipped } = readRows(arrived);
		expect(skipped).toEqual([]);
		expect(rows.map(whole)).toEqual(parseLoss(list).rows.map(whole));
	});

	test('leave a broken one where it stands, so that it is named by its place', () => {
		const { eachElement, read: readRows } = lossReading();
		const { rows, skipped } = readRows([sent(clean(5)), { ip: 5 }, sent(clean(4))].map(eachElement));
		expect(rows).toHaveLength(2);
		expect(skipped[0]?.path).toMatch(/^\[1\]/);
	});
});
