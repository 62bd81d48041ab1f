import type { PairOutcome } from '../evaluate/evaluateOrganization';
import type { Knowledge, Needs } from '../evaluate/snapshot';
import { NeedsList } from '../evaluate/dataRequests';
import type { Settings } from '../settings/settings';
import { armingOfAny } from './networkFindings';

/**
 * What a readiness check must read beyond what the decisions need: the uplink in use of every network, and whether a tracked
 * peer that shows no health now was ever seen healthy.
 */
export function readinessCheckNeeds(
	outcomes: readonly PairOutcome[],
	knowledge: Knowledge,
	settings: Settings,
): Needs {
	const needs = new NeedsList(knowledge);
	for (const outcome of outcomes) {
		if (outcome.kind === 'inconsistent') continue;
		if (!knowledge.statuses.has(outcome.network.id)) needs.addStatus(outcome.network.id);
		const { primary, backups } = outcome.peers;
		for (const { tracking } of [primary, ...backups]) {
			if (tracking.kind === 'untracked') continue;
			// A destination without any row is not tracked at all: no earlier day would tell more.
			const ips = tracking.ips.filter((ip) => outcome.series.some((row) => row.ip === ip));
			if (armingOfAny(outcome, ips, knowledge, settings) === 'unknown') needs.add({ kind: 'arming', ips });
		}
	}
	return needs.list();
}
