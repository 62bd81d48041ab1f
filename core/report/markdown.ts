import { escapeMarkdown } from './escapeMarkdown';
import { moreText, moveText } from './page';
import type { Page, PageGroup, PageRow } from './page';
import { newestLossText, sparkline } from './sparkline';

interface Column {
	readonly heading: string;
	readonly cell: (row: PageRow) => string;
}

const COLUMNS: readonly Column[] = [
	{ heading: 'Site', cell: siteCell },
	{ heading: 'From → to', cell: (row) => moveText(escapeMarkdown(row.from), escapeMarkdown(row.to)) },
	{ heading: 'Loss', cell: (row) => `${sparkline(row.samples)} ${newestLossText(row.samples)}`.trim() },
	{ heading: 'Duration', cell: (row) => (row.duration === '' ? '' : `${row.duration} (${row.since})`) },
	{ heading: 'Explanation', cell: explanationCell },
];

/** Bold lines instead of `#` headings: Teams shows headings in some places only. */
export function renderMarkdown(page: Page): string {
	const blocks = [
		bold(page.title),
		bold(page.dryRun),
		escapeMarkdown(page.summary),
		...page.groups.flatMap(groupBlocks),
		escapeMarkdown(page.more),
		escapeMarkdown(page.footer),
	];
	return blocks.filter((block) => block !== '').join('\n\n');
}

function groupBlocks(group: PageGroup): readonly string[] {
	const nextStep = group.nextStep === '' ? '' : `Next step: ${escapeMarkdown(group.nextStep)}`;
	return [bold(group.heading), nextStep, table(group.rows), moreText(group)];
}

/** Without the columns that are empty in all rows: a phone has no room for them. */
function table(rows: readonly PageRow[]): string {
	if (rows.length === 0) return '';
	const columns = COLUMNS.filter((column) => rows.some((row) => column.cell(row) !== ''));
	const lines = [
		columns.map((column) => column.heading),
		columns.map(() => '---'),
		...rows.map((row) => columns.map((column) => column.cell(row))),
	];
	return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function explanationCell(row: PageRow): string {
	const tags = row.tagChange === '' ? '' : `Tags: ${escapeMarkdown(row.tagChange)}`;
	return [escapeMarkdown(row.explanation), tags].filter((part) => part !== '').join(' ');
}

/** Parentheses would end the address, and `*` or `_` are signs to a simple parser. */
function siteCell(row: PageRow): string {
	const name = escapeMarkdown(row.name);
	if (row.url === null) return name;
	const address = row.url.replace(/[()*_~!']/g, percentEncode);
	return `[${name}](${address})`;
}

function percentEncode(character: string): string {
	return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function bold(text: string): string {
	return text === '' ? '' : `**${escapeMarkdown(text)}**`;
}
