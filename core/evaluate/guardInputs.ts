/** Answers what the decision asks beyond health (R4.6, R4.7, R4.9), from samples, history and memory. */
import type { Facts, Need, PeerReading, PeerReadings } from '../decide/decide';
import { trackedIps } from '../decide/decide';
import { FLAPPING_LOOK_BACK_MS, isFlapping, ONSET_QUIET_MS } from '../health/flapping';
import { exceedsThreshold } from '../health/seriesHealth';
import { EARLIER_LOOKS_MS } from './snapshot';
import type { Knowledge } from './snapshot';
import { judgeLine } from '../health/lineFault';
import type { LineVerdict } from '../health/lineFault';
import { pairKey } from '../tags/pairKey';
import { remembered } from '../memory/ownEntry';
import { roleName } from '../domain/roles';
import type { Series } from '../health/series';
import { isMeasured, MINUTE_MS } from '../health/series';
import type { Settings } from '../settings/settings';
import type { ConsistentPair } from '../tags/pairs';
import type { LossRow } from '../domain/types';
import { overSamplesKnownSince } from './onsetCoverage';

/** One pair on one network with everything measured there. */
export interface FactsContext {
	readonly networkId: string;
	readonly pair: ConsistentPair;
	readonly peers: PeerReadings;
	/** All rows of the network, also those of other peers and of references. */
	readonly series: readonly Series[];
	/** Rows of this network that earlier looks brought, by destination. */
	readonly earlierRows: ReadonlyMap<string, readonly LossRow[]>;
	readonly knowledge: Knowledge;
	/** What this run judges: see watch.ts. */
	readonly watch: string;
	readonly settings: Settings;
}

/** Made for every branch, asked of few: it costs one object. */
export class KnownFacts implements Facts {
	constructor(private readonly context: FactsContext) {}

	armed(peer: PeerReading): boolean | Need {
		return peerArmed(peer, this.context);
	}

	line(): LineVerdict | Need {
		return line(this.context);
	}

	isFlapping(): boolean | 'notReadable' | Need {
		return flapping(this.context);
	}

	isHandMove(): boolean {
		return isHandMove(this.context);
	}
}

export type Arming = 'armed' | 'unarmed' | 'unknown';

/** R4.6: whether this network ever had a measured sample of the destination that was not over. */
export function arming(
	ip: string,
	{
		networkId,
		series,
		earlierRows,
		knowledge,
		settings,
	}: Pick<FactsContext, 'networkId' | 'series' | 'earlierRows' | 'knowledge' | 'settings'>,
): Arming {
	const isHealthy = (row: { readonly samples: Series['samples'] }) =>
		row.samples.some((sample) => isMeasured(sample) && !exceedsThreshold(sample, settings));
	const known = [...series.filter((row) => row.ip === ip), ...(earlierRows.get(ip) ?? [])];
	if (known.some(isHealthy)) return 'armed';
	const before = remembered(knowledge.memory?.arming, armingKey(networkId, ip));
	if (before?.kind === 'armed') return 'armed';
	if (before?.kind === 'unarmed' && knowledge.now - before.at < UNARMED_KEPT_MS) return 'unarmed';
	return (knowledge.earlier.get(ip)?.looks ?? 0) < EARLIER_LOOKS_MS.length ? 'unknown' : 'unarmed';
}

/** After this long it is looked up again, whether a destination was seen healthy meanwhile. */
const UNARMED_KEPT_MS = 60 * MINUTE_MS;

export function armingKey(networkId: string, ip: string): string {
	return JSON.stringify([networkId, ip]);
}

function peerArmed(peer: PeerReading, context: FactsContext): boolean | Need {
	const ips = trackedIps(peer);
	const answers = ips.map((ip) => ({ ip, answer: arming(ip, context) }));
	if (answers.some(({ answer }) => answer === 'armed')) return true;
	const unknown = answers.filter(({ answer }) => answer === 'unknown').map(({ ip }) => ip);
	return unknown.length > 0 ? { kind: 'arming', ips: unknown } : false;
}

/** R4.7: references are other tracked IPs that were seen healthy; for an escape not those of primary either. */
function line(context: FactsContext) {
	const { peers, series, settings, knowledge } = context;
	const excluded = [...trackedIps(peers.active), ...trackedIps(peers.primary)];
	const ips = [...new Set(series.map((row) => row.ip))].filter((ip) => !excluded.includes(ip));
	const answers = ips.map((ip) => ({ ip, answer: arming(ip, context) }));
	const unknown = answers.filter(({ answer }) => answer === 'unknown').map(({ ip }) => ip);
	if (unknown.length > 0) return { kind: 'arming', ips: unknown } satisfies Need;
	const armed = answers.filter(({ answer }) => answer === 'armed').map(({ ip }) => ip);
	const references = series.filter((row) => armed.includes(row.ip));
	return judgeLine(peers.active.rows, references, settings, knowledge.now);
}

/** R4.9 looks back an hour and a half, and five minutes more for the quiet before an onset. */
const FLAPPING_MINUTES = (FLAPPING_LOOK_BACK_MS + ONSET_QUIET_MS) / MINUTE_MS;

function flapping({ peers, knowledge, watch, settings }: FactsContext): boolean | 'notReadable' | Need {
	const neededSince = knowledge.now - FLAPPING_MINUTES * MINUTE_MS;
	const unknown = trackedIps(peers.primary).filter(
		(ip) => overSamplesKnownSince(ip, knowledge, watch, settings) > neededSince,
	);
	const unread = unknown.filter((ip) => (knowledge.history.get(ip)?.knownSince ?? Infinity) > neededSince);
	if (unread.length > 0) return { kind: 'history', ips: unread, minutes: FLAPPING_MINUTES };
	const flaps = isFlapping(peers.primary.rows, settings, knowledge.now);
	return !flaps && unknown.length > 0 ? 'notReadable' : flaps;
}

/** R4.9 "memory is not fresh": older than this it cannot say who moved a branch. */
const UNWATCHED_MS = 5 * MINUTE_MS;

/**
 * R4.9: memory is not fresh, and a backup role is active that memory neither held nor asked for. It stands until
 * primary is lossy; from then on a recovery swaps back.
 */
function isHandMove({
	networkId,
	pair,
	peers,
	knowledge,
}: Pick<FactsContext, 'networkId' | 'pair' | 'peers' | 'knowledge'>): boolean {
	const { memory } = knowledge;
	// What was done while nobody looked may have been this product's own, by a run that was killed.
	if (memory === null || knowledge.now - memory.evaluatedAt > UNWATCHED_MS) return false;
	if (peers.primary.health.kind === 'measured' && peers.primary.health.loss !== 'clean') return false;
	const known = remembered(memory.backupRoles, pairKey(networkId, pair.pair));
	if (!known || known.role !== roleName(pair.active.role) || known.peer !== pair.active.peer) return true;
	return known.how === 'byHand';
}
