/** R4.7: whether a network ever had a measured sample of a destination that was not bad. */
import { HOUR_MS } from '../domain/time';
import type { LossRow } from '../domain/types';
import { exceedsThreshold } from '../health/seriesHealth';
import { isMeasured } from '../health/series';
import type { Series } from '../health/series';
import { remembered } from '../memory/ownEntry';
import type { Settings } from '../settings/settings';
import type { OrganizationSnapshot } from './snapshot';

export type Sighting = 'seenHealthy' | 'neverHealthy' | 'unknown';

export interface SightingContext {
	readonly networkId: string;
	/** All rows of the network. */
	readonly series: readonly Series[];
	/** Rows of this network that the looks back brought, by destination. */
	readonly lookbackRows: ReadonlyMap<string, readonly LossRow[]>;
	readonly snapshot: Pick<OrganizationSnapshot, 'memory' | 'now' | 'lookbacks'>;
	readonly settings: Settings;
}

/** After this long a destination that was never seen healthy is looked up again. */
const NEVER_KEPT_MS = HOUR_MS;

export function sightingOf(ip: string, context: SightingContext): Sighting {
	const { networkId, series, lookbackRows, snapshot, settings } = context;
	const isHealthy = (row: { readonly samples: Series['samples'] }) =>
		row.samples.some((sample) => isMeasured(sample) && !exceedsThreshold(sample, settings));
	const known = [...series.filter((row) => row.ip === ip), ...(lookbackRows.get(ip) ?? [])];
	if (known.some(isHealthy)) return 'seenHealthy';
	const before = remembered(snapshot.memory?.seenHealthy, sightingKey(networkId, ip));
	if (before?.kind === 'yes') return 'seenHealthy';
	if (before?.kind === 'never' && snapshot.now - before.at < NEVER_KEPT_MS) return 'neverHealthy';
	return snapshot.lookbacks.has(ip) ? 'neverHealthy' : 'unknown';
}

/** The key under which a sighting is remembered. */
export function sightingKey(networkId: string, ip: string): string {
	return JSON.stringify([networkId, ip]);
}
