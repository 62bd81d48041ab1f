/** The one line that a phone shows of a Report: what, how many, where to, why, since when. */
import type { Decision } from '../swap/decision';
import { groupBy } from '../domain/groupBy';
import { durationText, sinceText } from '../report/duration';
import { actionOf, decisionOf } from '../swap/result';
import type { SwapRecord } from '../swap/result';
import { reportingOf } from './swapResultTable';

/** The most urgent results first; equal ones keep their order. */
export function byRank(records: readonly SwapRecord[]): SwapRecord[] {
	return [...records].sort((one, other) => reportingOf(one).rank - reportingOf(other).rank);
}

/** The most urgent groups, each with its number; the time is that of the first. */
export function titleOf(records: readonly SwapRecord[], now: number): string {
	const groups = groupBy(byRank(records), ({ outcome, order, to }) =>
		JSON.stringify([outcome.kind, actionOf(order), decisionOf(order)?.have.role.kind ?? null, to]),
	);
	const [first] = groups.values();
	const [record] = first ?? [];
	if (!record) return '';
	const named = [...groups.values()].slice(0, MAX_NAMED).map((group, at) => phraseOf(group, at === 0));
	const unnamed = [...groups.values()].slice(MAX_NAMED).reduce((sum, group) => sum + group.length, 0);
	const others = unnamed > 0 ? `, and ${unnamed} more` : '';
	const decision = decisionOf(record.order);
	return `${named.join('; ')}${others}${decision ? lastingWords(decision, record, now) : ''}`;
}

/** A phone's notification shows about 150 characters. */
const MAX_NAMED = 3;

function phraseOf(group: readonly SwapRecord[], isFirst: boolean): string {
	const [record] = group;
	if (!record) return '';
	const count = group.length;
	return reportingOf(record).phrase(
		record,
		isFirst ? `${count} ${count === 1 ? 'branch' : 'branches'}` : String(count),
	);
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
