/** How the memory of one pair goes from one run to the next (R2.5, R4.10). */
import { DAY_MS, MINUTE_MS } from '../domain/time';
import { roleName } from '../domain/roles';
import { isMove } from '../decide/outcome';
import type { JudgedPair, PairOutcome, UnknownMove } from '../decide/outcome';
import { FAILOVERS_COUNT_FOR_MS } from '../health/backoff';
import { pairKey } from '../tags/pairKey';
import type { VpnTag } from '../tags/tagFormat';
import type { AskedMove, HeldBackup, OrganizationMemory, PairMemory } from './memory';
import { remembered } from './ownEntry';

/** A move that was decided may still take effect this long afterwards. */
const PROPAGATION_GRACE_MS = 10 * MINUTE_MS;
/** If the last run is longer ago than this, memory cannot tell who moved a branch. */
const MEMORY_TELLS_MOVES_MS = 5 * MINUTE_MS;

type Peer = Pick<VpnTag, 'role' | 'peer'>;
type Memory = Pick<OrganizationMemory, 'pairs' | 'evaluatedAt'>;

/** What is remembered of a pair; `null` for nothing. */
export function pairMemoryOf(memory: Memory | null, networkId: string, pair: string): PairMemory | null {
	return remembered(memory?.pairs, pairKey(networkId, pair)) ?? null;
}

/** Since when memory knows the pair on the backup that is active; `null` on the primary, or where it does not know. */
export function backupSince({ network, pair }: JudgedPair, memory: Memory | null): number | null {
	const held = pairMemoryOf(memory, network.id, pair.pair)?.held;
	return held && isPeer(held, pair.active) ? held.since : null;
}

/**
 * R2.5: own failovers of the last 6 hours before the one that led to the active peer; `null` without memory.
 */
export function earlierFailovers(
	memory: Memory | null,
	networkId: string,
	pair: string,
	active: Peer,
	now: number,
): number | null {
	if (memory === null) return null;
	const known = pairMemoryOf(memory, networkId, pair);
	if (known === null) return 0;
	const recent = known.failoversAt.filter((at) => now - at < FAILOVERS_COUNT_FOR_MS).length;
	// A failover that took effect since the last run is the one that led here, and is not in the list yet.
	const wasAsked = known.held?.how === 'asked' && isPeer(known.held, active);
	return wasAsked ? Math.max(0, recent - 1) : recent;
}

/** R4.10: how the active backup came to be active, where memory neither held nor asked for it. */
export function unknownMoveOf(
	memory: Memory | null,
	{ networkId, pair, active }: { readonly networkId: string; readonly pair: string; readonly active: Peer },
	isPrimaryLossy: boolean,
	now: number,
): UnknownMove | null {
	if (memory === null || active.role.kind === 'primary') return null;
	const known = pairMemoryOf(memory, networkId, pair);
	const held = known?.held ?? null;
	if (held && isPeer(held, active)) return held.how === 'byHand' && !isPrimaryLossy ? 'byHand' : null;
	if (known?.asked.some((asked) => isPeer(asked, active))) return null;
	const isFresh = now - memory.evaluatedAt <= MEMORY_TELLS_MOVES_MS;
	return isFresh && !isPrimaryLossy ? 'byHand' : 'unrecorded';
}

/** The next memory of every pair; a network that vanished is kept for 24 hours. */
export function pairsToRemember(
	outcomes: readonly PairOutcome[],
	memory: Memory | null,
	now: number,
): Record<string, PairMemory> {
	const next = new Map<string, PairMemory>();
	const seen = new Set<string>();
	for (const outcome of outcomes) {
		if (outcome.kind !== 'judged') continue;
		const key = pairKey(outcome.network.id, outcome.pair.pair);
		seen.add(key);
		const pair = nextPairMemory(remembered(memory?.pairs, key) ?? null, outcome, now);
		if (pair !== null) next.set(key, pair);
	}
	for (const [key, known] of Object.entries(memory?.pairs ?? {})) {
		if (!seen.has(key) && now - known.seenAt < DAY_MS) next.set(key, known);
	}
	return Object.fromEntries(next);
}

function nextPairMemory(known: PairMemory | null, outcome: JudgedPair, now: number): PairMemory | null {
	const { active } = outcome.pair;
	const landed = known?.asked.find((asked) => isPeer(asked, active)) ?? null;
	const pending = (known?.asked ?? []).filter((asked) => isPending(asked, landed, known, active, now));
	const ownFailover = landed?.action === 'failover' && !isHeld(known, active) ? [landed.at] : [];
	const failoversAt = [...(known?.failoversAt ?? []), ...ownFailover].filter(
		(at) => now - at < FAILOVERS_COUNT_FOR_MS,
	);
	const held = active.role.kind === 'backup' ? heldBackup(known, landed, outcome, now) : null;
	const asked = isMove(outcome)
		? [...pending.filter(notTo(outcome.verdict.to)), askedMove(outcome, now)]
		: pending;
	if (held === null && asked.length === 0 && failoversAt.length === 0) return null;
	return { held, asked, failoversAt, seenAt: now };
}

/** What was asked for is forgotten once it was seen, or once the primary is active again (R4.10). */
function isPending(
	asked: AskedMove,
	landed: AskedMove | null,
	known: PairMemory | null,
	active: Peer,
	now: number,
): boolean {
	if (asked === landed || now - asked.at >= PROPAGATION_GRACE_MS) return false;
	return !(active.role.kind === 'primary' && known !== null && known.held !== null);
}

function heldBackup(
	known: PairMemory | null,
	landed: AskedMove | null,
	{ pair, unknownMove }: JudgedPair,
	now: number,
): HeldBackup {
	const { role, peer } = pair.active;
	const before = isHeld(known, pair.active) ? (known?.held ?? null) : null;
	const since = before?.since ?? landed?.at ?? now;
	return { role: roleName(role), peer, since, how: howHeld(before, landed, unknownMove) };
}

function howHeld(
	before: HeldBackup | null,
	landed: AskedMove | null,
	unknownMove: UnknownMove | null,
): HeldBackup['how'] {
	if (unknownMove === 'byHand') return 'byHand';
	// A move by an operator counts as any other once the primary has been lossy.
	if (before !== null) return before.how === 'byHand' ? 'seen' : before.how;
	return landed === null ? 'seen' : 'asked';
}

function askedMove({ verdict }: JudgedPair & { verdict: { kind: 'move' } }, now: number): AskedMove {
	const { to, action } = verdict;
	return { role: roleName(to.role), peer: to.peer, action, at: now };
}

function notTo(to: Peer): (asked: AskedMove) => boolean {
	return (asked) => !isPeer(asked, to);
}

function isHeld(known: PairMemory | null, active: Peer): boolean {
	return known?.held !== null && known !== null && known.held !== null && isPeer(known.held, active);
}

function isPeer(one: Pick<AskedMove, 'role' | 'peer'>, other: Peer): boolean {
	return one.role === roleName(other.role) && one.peer === other.peer;
}
