import { escapeHtml } from './escapeHtml';
import { lossChartHtml } from './lossChart';
import { moveText } from './page';
import type { PageRow } from './page';
import { newestLossText } from './sparkline';

const HEAD_CELL = 'padding:6px 6px 4px 0;font-size:12px;color:#6b7280';
const CELL = 'padding:8px 6px 0 0;border-top:1px solid #e5e7eb';
const LAST_CELL = 'padding:8px 0 0;border-top:1px solid #e5e7eb';
const SMALL = 'font-size:12px';

/** Three columns, with the sentence of each site below over the full width: so the table fits 360 px. */
export function htmlRows(rows: readonly PageRow[], thresholdPercent: number): string {
	if (rows.length === 0) return '';
	return (
		'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" ' +
		'class="l" style="margin:6px 0 0;table-layout:fixed;border-bottom:1px solid #e5e7eb">' +
		`${headHtml(rows)}${rows.map((row) => rowHtml(row, hasFigures(rows), thresholdPercent)).join('')}</table>`
	);
}

/** Without loss and duration in any row a site has the whole width. */
function hasFigures(rows: readonly PageRow[]): boolean {
	return rows.some((row) => row.samples.length > 0 || row.duration !== '');
}

/** A column that is empty in all rows gets no heading. */
function headHtml(rows: readonly PageRow[]): string {
	const site = rows.some((row) => row.from !== '' || row.to !== '') ? 'Site, from → to' : 'Site';
	if (!hasFigures(rows)) return `<tr><td colspan="3" class="q" style="${HEAD_CELL}">${site}</td></tr>`;
	const loss = rows.some((row) => row.samples.length > 0) ? 'Loss' : '';
	const duration = rows.some((row) => row.duration !== '') ? 'Duration' : '';
	return (
		`<tr><td width="38%" class="q" style="${HEAD_CELL}">${site}</td>` +
		`<td width="30%" class="q" style="${HEAD_CELL}">${loss}</td><td width="32%" class="q" style="${HEAD_CELL}">${duration}</td></tr>`
	);
}

function rowHtml(row: PageRow, isWide: boolean, thresholdPercent: number): string {
	const move = moveText(nameHtml(row.from), nameHtml(row.to));
	const loss = escapeHtml(newestLossText(row.samples));
	const since = row.since === '' ? '' : `<br><span style="${SMALL}">${escapeHtml(row.since)}</span>`;
	const site = `${siteHtml(row)}${move === '' ? '' : `<br>${move}`}`;
	const figures =
		`<td class="l" style="${CELL}">${site}</td>` +
		`<td class="l" style="${CELL}">${lossChartHtml(row.samples, thresholdPercent)}<strong>${loss}</strong></td>` +
		`<td class="l" style="${LAST_CELL}">${escapeHtml(row.duration)}${since}</td>`;
	return (
		`<tr valign="top">${isWide ? figures : `<td colspan="3" class="l" style="${LAST_CELL}">${site}</td>`}</tr>` +
		`<tr><td colspan="3" class="q" style="padding:4px 0 10px;color:#374151">${sentenceHtml(row)}</td></tr>`
	);
}

function siteHtml(row: PageRow): string {
	if (row.url === null) return `<strong>${nameHtml(row.name)}</strong>`;
	return `<a href="${escapeHtml(row.url)}" class="a" style="color:#1d4ed8;font-weight:bold">${nameHtml(row.name)}</a>`;
}

/** `bdi` keeps a name in a right-to-left script from turning the arrow beside it. */
function nameHtml(name: string): string {
	return name === '' ? '' : `<bdi>${escapeHtml(name)}</bdi>`;
}

function sentenceHtml(row: PageRow): string {
	const explanation = escapeHtml(row.explanation);
	if (row.tagChange === '') return explanation;
	return `${explanation}<br><span style="${SMALL}">Tags: ${escapeHtml(row.tagChange)}</span>`;
}
