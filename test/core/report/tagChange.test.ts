import { tagChangeText } from '../../../core/report/tagChange';

describe('tagChangeText', () => {
	const rows = [
		{
			says: 'only the tags that changed',
			before: ['x', 'a_up', 'y'],
			after: ['x', 'a_down', 'y'],
			expect: 'a_up → a_down',
		},
		{ says: 'nothing when nothing changed', before: ['x'], after: ['x'], expect: '' },
		{ says: 'nothing when only the order did', before: ['x', 'y'], after: ['y', 'x'], expect: '' },
		{ says: 'a tag that was added', before: ['x'], after: ['x', 'hold'], expect: '(none) → hold' },
		{ says: 'a tag that was taken away', before: ['x', 'hold'], after: ['x'], expect: 'hold → (none)' },
		{ says: 'tags are told apart by case', before: ['Up'], after: ['up'], expect: 'Up → up' },
		{
			says: 'a long list is cut with a count',
			before: [],
			after: ['1', '2', '3', '4', '5', '6', '7', '8'],
			expect: '(none) → 1, 2, 3, 4, 5, 6 and 2 more',
		},
		{ says: 'a tag is cleaned', before: [], after: ['a\nb\u202E'], expect: '(none) → a b' },
	];
	test.each(rows)('$says', ({ before, after, expect: expected }) => {
		expect(tagChangeText(before, after)).toBe(expected);
	});

	test('a long tag is cut', () => {
		expect(tagChangeText(['x'.repeat(500)], [])).toBe(`${'x'.repeat(59)}… → (none)`);
	});
});
