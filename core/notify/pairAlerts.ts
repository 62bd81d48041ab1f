import type { JudgedPair, PairOutcome } from '../decide/outcome';
import type { PeerReading } from '../decide/situation';
import type { VetoReason } from '../decide/verdict';
import { MINUTE_MS } from '../domain/time';
import { incidentPeer } from './incidents';
import type { Condition } from './dedup';
import type { Settings } from '../settings/settings';
import type { ReportRow } from '../report/model';
import { isMeasured } from '../health/series';
import { isBadSample } from '../health/seriesHealth';
import { canTakeBranch } from '../health/trackedIps';
import type { Severity } from '../domain/types';
import { explainJudged, measuredSentence, tagProblemSentence } from './explain';

/**
 * What of one pair may have to be told (R8.5). A move is told by Swap; its key is {@link moveKey}. Where the whole organization is
 * without loss data, that is one alert of its own and not one for each branch.
 */
export function pairConditions(
	outcome: PairOutcome,
	settings: Settings,
	now: number,
	hasLossData: boolean,
): Condition[] {
	if (outcome.kind === 'inconsistent') return [tagsInconsistent(outcome)];
	const { verdict } = outcome;
	const conditions = protectionConditions(outcome, settings, now, hasLossData);
	if (verdict.kind !== 'vetoed') return conditions;
	switch (verdict.reason) {
		case 'massFailover': // one alert for all of them
		case 'swapBackRate': // the next runs take them
			return conditions;
		case 'noCandidate':
			// A branch that just moved to a clearly better backup carries that backup's earlier loss for some minutes (R3.4).
			if (isBackupClearing(outcome, settings)) return conditions;
			return [...conditions, vetoed(outcome, verdict, verdict.reason, settings, now)];
		default:
			return [...conditions, vetoed(outcome, verdict, verdict.reason, settings, now)];
	}
}

/** A backup is active, and its newest measured sample is not bad. */
function isBackupClearing({ peers: { active } }: JudgedPair, settings: Settings): boolean {
	if (active.member.role.kind === 'primary') return false;
	const newest = active.rows.flatMap(({ samples }) => samples.filter(isMeasured).at(-1) ?? []);
	return newest.length > 0 && !newest.some((sample) => isBadSample(sample, settings));
}

type Vetoed = Extract<JudgedPair['verdict'], { kind: 'vetoed' }>;
type ToldVeto = Exclude<VetoReason, 'massFailover' | 'swapBackRate'>;

/** The key under which a wanted move is remembered. */
export function moveKey(networkId: string, pair: string): string {
	return JSON.stringify(['move', networkId, pair]);
}

/** A move as a condition, so that a dry run is told like anything else that lasts (R8.5). */
export function moveCondition(outcome: JudgedPair, explanation: string, since: number): Condition {
	const { network, pair, verdict } = outcome;
	const to = verdict.kind === 'move' ? verdict.to : null;
	return {
		key: moveKey(network.id, pair.pair),
		fingerprint: to?.tag ?? '',
		since,
		tellAfterMs: 0,
		severity: 'warning',
		heading: '',
		nextStep: '',
		incidentPeer: incidentPeer(outcome),
		row: rowOf(outcome, explanation, to?.peer ?? null),
	};
}

function tagsInconsistent(outcome: Extract<PairOutcome, { kind: 'inconsistent' }>): Condition {
	const { network, pair } = outcome;
	return {
		key: JSON.stringify(['tags', network.id, pair.pair]),
		fingerprint: JSON.stringify([pair.problem, pair.tags]),
		tellAfterMs: 0,
		severity: 'warning',
		heading: 'VPN tags are inconsistent: these branches are not moved',
		incidentPeer: null,
		nextStep: 'Correct the tags in the dashboard under Organization, Overview.',
		row: {
			networkId: network.id,
			networkName: network.name,
			networkUrl: network.url,
			from: null,
			to: null,
			explanation: tagProblemSentence(pair),
			lossPercents: [],
			durationMs: null,
			tagsBefore: [],
			tagsAfter: [],
		},
	};
}

interface Telling {
	readonly severity: Severity;
	readonly heading: string;
	readonly nextStep: string;
}

function vetoTelling(reason: ToldVeto, { action, line }: Vetoed, outcome: JudgedPair): Telling {
	const isSwapBack = action === 'swapBack';
	switch (reason) {
		case 'hold':
			return isSwapBack
				? info('Held, ready to swap back', 'Use Release Hold when these networks may move again.')
				: critical('Held while the active peer is lossy', 'Use Release Hold to let these networks move.');
		case 'maintenance':
			return info('Not moved: a maintenance window is on', '');
		case 'noStatus':
			return outcome.hasTwoActiveAppliances
				? warning(
						'Not moved: two appliances are active',
						'Check the warm spare in the dashboard: one of the two must have the role primary.',
					)
				: warning(
						'Not moved: the uplink in use is not known',
						'Let the API key read appliance uplink statuses.',
					);
		case 'offline':
			return warning('Not moved: the appliance has no active uplink', "Check the branch's WAN uplinks.");
		case 'neverHealthy':
			return warning(
				'Never seen healthy: the active peer may filter ICMP',
				'Let the peer answer ICMP from the branches, or track another address of it.',
			);
		case 'lineFault':
			return warning(
				'Not moved: WAN problem at the branch',
				'Check the uplink; another peer would not help.',
			);
		case 'noCandidate':
			if (outcome.peers.backups.some(({ tracking }) => !canTakeBranch(tracking)))
				return critical(
					'No peer to move to',
					'Correct the backup peer first: the message says what is wrong.',
				);
			return line === 'notTheLine'
				? critical(
						'Data center or both peers down',
						'Check the data center; the lines of the branches are clean.',
					)
				: critical('No peer to move to', 'Check the data center, the backup peers and the lines.');
		case 'paused':
			return isSwapBack
				? info('Ready to swap back: moves are paused', 'Use the action Swap Back of Swap VPN Tags.')
				: critical('Not moved: moves are paused', 'Set Moves to All, or use the action Fail Over.');
		case 'outsideWindow':
			return info('Ready to swap back in the next swap-back period', '');
		case 'handMove':
			return info(
				'Moved manually: left there',
				'Use the action Swap Back of Swap VPN Tags to move them back.',
			);
	}
}

function info(heading: string, nextStep: string): Telling {
	return { severity: 'info', heading, nextStep };
}

function warning(heading: string, nextStep: string): Telling {
	return { severity: 'warning', heading, nextStep };
}

function critical(heading: string, nextStep: string): Telling {
	return { severity: 'critical', heading, nextStep };
}

function vetoed(
	outcome: JudgedPair,
	verdict: Vetoed,
	reason: ToldVeto,
	settings: Settings,
	now: number,
): Condition {
	const { network, pair } = outcome;
	return {
		key: JSON.stringify(['veto', network.id, pair.pair]),
		fingerprint: JSON.stringify([reason, verdict.action]),
		tellAfterMs: 0,
		comesAndGoes: true,
		incidentPeer: incidentPeer(outcome),
		...vetoTelling(reason, verdict, outcome),
		row: rowOf(outcome, explainJudged(outcome, settings, now), verdict.to?.peer ?? null),
	};
}

/** R8.5: a primary without data for this long is told. */
const NOT_PROTECTED_AFTER_MS = 10 * MINUTE_MS;

/** Not protected: takes part, but nothing would move it. A wrong setting is told at once. */
function protectionConditions(
	outcome: JudgedPair,
	settings: Settings,
	now: number,
	hasLossData: boolean,
): Condition[] {
	const { primary, backups } = outcome.peers;
	const isReported = (peer: PeerReading) =>
		isUnprotected(peer) && (hasLossData || peer.tracking.kind === 'untracked');
	if (!isReported(primary) && !backups.some(isReported)) return [];
	return [primary, ...backups].filter(isReported).map((peer) => ({
		key: JSON.stringify(['unprotected', outcome.network.id, outcome.pair.pair, peer.member.peer]),
		fingerprint: peer.tracking.kind === 'untracked' ? peer.tracking.why : 'noData',
		tellAfterMs: peer.tracking.kind === 'untracked' ? 0 : NOT_PROTECTED_AFTER_MS,
		comesAndGoes: peer.tracking.kind !== 'untracked',
		severity: 'warning',
		heading:
			peer.member.role.kind === 'primary'
				? 'Not protected: no measurement of the primary peer'
				: 'No way to this backup',
		nextStep: '',
		incidentPeer: null,
		row: rowOf(outcome, measuredSentence(peer, settings, now, outcome.uplinkInUse), null),
	}));
}

function isUnprotected({ member, tracking, health }: PeerReading): boolean {
	if (member.role.kind === 'primary') {
		return tracking.kind === 'untracked' ? tracking.why !== 'peersNotReadable' : health.kind === 'noData';
	}
	return !canTakeBranch(tracking);
}

/** One line of a message about a judged pair. */
export function rowOf(outcome: JudgedPair, explanation: string, to: string | null): ReportRow {
	const { network, pair, peers } = outcome;
	return {
		networkId: network.id,
		networkName: network.name,
		networkUrl: network.url,
		from: pair.active.peer,
		to,
		explanation,
		lossPercents: (peers.active.rows[0]?.samples ?? []).slice(-10).map((sample) => sample.lossPercent),
		durationMs: null,
		tagsBefore: [],
		tagsAfter: [],
	};
}
