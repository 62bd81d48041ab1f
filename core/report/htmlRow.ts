import { escapeHtml } from './escapeHtml';
import { lossChartHtml } from './lossChart';
import { moveText } from './page';
import type { PageRow } from './page';
import { newestLossText } from './sparkline';

const HEAD_CELL = 'padding:6px 6px 4px 0;font-size:12px;color:#6b7280';
const CELL = 'padding:8px 6px 0 0;border-top:1px solid #e5e7eb;vertical-align:top';
const LAST_CELL = 'padding:8px 0 0;border-top:1px solid #e5e7eb;vertical-align:top';
const SMALL = 'font-size:12px;color:#6b7280';

/** Three columns, with the sentence of each site below over the full width: so the table fits 360 px. */
export function htmlRows(rows: readonly PageRow[], thresholdPercent: number): string {
	if (rows.length === 0) return '';
	return (
		'<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" ' +
		'style="margin:6px 0 0;table-layout:fixed;border-bottom:1px solid #e5e7eb">' +
		`${headHtml(rows)}${rows.map((row) => rowHtml(row, thresholdPercent)).join('')}</table>`
	);
}

/** A column that is empty in all rows gets no heading. */
function headHtml(rows: readonly PageRow[]): string {
	const site = rows.some((row) => row.from !== '' || row.to !== '') ? 'Site, from → to' : 'Site';
	const loss = rows.some((row) => row.samples.length > 0) ? 'Loss' : '';
	const duration = rows.some((row) => row.duration !== '') ? 'Duration' : '';
	return (
		`<tr><td width="38%" style="${HEAD_CELL}">${site}</td>` +
		`<td width="30%" style="${HEAD_CELL}">${loss}</td><td width="32%" style="${HEAD_CELL}">${duration}</td></tr>`
	);
}

function rowHtml(row: PageRow, thresholdPercent: number): string {
	const move = moveText(nameHtml(row.from), nameHtml(row.to));
	const loss = escapeHtml(newestLossText(row.samples));
	const since = row.since === '' ? '' : `<br><span style="${SMALL}">${escapeHtml(row.since)}</span>`;
	return (
		`<tr><td style="${CELL}">${siteHtml(row)}${move === '' ? '' : `<br>${move}`}</td>` +
		`<td style="${CELL}">${lossChartHtml(row.samples, thresholdPercent)}<strong>${loss}</strong></td>` +
		`<td style="${LAST_CELL}">${escapeHtml(row.duration)}${since}</td></tr>` +
		`<tr><td colspan="3" style="padding:4px 0 10px;color:#374151">${sentenceHtml(row)}</td></tr>`
	);
}

function siteHtml(row: PageRow): string {
	if (row.url === null) return `<strong>${nameHtml(row.name)}</strong>`;
	return `<a href="${escapeHtml(row.url)}" style="color:#1d4ed8;font-weight:bold">${nameHtml(row.name)}</a>`;
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
