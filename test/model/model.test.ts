import { emptyTally, inWords, playHours } from './hours';

/** Replay one of them: `playHour(seed)` of hour.ts. */
const HOURS_A_TEST = 100;
const TESTS = 10;

describe('the product makes the moves of the oracle, hour by hour', () => {
	const total = emptyTally();

	test.each(Array.from({ length: TESTS }, (_each, at) => at * HOURS_A_TEST + 1))(
		'100 random hours from seed %i',
		(firstSeed) => {
			const before = total.violations.length;
			playHours(firstSeed, HOURS_A_TEST, total);
			expect(total.violations.slice(before, before + 5)).toEqual([]);
		},
		120_000,
	);

	test('the hours were not empty', () => {
		expect(inWords(total)).toMatch(/ 0 violations$/);
		expect(total.hours).toBe(HOURS_A_TEST * TESTS);
		expect(total.moves.get('failover')).toBeGreaterThan(500);
		expect(total.moves.get('swapBack')).toBeGreaterThan(500);
		expect(total.moves.get('escape')).toBeGreaterThan(100);
		expect(total.faults.size).toBeGreaterThan(25);
	});
});
