/** The one line that a phone shows of a Report: what, how many, where to, why, since when. */
import type { Decision } from '../swap/decision';
import { groupBy } from '../domain/groupBy';
import { durationText, sinceText } from '../report/duration';
import { actionOf, decisionOf } from '../swap/result';
import type { SwapAction, SwapOutcome, SwapRecord } from '../swap/result';

/** Failures first, then what was done, then what was left alone. */
const ORDER: readonly SwapOutcome['kind'][] = [
	'gone',
	'failed',
	'refused',
	'noneFound',
	'expired',
	'nextRun',
	'paused',
	'accepted',
	'done',
	'dryRun',
	'overtaken',
	'nothingToDo',
];

export function outcomeRank(record: SwapRecord): number {
	return ORDER.indexOf(record.outcome.kind);
}

/** The most urgent groups, each with its number; the time is that of the first. */
export function titleOf(records: readonly SwapRecord[], now: number): string {
	const byUrgency = [...records].sort((one, other) => outcomeRank(one) - outcomeRank(other));
	const groups = groupBy(byUrgency, ({ outcome, order, to }) =>
		JSON.stringify([outcome.kind, actionOf(order), decisionOf(order)?.have.role.kind ?? null, to]),
	);
	const [first] = groups.values();
	const [record] = first ?? [];
	if (!record) return '';
	const named = [...groups.values()].slice(0, MOST_NAMED).map((group, at) => phraseOf(group, at === 0));
	const unnamed = [...groups.values()].slice(MOST_NAMED).reduce((sum, group) => sum + group.length, 0);
	const others = unnamed > 0 ? `, and ${unnamed} more` : '';
	const decision = decisionOf(record.order);
	return `${named.join('; ')}${others}${decision ? lastingWords(decision, record, now) : ''}`;
}

/** A phone's notification shows about 150 characters. */
const MOST_NAMED = 3;

function phraseOf(group: readonly SwapRecord[], isFirst: boolean): string {
	const [record] = group;
	if (!record) return '';
	const count = group.length;
	return phrase(record, isFirst ? `${count} ${count === 1 ? 'branch' : 'branches'}` : String(count));
}

/** Of a swap back, how long the branch was on backup; of any other move, how long the loss has been seen. */
export function lasting({ order }: SwapRecord, now: number): number | null {
	const decision = decisionOf(order);
	if (!decision) return null;
	const since = decision.action === 'swapBack' ? decision.offPrimarySince : decision.wantedSince;
	return since === null ? null : Math.max(0, now - since);
}

function lastingWords(decision: Decision, record: SwapRecord, now: number): string {
	if (decision.action !== 'swapBack') return `, ${sinceText(decision.wantedSince, now)}`;
	const onBackupMs = lasting(record, now);
	return onBackupMs === null ? '' : `, after ${durationText(onBackupMs)} on backup`;
}

function phrase(record: SwapRecord, count: string): string {
	const action = actionOf(record.order);
	const to = record.to === null ? '' : ` to ${record.to}`;
	switch (record.outcome.kind) {
		case 'done':
			return action === 'releaseHold' ? `hold released on ${count}` : `${count} moved${to} (${why(record)})`;
		// Promised is only what was seen (R7).
		case 'accepted':
			return action === 'releaseHold'
				? `hold being released on ${count}, not visible yet`
				: `${count} moving${to}, not visible yet (${why(record)})`;
		case 'dryRun':
			return action === 'releaseHold'
				? `hold would be released on ${count}`
				: `${count} would move${to} (${why(record)})`;
		case 'nothingToDo':
			return `nothing to do on ${count}`;
		case 'noneFound':
			return 'no network found, nothing written';
		case 'expired':
			return `${count} not moved${to}: the decision came too late`;
		case 'overtaken':
			return `${count} overtaken, left as they are`;
		case 'refused':
			return `${count} refused, nothing written`;
		case 'failed':
			return `${count} not moved${to}`;
		case 'gone':
			return `${count} out of sight after the change`;
		case 'paused':
			return `${count} refused before, waiting`;
		case 'nextRun':
			return `${count} left for the next run`;
	}
}

function why({ order, from }: SwapRecord): string {
	if (order.kind === 'explicit') return BY_HAND[order.action];
	const peer = from ?? 'the active peer';
	switch (order.decision.action) {
		case 'failover':
			return order.decision.have.role.kind === 'primary'
				? `failover: ${peer} shows loss`
				: `failover from a backup: ${peer} shows loss`;
		case 'swapBack':
			return 'swap back: primary is clean';
	}
}

const BY_HAND: Record<SwapAction, string> = {
	failover: 'failover by an operator',
	swapBack: 'swap back by an operator',
	releaseHold: 'hold released',
};
