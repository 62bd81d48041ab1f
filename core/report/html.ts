import { escapeHtml } from './escapeHtml';
import { htmlRows } from './htmlRow';
import { moreText } from './page';
import type { Page, PageGroup } from './page';
import { percentText } from './sparkline';
import type { Severity } from '../types';

const COLOURS: Readonly<Record<Severity, string>> = {
	critical: '#c81e1e',
	warning: '#c2610c',
	info: '#1d4ed8',
};
const FONT = 'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const BREAK = 'word-break:break-word;overflow-wrap:anywhere';
/** `border` and spacing as attributes too: Outlook on Windows does not know `border-spacing`. */
const TABLE = '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"';

/**
 * A whole mail of tables and inline styles: nothing is loaded, nothing runs, and it needs no media query, since
 * several clients drop the style element.
 */
export function renderHtml(page: Page): string {
	const parts = [
		`<h1 style="margin:0;font-size:18px;line-height:1.35;color:#111827">${escapeHtml(page.title)}</h1>`,
		dryRunHtml(page.dryRun),
		paragraph(page.summary, 'margin:10px 0 0;color:#374151'),
		...page.groups.map((group) => groupHtml(group, page.lossThresholdPercent)),
		paragraph(page.more, 'margin:14px 0 0;color:#4b5563'),
		chartLegend(page),
		paragraph(page.footer, 'margin:16px 0 0;font-size:12px;color:#6b7280'),
	];
	return frame(page, parts.join(''));
}

function frame(page: Page, content: string): string {
	return (
		'<!doctype html><html lang="en"><head><meta charset="utf-8">' +
		'<meta name="viewport" content="width=device-width, initial-scale=1">' +
		`<title>${escapeHtml(page.title)}</title></head>` +
		`<body style="margin:0;padding:0;background-color:#f3f4f6">${TABLE} bgcolor="#f3f4f6">` +
		`<tr><td align="center" style="padding:8px">${TABLE} bgcolor="#ffffff" style="max-width:680px;` +
		`border:1px solid #e5e7eb;border-top:4px solid ${COLOURS[page.severity]}"><tr><td align="left" ` +
		`style="padding:14px;${FONT};font-size:14px;line-height:1.45;color:#111827;${BREAK}">${content}` +
		'</td></tr></table></td></tr></table></body></html>'
	);
}

function dryRunHtml(text: string): string {
	if (text === '') return '';
	return (
		`${TABLE} style="margin:10px 0 0"><tr><td bgcolor="#fef3c7" style="padding:8px 10px;` +
		`border:2px dashed #b45309;font-weight:bold;color:#78350f">${escapeHtml(text)}</td></tr></table>`
	);
}

function groupHtml(group: PageGroup, thresholdPercent: number): string {
	const colour = COLOURS[group.severity];
	const next = escapeHtml(group.nextStep);
	return (
		`<h2 style="margin:20px 0 0;padding:0 0 0 8px;border-left:4px solid ${colour};font-size:16px;` +
		`line-height:1.3;color:${colour}">${escapeHtml(group.heading)}</h2>` +
		(next === '' ? '' : `<p style="margin:6px 0 0"><strong>Next step:</strong> ${next}</p>`) +
		htmlRows(group.rows, thresholdPercent) +
		paragraph(moreText(group), 'margin:8px 0 0;color:#4b5563')
	);
}

function chartLegend(page: Page): string {
	const isCharted = page.groups.some((group) => group.rows.some((row) => row.samples.length > 0));
	if (!isCharted) return '';
	const text = `Loss per minute, oldest first. Red: ${percentText(page.lossThresholdPercent)} or more. Pale: not measured.`;
	return paragraph(text, 'margin:16px 0 0;font-size:12px;color:#6b7280');
}

function paragraph(text: string, style: string): string {
	return text === '' ? '' : `<p style="${style}">${escapeHtml(text)}</p>`;
}
