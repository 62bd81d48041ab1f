import type { Incidents } from './incidents';
import type { Told } from './memory';
import type { Condition, Telling } from './notices';
import type { ReportModel, ReportSection } from './report/model';
import type { Organization, Severity } from './types';

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'critical'];

export interface AttentionContext {
	readonly organization: Pick<Organization, 'id' | 'name'>;
	readonly reportedAt: number;
	readonly lossThresholdPercent: number;
	readonly incidents: Incidents;
}

/** One message about what is new, changed, due for a repeat, or over; `null` when there is nothing to tell (R8.1). */
export function attention(
	conditions: readonly Condition[],
	telling: Telling,
	context: AttentionContext,
): ReportModel | null {
	const due = conditions.filter((condition) => telling.notify.get(condition.key) !== 'none');
	const ended = telling.ended.filter((told) => told.title !== '');
	if (due.length === 0 && ended.length === 0) return null;
	const sections = [...dueSections(due), ...endedSections(ended)];
	return {
		kind: 'attention',
		severity: worst(sections.map((section) => section.severity)),
		title: title(context, due, ended),
		summary: '',
		incidentId: firstIncidentId(due, context.incidents),
		organizationId: context.organization.id,
		organizationName: context.organization.name,
		isDryRun: false,
		reportedAt: context.reportedAt,
		lossThresholdPercent: context.lossThresholdPercent,
		sections,
	};
}

function title(
	{ organization }: AttentionContext,
	due: readonly Condition[],
	ended: readonly Told[],
): string {
	const name = organization.name ?? organization.id;
	const [first] = bySeverity(due);
	if (!first)
		return `${name}: over now: ${ended[0]?.title ?? ''}${others(distinct(ended.map((told) => told.title)) - 1)}`;
	const count = due.filter((condition) => condition.heading === first.heading).length;
	return `${name}: ${first.heading} (${count})${others(distinct(due.map((condition) => condition.heading)) - 1)}`;
}

function others(count: number): string {
	return count > 0 ? `, and ${count} more` : '';
}

function distinct(texts: readonly string[]): number {
	return new Set(texts).size;
}

function bySeverity(conditions: readonly Condition[]): Condition[] {
	return [...conditions].sort(
		(one, other) => SEVERITIES.indexOf(other.severity) - SEVERITIES.indexOf(one.severity),
	);
}

function dueSections(due: readonly Condition[]): ReportSection[] {
	const sections = new Map<string, ReportSection & { rows: Condition['row'][] }>();
	for (const { heading, severity, nextStep, row } of bySeverity(due)) {
		const section = sections.get(heading) ?? { heading, severity, nextStep, rows: [] };
		section.rows.push(row);
		sections.set(heading, section);
	}
	return [...sections.values()];
}

/** What is over is told by its heading and number: the sites are in the message that told of it. */
function endedSections(ended: readonly Told[]): ReportSection[] {
	const counts = new Map<string, number>();
	for (const { title: heading } of ended) counts.set(heading, (counts.get(heading) ?? 0) + 1);
	return [...counts].map(([heading, count]) => ({
		heading: `Over now: ${heading} (${count})`,
		severity: 'info',
		nextStep: '',
		rows: [],
	}));
}

function firstIncidentId(due: readonly Condition[], { open }: Incidents): string | null {
	const peers = due.flatMap(({ incidentPeer }) => incidentPeer ?? []);
	return peers.flatMap((peer) => open.get(peer)?.id ?? [])[0] ?? null;
}

export function worst(severities: readonly Severity[]): Severity {
	return SEVERITIES[Math.max(0, ...severities.map((severity) => SEVERITIES.indexOf(severity)))] ?? 'info';
}
