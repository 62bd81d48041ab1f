import { escapePlain } from './escapePlain';
import { moreText, moveText } from './page';
import type { Page, PageGroup, PageRow } from './page';
import { newestLossText, sparkline } from './sparkline';

/** Lines instead of columns: on a phone, and in a proportional font, columns do not line up. */
export function renderPlainText(page: Page): string {
	const blocks = [
		lines([page.title, page.dryRun]),
		page.summary,
		...page.groups.map(groupText),
		page.more,
		page.footer,
	];
	return escapePlain(blocks.filter((block) => block !== '').join('\n\n'));
}

function groupText(group: PageGroup): string {
	const nextStep = group.nextStep === '' ? '' : `Next step: ${group.nextStep}`;
	const heading = group.rows.length === 0 ? group.heading : `${group.heading}:`;
	return lines([heading, nextStep, ...group.rows.map(rowText), moreText(group)]);
}

function rowText(row: PageRow): string {
	const head = [`${row.name}:`, moveText(row.from, row.to), lossText(row), timeText(row)].filter(
		(part) => part !== '',
	);
	const [name = '', ...rest] = head;
	return lines([
		`- ${name} ${rest.join(', ')}`.trimEnd(),
		indent(row.explanation),
		indent(row.tagChange === '' ? '' : `Tags: ${row.tagChange}`),
		indent(row.url ?? ''),
	]);
}

function lossText(row: PageRow): string {
	if (row.samples.length === 0) return '';
	return `loss ${sparkline(row.samples)} ${newestLossText(row.samples)}`;
}

function timeText(row: PageRow): string {
	return row.duration === '' ? '' : `${row.duration} (${row.since})`;
}

function indent(text: string): string {
	return text === '' ? '' : `  ${text}`;
}

function lines(parts: readonly string[]): string {
	return parts.filter((part) => part !== '').join('\n');
}
