/** Answers what the decision asks beyond health (R4.7, R4.8, R4.10), from samples, looks back and memory. */
import { otherBackups } from '../decide/decide';
import { trackedIps } from '../decide/situation';
import type { GuardInputs, Need, PeerReading, PeerReadings } from '../decide/situation';
import { lineVerdict } from '../health/lineFault';
import type { LineVerdict } from '../health/lineFault';
import { isLossy } from '../health/seriesHealth';
import type { UnknownMove } from '../decide/outcome';
import { sightingOf } from './seenHealthy';
import type { Sighting, SightingContext } from './seenHealthy';

/** One pair on one network with everything measured there. */
export interface GuardContext extends SightingContext {
	readonly peers: PeerReadings;
	readonly unknownMove: UnknownMove | null;
}

export function guardInputs(context: GuardContext): GuardInputs {
	return {
		missingLooks: () => missingLooks(context),
		wasSeenHealthy: (peer) => wasSeenHealthy(peer, context),
		lineFault: () => lineFault(context),
		isHandMove: () => context.unknownMove === 'byHand',
	};
}

/** All at once, so that one round of reading answers a failover: the active peer, its references, the lossy backups. */
function missingLooks(context: GuardContext): Need | null {
	const { peers, settings } = context;
	const asksCandidates = settings.backupMustBe === 'notLossy';
	const lossy = asksCandidates ? otherBackups(peers).filter(({ health }) => isLossy(health)) : [];
	const asked = [peers.active, ...lossy].filter((peer) => sightingOfPeer(peer, context) === 'unknown');
	const ips = [...asked.flatMap(trackedIps), ...references(context, 'unknown')];
	const unknown = [...new Set(ips)].filter((ip) => sightingOf(ip, context) === 'unknown');
	return unknown.length > 0 ? { kind: 'looks', ips: unknown } : null;
}

function wasSeenHealthy(peer: PeerReading, context: GuardContext): boolean {
	return sightingOfPeer(peer, context) === 'seenHealthy';
}

function sightingOfPeer(peer: PeerReading, context: GuardContext): Sighting {
	const sightings = trackedIps(peer).map((ip) => sightingOf(ip, context));
	if (sightings.includes('seenHealthy')) return 'seenHealthy';
	return sightings.includes('unknown') ? 'unknown' : 'neverHealthy';
}

/** R4.8: references that were never seen healthy are ignored. */
function lineFault(context: GuardContext): LineVerdict {
	const { peers, series, settings, snapshot } = context;
	const seen = references(context, 'seenHealthy');
	const rows = series.filter((row) => seen.includes(row.ip));
	return lineVerdict(peers.active.rows, rows, settings, snapshot.now);
}

/** Other tracked IPs; for a failover from a backup not those of the primary either. */
function references(context: GuardContext, sighting: Sighting): string[] {
	const { peers, series } = context;
	const excluded = [...trackedIps(peers.active), ...trackedIps(peers.primary)];
	const ips = [...new Set(series.map((row) => row.ip))].filter((ip) => !excluded.includes(ip));
	return ips.filter((ip) => sightingOf(ip, context) === sighting);
}
