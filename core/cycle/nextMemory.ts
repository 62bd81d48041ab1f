/** What the next run may need of this one, beside samples and pairs. Healthy networks store nothing. */
import type { PairOutcome } from '../decide/outcome';
import { DAY_MS } from '../domain/time';
import { sightingKey, sightingOf } from '../evaluate/seenHealthy';
import type { Sighting } from '../evaluate/seenHealthy';
import type { OrganizationSnapshot } from '../evaluate/snapshot';
import { groupByNetwork } from '../health/series';
import type { SeenHealthy } from '../memory/memory';
import { remembered } from '../memory/ownEntry';
import type { Settings } from '../settings/settings';

/** R4.7, for networks on which something depends. */
export function sightingsToRemember(
	outcomes: readonly PairOutcome[],
	snapshot: OrganizationSnapshot,
	settings: Settings,
): Record<string, SeenHealthy> {
	const kept = new Map<string, SeenHealthy>();
	const lookbacks = [...snapshot.lookbacks].map(([ip, { rows }]) => [ip, groupByNetwork(rows)] as const);
	for (const outcome of outcomes) {
		if (outcome.kind !== 'judged' || isHealthyOnPrimary(outcome)) continue;
		const { network, series } = outcome;
		const lookbackRows = new Map(lookbacks.map(([ip, rows]) => [ip, rows.get(network.id) ?? []]));
		const context = { networkId: network.id, series, lookbackRows, snapshot, settings };
		for (const ip of new Set(series.map((row) => row.ip))) {
			const entry = seenHealthyFrom(ip, sightingOf(ip, context), network.id, snapshot);
			if (entry) kept.set(sightingKey(network.id, ip), entry);
		}
	}
	return Object.fromEntries(kept);
}

function isHealthyOnPrimary({ pair, hasBadSample }: Extract<PairOutcome, { kind: 'judged' }>): boolean {
	return pair.active.role.kind === 'primary' && !hasBadSample;
}

function seenHealthyFrom(
	ip: string,
	sighting: Sighting,
	networkId: string,
	{ now, memory, lookbacks }: OrganizationSnapshot,
): SeenHealthy | null {
	if (sighting === 'seenHealthy') return { kind: 'yes' };
	if (sighting === 'unknown' || lookbacks.get(ip)?.isIncomplete === true) return null;
	const known = remembered(memory?.seenHealthy, sightingKey(networkId, ip));
	return lookbacks.has(ip) || !known ? { kind: 'never', at: now } : known;
}

/** The count before a sudden halving is kept for a day, so that the alert lasts as long as the halving does. */
export function managedToRemember(
	count: number,
	{ now, memory }: Pick<OrganizationSnapshot, 'now' | 'memory'>,
): { count: number; at: number } {
	const before = memory?.managed ?? null;
	return before && isHalved(count, before.count) && now - before.at < DAY_MS ? before : { count, at: now };
}

export function isHalved(count: number, before: number): boolean {
	return before >= 2 && count * 2 <= before;
}
