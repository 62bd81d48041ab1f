import { isOffPrimary, reasonOf } from '../decide/outcome';
import { backupSince } from '../memory/pairMemory';
import type { Reason } from '../decide/verdict';
import type { PairOutcome } from '../decide/outcome';
import type { ReadinessCheckCount } from '../readinessCheck/readinessCheck';
import type { OrganizationMemory } from '../memory/memory';
import { roleName } from '../domain/roles';

/** One small item an organization and run: counts, who is off primary, calls used. It is also the heartbeat. */
export type Summary = {
	kind: 'merakiVpnSummary';
	schema: 1;
	organizationId: string;
	organizationName: string | null;
	/** `blind`: nothing could be read, so nothing was decided. */
	status: 'evaluated' | 'blind';
	evaluatedAt: string | null;
	newestSampleAt: string | null;
	networks: number;
	/** Networks that carry VPN tags and pass the Networks filter. */
	managedNetworks: number;
	onPrimary: number;
	offPrimary: number;
	swapsNeeded: number;
	/** How many pairs for each reason. */
	reasons: Partial<Record<Reason, number>>;
	/** The first 20 that are off primary. */
	offPrimaryNetworks: OffPrimary[];
	/** What the operator should know about this run: settings that do not do what people think, unreadable rows. */
	warnings: string[];
	api: ApiUsage;
	/** Only of a readiness check: networks that take part, and those of them that would fail over now. */
	readinessCheck?: ReadinessCheckCount;
};

export type OffPrimary = {
	networkId: string;
	networkName: string;
	peer: string;
	role: string;
	since: string | null;
	reason: Reason;
};

export type ApiUsage = { calls: number; waits: number; rateLimited: number };

const LONGEST_LIST = 20;

export function countReasons(outcomes: readonly PairOutcome[]): Partial<Record<Reason, number>> {
	const counts: Partial<Record<Reason, number>> = {};
	for (const outcome of outcomes) {
		const reason = reasonOf(outcome);
		counts[reason] = (counts[reason] ?? 0) + 1;
	}
	return counts;
}

export function offPrimaryNetworks(
	outcomes: readonly PairOutcome[],
	memory: OrganizationMemory | null,
): OffPrimary[] {
	return outcomes
		.filter(isOffPrimary)
		.slice(0, LONGEST_LIST)
		.map((outcome) => {
			const { network, pair } = outcome;
			const since = backupSince(outcome, memory);
			return {
				networkId: network.id,
				networkName: network.name,
				peer: pair.active.peer,
				role: roleName(pair.active.role),
				since: since === null ? null : new Date(since).toISOString(),
				reason: reasonOf(outcome),
			};
		});
}
