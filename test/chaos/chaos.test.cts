import { CHAOS_SEEDS, emptyChaosTally, playChaos } from './chaos.cjs';
import { CHAOS_KINDS } from './faults.cjs';

describe('n8n, a random world, and all that can go wrong with an API', () => {
	const tally = emptyChaosTally();

	/** Replay one of them: `playChaos(seed, 30, emptyChaosTally())`. */
	it.each(CHAOS_SEEDS)(
		'keeps every promise in the world of seed %i',
		async (seed) => {
			const before = tally.violations.length;
			await playChaos(seed, 30, tally);
			expect(tally.violations.slice(before)).toEqual([]);
		},
		120_000,
	);

	it('was no idle talk: writes, batches, failures, and every kind of fault', () => {
		expect(tally.cycles).toBeGreaterThan(300);
		expect(tally.done).toBeGreaterThan(80);
		expect(tally.failed).toBeGreaterThan(0);
		expect(tally.batches).toBeGreaterThan(0);
		expect(tally.waitedSeconds).toBeGreaterThan(600);
		for (const kind of CHAOS_KINDS) expect(tally.faults.get(kind)).toBeGreaterThan(2);
	});
});
