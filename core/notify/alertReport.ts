import { MINUTE_MS } from '../domain/time';
import { groupBy } from '../domain/groupBy';
import type { Incidents } from './incidents';
import type { Told } from '../memory/memory';
import type { Condition, Telling } from './dedup';
import { durationText, sinceText } from '../report/duration';
import type { ReportModel, ReportSection } from '../report/model';
import type { Organization, Severity } from '../domain/types';

const SEVERITIES: readonly Severity[] = ['info', 'warning', 'critical'];

export interface AlertContext {
	readonly organization: Pick<Organization, 'id' | 'name'>;
	readonly reportedAt: number;
	readonly lossThresholdPercent: number;
	readonly incidents: Incidents;
}

/** One message about what is new, changed, due for a repeat, or over; `null` when there is nothing to tell (R8.5). */
export function alert(
	conditions: readonly Condition[],
	telling: Telling,
	context: AlertContext,
): ReportModel | null {
	const due = conditions.filter((condition) => telling.notify.get(condition.key) !== 'none');
	const ended = telling.ended.filter((told) => told.title !== '');
	if (due.length === 0 && ended.length === 0) return null;
	const now = context.reportedAt;
	const sections = [...dueSections(due, telling, now), ...endedSections(ended, now)];
	return {
		kind: 'alert',
		severity: worst(sections.map((section) => section.severity)),
		title: title(context, due, telling, ended),
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
	{ organization, reportedAt }: AlertContext,
	due: readonly Condition[],
	{ told }: Telling,
	ended: readonly Told[],
): string {
	const { name } = organization;
	const known = new Map(Object.entries(told));
	const [first] = bySeverity(due);
	if (!first) {
		const heading = ended[0]?.title ?? '';
		const same = ended.filter((told) => told.title === heading);
		return `${name}: resolved: ${heading} (${same.length})${others(distinct(ended.map((told) => told.title)) - 1)}${lastedWords(same, reportedAt)}`;
	}
	const same = due.filter((condition) => condition.heading === first.heading);
	const count = same.length;
	const began = Math.min(...same.map(({ key }) => known.get(key)?.since ?? reportedAt));
	const since = reportedAt - began < MINUTE_MS ? '' : `, ${sinceText(began, reportedAt)}`;
	return `${name}: ${first.heading} (${count})${others(distinct(due.map((condition) => condition.heading)) - 1)}${since}`;
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

function dueSections(due: readonly Condition[], { told }: Telling, now: number): ReportSection[] {
	const sections = new Map<string, ReportSection & { rows: Condition['row'][] }>();
	const known = new Map(Object.entries(told));
	for (const { key, heading, severity, nextStep, row } of bySeverity(due)) {
		const section = sections.get(heading) ?? { heading, severity, nextStep, rows: [] };
		const lastedMs = now - (known.get(key)?.since ?? now);
		section.rows.push(lastedMs < MINUTE_MS ? row : { ...row, durationMs: row.durationMs ?? lastedMs });
		sections.set(heading, section);
	}
	return [...sections.values()];
}

/** What is over is told by its heading and number: the sites are in the message that told of it. */
function endedSections(ended: readonly Told[], now: number): ReportSection[] {
	return [...groupBy(ended, (told) => told.title)].map(([heading, all]) => ({
		heading: `Resolved: ${heading} (${all.length})${lastedWords(all, now)}`,
		severity: 'info',
		nextStep: '',
		rows: [],
	}));
}

function lastedWords(told: readonly Told[], now: number): string {
	const endedAt = Math.max(...told.map(({ seenAt }) => seenAt ?? now));
	const lastedMs = endedAt - Math.min(...told.map(({ since }) => since));
	return lastedMs < MINUTE_MS ? '' : `, after ${durationText(lastedMs)}`;
}

function firstIncidentId(due: readonly Condition[], { open }: Incidents): string | null {
	const peers = due.flatMap(({ incidentPeer }) => incidentPeer ?? []);
	return peers.flatMap((peer) => open.get(peer)?.id ?? [])[0] ?? null;
}

export function worst(severities: readonly Severity[]): Severity {
	return SEVERITIES[Math.max(0, ...severities.map((severity) => SEVERITIES.indexOf(severity)))] ?? 'info';
}
