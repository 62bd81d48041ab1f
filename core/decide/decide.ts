/**
 * Why a branch moves, or does not: one pair on one network, asked in the order in which an operator would ask. The
 * numbers are those of docs/rules.md.
 *
 *   1. Are the tags consistent?            R4.1          tags/pairs.ts, before anything else
 *   2. Does the health ask for a move?     R3.1 to R3.3  wantedMove
 *   3. Does a guard stop it?               R4.2 to R4.5  commonGuard: hold, paused, maintenance, noStatus, offline
 *                                          R4.7, R4.8    failoverGuard: neverHealthy, lineFault
 *   4. Where does it go?                   R3.2, R3.4    targetOf; without a target R4.9 noCandidate
 *   5. Does a guard stop a swap back?      R4.10         swapBackGuard: outsideWindow, handMove
 *   6. Was only the loss of a backup doubted, and has the primary recovered?  R3.5  swapBackInstead
 *   7. Do the limits of the batch allow it?  R5          limits.ts, when every pair has its verdict
 *
 * Nothing here knows the time, the network or n8n.
 */
import type { Settings } from '../settings/settings';
import type { VpnTag } from '../tags/tagFormat';
import { isClearlyBetter, isLossy } from '../health/seriesHealth';
import type { LineVerdict } from '../health/lineFault';
import { canTakeBranch } from '../health/trackedIps';
import { trackedIps } from './situation';
import type { PeerReading, PeerReadings, Situation } from './situation';
import { vetoed } from './verdict';
import type { Needs, Stay, StayReason, Verdict, VetoReason, WantedMove } from './verdict';

/** The verdict for a consistent pair. Every situation has one. */
export function decide(situation: Situation): Verdict {
	const wanted = wantedMove(situation);
	if (wanted.kind !== 'wants') return wanted;
	const verdict = verdictOn(situation, wanted);
	return isDoubtful(situation, verdict) ? swapBackInstead(situation, verdict) : verdict;
}

interface Wants extends WantedMove {
	readonly kind: 'wants';
}

/** R3.1 to R3.3: what the health alone asks for. */
function wantedMove({ peers, settings }: Situation): Wants | Stay | Needs {
	const { primary, active } = peers;
	if (active === primary) return failoverFromPrimary(primary);
	if (isFailing(active)) return { kind: 'wants', action: 'failover', wantedFor: 'backupFailing' }; // R3.2
	return swapBack(primary, settings);
}

/** R3.1. */
function failoverFromPrimary(primary: PeerReading): Wants | Stay {
	if (primary.health.kind === 'noData') return stay(noDataReason(primary));
	switch (primary.health.loss) {
		case 'clean':
			return stay('healthy');
		case 'lossy':
			return stay('watching');
		case 'failing':
			return { kind: 'wants', action: 'failover', wantedFor: 'primaryFailing' };
	}
}

/** R3.3: never from one backup to another by preference. */
function swapBack(primary: PeerReading, { recoveryMinutes }: Settings): Wants | Stay | Needs {
	if (primary.health.kind === 'noData') return stay(noDataReason(primary));
	switch (primary.health.recovered) {
		case 'yes':
			return { kind: 'wants', action: 'swapBack', wantedFor: 'primaryRecovered' };
		case 'unknown':
			return { kind: 'needs', need: { kind: 'history', ips: trackedIps(primary), minutes: recoveryMinutes } };
		case 'no':
			return stay('recoveryPending');
	}
}

function verdictOn(situation: Situation, wanted: WantedMove): Verdict {
	const common = commonGuard(situation, wanted);
	if (common !== null) return vetoed(wanted, common, { to: wouldGoTo(situation, wanted) });
	return wanted.action === 'failover'
		? failoverVerdict(situation, wanted)
		: swapBackVerdict(situation, wanted);
}

/** Where a move that is stopped would go; `null` where that is not known without a look back. */
function wouldGoTo(situation: Situation, { action }: WantedMove): VpnTag | null {
	const { primary, backups } = situation.peers;
	if (action === 'swapBack') return primary.member;
	const to = targetOf(situation);
	const target = backups.find(({ member }) => member === to);
	return target && isLossy(target.health) && situation.inputs.missingLooks() !== null ? null : to;
}

/** R4.2 to R4.5, for every move. R4.6: without data the health asks for no failover. */
function commonGuard(situation: Situation, { action }: WantedMove): VetoReason | null {
	const { isHeld, isInMaintenance, appliance, settings } = situation;
	if (isHeld) return 'hold';
	if (settings.moves === 'none' || (settings.moves === 'failoversOnly' && action === 'swapBack'))
		return 'paused';
	if (isInMaintenance) return 'maintenance';
	if (appliance === 'notReadable') return 'noStatus';
	return appliance === 'offline' ? 'offline' : null;
}

function failoverVerdict(situation: Situation, wanted: WantedMove): Verdict {
	const { inputs } = situation;
	const need = inputs.missingLooks();
	if (need !== null) return { kind: 'needs', need };
	const { guard, line } = failoverGuard(situation);
	const to = targetOf(situation);
	if (guard !== null) return vetoed(wanted, guard, { to, line });
	if (to === null) return vetoed(wanted, 'noCandidate', { line });
	return { kind: 'move', action: 'failover', to, reason: wanted.wantedFor, line };
}

/** R4.7 and R4.8: whether the loss really is the active peer's. */
function failoverGuard({ peers, inputs }: Situation): { guard: VetoReason | null; line: LineVerdict | null } {
	if (!inputs.wasSeenHealthy(peers.active)) return { guard: 'neverHealthy', line: null };
	const line = inputs.lineFault();
	return { guard: line === 'lineFault' ? 'lineFault' : null, line };
}

function swapBackVerdict(situation: Situation, wanted: WantedMove): Verdict {
	const to = situation.peers.primary.member;
	const guard = swapBackGuard(situation);
	if (guard !== null) return vetoed(wanted, guard, { to });
	return { kind: 'move', action: 'swapBack', to, reason: wanted.wantedFor, line: null };
}

/** R4.10: these never stop a failover. */
function swapBackGuard({ maySwapBackNow, inputs }: Situation): VetoReason | null {
	if (!maySwapBackNow) return 'outsideWindow';
	return inputs.isHandMove() ? 'handMove' : null;
}

/** The loss on the active backup says nothing about the backup: it was never seen healthy, or it is a WAN problem. */
function isDoubtful({ peers }: Situation, verdict: Verdict): boolean {
	return (
		peers.active !== peers.primary &&
		verdict.kind === 'vetoed' &&
		(verdict.reason === 'neverHealthy' || verdict.reason === 'lineFault')
	);
}

/** R3.5: then a primary that has recovered is swapped back to. */
function swapBackInstead(situation: Situation, doubtful: Verdict): Verdict {
	const wanted = swapBack(situation.peers.primary, situation.settings);
	if (wanted.kind === 'stay') return doubtful;
	return wanted.kind === 'wants' ? verdictOn(situation, wanted) : wanted;
}

/** R3.1, R3.2 and R3.4: where a failover goes; `null` when there is nowhere to go. */
function targetOf(situation: Situation): VpnTag | null {
	const { primary, active } = situation.peers;
	if (active === primary) return candidateFromPrimary(situation);
	// R3.2: to the primary if it has data and is not lossy.
	return isMeasuredClean(primary) ? primary.member : candidateFromBackup(situation);
}

function candidateFromPrimary(situation: Situation): VpnTag | null {
	const { peers, settings } = situation;
	const backups = otherBackups(peers);
	if (settings.backupMustBe === 'anything') return backups[0]?.member ?? null;
	const notLossy = firstNotLossy(situation, backups);
	if (notLossy !== null || settings.backupMustBe === 'measuredClean') return notLossy;
	return backups.find((backup) => isBetter(backup, peers.active, settings))?.member ?? null;
}

/** From a backup neither *Anything* nor *clearly better* counts: the move must end on a peer that is not lossy. */
function candidateFromBackup(situation: Situation): VpnTag | null {
	return firstNotLossy(situation, otherBackups(situation.peers));
}

function firstNotLossy({ settings, inputs }: Situation, backups: readonly PeerReading[]): VpnTag | null {
	const fits =
		settings.backupMustBe === 'measuredClean'
			? isMeasuredClean
			: // A backup that was never seen healthy counts as unmeasured (R4.7).
				(backup: PeerReading) => !isLossy(backup.health) || !inputs.wasSeenHealthy(backup);
	return backups.find(fits)?.member ?? null;
}

/**
 * The backups a branch may be sent to at all. Where the VPN peers are known and none, or several, would take the
 * branch by that tag, a move would leave it with no peer or with two.
 */
export function otherBackups({ backups, active }: PeerReadings): PeerReading[] {
	return backups.filter((peer) => peer !== active && canTakeBranch(peer.tracking));
}

function isBetter(backup: PeerReading, active: PeerReading, settings: Settings): boolean {
	// With several rows a peer is only clearly better if every row of it is better than every row of the other.
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

function stay(reason: StayReason): Stay {
	return { kind: 'stay', reason };
}
