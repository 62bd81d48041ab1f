import { MINUTE_MS } from '../../core/domain/time';
import fc from 'fast-check';

import { LONDON_IP, ON_BACKUP, ON_PRIMARY, PARIS_IP } from '../support/branch';
import { NOW } from '../support/series';
import { runWorld } from '../support/world';
import type { Outage, WorldInput } from '../support/world';

const HOURS = 1.5;

const outages: fc.Arbitrary<Outage[]> = fc.array(
	fc
		.record({
			ip: fc.constantFrom(LONDON_IP, LONDON_IP, PARIS_IP),
			fromSec: fc.integer({ min: 0, max: 4000 }),
			lastsSec: fc.integer({ min: 5, max: 2000 }),
			lossPercent: fc.constantFrom(1, 20, 50, 100),
		})
		.map(({ ip, fromSec, lastsSec, lossPercent }) => ({
			ip,
			fromAt: NOW + fromSec * 1000,
			toAt: NOW + (fromSec + lastsSec) * 1000,
			lossPercent,
		})),
	{ maxLength: 5 },
);

const worlds: fc.Arbitrary<WorldInput> = fc
	.record({
		outages,
		offsetMs: fc.integer({ min: 0, max: 59_999 }),
		tags: fc.constantFrom(ON_PRIMARY, ON_BACKUP),
		gap: fc.constantFrom(0, 5, 7, 11),
		recoveryMinutes: fc.constantFrom(1, 2, 3, 5),
		failoverSamples: fc.constantFrom(1, 1, 2),
	})
	.map(({ outages: list, offsetMs, tags, gap, recoveryMinutes, failoverSamples }) => ({
		startAt: NOW - 10 * MINUTE_MS,
		untilAt: NOW + HOURS * 60 * MINUTE_MS,
		stepMs: 60_000,
		sites: [{ id: 'N_1', offsetMs, tags }],
		outages: list,
		settings: { recoveryMinutes, failoverSamples },
		isMeasured: (_site: string, _ip: string, at: number) =>
			gap === 0 || Math.floor(at / MINUTE_MS) % gap !== 0,
	}));

describe('random hours', () => {
	test('R2.5 without memory the first failover is the same, and no swap back comes earlier', () => {
		let moved = 0;
		fc.assert(
			fc.property(worlds, (world) => {
				const kept = runWorld(world).moves;
				const none = runWorld({ ...world, memory: 'none' }).moves;
				const first = (moves: typeof kept, action: string) => moves.find((move) => move.action === action);
				if (kept[0]?.action === 'failover') expect(none[0]).toEqual(kept[0]);
				const [sooner, later] = [first(kept, 'swapBack')?.at ?? 0, first(none, 'swapBack')?.at ?? Infinity];
				expect(later).toBeGreaterThanOrEqual(sooner);
				moved += kept.length;
			}),
			{ numRuns: 25 },
		);
		expect(moved).toBeGreaterThan(15);
	});

	test('R6 two runners at once make the moves of one, and foreign tags stay', () => {
		fc.assert(
			fc.property(worlds, (world) => {
				const one = runWorld(world);
				const two = runWorld({ ...world, isDoubled: true });
				expect(two.moves).toEqual(one.moves);
				const tags = two.tags.get('N_1') ?? [];
				expect([ON_PRIMARY, ON_BACKUP]).toContainEqual(tags);
			}),
			{ numRuns: 10 },
		);
	});

	test('R3.3 and R4.10 with clean peers for 75 minutes every branch is back on primary', () => {
		fc.assert(
			fc.property(worlds, (world) => {
				const until = Math.max(NOW, ...world.outages.map(({ toAt }) => toAt));
				const { tags } = runWorld({ ...world, untilAt: until + 75 * MINUTE_MS });
				expect(tags.get('N_1')).toEqual(ON_PRIMARY);
			}),
			{ numRuns: 10 },
		);
	});
});
