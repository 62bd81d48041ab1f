const ENTITIES: ReadonlyMap<string, string> = new Map([
	['&', '&amp;'],
	['<', '&lt;'],
	['>', '&gt;'],
	['"', '&quot;'],
	["'", '&#39;'],
	['`', '&#96;'],
]);

/** For text and for values in quotes. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"'`]/g, (character) => ENTITIES.get(character) ?? '');
}
