import * as fc from 'fast-check';
import { ListInPieces } from '../../../meraki/parse/jsonListStream';

const same = (element: unknown): unknown => element;

/** What is read of a text that arrives cut at these places. */
function read(text: string, cuts: readonly number[] = [], map = same): unknown {
	const bytes = new TextEncoder().encode(text);
	const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
		(one, other) => one - other,
	);
	const list = new ListInPieces(map);
	places.forEach((place, at) => list.add(bytes.slice(place, places[at + 1] ?? place)));
	return list.end();
}

/** `undefined` for what is no JSON. */
function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const cuts = fc.array(fc.nat(), { maxLength: 12 });
/** With spaces between everything, or without any. */
const texts = fc
	.tuple(fc.jsonValue(), fc.constantFrom(undefined, '\t', 1))
	.map(([value, spaces]) => JSON.stringify(value, null, spaces));
/** Ends of elements, and what looks like them in texts and in lists of an element. */
const elements = fc.oneof(
	fc.jsonValue(),
	fc.record({ a: fc.constantFrom('},', ']},', '"]},{', 'b'), b: fc.array(fc.record({ c: fc.nat(9) })) }),
	fc.record({ a: fc.constantFrom('},', ']},', '[{},'), b: fc.nat(9) }),
);
const lists = fc
	.tuple(fc.array(elements, { maxLength: 6 }), fc.constantFrom(undefined, undefined, '\t', 1))
	.map(([value, spaces]) => JSON.stringify(value, null, spaces));

describe('a list in pieces', () => {
	test('is what JSON.parse reads of the whole, wherever it is cut', () => {
		fc.assert(
			fc.property(fc.oneof(texts, lists), cuts, (text, places) => {
				expect(read(text, places)).toEqual(JSON.parse(text));
			}),
			{ numRuns: 2000 },
		);
	});

	test('is a text where JSON.parse reads nothing: cut off, changed, or with something behind it', () => {
		fc.assert(
			fc.property(
				lists,
				cuts,
				fc.nat(),
				fc.nat(),
				fc.constantFrom('', ...'[]{},"\\ x1\n'),
				(text, ...rest) => {
					const [places, from, length, instead] = rest;
					const at = from % (text.length + 1);
					const changed = text.slice(0, at) + instead + text.slice(at + (length % 3));
					const value = parsed(changed);
					const found = read(changed, places);
					if (value === undefined) expect(typeof found).toBe('string');
					else expect(found).toEqual(value);
				},
			),
			{ numRuns: 5000 },
		);
	});

	test.each([
		['[]', []],
		[' [ ] \n', []],
		['[1, "a,]", {"b": [2, "\\"]"]}]', [1, 'a,]', { b: [2, '"]'] }]],
		['["é", "😀"]', ['é', '😀']],
		['\uFEFF[1]', [1]],
		['{"a":"1\uFEFF2"}', { a: '1\uFEFF2' }],
		['{"errors":["no"]}', { errors: ['no'] }],
	])('%s is read, one byte after the other', (text, value) => {
		const everywhere = Array.from({ length: new TextEncoder().encode(text).length }, (_, at) => at);
		expect(read(text, everywhere)).toEqual(value);
	});

	test.each(['[1,]', '[,1]', '[1,,2]', '[1}', '[1] x', '[1', '["a]', '[{"a":1],2]', ''])(
		'%s is no list, and its text is told',
		(text) => {
			expect(read(text, [1, 2, 3])).toBe(text);
		},
	);

	test('hands elements on as soon as they have arrived, in their order', () => {
		const seen: unknown[] = [];
		const list = new ListInPieces((element) => {
			seen.push(element);
			return `read ${JSON.stringify(element)}`;
		});
		list.add(new TextEncoder().encode('[{"a":1},{"b":[{},{}]},{"c":[{},'));
		expect(seen).toEqual([{ a: 1 }, { b: [{}, {}] }]);
		list.add(new TextEncoder().encode('{}]},{"d":"},'));
		expect(seen).toHaveLength(3);
		list.add(new TextEncoder().encode('"}]'));
		expect(list.end()).toEqual([
			'read {"a":1}',
			'read {"b":[{},{}]}',
			'read {"c":[{},{}]}',
			'read {"d":"},"}',
		]);
	});

	test('reads no byte often where everything looks like the end of an element', () => {
		const list = new ListInPieces(same);
		let found: unknown;
		const readBytes = bytesParsed(() => {
			list.add(new TextEncoder().encode('[{"a":"'));
			const piece = new TextEncoder().encode(']},'.repeat(100));
			for (let count = 0; count < 1000; count += 1) list.add(piece);
			list.add(new TextEncoder().encode('"}]'));
			found = list.end();
		});
		expect(found).toEqual([{ a: ']},'.repeat(100_000) }]);
		expect(readBytes).toBeGreaterThan(300_000);
		expect(readBytes).toBeLessThan(4 * 300_000);
	});

	test('keeps nothing of the memory in which a piece came', () => {
		const list = new ListInPieces(same);
		const piece = new TextEncoder().encode('[{"a":1},{"b":');
		list.add(piece);
		piece.fill(0);
		list.add(new TextEncoder().encode('2}]'));
		expect(list.end()).toEqual([{ a: 1 }, { b: 2 }]);
	});

	test('quotes no more of a broken one than fits a message', () => {
		const text = `[${'1,'.repeat(5000)}`;
		const found = read(text, [700, 1400, 9000]);
		expect(String(found).length).toBeLessThanOrEqual(2000);
		expect(text.startsWith(String(found))).toBe(true);
	});
});

/** How much text was given to `JSON.parse` meanwhile. */
function bytesParsed(work: () => void): number {
	const { parse } = JSON;
	let bytes = 0;
	JSON.parse = (text: string, ...more) => {
		bytes += text.length;
		return parse(text, ...more) as unknown;
	};
	try {
		work();
	} finally {
		JSON.parse = parse;
	}
	return bytes;
}
