import { worst } from './alertReport';
import { groupBy } from '../domain/groupBy';
import { joinedOutage, outageSentence } from '../health/outage';
import type { ReportModel, ReportRow, ReportSection } from '../report/model';
import { decisionOf } from '../swap/result';
import type { SwapRecord } from '../swap/result';
import { byRank, lasting, titleOf } from './swapReportTitle';
import { isReported, reasonOfResult, reportingOf } from './swapResultTable';

/** The Report of one organization and run; `null` when there is nothing to report. `now`: API clock. `notes`: how the writing went. */
export function swapReport(
	records: readonly SwapRecord[],
	organization: { readonly id: string; readonly name: string | null },
	now: number,
	notes: readonly string[] = [],
): ReportModel | null {
	const reported = records.filter(isReported);
	if (reported.length === 0) return null;
	const sections = sectionsOf(reported, now);
	const decisions = reported.flatMap((record) => decisionOf(record.order) ?? []);
	const isContinued = decisions.some((decision) => decision.isContinued);
	return {
		kind: 'report',
		severity: worst(sections.map((section) => section.severity)),
		title: `${organization.name ?? `Organization ${organization.id}`}: ${titleOf(reported, now)}${isContinued ? ' (continued)' : ''}`,
		summary: [outageWords(reported), ...notes].filter((text) => text !== '').join(' '),
		incidentId: decisions.map((decision) => decision.incidentId).find((id) => id !== '') ?? null,
		organizationId: organization.id,
		organizationName: organization.name,
		isDryRun: reported.some((record) => record.outcome.kind === 'dryRun'),
		reportedAt: now,
		lossThresholdPercent: Math.min(100, ...decisions.map((decision) => decision.lossThresholdPercent)),
		sections,
	};
}

function sectionsOf(records: readonly SwapRecord[], now: number): ReportSection[] {
	const sections = new Map<string, Omit<ReportSection, 'rows'> & { readonly rows: ReportRow[] }>();
	for (const record of byRank(records)) {
		const reporting = reportingOf(record);
		const heading = reporting.heading(record);
		const section = sections.get(heading) ?? {
			heading,
			severity: reporting.severity(record),
			nextStep: reporting.nextStep(record),
			rows: [],
		};
		section.rows.push(rowOf(record, now));
		sections.set(heading, section);
	}
	return [...sections.values()];
}

function rowOf(record: SwapRecord, now: number): ReportRow {
	const decision = decisionOf(record.order);
	return {
		networkId: record.networkId,
		networkName: record.networkName,
		networkUrl: record.networkUrl,
		from: record.from,
		to: record.to,
		explanation: [reasonOfResult(record.outcome), decision?.explanation ?? '', ...record.sideEffects]
			.filter((text) => text !== '')
			.join(' '),
		lossPercents: decision?.lossPercents ?? [],
		durationMs: lasting(record, now),
		tagsBefore: record.tagsBefore,
		tagsAfter: record.tagsAfter,
	};
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
	return sentences.slice(0, MAX_OUTAGES).join(' ');
}

/** More peers at once are in the rows. */
const MAX_OUTAGES = 3;
