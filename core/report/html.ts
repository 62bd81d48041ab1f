import { escapeHtml } from './escapeHtml';
import { htmlRows } from './htmlRow';
import { moreText } from './page';
import type { Page, PageGroup } from './page';
import { percentText } from './sparkline';
import type { Severity } from '../domain/types';

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
 * Classes are short, since a mail is clipped by its size: p is the page, c the card, t text, q quiet text, l lines, a links,
 * d the mark of a dry run. `!important`, since it stands against inline styles. Contrast of all
 * of them is at least 4.5 on the dark card.
 */
const DARK_STYLE = [
	':root{color-scheme:light dark}',
	'@media (prefers-color-scheme:dark){',
	'.p{background-color:#0b1120 !important}',
	// The top keeps the colour of the severity.
	'.c{background-color:#111827 !important;border-left-color:#374151 !important;border-right-color:#374151 !important;border-bottom-color:#374151 !important}',
	'.t{color:#f3f4f6 !important}',
	'.q{color:#cbd5e1 !important}',
	'.l{border-color:#374151 !important}',
	'.a{color:#93c5fd !important}',
	'.critical{color:#fca5a5 !important;border-color:#f87171 !important}',
	'.warning{color:#fdba74 !important;border-color:#fb923c !important}',
	'.info{color:#93c5fd !important;border-color:#60a5fa !important}',
	'.d{background-color:#422006 !important;color:#fde68a !important}',
	'}',
].join('');

/**
 * A whole mail of tables and inline styles: nothing is loaded, nothing runs. Several clients drop the style element:
 * it only gives the others dark colours, and without it the mail is as good by day.
 */
export function renderHtml(page: Page): string {
	const parts = [
		`<h1 class="t" style="margin:0;font-size:18px;line-height:1.35;color:#111827">${escapeHtml(page.title)}</h1>`,
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
		`<meta name="color-scheme" content="light dark"><style>${DARK_STYLE}</style>` +
		`<title>${escapeHtml(page.title)}</title></head>` +
		`<body class="p" style="margin:0;padding:0;background-color:#f3f4f6">${TABLE} class="p" bgcolor="#f3f4f6">` +
		`<tr><td align="center" style="padding:8px">${TABLE} class="c" bgcolor="#ffffff" style="max-width:680px;` +
		`border:1px solid #e5e7eb;border-top:4px solid ${COLOURS[page.severity]}"><tr><td align="left" ` +
		`class="t" style="padding:14px;${FONT};font-size:14px;line-height:1.45;color:#111827;${BREAK}">${content}` +
		'</td></tr></table></td></tr></table></body></html>'
	);
}

function dryRunHtml(text: string): string {
	if (text === '') return '';
	return (
		`${TABLE} style="margin:10px 0 0"><tr><td class="d" bgcolor="#fef3c7" style="padding:8px 10px;` +
		`border:2px dashed #b45309;font-weight:bold;color:#78350f">${escapeHtml(text)}</td></tr></table>`
	);
}

function groupHtml(group: PageGroup, thresholdPercent: number): string {
	const colour = COLOURS[group.severity];
	const next = escapeHtml(group.nextStep);
	return (
		`<h2 class="${group.severity}" style="margin:20px 0 0;padding:0 0 0 8px;border-left:4px solid ${colour};font-size:16px;` +
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
	return text === '' ? '' : `<p class="q" style="${style}">${escapeHtml(text)}</p>`;
}
