/**
 * Why a branch moves, or does not: one pair on one network, asked in the order in which an operator would ask.
 *
 *   1. Are the tags in order?                    R4.1   tags.ts answers before anything else is looked at
 *   2. Is the active peer failing?               R2     health.ts
 *   3. Then where to?                            R3.1 failover, R3.2 escape, R3.4 candidates
 *   4. If not: has primary recovered?            R3.3 swap back
 *   5. Does anything stop the move?              R4.2 ... R4.9, in that order
 *
 * Nothing here knows the time, the network or n8n.
 */
import type { Health } from './health';
import { isClearlyBetter } from './health';
import type { Series } from './samples';
import type { Settings } from './settings';
import type { VpnTag } from './tagFormat';
import { canTakeBranch } from './trackedIps';
import type { Tracking } from './trackedIps';
import type { Action } from './types';

/** One peer of the pair with what the branch measured of it. */
export interface PeerReading {
	readonly member: VpnTag;
	readonly tracking: Tracking;
	/** The judged rows (R1.3), each with all known samples. */
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

export interface Situation {
	readonly peers: PeerReadings;
	readonly isHeld: boolean;
	/** `notReadable`: Meraki did not tell which appliance and uplink are in use (R1.3). */
	readonly appliance: 'online' | 'offline' | 'notReadable';
	readonly settings: Settings;
}

/** Why a branch moves. */
export type MoveReason = 'primaryFailing' | 'backupFailing' | 'primaryRecovered';

/** What stops a move that the health wants (R4). */
export type VetoReason = 'hold' | 'noStatus' | 'offline' | 'noCandidate' | 'manual';

/** Why the health wants no move. */
export type StayReason =
	/** On primary and clean. */
	| 'healthy'
	/** Samples are over, but the newest two are not: it may be over already (R2.3). */
	| 'watching'
	/** The judged peer has no tracked IP. */
	| 'untracked'
	/** R4.5: the judged peer has too few or too old samples. */
	| 'noData'
	/** On backup, primary not yet clean for long enough (R2.4). */
	| 'recoveryPending';

export type Reason = MoveReason | VetoReason | StayReason | 'tagsInconsistent';

export type Verdict =
	| { readonly kind: 'move'; readonly action: Action; readonly to: VpnTag; readonly reason: MoveReason }
	| {
			readonly kind: 'vetoed';
			readonly action: Action;
			/** Where it would go; `null` when nowhere (R4.8). */
			readonly to: VpnTag | null;
			readonly wantedFor: MoveReason;
			readonly reason: VetoReason;
	  }
	| { readonly kind: 'stay'; readonly reason: StayReason }
	/** A swap back hangs on samples older than what was read (R2.4): read the history of primary, then ask again. */
	| { readonly kind: 'historyNeeded' };

/** The verdict for a consistent pair. Total: every situation has one. */
export function decide(situation: Situation): Verdict {
	const wanted = wantedMove(situation);
	if (wanted.kind !== 'wants') return wanted;
	const { action, to, reason } = wanted;
	const veto = firstVeto(situation, action);
	// R4.8 comes after all but the vetoes of a swap back, which always has somewhere to go.
	if (veto === null && to !== null) return { kind: 'move', action, to, reason };
	return { kind: 'vetoed', action, to, wantedFor: reason, reason: veto ?? 'noCandidate' };
}

type Wanted =
	| {
			readonly kind: 'wants';
			readonly action: Action;
			readonly to: VpnTag | null;
			readonly reason: MoveReason;
	  }
	| { readonly kind: 'stay'; readonly reason: StayReason }
	| { readonly kind: 'historyNeeded' };

/** R3: what the health alone would do. */
function wantedMove(situation: Situation): Wanted {
	const { primary, active } = situation.peers;
	if (active === primary) return failover(situation);
	return isFailing(active) ? escape(situation) : swapBack(primary);
}

/** R3.1: primary active and still failing. */
function failover(situation: Situation): Wanted {
	const { primary } = situation.peers;
	if (primary.health.kind === 'noData') return { kind: 'stay', reason: noDataReason(primary) };
	if (primary.health.loss === 'clean') return { kind: 'stay', reason: 'healthy' };
	if (primary.health.loss === 'lossy') return { kind: 'stay', reason: 'watching' };
	const to = failoverCandidate(situation);
	return { kind: 'wants', action: 'failover', to, reason: 'primaryFailing' };
}

/** R3.2: a backup active and still failing. To primary if it has data and is not lossy, else to another backup. */
function escape(situation: Situation): Wanted {
	const { primary } = situation.peers;
	const isPrimaryUsable = primary.health.kind === 'measured' && primary.health.loss === 'clean';
	const to = isPrimaryUsable ? primary.member : escapeCandidate(situation);
	return { kind: 'wants', action: 'escape', to, reason: 'backupFailing' };
}

/** R3.3: a backup active and not still failing, or unmeasured; never from one backup to another by preference. */
function swapBack(primary: PeerReading): Wanted {
	if (primary.health.kind === 'noData') return { kind: 'stay', reason: noDataReason(primary) };
	switch (primary.health.recovered) {
		case 'yes':
			return { kind: 'wants', action: 'swapBack', to: primary.member, reason: 'primaryRecovered' };
		case 'unknown':
			return { kind: 'historyNeeded' };
		case 'no':
			return { kind: 'stay', reason: 'recoveryPending' };
	}
}

/** R3.4, for failovers: not lossy, or unmeasured, or clearly better than the active peer. */
function failoverCandidate({ peers, settings }: Situation): VpnTag | null {
	const backups = otherBackups(peers);
	switch (settings.backupMustBe) {
		case 'anything':
			return backups[0]?.member ?? null;
		case 'measuredClean':
			return backups.find(isMeasuredClean)?.member ?? null;
		case 'notLossy':
			return (
				backups.find((backup) => isNotLossy(backup) || isBetter(backup, peers.active, settings))?.member ??
				null
			);
	}
}

/** R3.4, for escapes: "anything" and "clearly better" do not hold; a move must end on a peer that is not lossy. */
function escapeCandidate({ peers, settings }: Situation): VpnTag | null {
	const others = otherBackups(peers);
	const isUsable = settings.backupMustBe === 'measuredClean' ? isMeasuredClean : isNotLossy;
	return others.find(isUsable)?.member ?? null;
}

/**
 * The backups a branch may be sent to at all. Where the VPN peers are known and none, or several, would take the
 * branch by that tag, a move would leave it with no peer or with two.
 */
function otherBackups({ backups, active }: PeerReadings): PeerReading[] {
	return backups.filter((peer) => peer !== active && canTakeBranch(peer.tracking));
}

function isBetter(backup: PeerReading, active: PeerReading, settings: Settings): boolean {
	// With several judged rows a peer is only clearly better if every row of it is better than every row of the other.
	return (
		backup.rows.length > 0 &&
		active.rows.length > 0 &&
		backup.rows.every((row) =>
			active.rows.every((other) => isClearlyBetter(row.samples, other.samples, settings)),
		)
	);
}

function isFailing({ health }: PeerReading): boolean {
	return health.kind === 'measured' && health.loss === 'failing';
}

function isMeasuredClean({ health }: PeerReading): boolean {
	return health.kind === 'measured' && health.loss === 'clean';
}

function isNotLossy({ health }: PeerReading): boolean {
	return health.kind === 'noData' || health.loss === 'clean';
}

function noDataReason({ tracking }: PeerReading): StayReason {
	return tracking.kind === 'untracked' ? 'untracked' : 'noData';
}

/** R4, in its order. Tags (R4.1) were asked before; no data (R4.5) wants no move in the first place. */
function firstVeto({ isHeld, appliance, settings }: Situation, action: Action): VetoReason | null {
	if (isHeld) return 'hold'; // R4.2
	if (appliance === 'notReadable') return 'noStatus'; // R1.3
	if (appliance === 'offline') return 'offline'; // R4.4
	if (action === 'swapBack' && settings.swapBack === 'manual') return 'manual'; // R4.9
	return null;
}
