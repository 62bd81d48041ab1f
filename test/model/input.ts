/** What the oracle is told: plain data, in words of its own. Times are milliseconds since 1970. */

export const MINUTE = 60_000;

export interface Sample {
	readonly at: number;
	/** `null`: unmeasured. */
	readonly loss: number | null;
	readonly latency: number | null;
}

/** All samples ever answered of one destination on one uplink of one appliance, oldest first. */
export interface Row {
	readonly serial: string;
	readonly uplink: string;
	readonly ip: string;
	readonly samples: readonly Sample[];
}

export interface Appliance {
	readonly serial: string;
	readonly role: 'primary' | 'spare';
	readonly reportedAt: number;
	readonly activeUplinks: readonly string[];
}

export interface Branch {
	readonly id: string;
	readonly tags: readonly string[];
	readonly rows: readonly Row[];
	/** The destinations that the newest answer names. */
	readonly answeredIps: readonly string[];
	/** What the three looks of R4.7 show: 1 hour, 24 hours and 7 days ago. */
	readonly looks: () => readonly Row[];
	/** `null`: not readable. */
	readonly appliances: readonly Appliance[] | null;
}

export interface Peer {
	readonly ip: string | null;
	readonly tags: readonly string[];
}

export type Tracked =
	| { readonly kind: 'vpnPeers' }
	| { readonly kind: 'listed'; readonly ips: Readonly<Record<string, readonly string[]>> }
	| { readonly kind: 'everyExcept'; readonly excluded: readonly string[] };

export type Zone = 'UTC' | 'Asia/Kolkata' | 'America/New_York';

export interface Maintenance {
	/** Only networks with this tag. */
	readonly tag: string | null;
	readonly zone: Zone;
	readonly when:
		| { readonly kind: 'once'; readonly from: string; readonly until: string }
		| {
				readonly kind: 'weekly';
				readonly days: readonly number[];
				readonly fromMinute: number;
				readonly untilMinute: number;
		  };
}

export type Filter =
	| { readonly kind: 'all' }
	| { readonly kind: 'withTag'; readonly tag: string }
	| { readonly kind: 'listed'; readonly ids: readonly string[] };

export interface Rules {
	readonly lossThreshold: number;
	readonly latencyThreshold: number | null;
	readonly window: number;
	readonly failoverSamples: number;
	readonly recoveryMinutes: number;
	readonly recoveryThreshold: number;
	readonly backupMustBe: 'notLossy' | 'measuredClean' | 'anything';
	readonly moves: 'all' | 'failoversOnly' | 'none';
	/** When branches may swap back; empty is any time. */
	readonly swapBackPeriods: readonly Maintenance[];
	readonly limitShare: number;
	readonly aboveLimit: 'confirm' | 'stop' | 'off';
	readonly swapBacksPerRun: number;
	readonly holdTag: string;
	/** `null`: the active uplink is judged. */
	readonly chosenUplinks: readonly string[] | null;
	readonly lossyWhen: 'any' | 'all';
	readonly tracked: Tracked;
	readonly filter: Filter;
	readonly maintenance: readonly Maintenance[];
}

/** What one run remembers of moves (R2.5, R4.10). */
export interface BackupMemory {
	/** When that run was. */
	readonly at: number;
	readonly byNetwork: Readonly<Record<string, BranchMemory>>;
}

export interface BranchMemory {
	/** The backup that was active in the last run that saw the branch. */
	readonly held: (RoleAndPeer & { readonly how: 'asked' | 'seen' | 'byHand' }) | null;
	/** What was asked for and has not been seen active since. */
	readonly asked: readonly (RoleAndPeer & { readonly isFailover: boolean; readonly at: number })[];
	/** Own failovers that took effect. */
	readonly failoversAt: readonly number[];
}

export interface Situation {
	readonly now: number;
	readonly rules: Rules;
	/** `null`: not readable. */
	readonly peers: readonly Peer[] | null;
	readonly branches: readonly Branch[];
	/** `null`: fresh. */
	readonly memory: BackupMemory | null;
}

/** 0 is primary, 1 is the first backup. */
export interface RoleAndPeer {
	readonly role: number;
	readonly peer: string;
}

export interface Move {
	readonly action: 'failover' | 'swapBack';
	readonly from: RoleAndPeer;
	readonly to: RoleAndPeer;
}

export interface Answer {
	/** By network; one that is missing stays. */
	readonly moves: ReadonlyMap<string, Move>;
	readonly memory: BackupMemory;
}
