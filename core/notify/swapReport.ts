import { worst } from './alertReport';
import { groupBy } from '../domain/groupBy';
import { joinedOutage, outageSentence } from '../health/outage';
import type { ReportModel, ReportRow, ReportSection } from '../report/model';
import { actionOf, decisionOf, isTold } from '../swap/result';
import type { SwapAction, SwapOutcome, SwapRecord } from '../swap/result';
import { lasting, outcomeRank, titleOf } from './swapReportTitle';
import type { Severity } from '../domain/types';

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
		summary: [outageWords(told), ...notes].filter((text) => text !== '').join(' '),
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

function sectionsOf(records: readonly SwapRecord[], now: number): ReportSection[] {
	const sorted = [...records].sort((one, other) => outcomeRank(one) - outcomeRank(other));
	const sections = new Map<string, Group & { readonly rows: ReportRow[] }>();
	for (const record of sorted) {
		const group = groupOf(record);
		const section = sections.get(group.heading) ?? { ...group, rows: [] };
		section.rows.push(rowOf(record, now));
		sections.set(group.heading, section);
	}
	return [...sections.values()];
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
				nextStep: 'Meraki accepted the change, but has not shown it yet. The next run looks again.',
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
			return {
				severity: 'warning',
				heading: 'Refused: nothing was written',
				nextStep: 'Correct what the row names, then run again.',
			};
		case 'failed':
			return { severity: 'critical', heading: 'Not moved', nextStep: failedStep(record) };
		case 'gone':
			return {
				severity: 'critical',
				heading: 'Out of sight after the change',
				nextStep: 'Check that the tags do not decide which networks the API key may see.',
			};
		case 'paused':
			return { severity: 'warning', heading: 'Refused before: waiting', nextStep: '' };
		case 'nextRun':
			return {
				severity: 'warning',
				heading: 'Left for the next run',
				nextStep: 'Nothing: the next run decides anew.',
			};
	}
}

const DONE: Record<SwapAction, string> = {
	failover: 'Failed over',
	swapBack: 'Swapped back',
	releaseHold: 'Hold released',
};

function doneSeverity(action: SwapAction): Severity {
	return action === 'failover' ? 'warning' : 'info';
}

function releaseStep({ order }: SwapRecord): string {
	if (order.kind !== 'explicit' || !order.holdAfterwards || order.action === 'releaseHold') return '';
	return `Held by the tag ${order.holdTag}: the schedule leaves it alone. Use Release Hold when it may move again.`;
}

/** R8.7. */
function failedStep({ order }: SwapRecord): string {
	if (order.kind === 'explicit') return 'Mend what the row names, then try again.';
	return 'Mend what the row names. It is tried again in the next run; what Meraki refused after 1, 5, 15, then every 60 minutes.';
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

/** Of a swap back: what primary went through; everybody's in one sentence for each peer. */
function outageWords(records: readonly SwapRecord[]): string {
	const outages = records.flatMap(({ order }) => {
		const decision = decisionOf(order);
		return decision?.outage ? [{ peer: decision.want.peer, outage: decision.outage }] : [];
	});
	const sentences = [...groupBy(outages, ({ peer }) => peer)].map(([peer, all]) => {
		const joined = joinedOutage(all.map(({ outage }) => outage));
		return joined === null ? '' : outageSentence(peer, joined);
	});
	return sentences.slice(0, MOST_OUTAGES).join(' ');
}

/** More peers at once are in the rows. */
const MOST_OUTAGES = 3;
