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
import type { Health } from '../health/seriesHealth';
import { isClearlyBetter } from '../health/seriesHealth';
import type { LineVerdict } from '../health/lineFault';
import type { Series } from '../health/series';
import type { Settings } from '../settings/settings';
import type { VpnTag } from '../tags/tagFormat';
import { canTakeBranch } from '../health/trackedIps';
import type { Tracking } from '../health/trackedIps';
import type { Action } from '../domain/types';

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

/** What is asked only where the health wants a move, since some of it costs a read. */
export interface Facts {
	/** R4.6: whether this network was ever seen healthy towards the peer. */
	armed(peer: PeerReading): boolean | Need;
	/** R4.7. */
	line(): LineVerdict | Need;
	/** R4.9; `notReadable`: Meraki did not tell the past of primary. */
	isFlapping(): boolean | 'notReadable' | Need;
	isHandMove(): boolean;
}

export interface Situation {
	readonly peers: PeerReadings;
	readonly isHeld: boolean;
	readonly isInMaintenance: boolean;
	/** `notReadable`: Meraki did not tell which appliance and uplink are in use (R1.3). */
	readonly appliance: 'online' | 'offline' | 'notReadable';
	readonly facts: Facts;
	readonly settings: Settings;
}

/** What must be read before this can be decided; then ask again. */
export type Need =
	/** A swap back hangs on samples of primary that are older than what was read (R2.4, R4.9). */
	| { readonly kind: 'history'; readonly ips: readonly string[]; readonly minutes: number }
	/** A move hangs on whether these destinations were ever seen healthy (R4.6). */
	| { readonly kind: 'arming'; readonly ips: readonly string[] };

/** Why a branch moves. */
export type MoveReason = 'primaryFailing' | 'backupFailing' | 'primaryRecovered';

/** What stops a move that the health wants (R4, R5). */
export type VetoReason =
	| 'hold'
	| 'maintenance'
	| 'noStatus'
	| 'offline'
	/** R4.6, *notArmed* in the rules. */
	| 'neverHealthy'
	| 'lineFault'
	| 'noCandidate'
	| 'manual'
	| 'noHistory'
	| 'flapping'
	| 'handMove'
	| 'failoverLimit'
	| 'swapBackRate';

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
	| {
			readonly kind: 'move';
			readonly action: Action;
			readonly to: VpnTag;
			readonly reason: MoveReason;
			/** R4.7; `null` for a swap back. */
			readonly line: LineVerdict | null;
	  }
	| {
			readonly kind: 'vetoed';
			readonly action: Action;
			/** Where it would go; `null` when nowhere (R4.8), or not asked. */
			readonly to: VpnTag | null;
			readonly wantedFor: MoveReason;
			readonly reason: VetoReason;
			readonly line: LineVerdict | null;
	  }
	| { readonly kind: 'stay'; readonly reason: StayReason }
	| { readonly kind: 'needs'; readonly need: Need };

/** The verdict for a consistent pair. Total: every situation has one. */
export function decide(situation: Situation): Verdict {
	const wanted = wantedMove(situation);
	if (wanted.kind !== 'wants') return wanted;
	const verdict = verdictOn(situation, wanted);
	return isDoubtfulEscape(verdict) ? swapBackInstead(situation, verdict) : verdict;
}

function verdictOn(situation: Situation, { action, reason: wantedFor }: Wants): Verdict {
	const veto = firstVeto(situation, action);
	if (veto.kind === 'needs') return veto;
	const { line } = veto;
	const target = targetOf(situation, action);
	const to = target.kind === 'target' ? target.to : null;
	if (veto.kind === 'veto') return { kind: 'vetoed', action, to, wantedFor, reason: veto.reason, line };
	if (target.kind === 'needs') return target;
	// R4.8 comes after all but the vetoes of a swap back, which always has somewhere to go.
	if (to === null) return { kind: 'vetoed', action, to, wantedFor, reason: 'noCandidate', line };
	return { kind: 'move', action, to, reason: wantedFor, line };
}

/** The loss on the active backup says nothing of the backup: it was never seen healthy, or it is the line's. */
function isDoubtfulEscape(verdict: Verdict): boolean {
	return (
		verdict.kind === 'vetoed' &&
		verdict.action === 'escape' &&
		(verdict.reason === 'neverHealthy' || verdict.reason === 'lineFault')
	);
}

/** Then the backup counts as unmeasured (R4.6), and a primary that has recovered is swapped back to (R3.3). */
function swapBackInstead(situation: Situation, escapeVerdict: Verdict): Verdict {
	const wanted = swapBack(situation.peers.primary, situation.settings);
	if (wanted.kind === 'stay') return escapeVerdict;
	return wanted.kind === 'wants' ? verdictOn(situation, wanted) : wanted;
}

type Needs = { readonly kind: 'needs'; readonly need: Need };

type Wants = { readonly kind: 'wants'; readonly action: Action; readonly reason: MoveReason };

type Wanted = Wants | { readonly kind: 'stay'; readonly reason: StayReason } | Needs;

/** R3: what the health alone would do. */
function wantedMove({ peers, settings }: Situation): Wanted {
	const { primary, active } = peers;
	if (active === primary) return failover(primary);
	if (isFailing(active)) return { kind: 'wants', action: 'escape', reason: 'backupFailing' }; // R3.2
	return swapBack(primary, settings);
}

/** R3.1: primary active and still failing. */
function failover(primary: PeerReading): Wanted {
	if (primary.health.kind === 'noData') return { kind: 'stay', reason: noDataReason(primary) };
	switch (primary.health.loss) {
		case 'clean':
			return { kind: 'stay', reason: 'healthy' };
		case 'lossy':
			return { kind: 'stay', reason: 'watching' };
		case 'failing':
			return { kind: 'wants', action: 'failover', reason: 'primaryFailing' };
	}
}

/** R3.3: a backup active and not still failing, or unmeasured; never from one backup to another by preference. */
function swapBack(primary: PeerReading, { recoveryMinutes }: Settings): Wanted {
	if (primary.health.kind === 'noData') return { kind: 'stay', reason: noDataReason(primary) };
	switch (primary.health.recovered) {
		case 'yes':
			return { kind: 'wants', action: 'swapBack', reason: 'primaryRecovered' };
		case 'unknown':
			return { kind: 'needs', need: { kind: 'history', ips: trackedIps(primary), minutes: recoveryMinutes } };
		case 'no':
			return { kind: 'stay', reason: 'recoveryPending' };
	}
}

export function trackedIps({ tracking }: PeerReading): readonly string[] {
	return tracking.kind === 'tracked' ? tracking.ips : [];
}

type Target = { readonly kind: 'target'; readonly to: VpnTag | null } | Needs;

function targetOf(situation: Situation, action: Action): Target {
	const { primary } = situation.peers;
	switch (action) {
		case 'failover':
			return failoverCandidate(situation);
		case 'escape':
			// R3.2: to primary if it has data and is not lossy, else to another backup.
			return isMeasuredClean(primary) ? { kind: 'target', to: primary.member } : escapeCandidate(situation);
		case 'swapBack':
			return { kind: 'target', to: primary.member };
	}
}

/** R3.4, for failovers: not lossy, or unmeasured, or clearly better than the active peer. */
function failoverCandidate(situation: Situation): Target {
	const { peers, settings, facts } = situation;
	const backups = otherBackups(peers);
	switch (settings.backupMustBe) {
		case 'anything':
			return { kind: 'target', to: backups[0]?.member ?? null };
		case 'measuredClean':
			return { kind: 'target', to: backups.find(isMeasuredClean)?.member ?? null };
		case 'notLossy':
			return first(
				backups,
				(backup) => isBetter(backup, peers.active, settings) || isNotLossy(backup, facts),
			);
	}
}

/** R3.4, for escapes: "anything" and "clearly better" do not hold; a move must end on a peer that is not lossy. */
function escapeCandidate({ peers, settings, facts }: Situation): Target {
	const others = otherBackups(peers);
	if (settings.backupMustBe === 'measuredClean') {
		return { kind: 'target', to: others.find(isMeasuredClean)?.member ?? null };
	}
	return first(others, (backup) => isNotLossy(backup, facts));
}

/** The first that fits, in order; one that cannot be told yet is read before a later one is taken. */
function first(backups: readonly PeerReading[], fits: (backup: PeerReading) => boolean | Need): Target {
	for (const backup of backups) {
		const answer = fits(backup);
		if (typeof answer === 'object') return { kind: 'needs', need: answer };
		if (answer) return { kind: 'target', to: backup.member };
	}
	return { kind: 'target', to: null };
}

/** R4.6: a backup that was never seen healthy counts as unmeasured. */
function isNotLossy(backup: PeerReading, facts: Facts): boolean | Need {
	if (backup.health.kind === 'noData' || backup.health.loss === 'clean') return true;
	const answer = facts.armed(backup);
	return typeof answer === 'object' ? answer : !answer;
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

function noDataReason({ tracking }: PeerReading): StayReason {
	return tracking.kind === 'untracked' ? 'untracked' : 'noData';
}

type Veto =
	| { readonly kind: 'veto'; readonly reason: VetoReason; readonly line: LineVerdict | null }
	| { readonly kind: 'none'; readonly line: LineVerdict | null }
	| Needs;

/** R4, in its order. Tags (R4.1) were asked before; no data (R4.5) wants no move in the first place. */
function firstVeto(situation: Situation, action: Action): Veto {
	const { isHeld, isInMaintenance, appliance } = situation;
	if (isHeld) return veto('hold'); // R4.2
	if (isInMaintenance) return veto('maintenance'); // R4.3
	if (appliance === 'notReadable') return veto('noStatus'); // R1.3
	if (appliance === 'offline') return veto('offline'); // R4.4
	return action === 'swapBack' ? swapBackVeto(situation) : leavingVeto(situation);
}

/** R4.6 and R4.7: whether the loss really is the active peer's. */
function leavingVeto({ peers, facts }: Situation): Veto {
	const armed = facts.armed(peers.active);
	if (typeof armed === 'object') return { kind: 'needs', need: armed };
	if (!armed) return veto('neverHealthy');
	const line = facts.line();
	if (typeof line === 'object') return { kind: 'needs', need: line };
	return line === 'lineFault' ? veto('lineFault', line) : { kind: 'none', line };
}

/** R4.9: these never stop a failover or an escape. */
function swapBackVeto({ settings, facts }: Situation): Veto {
	if (settings.swapBack === 'manual') return veto('manual');
	const isFlapping = facts.isFlapping();
	if (typeof isFlapping === 'object') return { kind: 'needs', need: isFlapping };
	if (isFlapping === 'notReadable') return veto('noHistory');
	if (isFlapping) return veto('flapping');
	return facts.isHandMove() ? veto('handMove') : { kind: 'none', line: null };
}

function veto(reason: VetoReason, line: LineVerdict | null = null): Veto {
	return { kind: 'veto', reason, line };
}
