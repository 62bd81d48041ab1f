import { showsChange, sideEffectsOf } from '../../../meraki/write/verifyTags';
import type { Network } from '../../../core/domain/types';

const tags = (text: string) => text.split(' ').filter((tag) => tag !== '');
const network = (text: string): Network => ({
	id: 'N_1',
	organizationId: '1',
	name: 'n',
	url: null,
	hasAppliance: true,
	tags: tags(text),
	timeZone: null,
	notes: null,
});

describe('R7: whether a read shows the change', () => {
	it.each([
		{ says: 'as planned', before: 'x a b', planned: 'x A B', after: 'x A B', is: true },
		{ says: 'in any order, duplicates lost', before: 'x x a', planned: 'x x A', after: 'A x', is: true },
		{ says: 'one of two new tags is missing', before: 'a b', planned: 'A B', after: 'A', is: false },
		{ says: 'the other one is missing', before: 'a b', planned: 'A B', after: 'B', is: false },
		{ says: 'one of two old tags is still there', before: 'a b', planned: 'A B', after: 'A B a', is: false },
		{ says: 'the other one is still there', before: 'a b', planned: 'A B', after: 'A B b', is: false },
		{ says: 'nothing of it', before: 'a b', planned: 'A B', after: 'a b', is: false },
		{ says: 'a tag only added', before: 'a', planned: 'a hold', after: 'a hold', is: true },
		{ says: 'a tag only added, not there', before: 'a', planned: 'a hold', after: 'a', is: false },
		{ says: 'a tag only removed', before: 'a hold', planned: 'a', after: 'a', is: true },
		{ says: 'a tag only removed, still there', before: 'a hold', planned: 'a', after: 'a hold', is: false },
		{ says: 'a foreign tag came or went meanwhile', before: 'x a', planned: 'x A', after: 'A y', is: true },
	])('$says', ({ before, planned, after, is }) => {
		expect(showsChange(tags(before), tags(planned), tags(after))).toBe(is);
	});
});

describe('tags beyond the planned change', () => {
	it.each([
		{ says: 'none', planned: 'x A', after: 'A x', is: [] },
		{ says: 'duplicates do not count', planned: 'x x A', after: 'A x', is: [] },
		{ says: 'one more', planned: 'x A', after: 'x A y', is: ['otherTags'] },
		{ says: 'one less', planned: 'x A', after: 'A', is: ['otherTags'] },
		{ says: 'one for another', planned: 'x A', after: 'A y', is: ['otherTags'] },
	])('$says', ({ planned, after, is }) => {
		expect(sideEffectsOf(network('x a'), tags(planned), network(after))).toEqual(is);
	});
});
