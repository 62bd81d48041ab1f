import { nextLinkOf } from '../../../meraki/http/headers';

describe('the Link header', () => {
	it.each([
		{ says: 'no header', header: undefined, next: undefined },
		{ says: 'an empty header', header: '', next: undefined },
		{
			says: "Meraki's unquoted form",
			header: '<https://a/1>; rel=first, <https://a/2>; rel=next',
			next: 'https://a/2',
		},
		{ says: 'quoted', header: '<https://a/2>; rel="next"', next: 'https://a/2' },
		{ says: 'next first', header: '<https://a/2>; rel=next, <https://a/9>; rel=last', next: 'https://a/2' },
		{ says: 'the last page', header: '<https://a/1>; rel=first, <https://a/1>; rel=prev', next: undefined },
		{
			says: 'a comma and a semicolon inside the address',
			header: '<https://a/?x=1,2;rel=next>; rel=prev, <https://a/?y=3,4>; rel=next',
			next: 'https://a/?y=3,4',
		},
		{ says: 'several relations', header: '<https://a/2>; rel="last next"', next: 'https://a/2' },
		{
			says: 'another parameter before and after',
			header: '<https://a/2>; title="x"; rel=next; type=json',
			next: 'https://a/2',
		},
		{ says: 'upper case', header: '<https://a/2>; REL=NEXT', next: 'https://a/2' },
		{ says: 'a relation that only begins with next', header: '<https://a/2>; rel=nextish', next: undefined },
		{
			says: 'a quoted relation that only ends with next',
			header: '<https://a/2>; rel="unnext"',
			next: undefined,
		},
		{ says: 'no parameters', header: '<https://a/2>', next: undefined },
		{ says: 'garbage', header: 'rel=next <<>> ;', next: undefined },
	])('$says', ({ header, next }) => {
		expect(nextLinkOf(header)).toBe(next);
	});
});
