import { MINUTE_MS } from '../../../core/domain/time';
import type { OrganizationMemory } from '../../../core/memory/memory';
import { LONDON_IP, network, ON_BACKUP, PARIS_IP, row } from '../../support/branch';
import { runOnce } from '../../support/run';
import { NOW } from '../../support/series';

/** Counts how often somebody goes through all entries of what is remembered. */
function countingListings(memory: OrganizationMemory): {
	memory: OrganizationMemory;
	listings: () => number;
} {
	let listings = 0;
	const counted = <Entries extends object>(entries: Entries): Entries =>
		new Proxy(entries, {
			ownKeys: (target) => {
				listings += 1;
				return Reflect.ownKeys(target);
			},
		});
	const { told, seenHealthy, incidents, pairs, tunnels } = memory;
	return {
		memory: {
			...memory,
			pairs: counted(pairs),
			told: counted(told),
			seenHealthy: counted(seenHealthy),
			incidents: counted(incidents),
			tunnels: { ...tunnels, seen: counted(tunnels.seen) },
		},
		listings: () => listings,
	};
}

/** Primary is dead for good and every branch is on backup: the third of three runs. */
function listingsWith(branches: number): number {
	const ids = Array.from({ length: branches }, (_, place) => `N_${place + 1}`);
	const runAt = (now: number, memory: OrganizationMemory | null) =>
		runOnce({
			now,
			networks: ids.map((id) => network(ON_BACKUP, { id })),
			rows: ids.flatMap((networkId) => [
				row(LONDON_IP, '100 100 100 100 100', { now, networkId }),
				row(PARIS_IP, '0 0 0 0 0', { now, networkId }),
			]),
			memory,
		});
	const first = runAt(NOW, null);
	const second = runAt(NOW + 11 * MINUTE_MS, first.memory);
	const { memory, listings } = countingListings(second.memory);
	const third = runAt(NOW + 12 * MINUTE_MS, memory);
	expect(third.summary.offPrimary).toBe(branches);
	return listings();
}

describe('a fleet in an outage', () => {
	test('what is remembered is gone through as often for many branches on backup as for few', () => {
		const few = listingsWith(10);
		expect(few).toBeGreaterThan(0);
		expect(listingsWith(40)).toBe(few);
	});
});
