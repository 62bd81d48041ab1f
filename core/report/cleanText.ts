/** Marks that steer the direction of writing, join, or show nothing: they make one name look like another. */
const INVISIBLE = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Line breaks and every kind of blank, with the two that `\s` leaves out: next line and the empty Braille cell. */
const BLANKS = /[\s\u0085\u2800]+/gu;

/** Controls (an ANSI escape among them), halves of a surrogate pair, and code points that are no characters. */
const UNWRITABLE = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** No script stacks more marks on one letter; piled higher they cover the lines above. */
const STACKED_MARKS = /(\p{M}{4})\p{M}+/gu;

/** What must not be torn from the character before it. */
const CONTINUES_CHARACTER = /^[\p{M}\p{Emoji_Modifier}\p{Cs}]/u;

/** One line of visible text. Everything that came from outside passes here before any target writes it. */
export function cleanText(text: string): string {
	return text
		.replace(INVISIBLE, '')
		.replace(BLANKS, ' ')
		.replace(UNWRITABLE, '\uFFFD')
		.replace(STACKED_MARKS, '$1')
		.trim();
}

/** At most `maxLength` UTF-16 units with the ellipsis; never ends within a character. */
export function cutText(text: string, maxLength: number): string {
	if (text.length <= maxLength) return text;
	let end = Math.max(0, maxLength - 1);
	while (end > 0 && CONTINUES_CHARACTER.test(text.slice(end, end + 2))) end -= 1;
	return `${text.slice(0, end).trimEnd()}…`;
}

/** What lies far behind the limit is not even read: a text of megabytes costs no time. */
export function cleanWithin(text: string, maxLength: number): string {
	return cutText(cleanText(text.slice(0, maxLength * 20)), maxLength);
}

/**
 * Escapes what fits. The cut is made before escaping, so that it never falls within an escape sequence.
 */
export function escapeWithin(text: string, maxLength: number, escape: (text: string) => string): string {
	let length = Math.min(text.length, maxLength);
	let escaped = escape(cutText(text, length));
	while (escaped.length > maxLength && length > 1) {
		length = Math.max(1, Math.floor((length * maxLength) / escaped.length));
		escaped = escape(cutText(text, length));
	}
	return escaped;
}
