import { playOnCores } from '../chaos/cores.cjs';
import { emptyTally, inWords } from './statistics';

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
	'hold with an end set',
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
	'swap-back period',
	'tags put in order',
	'tags put out of order',
	'uplink down',
];

describe('the product makes the moves of the oracle, hour by hour', () => {
	let total = emptyTally();

	beforeAll(async () => {
		total = await playOnCores(1, 400);
	}, 600_000);

	/** Replay one of them: `playHour(seed)` of simulate/hour.ts. */
	test('400 random hours, without a violation', () => {
		expect(total.violations.slice(0, 5)).toEqual([]);
		expect(inWords(total)).toMatch(/^400 hours, 24000 cycles, .* 0 violations$/);
	});

	test('with moves and faults of every kind', () => {
		expect(total.moves.get('failover')).toBeGreaterThan(250);
		expect(total.moves.get('swapBack')).toBeGreaterThan(350);
		expect(total.moves.get('failover from a backup')).toBeGreaterThan(35);
		expect(total.overtaken).toBeGreaterThan(10);
		expect([...total.faults.keys()].sort()).toEqual(FAULTS);
		expect(Math.min(...total.faults.values())).toBeGreaterThan(4);
	});
});
