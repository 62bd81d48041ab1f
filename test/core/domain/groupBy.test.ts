import fc from 'fast-check';

import { groupBy } from '../../../core/domain/groupBy';

describe('groupBy', () => {
	test('puts each where its key stands, keys and what they hold in their order, in runs or not', () => {
		const keys = fc.constantFrom<unknown>('a', 'b', undefined, null, NaN, 0);
		fc.assert(
			fc.property(fc.array(keys, { maxLength: 12 }), (list) => {
				const all = list.map((key, place) => ({ key, place }));
				const expected = [...new Set(list)].map((key) => [
					key,
					all.filter((each) => Object.is(each.key, key)),
				]);
				expect([...groupBy(all, ({ key }) => key)]).toEqual(expected);
			}),
		);
	});
});
