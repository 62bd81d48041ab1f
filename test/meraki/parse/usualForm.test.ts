import fc from 'fast-check';
import { parseLoss } from '../../../meraki/parse/loss';
import { parseNetworks } from '../../../meraki/parse/networks';
import { parseTime } from '../../../meraki/parse/time';
import { LOSS_ROW, NETWORK } from '../support/examples';

/** What comes as Meraki promises it is read by a shorter way: it must lead to the same. */

describe('times', () => {
	it('are what Date.parse makes of them', () => {
		const days = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2199, 11, 31) });
		fc.assert(
			fc.property(days, (at) => {
				const whole = at - (at % 1000);
				expect(parseTime(`${new Date(whole).toISOString().slice(0, 19)}Z`)).toBe(whole);
			}),
			{ numRuns: 2000 },
		);
	});

	it('count the last and first days of months and leap years', () => {
		for (let day = Date.UTC(1999, 11, 25); day < Date.UTC(2004, 2, 3); day += 86_400_000) {
			expect(parseTime(`${new Date(day).toISOString().slice(0, 10)}T23:59:58Z`)).toBe(day + 86_398_000);
		}
	});

	it('are no times when a single character is none of a time', () => {
		const usual = '2026-01-05T07:53:04Z';
		fc.assert(
			fc.property(
				fc.nat({ max: 19 }),
				fc.constantFrom('a', ' ', '-', ':', '/', ';', 'T', 'Z', '', '\u0660'),
				(at, sign) => {
					const changed = usual.slice(0, at) + sign + usual.slice(at + 1);
					if (changed !== usual) expect(parseTime(changed)).toBeNull();
				},
			),
			{ numRuns: 500 },
		);
		for (const none of ['2026-13-05T07:53:04Z', '2026-00-05T07:53:04Z', '2026-01-00T07:53:04Z'])
			expect(parseTime(none)).toBeNull();
		for (const none of ['2026-01-05T07:60:04Z', '2026-01-05T07:53:60Z', '2026-01-05T25:53:04Z'])
			expect(parseTime(none)).toBeNull();
	});
});

const sample = fc.record(
	{
		ts: fc.constantFrom('2026-01-05T07:53:04Z', '2026-01-05T07:54:04.5+01:00', 'yesterday', null),
		lossPercent: fc.constantFrom(0, 12.5, 100, 101, -1, null, '7'),
		latencyMs: fc.constantFrom(0, 12.5, 1e9, -1, null, '7'),
	},
	{ requiredKeys: [] },
);

describe('lists', () => {
	it('loss rows are the same whether or not something beside them is bad', () => {
		const rows = fc.array(
			fc
				.record({ ts: fc.constant('x'), timeSeries: fc.array(sample) })
				.map((more) => ({ ...LOSS_ROW, ...more })),
		);
		fc.assert(
			fc.property(rows, (list) => {
				const carefully = parseLoss([...list, null]);
				const { rows: read, skipped } = parseLoss(list);
				expect(read).toEqual(carefully.rows);
				expect(skipped).toEqual(carefully.skipped.slice(0, -1));
			}),
			{ numRuns: 500 },
		);
	});

	it('networks are the same whether or not something beside them is bad', () => {
		const network = fc.record({
			url: fc.constantFrom(NETWORK.url, '', null, 7),
			tags: fc.constantFrom(['a', 'a', 'b'], [], null, undefined, ['a', 7], 'a'),
			timeZone: fc.constantFrom('UTC', null, undefined, 7),
			notes: fc.constantFrom('', 'x', null, 7),
			name: fc.constantFrom('Leeds', ' ', 7),
		});
		fc.assert(
			fc.property(fc.array(network), (changes) => {
				const list = changes.map((change) => ({ ...NETWORK, ...change }));
				const carefully = parseNetworks([...list, null]);
				const { rows, skipped } = parseNetworks(list);
				expect(rows).toEqual(carefully.rows);
				expect(skipped).toEqual(carefully.skipped.slice(0, -1));
			}),
			{ numRuns: 500 },
		);
	});
});
