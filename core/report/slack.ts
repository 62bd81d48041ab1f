import { cutText, escapeWithin } from './cleanText';
import { escapePlain } from './escapePlain';
import { escapeSlack } from './escapeSlack';
import { MAX_SLACK_HEADER_LENGTH, MAX_SLACK_MESSAGE_LENGTH, MAX_SLACK_TEXT_LENGTH } from './limits';
import type { SlackBlock } from './model';
import { moreText } from './page';
import type { Page, PageGroup } from './page';
import { slackRow } from './slackRow';
import type { Severity } from '../domain/types';

/** Shares of the message, in escaped characters: a name full of `&` is five times as long when escaped. */
const MAX_TITLE = 400;
const MAX_SUMMARY = 800;
const MAX_FOOTER = 500;
const MAX_HEADING = 150;
const MAX_ALL_GROUP_HEADS = 6000;
const MAX_GROUP_HEAD = 600;
/** For `and 1000000 more`. */
const MAX_MORE = 20;

const ICONS: Readonly<Record<Severity, string>> = { critical: '🔴', warning: '🟠', info: '🔵' };

/** Blocks for `chat.postMessage`. Headings and next steps always get in; rows take what is left, in their order. */
export function renderSlack(page: Page): readonly SlackBlock[] {
	const opening = openingBlocks(page);
	const heads = page.groups.map((group) => groupHead(group, page.groups.length));
	const closing = closingBlocks(page);
	const fixed = [...opening, ...closing].reduce((sum, block) => sum + blockLength(block), 0);
	let free = MAX_SLACK_MESSAGE_LENGTH - heads.reduce((sum, head) => sum + head.length + MAX_MORE, fixed);
	const middle = page.groups.flatMap((group, index) => {
		const texts = packTexts(heads[index] ?? '', rowTexts(group, free));
		free -= texts.join('').length - (heads[index] ?? '').length;
		return texts.map(section);
	});
	return [...opening, ...middle, ...closing];
}

function openingBlocks(page: Page): readonly SlackBlock[] {
	const header = `${ICONS[page.severity]} ${escapePlain(page.title)}`;
	const blocks: SlackBlock[] = [
		{
			type: 'header',
			text: { type: 'plain_text', text: cutText(header, MAX_SLACK_HEADER_LENGTH), emoji: false },
		},
	];
	if (header.length > MAX_SLACK_HEADER_LENGTH) blocks.push(section(within(page.title, MAX_TITLE)));
	if (page.dryRun !== '') blocks.push(section(`*${page.dryRun}*`));
	if (page.summary !== '') blocks.push(section(within(page.summary, MAX_SUMMARY)));
	return blocks;
}

function closingBlocks(page: Page): readonly SlackBlock[] {
	const lines = [page.more, within(page.footer, MAX_FOOTER)].filter((line) => line !== '');
	return [
		{
			type: 'context',
			elements: lines.map((text) => ({ type: 'mrkdwn', text, verbatim: true })),
		},
	];
}

function groupHead(group: PageGroup, groupCount: number): string {
	const room = Math.min(MAX_GROUP_HEAD, Math.floor(MAX_ALL_GROUP_HEADS / groupCount)) - MAX_HEADING;
	const heading = `${ICONS[group.severity]} *${within(group.heading, MAX_HEADING - 10)}*`;
	return group.nextStep === '' ? heading : `${heading}\nNext step: ${within(group.nextStep, room - 15)}`;
}

/** Rows that fit, then the count of those that do not. */
function rowTexts(group: PageGroup, free: number): readonly string[] {
	const texts: string[] = [];
	let used = 0;
	for (const row of group.rows) {
		const text = slackRow(row);
		used += text.length + 1;
		if (used > free) break;
		texts.push(text);
	}
	const more = moreText(group, texts.length);
	return more === '' ? texts : [...texts, more];
}

/** As few blocks as hold the texts: 50 are allowed, and 60 rows may be shown. */
function packTexts(head: string, texts: readonly string[]): readonly string[] {
	const packed: string[] = [];
	let open = head;
	for (const text of texts) {
		if (open.length + text.length + 1 <= MAX_SLACK_TEXT_LENGTH) {
			open = `${open}\n${text}`;
			continue;
		}
		packed.push(open);
		open = text;
	}
	return [...packed, open];
}

function within(text: string, maxLength: number): string {
	return escapeWithin(text, maxLength, escapeSlack);
}

function section(text: string): SlackBlock {
	return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}

function blockLength(block: SlackBlock): number {
	if (block.type === 'context') return block.elements.reduce((sum, element) => sum + element.text.length, 0);
	return block.text.text.length;
}
