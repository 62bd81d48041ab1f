import fc from 'fast-check';

import { cleanText, cutText, escapeWithin } from '../../../core/report/cleanText';

describe('cleanText', () => {
	const rows = [
		{ says: 'keeps an ordinary name', text: 'St. Gallen – Łódź 東京', expect: 'St. Gallen – Łódź 東京' },
		{ says: 'shows an ANSI escape instead of obeying it', text: '\u001b[31mred', expect: '\uFFFD[31mred' },
		{ says: 'makes one line of several', text: 'a\r\nb\nc\u2028d\u0085e\tf', expect: 'a b c d e f' },
		{ says: 'drops right-to-left overrides', text: 'a\u202Egpj.exe\u202C', expect: 'agpj.exe' },
		{ says: 'drops isolates and marks', text: '\u2066a\u2069\u200E\u200F\u061Cb', expect: 'ab' },
		{ says: 'drops zero-width characters', text: 'Le\u200B\u200C\u200D\u2060\uFEFFeds', expect: 'Leeds' },
		{ says: 'drops soft hyphens and tag characters', text: 'a\u00ADb\u{E0041}', expect: 'ab' },
		{ says: 'drops fillers that look like nothing', text: 'a\u3164\u115Fb', expect: 'ab' },
		{
			says: 'shows NUL, bell, delete and C1 controls',
			text: '\0\u0007\u007F\u009B',
			expect: '\uFFFD'.repeat(4),
		},
		{ says: 'shows half of a surrogate pair', text: 'a\uD83Db', expect: 'a\uFFFDb' },
		{ says: 'keeps a 4-byte character', text: '🏢 𝒳', expect: '🏢 𝒳' },
		{ says: 'shows a code point that is no character', text: '\uFFFF', expect: '\uFFFD' },
		{ says: 'trims and joins blanks of every kind', text: ' \u00A0a \u3000\u2800 b\u2003', expect: 'a b' },
		{ says: 'lowers a tower of marks', text: `a${'\u0301'.repeat(50)}`, expect: `a${'\u0301'.repeat(4)}` },
		{ says: 'keeps __proto__', text: '__proto__', expect: '__proto__' },
	];
	test.each(rows)('$says', ({ text, expect: expected }) => {
		expect(cleanText(text)).toBe(expected);
	});

	test('whatever comes in, what comes out is one line without invisible characters', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				expect(cleanText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/u);
				expect(cleanText(cleanText(text))).toBe(cleanText(text));
			}),
		);
	});
});

describe('cutText', () => {
	const rows = [
		{ says: 'leaves what fits', text: 'Leeds', max: 5, expect: 'Leeds' },
		{ says: 'counts the ellipsis', text: 'Leeds1', max: 5, expect: 'Leed…' },
		{ says: 'does not halve a 4-byte character', text: 'abc🏢def', max: 5, expect: 'abc…' },
		{ says: 'does not tear a mark from its letter', text: 'abce\u0301def', max: 5, expect: 'abc…' },
		{ says: 'does not tear off a skin tone', text: 'a👍🏽bcd', max: 5, expect: 'a…' },
		{ says: 'leaves no blank before the ellipsis', text: 'abc def', max: 5, expect: 'abc…' },
		{ says: 'ends when everything is marks', text: '\u0301'.repeat(9), max: 5, expect: '…' },
		{ says: 'ends when everything is one character', text: `e${'\u0301'.repeat(9)}`, max: 5, expect: '…' },
	];
	test.each(rows)('$says', ({ text, max, expect: expected }) => {
		expect(cutText(text, max)).toBe(expected);
	});
});

describe('escapeWithin', () => {
	const escape = (text: string): string => text.replace(/&/g, '&amp;');

	test('cuts before it escapes, so that no entity is halved', () => {
		expect(escapeWithin('&&&&&&&&&&', 20, escape)).toMatch(/^(&amp;)+…$/);
	});

	test.each([
		['&&xx', 6, '&amp;…'],
		['xx&&', 8, 'x…'],
		['&&&', 15, '&amp;&amp;&amp;'],
	])('keeps what fits: %s in %i', (text, max, expected) => {
		expect(escapeWithin(text, max, escape)).toBe(expected);
	});

	test('ends where one sign alone is too long', () => {
		expect(escapeWithin('&', 3, escape)).toBe('&amp;');
	});

	test('any text stays within the limit and ends in whole entities', () => {
		fc.assert(
			fc.property(fc.string(), fc.integer({ min: 6, max: 60 }), (text, max) => {
				const escaped = escapeWithin(text, max, escape);
				expect(escaped.length).toBeLessThanOrEqual(max);
				expect(escaped.replace(/&amp;/g, '')).not.toContain('&');
			}),
		);
	});
});
