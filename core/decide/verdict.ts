import type { Action } from '../domain/types';
import type { LineVerdict } from '../health/lineFault';
import type { VpnTag } from '../tags/tagFormat';
import type { Need } from './situation';

/** Why a branch moves. */
export type MoveReason = 'primaryFailing' | 'backupFailing' | 'primaryRecovered';

/** The guards and limits that stop a move which the health asks for (R4, R5), in the order in which they are asked. */
export type VetoReason =
	| 'hold'
	| 'paused'
	| 'maintenance'
	| 'noStatus'
	| 'offline'
	| 'neverHealthy'
	| 'lineFault'
	| 'noCandidate'
	| 'outsideWindow'
	| 'handMove'
	| 'massFailover'
	| 'swapBackRate';

/** Why the health asks for no move. */
export type StayReason =
	/** On the primary and clean. */
	| 'healthy'
	/** Enough samples are bad, but not one of the newest two: it may have ended already (R2.3). */
	| 'watching'
	/** The peer that decides has no tracked IP. */
	| 'untracked'
	/** The peer that decides has too few or too old samples (R2.1). */
	| 'noData'
	/** On a backup, and the primary has not been clean for long enough (R2.4, R2.5). */
	| 'recoveryPending';

export type Reason = MoveReason | VetoReason | StayReason | 'tagsInconsistent';

export interface Move {
	readonly kind: 'move';
	readonly action: Action;
	readonly to: VpnTag;
	readonly reason: MoveReason;
	/** R4.8; `null` for a swap back. */
	readonly line: LineVerdict | null;
}

export interface Veto {
	readonly kind: 'vetoed';
	readonly action: Action;
	/** Where the branch would go; `null` where it has nowhere to go, or that was not asked. */
	readonly to: VpnTag | null;
	readonly wantedFor: MoveReason;
	readonly reason: VetoReason;
	readonly line: LineVerdict | null;
}

export interface Needs {
	readonly kind: 'needs';
	readonly need: Need;
}

export interface Stay {
	readonly kind: 'stay';
	readonly reason: StayReason;
}

export type Verdict = Move | Veto | Stay | Needs;

/** A move that the health asks for, before any guard is asked. */
export interface WantedMove {
	readonly action: Action;
	readonly wantedFor: MoveReason;
}

/** The one way in which a move is stopped: a search for `vetoed(` finds every stop of the product. */
export function vetoed(
	{ action, wantedFor }: WantedMove,
	reason: VetoReason,
	{ to = null, line = null }: Partial<Pick<Veto, 'to' | 'line'>> = {},
): Veto {
	return { kind: 'vetoed', action, to, wantedFor, reason, line };
}
