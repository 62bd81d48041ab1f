import type { Health } from '../health/seriesHealth';
import type { LineVerdict } from '../health/lineFault';
import type { Series } from '../health/series';
import type { Tracking } from '../health/trackedIps';
import type { Settings } from '../settings/settings';
import type { VpnTag } from '../tags/tagFormat';

/** One peer of the pair with what the branch measured of it. */
export interface PeerReading {
	readonly member: VpnTag;
	readonly tracking: Tracking;
	/** The rows that count (R1.3), each with all known samples. */
	readonly rows: readonly Series[];
	readonly health: Health;
}

/** The peers of one pair, as one branch measures them. */
export interface PeerReadings {
	readonly primary: PeerReading;
	/** In the order of their roles. */
	readonly backups: readonly PeerReading[];
	/** One of them: the peer whose tag says up. */
	readonly active: PeerReading;
}

/** What is asked only where the health wants a move, since some of it costs a read. */
export interface GuardInputs {
	/** The looks back without which R4.7 and R4.8 cannot be answered; `null` when none is missing. */
	missingLooks(): Need | null;
	/** R4.7: whether this network ever had a good sample of the peer. Ask after {@link missingLooks}. */
	wasSeenHealthy(peer: PeerReading): boolean;
	/** R4.8. Ask after {@link missingLooks}. */
	lineFault(): LineVerdict;
	/** R4.10. */
	isHandMove(): boolean;
}

/** Everything that the decision on one pair depends on. */
export interface Situation {
	readonly peers: PeerReadings;
	readonly isHeld: boolean;
	readonly isInMaintenance: boolean;
	/** `false` outside the times of *Swap Back Only Between* (R4.10). */
	readonly maySwapBackNow: boolean;
	/** `notReadable`: it is not known which appliance and uplink are in use (R1.3). */
	readonly appliance: 'online' | 'offline' | 'notReadable';
	readonly inputs: GuardInputs;
	/** With the recovery minutes that the backoff asks for (R2.5). */
	readonly settings: Settings;
}

/** What must be read before this can be decided; then ask again. */
export type Need =
	/** A swap back depends on samples of the primary that are older than what was read (R2.4). */
	| { readonly kind: 'history'; readonly ips: readonly string[]; readonly minutes: number }
	/** A move depends on whether these destinations were ever seen healthy (R4.7). */
	| { readonly kind: 'looks'; readonly ips: readonly string[] };

/** The tracked IPs of a peer; none when it is not tracked. */
export function trackedIps({ tracking }: Pick<PeerReading, 'tracking'>): readonly string[] {
	return tracking.kind === 'tracked' ? tracking.ips : [];
}
