import { heldPairs, LONDON_IP, network, NETWORK_ID, ON_BACKUP, ON_PRIMARY, row } from './branch';
import type { HeldRole } from './branch';
import { MINUTE_MS } from '../../core/domain/time';
import { EMPTY_ORGANIZATION_MEMORY } from '../../core/memory/memory';
import type { OrganizationMemory } from '../../core/memory/memory';
import type { OrganizationRun } from '../../core/cycle/concludeRun';
import { pairKey } from '../../core/tags/pairKey';
import { tunnelsToLookUp } from '../../core/notify/tunnelAlerts';
import type { TunnelLook } from '../../core/notify/tunnelAlerts';
import type { TunnelStatus } from '../../core/domain/types';
import { runOnce } from './run';
import type { RunInput } from './run';
import { NOW } from './series';

export const NOT_REACHABLE = 'Backup tunnel not reachable';
export const KEY = pairKey(NETWORK_ID, '');
export const LOSSY = '0 0 2 0 0';

export function backupRole(changes: Partial<HeldRole> = {}): HeldRole {
	return {
		role: 'backup',
		peer: 'paris',
		since: NOW - 10 * MINUTE_MS,
		seenAt: NOW - 30_000,
		how: 'asked',
		...changes,
	};
}

export function tunnelMemory(changes: Partial<OrganizationMemory> = {}): OrganizationMemory {
	return {
		...EMPTY_ORGANIZATION_MEMORY,
		evaluatedAt: NOW - 30_000,
		pairs: heldPairs({ [KEY]: backupRole() }),
		...changes,
	};
}

export function seenTunnel(
	reachability: string | null,
	lookedUpAt: number,
	peer = 'paris',
): OrganizationMemory['tunnels'] {
	return { seen: { [KEY]: { peer, lookedUpAt, reachability } }, unread: null };
}

/** On backup for ten minutes, primary not clean yet: nothing moves. */
export function runOnBackup(
	changes: Partial<RunInput> = {},
): OrganizationRun & { lookedUp: readonly string[] } {
	const input = {
		networks: [network(ON_BACKUP)],
		rows: [row(LONDON_IP, LOSSY)],
		memory: tunnelMemory(),
		...changes,
	};
	const done = runOnce(input);
	const now = input.now ?? NOW;
	return { ...done, lookedUp: tunnelsToLookUp(done.outcomes, { now, memory: input.memory }) };
}

export function readTunnels(...tunnels: Partial<TunnelStatus>[]): TunnelLook {
	const whole = tunnels.map((tunnel) => ({ peerName: null, publicIp: null, reachability: null, ...tunnel }));
	return { kind: 'read', statuses: [{ networkId: NETWORK_ID, tunnels: whole }] };
}

/** A quarter of an hour later, on primary: what comes and goes is over by then. */
export function quarterOfAnHourLater(before: OrganizationMemory): OrganizationRun {
	const now = NOW + 15 * MINUTE_MS;
	return runOnBackup({
		now,
		networks: [network(ON_PRIMARY)],
		rows: [row(LONDON_IP, LOSSY, { now })],
		memory: before,
	});
}

export function headings({ alert }: OrganizationRun): string[] {
	return (alert?.sections ?? []).map(({ heading }) => heading);
}
