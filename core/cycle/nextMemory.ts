import type { JudgedPair, PairOutcome } from '../evaluate/evaluateOrganization';
import { arming, armingKey } from '../evaluate/guardInputs';
import type { Knowledge } from '../evaluate/snapshot';
import type { BackupRole, RememberedArming } from '../memory/memory';
import { pairKey } from '../tags/pairKey';
import { isQuiet } from './retainedSamples';
import { remembered } from '../memory/ownEntry';
import { roleName } from '../domain/roles';
import { groupByNetwork, MINUTE_MS } from '../health/series';
import type { Series } from '../health/series';
import type { Settings } from '../settings/settings';
import type { VpnTag } from '../tags/tagFormat';

/** What the next run may need of this one. Healthy networks store nothing. */

const LANDING_MS = 10 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Backup roles seen or asked for; a network that vanished is kept for 24 hours. */
export function backupRolesToRemember(
	outcomes: readonly PairOutcome[],
	knowledge: Knowledge,
): Record<string, BackupRole> {
	const { now, memory } = knowledge;
	const known = new Map(Object.entries(memory?.backupRoles ?? {}));
	const roles = new Map<string, BackupRole>();
	const judged = new Set<string>();
	for (const outcome of outcomes) {
		if (outcome.kind !== 'judged') continue;
		// Nothing known and nothing to know, as of nearly every branch.
		if (known.size === 0 && backupOf(outcome) === null) continue;
		const key = pairKey(outcome.network.id, outcome.pair.pair);
		judged.add(key);
		const role = backupRole(outcome, known.get(key), knowledge);
		const asked = known.get(key);
		if (role) roles.set(key, role);
		// A write that is under way is still ours when it lands after this run.
		else if (asked?.how === 'asked' && now - asked.seenAt < LANDING_MS) roles.set(key, asked);
	}
	for (const [key, role] of known) {
		if (!judged.has(key) && now - role.seenAt < DAY_MS) roles.set(key, role);
	}
	return Object.fromEntries(roles);
}

/** The backup that is asked for, else the active one; `null` for a branch that stays on primary or goes there. */
function backupOf({ verdict, pair }: JudgedPair): VpnTag | null {
	if (verdict.kind === 'move' && verdict.to.role.kind === 'backup') return verdict.to;
	return pair.active.role.kind === 'backup' ? pair.active : null;
}

function backupRole(
	outcome: JudgedPair,
	known: BackupRole | undefined,
	knowledge: Knowledge,
): BackupRole | null {
	const { verdict } = outcome;
	const backup = backupOf(outcome);
	if (!backup) return null;
	const role = roleName(backup.role);
	const isAsked = verdict.kind === 'move' && verdict.to === backup;
	const how = isAsked ? 'asked' : outcome.isByHand ? 'byHand' : 'seen';
	const isKnown = known?.role === role && known.peer === backup.peer;
	const since = isKnown ? known.since : knowledge.now;
	return {
		role,
		peer: backup.peer,
		since,
		seenAt: knowledge.now,
		how: isKnown && known.how === 'asked' ? 'asked' : how,
	};
}

/** R4.6, for networks on which something depends. */
export function armingToRemember(
	outcomes: readonly PairOutcome[],
	knowledge: Knowledge,
	settings: Settings,
): Record<string, RememberedArming> {
	const kept = new Map<string, RememberedArming>();
	const earlier = [...knowledge.earlier].map(([ip, { rows }]) => [ip, groupByNetwork(rows)] as const);
	for (const outcome of outcomes) {
		if (outcome.kind !== 'judged' || isQuiet(outcome, settings, knowledge.now)) continue;
		const { network, pair, peers, series } = outcome;
		const earlierRows = new Map(earlier.map(([ip, rows]) => [ip, rows.get(network.id) ?? []]));
		const context = { networkId: network.id, pair, peers, series, earlierRows, knowledge, settings };
		for (const ip of new Set(series.map((row: Series) => row.ip))) {
			const entry = rememberedArming(ip, arming(ip, context), network.id, knowledge);
			if (entry) kept.set(armingKey(network.id, ip), entry);
		}
	}
	return Object.fromEntries(kept);
}

function rememberedArming(
	ip: string,
	answer: ReturnType<typeof arming>,
	networkId: string,
	{ now, memory, earlier }: Knowledge,
): RememberedArming | null {
	if (answer === 'armed') return { kind: 'armed' };
	if (answer === 'unknown' || earlier.get(ip)?.isIncomplete === true) return null;
	const known = remembered(memory?.arming, armingKey(networkId, ip));
	return earlier.has(ip) || !known ? { kind: 'unarmed', at: now } : known;
}

/** R8.2: the count before a sudden halving is kept for a day, so that it is told as long as it lasts. */
export function managedToRemember(count: number, { now, memory }: Knowledge): { count: number; at: number } {
	const before = memory?.managed ?? null;
	return before && isHalved(count, before.count) && now - before.at < DAY_MS ? before : { count, at: now };
}

export function isHalved(count: number, before: number): boolean {
	return before >= 2 && count * 2 <= before;
}
