/** What Slack accepts, from https://docs.slack.dev/reference/block-kit/blocks, written out by hand. */
const mostBlocks = 50;
const mostHeader = 150;
const mostSectionText = 3000;
const mostContextElements = 10;
/** Not documented; Slack refuses with `msg_blocks_too_long` from somewhere below it. */
const mostInAll = 11_000;

/** Nothing, or every reason for which Slack would answer `invalid_blocks`. */
export function blocksProblems(blocks: readonly unknown[]): readonly string[] {
	const problems = blocks.flatMap((block, index) =>
		blockProblems(block).map((why) => `block ${index}: ${why}`),
	);
	if (blocks.length === 0) problems.push('no blocks');
	if (blocks.length > mostBlocks) problems.push(`${blocks.length} blocks`);
	const inAll = blocks.flatMap(texts).reduce((sum, text) => sum + text.length, 0);
	if (inAll > mostInAll) problems.push(`${inAll} characters in all`);
	return problems;
}

/** `<!channel>`, `<@U1>`, `<#C1>`: what would call people. */
export function pings(text: string): readonly string[] {
	return [...text.matchAll(/<[!@#][^>]*>|(?<![\w.])@(?:channel|here|everyone)\b/g)].map(([found]) => found);
}

function blockProblems(block: unknown): string[] {
	switch (field(block, 'type')) {
		case 'divider':
			return [];
		case 'header':
			return textProblems(field(block, 'text'), ['plain_text'], mostHeader);
		case 'section':
			return textProblems(field(block, 'text'), ['mrkdwn', 'plain_text'], mostSectionText);
		case 'context':
			return contextProblems(field(block, 'elements'));
		default:
			return [`type ${String(field(block, 'type'))}`];
	}
}

function contextProblems(elements: unknown): string[] {
	const list: readonly unknown[] = Array.isArray(elements) ? elements : [];
	if (list.length === 0 || list.length > mostContextElements) return [`${list.length} elements`];
	return list.flatMap((element) => textProblems(element, ['mrkdwn', 'plain_text'], mostSectionText));
}

function textProblems(text: unknown, types: readonly string[], most: number): string[] {
	const [type, words] = [field(text, 'type'), field(text, 'text')];
	if (typeof type !== 'string' || !types.includes(type)) return [`text of type ${String(type)}`];
	if (typeof words !== 'string' || words.length === 0) return ['empty text'];
	return words.length > most ? [`${words.length} characters`] : [];
}

function texts(block: unknown): string[] {
	const elements: unknown = field(block, 'elements');
	const parts: readonly unknown[] = Array.isArray(elements) ? elements : [field(block, 'text')];
	return parts.map((part) => field(part, 'text')).filter((text) => typeof text === 'string');
}

function field(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
