import type { JudgedPair, PairOutcome } from '../decide/outcome';
import type { PeerReading } from '../decide/situation';
import type { StayReason, VetoReason } from '../decide/verdict';
import type { LineVerdict } from '../health/lineFault';
import type { Series } from '../health/series';
import { lastOutage, outageSentence } from '../health/outage';
import { durationText, timeText } from '../report/duration';
import { MINUTE_MS } from '../domain/time';
import { DATA_LAG_MS, isMeasured, samplesOfWindow } from '../health/series';
import { isBadSample, isCleanForRecovery, OLDEST_NEWEST_MS } from '../health/seriesHealth';
import type { Settings } from '../settings/settings';
import type { PairReading } from '../tags/pairs';
import { untrackedSentence } from '../health/trackedIps';
import type { VpnTag } from '../tags/tagFormat';

/** The sentences that say why. Names in them come from outside: whoever shows them escapes them. */

export function explainJudged(outcome: JudgedPair, settings: Settings, now: number): string {
	const { verdict, peers } = outcome;
	const { active, primary } = peers;
	const say = (peer: PeerReading) => measuredSentence(peer, settings, now, outcome.uplinkInUse);
	switch (verdict.kind) {
		case 'move':
			if (verdict.reason === 'primaryRecovered')
				return sentences(recoveredSentence(outcome, settings), outageNote(primary, settings));
			return sentences(
				say(active),
				targetNote(outcome, verdict.to),
				lineNote(verdict.line),
				active === primary ? returnNote(outcome, settings, now) : '',
			);
		case 'vetoed':
			return `${verdict.action === 'swapBack' ? recoveredSentence(outcome, settings) : say(active)} ${vetoSentence(verdict.reason, settings, outcome)}`;
		case 'stay':
			return staySentence(verdict.reason, outcome, settings, now);
	}
}

function sentences(...texts: readonly string[]): string {
	return texts.filter((text) => text !== '').join(' ');
}

function staySentence(reason: StayReason, outcome: JudgedPair, settings: Settings, now: number): string {
	const { primary } = outcome.peers;
	const measured = measuredSentence(primary, settings, now, outcome.uplinkInUse);
	switch (reason) {
		case 'healthy':
			return `${measured} Nothing to do.`;
		case 'watching':
			return `${measured} The newest two are under it, so no branch is moved.`;
		case 'untracked':
		case 'noData':
			return noDataSentence(primary, now, outcome.uplinkInUse);
		case 'recoveryPending':
			return sentences(measured, returnNote(outcome, settings, now));
	}
}

/** When the branch is back on its primary at the earliest (R2.4, R2.5): the samples are about two minutes old. */
function returnNote({ peers, recoveryMinutes }: JudgedPair, settings: Settings, now: number): string {
	if (settings.moves !== 'all') return '';
	const name = peers.primary.member.peer;
	const unclean = peers.primary.rows.flatMap(({ samples }) =>
		samples.filter(isMeasured).filter((sample) => !isCleanForRecovery(sample, settings)),
	);
	const lastAt = unclean.reduce((latest, { sampledAt }) => Math.max(latest, sampledAt), 0);
	const earliestAt = Math.max(now, lastAt + recoveryMinutes * MINUTE_MS + DATA_LAG_MS);
	const clean = `${recoveryMinutes} min at or under ${settings.recoveryThresholdPercent} % loss`;
	const backoff =
		recoveryMinutes > settings.recoveryMinutes
			? ` (backoff; the setting is ${settings.recoveryMinutes} min)`
			: '';
	return `Back on ${name} at ${timeText(earliestAt)} at the earliest, after ${clean}${backoff}.`;
}

/** "London (203.0.113.10 on wan1): 2 of 5 samples at or over 30 %, newest 80 % at 12:04 UTC." */
export function measuredSentence(
	peer: PeerReading,
	settings: Settings,
	now: number,
	uplinkInUse: string | null = null,
): string {
	const worst = worstRow(peer.rows, settings, now);
	if (!worst) return noDataSentence(peer, now, uplinkInUse);
	const { row, measured, newest, badCount } = worst;
	const latency = newest.latencyMs === null ? '' : `, ${round(newest.latencyMs)} ms`;
	return (
		`${peer.member.peer} (${row.ip} on ${row.uplink}): ${badCount} of ${measured.length} samples at or over ` +
		`${thresholds(settings)}, newest ${round(newest.lossPercent)} %${latency} at ${timeText(newest.sampledAt)}.`
	);
}

function recoveredSentence({ peers, recoveryMinutes }: JudgedPair, settings: Settings): string {
	return `${peers.primary.member.peer} has been at or under ${settings.recoveryThresholdPercent} % loss for ${recoveryMinutes} min.`;
}

/** What the outage was that is resolved. */
function outageNote({ member, rows }: PeerReading, settings: Settings): string {
	const outage = lastOutage(rows, settings);
	return outage === null ? '' : outageSentence(member.peer, outage);
}

function targetNote(outcome: JudgedPair, to: VpnTag): string {
	const target = outcome.peers.backups.find((peer) => peer.member === to);
	if (!target || target.health.kind === 'measured') return '';
	return `Backup ${to.peer} is not measured.`;
}

function vetoSentence(reason: VetoReason, settings: Settings, outcome: JudgedPair): string {
	switch (reason) {
		case 'hold':
			return `Held by the tag ${settings.holdTag}. Use Release Hold to let it move.`;
		case 'maintenance':
			return 'A maintenance window is on: this is what would happen without it.';
		case 'noStatus':
			return outcome.hasTwoActiveAppliances
				? 'No action: two appliances are active, and neither is known to be primary.'
				: 'No action: Meraki did not say which uplink is in use.';
		case 'offline':
			return 'No action: the appliance has no active uplink and could not fetch the change.';
		case 'neverHealthy':
			return 'No action: this branch has never seen that peer healthy. It may filter ICMP.';
		case 'lineFault':
			return 'No action: other destinations on the same uplink lose packets too, so it is a WAN problem at the branch.';
		case 'noCandidate':
			return 'There is no peer to move to: every other peer is lossy, or no VPN peer takes its tag.';
		case 'paused':
			return settings.moves === 'none'
				? 'Moves is set to None: no branch is moved.'
				: 'Moves is set to Failovers Only: use the action Swap Back when you are ready.';
		case 'outsideWindow':
			return 'It swaps back in the next period of Swap Back Only Between.';
		case 'handMove':
			return 'An operator moved it: it stays until the primary peer has been lossy. Use the action Swap Back to move it now.';
		case 'massFailover':
			return settings.massFailover.above === 'stop'
				? 'Mass Failover is set to Stop and Alert: it is not moved.'
				: 'Many branches fail at once: it moves once 3 bad samples confirm the loss.';
		case 'swapBackRate':
			return `Swaps back in one of the next runs: ${settings.swapBacksPerRun} networks a run.`;
	}
}

/** Whether a WAN problem at the branch can be ruled out, for a move away from a peer (R4.8). */
function lineNote(line: LineVerdict | null): string {
	return line === 'noReference'
		? 'Nothing else is tracked on this uplink, so a WAN problem at the branch cannot be ruled out.'
		: '';
}

function noDataSentence(peer: PeerReading, now: number, uplinkInUse: string | null): string {
	const name = peer.member.peer;
	if (uplinkInUse === 'cellular')
		return `${name}: the branch is on its cellular uplink, over which Meraki does not measure. It is not protected until a WAN uplink is active again.`;
	if (peer.tracking.kind === 'untracked')
		return `${name}: ${untrackedSentence(peer.tracking.why, peer.member)}`;
	const ips = peer.tracking.ips.join(', ');
	const samples = peer.rows.flatMap((row) => row.samples);
	const newest = samples
		.filter(isMeasured)
		.reduce<
			number | null
		>((latest, { sampledAt }) => (latest === null ? sampledAt : Math.max(latest, sampledAt)), null);
	if (samples.length === 0)
		return `${name}: no measurement of ${ips}. Add it under SD-WAN & traffic shaping, Uplink statistics, or check that the appliance is online.`;
	if (newest === null)
		return `${name}: ${ips} is tracked, but Meraki shows no usable loss value for it. Check that the appliance is online.`;
	if (now - newest > OLDEST_NEWEST_MS)
		return `${name}: ${ips} is tracked, but the newest measured sample is ${durationText(now - newest)} old (${timeText(newest)}). Check that the appliance is online; Meraki's data may be late.`;
	return `${name}: fewer than 3 measured samples of ${ips} in the window.`;
}

/** What is wrong with the VPN tags of a network, which of them make it so, and what to do. */
export function tagProblemSentence({
	problem,
	tags,
	offendingTags,
}: Extract<PairReading, { kind: 'inconsistent' }>): string {
	const found = tags.join(', ');
	const offending = offendingTags.join(', ');
	const misspelled =
		offending === '' ? '' : `${offending} does not count: upper and lower case matter in a tag.`;
	switch (problem) {
		case 'noPrimary':
			return sentences(`No primary tag beside ${found}. Add one, or remove the others.`, misspelled);
		case 'noBackup':
			return sentences(`No backup tag beside ${found}. Add one, or there is nowhere to move to.`, misspelled);
		case 'noActiveRole':
			return sentences(`No peer is up: ${found}. Set exactly one of them up in the dashboard.`, misspelled);
		case 'severalActiveRoles':
			return `More than one peer is up: ${offending}. Set all but one down in the dashboard.`;
		case 'sameRoleTwice':
			return `One role has two tags: ${offending}. Remove one of them.`;
		case 'differOnlyInCase':
			return `These tags differ only in upper and lower case: ${offending}. Spell them one way in the dashboard, or remove one.`;
	}
}

/** Of the rows that are measured: one without samples says nothing. */
function worstRow(rows: readonly Series[], settings: Settings, now: number) {
	const read = rows.flatMap((row) => {
		const measured = samplesOfWindow(row.samples, now, settings.windowMinutes).filter(isMeasured);
		const newest = measured.at(-1);
		const badCount = measured.filter((sample) => isBadSample(sample, settings)).length;
		return newest ? [{ row, measured, newest, badCount }] : [];
	});
	return read.sort((one, other) => other.badCount - one.badCount)[0];
}

function thresholds({ lossThresholdPercent, latencyThresholdMs }: Settings): string {
	const loss = `${lossThresholdPercent} %`;
	return latencyThresholdMs === null ? loss : `${loss} or ${latencyThresholdMs} ms`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}

/** Why a pair moves or stays, whatever became of it. */
export function explainOutcome(outcome: PairOutcome, settings: Settings, now: number): string {
	if (outcome.kind === 'judged') return explainJudged(outcome, settings, now);
	return tagProblemSentence(outcome.pair);
}
