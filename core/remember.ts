import type { JudgedPair, PairOutcome } from './evaluate';
import type { BackupRole, OrganizationMemory } from './memory';
import { roleName } from './roles';
import { DATA_LAG_MS, MINUTE_MS } from './samples';
import type { Settings } from './settings';
import type { LossRow } from './types';

/** What the next run may need of this one. Healthy networks store nothing. */

export function pairKey(networkId: string, pair: string): string {
	return JSON.stringify([networkId, pair]);
}

/** Samples of networks that are off primary or watched, as far back as a recovery looks (R2.4). */
export function rowsToRemember(outcomes: readonly PairOutcome[], settings: Settings, now: number): LossRow[] {
	const since = now - DATA_LAG_MS - (settings.recoveryMinutes + settings.windowMinutes) * MINUTE_MS;
	const rows = new Map<string, LossRow>();
	for (const outcome of outcomes) {
		if (outcome.kind !== 'judged' || isQuiet(outcome)) continue;
		for (const row of [outcome.peers.primary, ...outcome.peers.backups].flatMap((peer) => peer.rows)) {
			const { serial, uplink, ip } = row;
			const samples = row.samples.filter((sample) => sample.sampledAt > since);
			rows.set(JSON.stringify([outcome.network.id, serial, uplink, ip]), {
				networkId: outcome.network.id,
				serial,
				uplink,
				ip,
				samples,
			});
		}
	}
	return [...rows.values()];
}

function isQuiet({ verdict, pair }: JudgedPair): boolean {
	if (pair.active.role.kind === 'backup' || verdict.kind !== 'stay') return false;
	return verdict.reason !== 'watching';
}

const DAY_MS = 24 * 60 * MINUTE_MS;

/** Backup roles seen or asked for; a network that vanished is kept for 24 hours. */
export function backupRolesToRemember(
	outcomes: readonly PairOutcome[],
	before: OrganizationMemory['backupRoles'],
	now: number,
): Record<string, BackupRole> {
	const known = new Map(Object.entries(before));
	const roles = new Map<string, BackupRole>();
	const judged = new Set<string>();
	for (const outcome of outcomes) {
		if (outcome.kind !== 'judged') continue;
		const key = pairKey(outcome.network.id, outcome.pair.pair);
		judged.add(key);
		const role = backupRole(outcome, known.get(key), now);
		if (role) roles.set(key, role);
	}
	for (const [key, role] of known) {
		if (!judged.has(key) && now - role.since < DAY_MS) roles.set(key, role);
	}
	return Object.fromEntries(roles);
}

function backupRole(
	{ verdict, pair }: JudgedPair,
	known: BackupRole | undefined,
	now: number,
): BackupRole | null {
	const asked = verdict.kind === 'move' && verdict.to.role.kind === 'backup' ? verdict.to : null;
	const backup = asked ?? (pair.active.role.kind === 'backup' ? pair.active : null);
	if (!backup) return null;
	const role = roleName(backup.role);
	if (known?.role === role && known.peer === backup.peer) return known;
	return { role, peer: backup.peer, since: now, how: asked ? 'asked' : 'seen' };
}
