import { cleanWithin } from './cleanText';
import { dateTimeText, durationText, sinceText } from './duration';
import * as limits from './limits';
import type { ReportModel, ReportRow, ReportSection } from './model';
import { networkLink } from './networkLink';
import { shownSamples } from './sparkline';
import { tagChangeText } from './tagChange';
import type { Severity } from '../domain/types';

/** What every target shows, worded, cleaned and cut to size, but not yet escaped. Empty strings are left out. */
export interface Page {
	readonly title: string;
	readonly dryRun: string;
	readonly summary: string;
	readonly severity: Severity;
	readonly lossThresholdPercent: number;
	readonly groups: readonly PageGroup[];
	/** Says what was cut, or empty. */
	readonly more: string;
	readonly footer: string;
}

export interface PageGroup {
	/** With the count. */
	readonly heading: string;
	readonly severity: Severity;
	readonly nextStep: string;
	readonly rows: readonly PageRow[];
	readonly rowCount: number;
}

export interface PageRow {
	readonly name: string;
	readonly url: string | null;
	readonly from: string;
	readonly to: string;
	readonly samples: readonly (number | null)[];
	/** `8 min`. */
	readonly duration: string;
	/** `since 12:04 UTC`. */
	readonly since: string;
	readonly explanation: string;
	/** `london_primary_up → london_primary_down`. */
	readonly tagChange: string;
}

export function buildPage(model: ReportModel): Page {
	const sections = model.sections.slice(0, limits.MAX_SECTIONS);
	const hidden = model.sections.slice(limits.MAX_SECTIONS);
	const rowCounts = shownRowCounts(sections);
	return {
		title: titleText(model),
		dryRun: model.isDryRun ? 'Dry run: nothing was written.' : '',
		summary: cleanWithin(model.summary, limits.MAX_SUMMARY_LENGTH),
		severity: model.severity,
		lossThresholdPercent: model.lossThresholdPercent,
		groups: sections.map((section, index) => buildGroup(section, rowCounts[index] ?? 0, model.reportedAt)),
		more: hidden.length === 0 ? '' : hiddenText(hidden),
		footer: footerText(model),
	};
}

/** `and 5 more`, or an empty string. */
export function moreText(group: PageGroup, shown: number = group.rows.length): string {
	return group.rowCount > shown ? `and ${group.rowCount - shown} more` : '';
}

function titleText(model: ReportModel): string {
	const title = cleanWithin(model.title, limits.MAX_TITLE_LENGTH);
	if (!model.isDryRun || /^dry run/i.test(title)) return title;
	return cleanWithin(`Dry run: ${title}`, limits.MAX_TITLE_LENGTH);
}

/** First come, first served, but the next sections keep a few rows each. */
function shownRowCounts(sections: readonly ReportSection[]): readonly number[] {
	let free = limits.MAX_ROWS_IN_ALL;
	return sections.map((section, index) => {
		const kept = sections
			.slice(index + 1)
			.reduce((sum, next) => sum + Math.min(limits.MIN_ROWS_PER_SECTION, next.rows.length), 0);
		const shown = Math.min(section.rows.length, limits.MAX_ROWS_PER_SECTION, Math.max(0, free - kept));
		free -= shown;
		return shown;
	});
}

function buildGroup(section: ReportSection, shown: number, reportedAt: number): PageGroup {
	const heading = cleanWithin(section.heading, limits.MAX_HEADING_LENGTH);
	const count = section.rows.length === 0 ? '' : ` (${section.rows.length})`;
	return {
		heading: `${heading}${count}`,
		severity: section.severity,
		nextStep: cleanWithin(section.nextStep, limits.MAX_NEXT_STEP_LENGTH),
		rows: section.rows.slice(0, shown).map((row) => buildRow(row, reportedAt)),
		rowCount: section.rows.length,
	};
}

function buildRow(row: ReportRow, reportedAt: number): PageRow {
	const { durationMs } = row;
	return {
		name: nameText(row),
		url: networkLink(row.networkUrl),
		from: peerText(row.from) ?? '',
		to: peerText(row.to) ?? '',
		samples: shownSamples(row.lossPercents),
		duration: durationMs === null ? '' : durationText(durationMs),
		since: durationMs === null ? '' : sinceText(reportedAt - durationMs, reportedAt),
		explanation: cleanWithin(row.explanation, limits.MAX_EXPLANATION_LENGTH),
		tagChange: tagChangeText(row.tagsBefore, row.tagsAfter),
	};
}

/** A site without a readable name is still told apart. */
export function nameText(row: ReportRow): string {
	const name = cleanWithin(row.networkName, limits.MAX_NAME_LENGTH);
	return name || cleanWithin(row.networkId, limits.MAX_NAME_LENGTH) || '(no name)';
}

/** `London → Paris`, of `from` and `to` as they are or escaped. */
export function moveText(from: string, to: string): string {
	if (from === '') return to === '' ? '' : `→ ${to}`;
	return to === '' ? from : `${from} → ${to}`;
}

export function peerText(peer: string | null): string | null {
	return peer === null ? null : cleanWithin(peer, limits.MAX_PEER_LENGTH);
}

function hiddenText(hidden: readonly ReportSection[]): string {
	const rowCount = hidden.reduce((sum, section) => sum + section.rows.length, 0);
	return `and ${hidden.length} more groups with ${rowCount} networks`;
}

const KIND_NAMES: Record<ReportModel['kind'], string> = {
	report: 'Report',
	alert: 'Alert',
	readinessCheck: 'Readiness Check',
};

function footerText(model: ReportModel): string {
	const id = cleanWithin(model.organizationId, limits.MAX_ID_LENGTH);
	const name = cleanWithin(model.organizationName ?? '', limits.MAX_NAME_LENGTH);
	const incident = cleanWithin(model.incidentId ?? '', limits.MAX_ID_LENGTH);
	const parts = [
		`${KIND_NAMES[model.kind]} (${model.severity})`,
		dateTimeText(model.reportedAt),
		name === '' ? `Organization ${id}` : `Organization ${name} (${id})`,
	];
	if (incident !== '') parts.push(`Incident ${incident}`);
	return parts.join(' · ');
}
