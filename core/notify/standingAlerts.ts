/** Everything that stands in this run and may have to be told (R8.5). */
import { managedCount } from '../decide/outcome';
import type { PairOutcome } from '../decide/outcome';
import { MINUTE_MS } from '../domain/time';
import { backupSince } from '../memory/pairMemory';
import { pairConditions, rowOf } from './pairAlerts';
import type { Condition } from './dedup';
import { organizationRow } from './organizationAlerts';
import type { JudgedOrganization } from '../cycle/concludeRun';
import { isHalved } from '../cycle/nextMemory';
import { explainJudged } from './explain';
import { isMeasured, windowStart } from '../health/series';

export function standingConditions(judged: JudgedOrganization): Condition[] {
	const { outcomes, settings, snapshot } = judged;
	const hasLossData = hasAnyLossData(judged);
	return [
		...judged.conditions,
		...(hasLossData ? [] : [noLossDataCondition(judged)]),
		...limitCondition(judged),
		...halvedCondition(judged),
		...nativeFailoverConditions(judged),
		...outcomes.flatMap((outcome) => pairConditions(outcome, settings, snapshot.now, hasLossData)),
		...outcomes.flatMap((outcome) => offPrimaryCondition(outcome, judged)),
	];
}

/** One branch without data has causes of its own; only where several have none is the organization without data. */
const FEWEST_WITHOUT_DATA = 2;
/** As long as a run that could not read at all may last before it is reported. */
const NO_LOSS_DATA_AFTER_MS = 5 * MINUTE_MS;

function hasAnyLossData({ outcomes, settings, snapshot }: JudgedOrganization): boolean {
	if (managedCount(outcomes) < FEWEST_WITHOUT_DATA) return true;
	const start = windowStart(snapshot.now, settings.windowMinutes);
	return snapshot.rows.some((row) =>
		row.samples.some((sample) => sample.sampledAt > start && isMeasured(sample)),
	);
}

/** An answer that is empty, or frozen at some minute, says nothing of any branch: as bad as one that cannot be read. */
function noLossDataCondition({ organization, outcomes }: JudgedOrganization): Condition {
	const explanation = `Meraki answers, but shows no current loss value for any of ${managedCount(outcomes)} branches.`;
	return {
		...organizationCondition('noLossData', organization.id, explanation),
		tellAfterMs: NO_LOSS_DATA_AFTER_MS,
		comesAndGoes: true,
		severity: 'critical',
		heading: 'No loss data for the whole organization: no branch is moved',
		nextStep:
			'Check Uplink statistics of one branch in the dashboard and status.meraki.net. Branches stay where they are until loss data is back.',
	};
}

/** R5.1: one notice, however many networks wait. */
function limitCondition({ outcomes, settings, organization }: JudgedOrganization): Condition[] {
	const waiting = outcomes.filter(
		(outcome) =>
			outcome.kind === 'judged' &&
			outcome.verdict.kind === 'vetoed' &&
			outcome.verdict.reason === 'massFailover',
	);
	if (waiting.length === 0) return [];
	const { sharePercent, above } = settings.massFailover;
	const peers = [...new Set(waiting.map(({ pair }) => (pair.kind === 'consistent' ? pair.active.peer : '')))];
	const how =
		above === 'stop'
			? 'No branch is moved (Mass Failover: Stop and Alert).'
			: 'Each moves once 3 bad samples confirm the loss, usually in the next minute or two.';
	const explanation = `${peers.join(', ')}: ${waiting.length} branches fail at once; more than ${sharePercent} % would be off their primary. ${how}`;
	return [
		{
			...organizationCondition('limit', organization.id, explanation),
			comesAndGoes: true,
			severity: 'critical',
			heading: 'Mass failover: being confirmed',
			nextStep:
				above === 'stop'
					? 'Move them manually with Fail Over, or set Mass Failover to Confirm First.'
					: 'Check the primary peer; nothing else to do.',
		},
	];
}

/** R8.5: somebody may have taken tags or rights away. */
function halvedCondition({ outcomes, snapshot, organization }: JudgedOrganization): Condition[] {
	const before = snapshot.memory?.managed?.count ?? 0;
	const count = managedCount(outcomes);
	if (!isHalved(count, before)) return [];
	return [
		{
			...organizationCondition(
				'halved',
				organization.id,
				`${count} networks take part now; before it were ${before}.`,
			),
			severity: 'critical',
			heading: 'Half of the managed networks are no longer visible',
			nextStep: 'Check the VPN tags, the Networks filter, and what the API key may see.',
		},
	];
}

/** R8.5: two controllers on one tunnel. */
function nativeFailoverConditions({ snapshot, outcomes, organization }: JudgedOrganization): Condition[] {
	if (snapshot.peers.kind !== 'known') return [];
	const suspects = snapshot.peers.peers.filter((peer) => peer.hasNativeFailover);
	if (suspects.length === 0) return [];
	const used = new Set(
		outcomes.flatMap((outcome) =>
			outcome.kind === 'judged'
				? [outcome.pair.primary, ...outcome.pair.backups].map((member) => member.upTag)
				: [],
		),
	);
	return suspects
		.filter((peer) => peer.networkTags.some((tag) => used.has(tag)))
		.map((peer) => ({
			...organizationCondition(
				`native ${peer.name}`,
				organization.id,
				`The VPN peer ${peer.name} has Meraki's own failover configured.`,
			),
			severity: 'warning' as const,
			heading: "Meraki's own failover is on for a peer",
			nextStep: 'Use one of the two: two controllers would fight over the tunnel.',
		}));
}

function organizationCondition(key: string, organizationId: string, explanation: string) {
	return {
		key: JSON.stringify(['organization', key]),
		fingerprint: '',
		tellAfterMs: 0,
		incidentPeer: null,
		row: organizationRow(organizationId, explanation),
	};
}

/** R8.5. */
const LONG_OFF_PRIMARY_MS = 60 * MINUTE_MS;

/** Off primary for over an hour, and what keeps it there. */
function offPrimaryCondition(outcome: PairOutcome, { snapshot, settings }: JudgedOrganization): Condition[] {
	if (outcome.kind !== 'judged' || outcome.verdict.kind !== 'stay') return [];
	const since = backupSince(outcome, snapshot.memory);
	if (since === null || snapshot.now - since < LONG_OFF_PRIMARY_MS) return [];
	const row = rowOf(outcome, explainJudged(outcome, settings, snapshot.now), null);
	return [
		{
			key: JSON.stringify(['off', outcome.network.id, outcome.pair.pair]),
			fingerprint: outcome.verdict.reason,
			tellAfterMs: 0,
			comesAndGoes: true,
			severity: 'info',
			heading: 'On backup for more than an hour',
			nextStep: 'Where background loss keeps it there, raise the Recovery Threshold.',
			incidentPeer: outcome.pair.primary.peer,
			row: { ...row, durationMs: snapshot.now - since },
		},
	];
}
