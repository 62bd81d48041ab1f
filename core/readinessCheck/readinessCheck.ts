/**
 * The readiness check: what would prevent a failover, asked while all is well. It decides nothing and moves nothing.
 */
import type { PairOutcome } from '../decide/outcome';
import type { OrganizationSnapshot } from '../evaluate/snapshot';
import type { Settings } from '../settings/settings';
import type { Network } from '../domain/types';
import type { Finding } from './finding';
import { networkFindings } from './networkFindings';
import { writeFindings } from './writeAccess';
import type { WriteAccess } from './writeAccess';

export interface ReadinessCheck {
	/** Every network that takes part, in the order read. */
	readonly networks: readonly CheckedNetwork[];
	/** What holds for the organization as a whole. */
	readonly ofAll: readonly Finding[];
}

export interface CheckedNetwork {
	readonly network: Network;
	/** The peers that its tags name, primary first; empty where they are not in order. */
	readonly peers: readonly string[];
	readonly findings: readonly Finding[];
}

export function readinessCheck(
	outcomes: readonly PairOutcome[],
	snapshot: OrganizationSnapshot,
	settings: Settings,
	writeAccess: WriteAccess,
): ReadinessCheck {
	const byNetwork = new Map<string, CheckedNetwork>();
	for (const outcome of outcomes) {
		const known = byNetwork.get(outcome.network.id);
		byNetwork.set(outcome.network.id, {
			network: outcome.network,
			peers: [...(known?.peers ?? []), ...peersOf(outcome)],
			findings: [...(known?.findings ?? []), ...networkFindings(outcome, snapshot, settings)],
		});
	}
	return { networks: [...byNetwork.values()], ofAll: writeFindings(writeAccess) };
}

/** Networks that would fail over now, and all that take part. */
export interface ReadinessCheckCount {
	readonly networks: number;
	readonly ready: number;
}

export function countReady({ networks, ofAll }: ReadinessCheck): ReadinessCheckCount {
	const isPrevented = ({ kind }: Finding) => kind === 'prevents';
	const ready = ofAll.some(isPrevented) ? [] : networks.filter(({ findings }) => !findings.some(isPrevented));
	return { networks: networks.length, ready: ready.length };
}

function peersOf(outcome: PairOutcome): string[] {
	if (outcome.kind === 'inconsistent') return [];
	return [outcome.pair.primary, ...outcome.pair.backups].map(({ peer }) => peer);
}
