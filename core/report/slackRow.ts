import { escapeWithin } from './cleanText';
import { escapeSlack, slackLink } from './escapeSlack';
import { moveText } from './page';
import type { PageRow } from './page';
import { newestLossText, sparkline } from './sparkline';

/** In escaped characters; together less than one block's text. */
const MAX_NAME = 160;
const MAX_PEER = 100;
const MAX_EXPLANATION = 480;
const MAX_TAG_CHANGE = 400;
const MAX_ADDRESS = 300;

/** One site: name and move, then the figures, then the explanation. */
export function slackRow(row: PageRow): string {
	const figures = [lossText(row), timeText(row)].filter((part) => part !== '').join(' · ');
	const lines = [
		`• ${siteText(row)} ${moveText(within(row.from, MAX_PEER), within(row.to, MAX_PEER))}`.trimEnd(),
		figures,
		within(row.explanation, MAX_EXPLANATION),
		row.tagChange === '' ? '' : `Tags: ${within(row.tagChange, MAX_TAG_CHANGE)}`,
	];
	return lines.filter((line) => line !== '').join('\n');
}

function siteText(row: PageRow): string {
	const name = within(row.name, MAX_NAME);
	if (row.url === null) return `*${name}*`;
	const link = slackLink(row.url, name);
	return link.length - name.length > MAX_ADDRESS ? `*${name}*` : link;
}

/** As code: the blocks of the sparkline stand on one line in a fixed-width font only. */
function lossText(row: PageRow): string {
	if (row.samples.length === 0) return '';
	return `Loss \`${sparkline(row.samples)}\` ${newestLossText(row.samples)}`;
}

function timeText(row: PageRow): string {
	return row.duration === '' ? '' : `${row.duration} (${row.since})`;
}

function within(text: string, maxLength: number): string {
	return escapeWithin(text, maxLength, escapeSlack);
}
