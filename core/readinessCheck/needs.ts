import type { PairOutcome } from '../decide/outcome';
import { collectRequests } from '../evaluate/dataRequests';
import type { Request } from '../evaluate/dataRequests';
import type { DataRequests, OrganizationSnapshot } from '../evaluate/snapshot';
import type { Settings } from '../settings/settings';
import { sightingOfAny } from './networkFindings';

/**
 * What a readiness check must read beyond what the decisions need: the uplink in use of every network, and whether a
 * tracked peer that shows no health now was ever seen healthy.
 */
export function readinessCheckRequests(
	outcomes: readonly PairOutcome[],
	snapshot: OrganizationSnapshot,
	settings: Settings,
): DataRequests {
	const requests: Request[] = [];
	for (const outcome of outcomes) {
		if (outcome.kind === 'inconsistent') continue;
		const { network, peers, series } = outcome;
		if (!snapshot.statuses.has(network.id)) requests.push({ kind: 'status', networkId: network.id });
		for (const { tracking } of [peers.primary, ...peers.backups]) {
			if (tracking.kind === 'untracked') continue;
			// A destination without any row is not tracked at all: no look back would show more.
			const ips = tracking.ips.filter((ip) => series.some((row) => row.ip === ip));
			if (sightingOfAny(outcome, ips, snapshot, settings) === 'unknown')
				requests.push({ kind: 'looks', ips });
		}
	}
	return collectRequests(requests, snapshot.now);
}
