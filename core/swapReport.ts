import { worst } from './attention';
import type { Decision } from './decisionItem';
import { durationText, sinceText } from './report/duration';
import type { ReportModel, ReportRow, ReportSection } from './report/model';
import { actionOf, decisionOf, isTold } from './swapRecord';
import type { SwapAction, SwapOutcome, SwapRecord } from './swapRecord';
import type { Severity } from './types';

/** The Report of one organization and run; `null` when there is nothing to tell. `now`: API clock. `notes`: how the writing went. */
export function swapReport(
	records: readonly SwapRecord[],
	organization: { readonly id: string; readonly name: string | null },
	now: number,
	notes: readonly string[] = [],
): ReportModel | null {
	const told = records.filter(isTold);
	if (told.length === 0) return null;
	const sections = sectionsOf(told, now);
	const decisions = told.flatMap((record) => decisionOf(record.order) ?? []);
	const isContinued = decisions.some((decision) => decision.isContinued);
	return {
		kind: 'report',
		severity: worst(sections.map((section) => section.severity)),
		title: `${organization.name ?? `Organization ${organization.id}`}: ${titleOf(told, now)}${isContinued ? ' (continued)' : ''}`,
		summary: notes.join(' '),
		incidentId: decisions.map((decision) => decision.incidentId).find((id) => id !== '') ?? null,
		organizationId: organization.id,
		organizationName: organization.name,
		isDryRun: told.some((record) => record.outcome.kind === 'dryRun'),
		reportedAt: now,
		lossThresholdPercent: Math.min(100, ...decisions.map((decision) => decision.lossThresholdPercent)),
		sections,
	};
}

interface Group {
	readonly severity: Severity;
	readonly heading: string;
	readonly nextStep: string;
}

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

function sectionsOf(records: readonly SwapRecord[], now: number): ReportSection[] {
	const sorted = [...records].sort((one, other) => rank(one) - rank(other));
	const sections = new Map<string, Group & { readonly rows: ReportRow[] }>();
	for (const record of sorted) {
		const group = groupOf(record);
		const section = sections.get(group.heading) ?? { ...group, rows: [] };
		section.rows.push(rowOf(record, now));
		sections.set(group.heading, section);
	}
	return [...sections.values()];
}

function rank(record: SwapRecord): number {
	return ORDER.indexOf(record.outcome.kind);
}

function groupOf(record: SwapRecord): Group {
	const action = actionOf(record.order);
	const route = record.from !== null && record.to !== null ? ` from ${record.from} to ${record.to}` : '';
	switch (record.outcome.kind) {
		case 'done':
			return {
				severity: doneSeverity(action),
				heading: `${DONE[action]}${route}`,
				nextStep: releaseStep(record),
			};
		case 'accepted':
			return {
				severity: 'warning',
				heading: `${DONE[action]}${route}, not visible yet`,
				nextStep: 'Meraki accepted the change, but did not show it within 5 s. The next run looks again.',
			};
		case 'dryRun':
			return {
				severity: 'info',
				heading: `Would be: ${DONE[action]}${route}`,
				nextStep: 'Nothing was written. Switch Dry Run off to let it happen.',
			};
		case 'nothingToDo':
			return { severity: 'info', heading: 'Nothing to do', nextStep: '' };
		case 'noneFound':
			return {
				severity: 'warning',
				heading: 'No network found',
				nextStep: 'Check the spelling of the tag: upper and lower case matter. Nothing was written.',
			};
		case 'expired':
			return {
				severity: 'warning',
				heading: 'Too late: nothing was written',
				nextStep: 'Let Swap VPN Tags follow Evaluate Uplink Loss directly, or raise Decision Valid For.',
			};
		case 'overtaken':
			return { severity: 'info', heading: 'Overtaken: left as it is', nextStep: '' };
		case 'refused':
			return { severity: 'warning', heading: 'Refused: nothing was written', nextStep: '' };
		case 'failed':
			return { severity: 'critical', heading: 'Not moved', nextStep: '' };
		case 'gone':
			return {
				severity: 'critical',
				heading: 'Out of sight after the change',
				nextStep: 'Check that the tags do not decide which networks the API key may see.',
			};
		case 'paused':
			return { severity: 'warning', heading: 'Refused before: waiting', nextStep: '' };
		case 'nextRun':
			return { severity: 'warning', heading: 'Left for the next run', nextStep: '' };
	}
}

const DONE: Record<SwapAction, string> = {
	failover: 'Failed over',
	escape: 'Escaped',
	swapBack: 'Swapped back',
	releaseHold: 'Hold released',
};

function doneSeverity(action: SwapAction): Severity {
	return action === 'failover' || action === 'escape' ? 'warning' : 'info';
}

function releaseStep({ order }: SwapRecord): string {
	if (order.kind !== 'explicit' || !order.holdAfterwards || order.action === 'releaseHold') return '';
	return `Held by the tag ${order.holdTag}: the schedule leaves it alone. Use Release Hold when it may move again.`;
}

function rowOf(record: SwapRecord, now: number): ReportRow {
	const decision = decisionOf(record.order);
	return {
		networkId: record.networkId,
		networkName: record.networkName,
		networkUrl: record.networkUrl,
		from: record.from,
		to: record.to,
		explanation: [outcomeWords(record.outcome), decision?.explanation ?? '', ...record.sideEffects]
			.filter((text) => text !== '')
			.join(' '),
		lossPercents: decision?.lossPercents ?? [],
		durationMs: lasting(record, now),
		tagsBefore: record.tagsBefore,
		tagsAfter: record.tagsAfter,
	};
}

export function outcomeWords(outcome: SwapOutcome): string {
	switch (outcome.kind) {
		case 'done':
		case 'dryRun':
			return '';
		case 'accepted':
			return 'Meraki accepted the change, but has not shown it yet.';
		case 'nothingToDo':
		case 'noneFound':
		case 'expired':
		case 'overtaken':
		case 'refused':
		case 'failed':
		case 'gone':
		case 'paused':
		case 'nextRun':
			return outcome.why;
	}
}

/** What, how many, where to, why, since when: of the most urgent group. */
function titleOf(records: readonly SwapRecord[], now: number): string {
	const [first] = [...records].sort((one, other) => rank(one) - rank(other));
	if (!first) return '';
	const kind = first.outcome.kind;
	const same = records.filter(
		(record) => record.outcome.kind === kind && actionOf(record.order) === actionOf(first.order),
	);
	const count = `${same.length} ${same.length === 1 ? 'branch' : 'branches'}`;
	const others = records.length > same.length ? `, and ${records.length - same.length} more` : '';
	const decision = decisionOf(first.order);
	return `${phrase(first, count)}${others}${decision ? lastingWords(decision, first, now) : ''}`;
}

/** Of a swap back, how long the branch was on backup; of any other move, how long the loss has been seen. */
function lasting({ order }: SwapRecord, now: number): number | null {
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
		case 'accepted':
			return action === 'releaseHold' ? `hold released on ${count}` : `${count} moved${to} (${why(record)})`;
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

function why({ order }: SwapRecord): string {
	const action = actionOf(order);
	return order.kind === 'explicit' ? BY_HAND[action] : WHY[action];
}

const BY_HAND: Record<SwapAction, string> = {
	failover: 'failover by an operator',
	escape: 'escape by an operator',
	swapBack: 'swap back by an operator',
	releaseHold: 'hold released',
};

const WHY: Record<SwapAction, string> = {
	failover: 'failover: the active peer shows loss',
	escape: 'escape: the active backup shows loss',
	swapBack: 'swap back: primary is clean',
	releaseHold: 'hold released',
};
