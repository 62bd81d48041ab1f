/** As entities, since not every table parser knows `\|`, and not every HTML filter knows `\<`. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
	['&', '&amp;'],
	['<', '&lt;'],
	['>', '&gt;'],
	['|', '&#124;'],
]);

/**
 * CommonMark 0.31 section 2.4: any ASCII punctuation may stand behind a backslash. Parentheses mean something behind
 * a bracket only, and those are escaped.
 */
const PUNCTUATION = /[\\`*_{}[\]#+!~$=^]/g;

/** GitHub makes links of `scheme://` and `www.` (GFM section 6.9), chat programs make emoji of `:word:`. */
const LINK_OR_EMOJI = /:(?=\/\/|[\w+-]+:)|(?<=www)\./gi;

/** A list, a rule or an underlined heading when it opens a line. */
const LIST_MARK = /^(\d*)([-.)])/;

/**
 * Text that stays text in GitHub, Mattermost and Teams. Mentions are looked for after escapes are resolved, so a
 * backslash does not stop them: `@` before a word becomes its full-width form.
 */
export function escapeMarkdown(text: string): string {
	return text
		.replace(PUNCTUATION, '\\$&')
		.replace(/[&<>|]/g, (character) => ENTITIES.get(character) ?? '')
		.replace(LINK_OR_EMOJI, '\\$&')
		.replace(LIST_MARK, '$1\\$2')
		.replace(/@(?!\s)/g, '＠');
}
