/**
 * Plain text and titles need no escaping in a mail, but people paste them into any channel: a title is also the
 * `text` of a Slack message, where `<!channel>` would ring every phone. No escape works everywhere, so `<` and `@`
 * before a word become look-alikes. They are visible ones: an invisible character would be copied along unseen.
 */
export function escapePlain(text: string): string {
	return text.replace(/<(?!\s)/g, '‹').replace(/@(?!\s)/g, '＠');
}
