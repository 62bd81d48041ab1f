const ENTITIES: ReadonlyMap<string, string> = new Map([
	['&', '&amp;'],
	['<', '&lt;'],
	['>', '&gt;'],
]);

/**
 * Slack has no escape for the signs that format text, and a zero-width character beside one may as well start
 * formatting as stop it, and is copied along unseen. So they become look-alikes that one can see.
 */
const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
	['*', '∗'],
	['~', '∼'],
	['`', 'ˋ'],
	['_', 'ˍ'],
	['@', '＠'],
	[':', '꞉'],
]);

/**
 * `_` formats only at the edge of a word: inside of `london_primary_up` it stays, so that a tag can be copied from
 * the message. A colon counts where it opens an `:emoji:`, not in an address such as `2001:db8:1::1`.
 */
const FORMATTING = /[*~`]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|@(?!\s)|(?<![A-Za-z0-9:]):(?=[\w+'-]+:)/g;

/** For `mrkdwn` (https://docs.slack.dev/messaging/formatting-message-text): `&`, `<` and `>` as entities. */
export function escapeSlack(text: string): string {
	return text
		.replace(/^>/, '›')
		.replace(FORMATTING, (character) => LOOK_ALIKES.get(character) ?? '')
		.replace(/[&<>]/g, (character) => ENTITIES.get(character) ?? '');
}

/** `<address|label>`, in which a bar would end the address. */
export function slackLink(url: string, escapedLabel: string): string {
	return `<${url.replace(/&/g, '&amp;')}|${escapedLabel.replace(/\|/g, '∣')}>`;
}
