import type { SlackBlock } from '../../../core/report/model';

export function slackTexts(blocks: readonly SlackBlock[]): string[] {
	return blocks.flatMap((block) =>
		block.type === 'context' ? block.elements.map((element) => element.text) : [block.text.text],
	);
}

export function mrkdwnTexts(blocks: readonly SlackBlock[]): string[] {
	return blocks.flatMap((block) => {
		const texts = block.type === 'context' ? block.elements : [block.text];
		return texts.filter((text) => text.type === 'mrkdwn').map((text) => text.text);
	});
}

/** Without the links that the renderer makes itself, of which the label stays. */
export function withoutLinks(text: string): string {
	return text.replace(/<https?:\/\/[^<>|\s]+\|([^<>|\n]*)>/g, '$1');
}
