import type { Action, LossRow, VpnPeer } from '../domain/types';

/**
 * What one organization is remembered by between runs. Memory is a cache: without it the same moves are made.
 * Plain JSON; times are epoch milliseconds on Meraki's clock, but for `failures`, when there is no such clock.
 */
export interface OrganizationMemory {
	/** API clock of the run that wrote it. */
	readonly evaluatedAt: number;
	/** Samples of networks that are off their primary, or about to be. */
	readonly rows: readonly LossRow[];
	/** By pair of a network: what is known of its moves. Pairs on their primary without recent moves are left out. */
	readonly pairs: Readonly<Record<string, PairMemory>>;
	/** Destinations of a network that were seen healthy, or never, for networks on which a decision depended (R4.7). */
	readonly seenHealthy: Readonly<Record<string, SeenHealthy>>;
	/** How many networks took part: a sudden half is told (R8.5). */
	readonly managed: { readonly count: number; readonly at: number } | null;
	/** What people were told, by the key of the condition. */
	readonly told: Readonly<Record<string, Told>>;
	/** What was said of the tunnels to backups that have been active for a while. */
	readonly tunnels: RememberedTunnels;
	/** Outages of a peer, by its name. */
	readonly incidents: Readonly<Record<string, Incident>>;
	/** Runs in a row that read nothing; `null` after one that did. Local clock. */
	readonly failures: Failures | null;
	/** As Meraki gave it once, so that messages need no call for it. */
	readonly name: string | null;
	/** Remembered without their secrets. */
	readonly peers: { readonly readAt: number; readonly list: readonly VpnPeer[] } | null;
}

/** R2.5 and R4.10: where a pair was, where it was asked to go, and how often it failed over. */
export interface PairMemory {
	/** The backup that was active when the pair was last seen; `null` on the primary. */
	readonly held: HeldBackup | null;
	/** Moves that were decided and not seen to have taken effect yet. */
	readonly asked: readonly AskedMove[];
	/** When own failovers were decided that took effect, oldest first, of the last 6 hours. */
	readonly failoversAt: readonly number[];
	/** When it was last seen: a network that vanished is kept for a day. */
	readonly seenAt: number;
}

export interface HeldBackup {
	readonly role: string;
	readonly peer: string;
	readonly since: number;
	/** `asked`: by this product. `byHand`: by an operator, and the primary has not been lossy since. `seen`: unknown. */
	readonly how: 'asked' | 'seen' | 'byHand';
}

export interface AskedMove {
	readonly role: string;
	readonly peer: string;
	readonly action: Action;
	readonly at: number;
}

export type SeenHealthy = { readonly kind: 'yes' } | { readonly kind: 'never'; readonly at: number };

export interface RememberedTunnels {
	/** By pair of a network. */
	readonly seen: Readonly<Record<string, RememberedTunnel>>;
	/** Why they could not be read when that was last tried, in Meraki's words; `null` when they could. */
	readonly unread: string | null;
}

export interface RememberedTunnel {
	/** The peer of the tag that was up then. */
	readonly peer: string;
	readonly lookedUpAt: number;
	/** Meraki's word for the tunnel; `null` where it said nothing of it. */
	readonly reachability: string | null;
}

export interface Told {
	/** What the condition looked like; another one counts as changed. */
	readonly fingerprint: string;
	readonly since: number;
	/** `null`: seen, but not told yet. */
	readonly toldAt: number | null;
	/** What to say when it ends. */
	readonly title: string;
	/** When it was last seen, for what comes and goes; missing where it ends at once. */
	readonly seenAt?: number;
}

export interface Incident {
	readonly id: string;
	readonly startedAt: number;
	readonly seenAt: number;
}

export interface Failures {
	readonly count: number;
	readonly since: number;
	readonly toldAt: number | null;
}

export const MEMORY_VERSION = 2;

/** All organizations of one node. */
export interface Memory {
	readonly version: typeof MEMORY_VERSION;
	readonly organizations: Readonly<Record<string, OrganizationMemory>>;
}

/** `fresh`: there was none. `damaged`: there was something, but it cannot be used; the run starts fresh and says so. */
export type LoadedMemory = { readonly kind: 'loaded' | 'fresh' | 'damaged'; readonly memory: Memory };

export const EMPTY_MEMORY: Memory = { version: MEMORY_VERSION, organizations: {} };

/** An organization of which nothing is known yet. */
export const EMPTY_ORGANIZATION_MEMORY: OrganizationMemory = {
	evaluatedAt: 0,
	rows: [],
	pairs: {},
	seenHealthy: {},
	managed: null,
	told: {},
	tunnels: { seen: {}, unread: null },
	incidents: {},
	failures: null,
	name: null,
	peers: null,
};
