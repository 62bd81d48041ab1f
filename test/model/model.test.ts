import { emptyTally, inWords, playHours } from './hours';

/** Replay one of them: `playHour(seed)` of hour.ts. */
const HOURS_A_TEST = 100;
const TESTS = 10;

/** What befalls the random worlds. */
const FAULTS = [
	'VPN peer: all',
	'VPN peer: hostName',
	'VPN peer: noPeer',
	'VPN peer: otherTag',
	'VPN peer: twice',
	'appliance down',
	'foreign tag edited',
	'hold set',
	'hold taken off',
	'items not written',
	'maintenance window',
	'memory lost',
	'missing minutes',
	'moved by hand',
	'network not listed',
	'never answers: peer',
	'never answers: reference',
	'no memory at all',
	'nulls',
	'outage of a branch',
	'outage of a line',
	'outage of a peer',
	'outage of one way',
	'peers not readable',
	'run doubled',
	'run killed',
	'run lost',
	'runs lost for minutes',
	'statuses not readable',
	'swap late',
	'tags put in order',
	'tags put out of order',
	'uplink down',
];

describe('the product makes the moves of the oracle, hour by hour', () => {
	const total = emptyTally();

	test.each(Array.from({ length: TESTS }, (_each, at) => at * HOURS_A_TEST + 1))(
		'100 random hours from seed %i',
		(firstSeed) => {
			const before = total.violations.length;
			playHours(firstSeed, HOURS_A_TEST, total);
			expect(total.violations.slice(before, before + 5)).toEqual([]);
		},
		600_000,
	);

	test('1,000 hours of 60 cycles were played, with moves and faults of every kind', () => {
		expect(inWords(total)).toMatch(/^1000 hours, 60000 cycles, .* 0 violations$/);
		expect(total.moves.get('failover')).toBeGreaterThan(800);
		expect(total.moves.get('swapBack')).toBeGreaterThan(800);
		expect(total.moves.get('escape')).toBeGreaterThan(100);
		expect(total.overtaken).toBeGreaterThan(20);
		expect([...total.faults.keys()].sort()).toEqual(FAULTS);
		expect(Math.min(...total.faults.values())).toBeGreaterThan(10);
	});
});
