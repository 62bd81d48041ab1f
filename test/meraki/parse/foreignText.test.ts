import { cleanWords, errorWordsOf } from '../../../meraki/parse/foreignText';

const asIs = (text: string) => text;
const KEY = 'ab12'.repeat(10);

describe('words from outside', () => {
	it.each([
		{ says: 'control characters and line breaks become one space', text: 'a\u0000\r\n\u2028\tb', is: 'a b' },
		{ says: 'direction marks, which turn a sentence around, go', text: 'a\u202eb', is: 'a b' },
		{ says: 'a key goes', text: `Invalid key ${KEY}.`, is: 'Invalid key [hidden].' },
		{
			says: 'a bearer of any shape goes',
			text: 'got authorization: bearer abc.def!',
			is: 'got authorization: Bearer [hidden]',
		},
		{
			says: 'an echoed key header goes',
			text: 'X-Cisco-Meraki-API-Key: abc',
			is: 'X-Cisco-Meraki-API-Key: [hidden]',
		},
		{ says: "Meraki's own sentence stays", text: 'Missing API key', is: 'Missing API key' },
		{ says: 'a long text is cut', text: 'x'.repeat(301), is: `${'x'.repeat(300)}…` },
		{ says: 'what stands behind 10,000 characters is not read', text: `${' '.repeat(10_000)}x`, is: '' },
		{ says: 'a text of the full length is not', text: 'x'.repeat(300), is: 'x'.repeat(300) },
		{
			says: 'a key across the cut goes whole',
			text: `${'x '.repeat(140)}${KEY}`,
			is: `${'x '.repeat(140)}[hidden]`,
		},
	])('$says', ({ text, is }) => {
		expect(cleanWords(text, asIs)).toBe(is);
	});

	it('lets the caller hide a key of any shape before anything is cut', () => {
		expect(cleanWords('your key is open sesame', (text) => text.replace('open sesame', '***'))).toBe(
			'your key is ***',
		);
	});

	it.each([
		{ says: 'the documented shape', body: { errors: ['a', 'b'] }, is: ['a', 'b'] },
		{ says: 'a single text', body: { errors: 'a' }, is: ['a'] },
		{ says: 'only texts with something in them', body: { errors: [1, null, ' ', { a: 1 }, 'a'] }, is: ['a'] },
		{ says: 'five at most', body: { errors: ['1', '2', '3', '4', '5', '6'] }, is: ['1', '2', '3', '4', '5'] },
		{
			says: 'what we sent is not quoted back: a long list of tags would push the reason out',
			body: {
				errors: [
					`Error occurred while executing update /networks/N_1 with {"tags":["${'t'.repeat(900)}","}: x"]}: no: never`,
				],
			},
			is: ['Error occurred while executing update /networks/N_1: no: never'],
		},
		{ says: 'an empty body', body: '', is: [] },
		{ says: 'a page is not quoted', body: '<html>errors</html>', is: [] },
		{ says: 'no body', body: undefined, is: [] },
		{ says: 'null', body: null, is: [] },
		{ says: 'a list', body: ['a'], is: [] },
		{ says: 'other fields', body: { message: 'a' }, is: [] },
	])('error bodies: $says', ({ body, is }) => {
		expect(errorWordsOf(body, asIs)).toEqual(is);
	});
});
