import fc from 'fast-check';

import { neededOfNetwork, parseNetwork, parseNetworks } from '../../../meraki/parse/networks';
import { parseIdentity, parseOrganization, parseOrganizations } from '../../../meraki/parse/organizations';
import { NETWORK, ORGANIZATION } from '../support/examples';

describe('networks', () => {
	it.each([
		{ says: 'tags null, as in the documentation', tags: null, is: [] },
		{ says: 'tags missing', tags: undefined, is: [] },
		{
			says: 'trap 1: order, case, duplicates and odd characters stay',
			tags: ['b', 'A', 'b', 'site_code:X', ' x', ''],
			is: ['b', 'A', 'b', 'site_code:X', ' x', ''],
		},
	])('$says', ({ tags, is }) => {
		expect(parseNetwork({ ...NETWORK, tags }).tags).toEqual(is);
	});

	it.each([
		{
			says: 'trap 1: a tag that is no text makes the network unusable, or the next write would delete it',
			more: { tags: ['a', 5] },
			path: '[0].tags[1]',
			why: 'is a number, not text',
		},
		{
			says: 'trap 19: tags of v0, in one text',
			more: { tags: 'a b' },
			path: '[0].tags',
			why: 'is a text, not a list',
		},
		{ says: 'no id', more: { id: '' }, path: '[0].id', why: 'is empty' },
		{
			says: 'no organization',
			more: { organizationId: null },
			path: '[0].organizationId',
			why: 'is null, not text',
		},
		{ says: 'no name', more: { name: false }, path: '[0].name', why: 'is a boolean, not text' },
	])('$says', ({ more, path, why }) => {
		const { rows, skipped } = parseNetworks([{ ...NETWORK, ...more }, NETWORK]);
		expect(rows).toHaveLength(1);
		expect(skipped).toEqual([{ path, why }]);
	});

	it.each([
		...[undefined, null, 7, ''].flatMap((value) => [{ url: value }, { timeZone: value }, { notes: value }]),
		{ tags: null },
		{ tags: undefined },
		{ tags: ['a', 'a', 'B'] },
	])('alone in a list is what it is by itself: %p', (more) => {
		const network = { ...NETWORK, ...more };
		expect(parseNetworks([network])).toEqual({ rows: [parseNetwork(network)], skipped: [] });
	});

	it.each([[null], ['x'], [7], [[]], [undefined]])('%p is none', (value) => {
		expect(parseNetworks([value, NETWORK])).toMatchObject({
			rows: [{ id: NETWORK.id }],
			skipped: [{ path: '[0]' }],
		});
	});

	it('fields that nothing depends on may be anything', () => {
		const { url, timeZone, notes } = parseNetwork({ ...NETWORK, url: 1, timeZone: null, notes: undefined });
		expect([url, timeZone, notes]).toEqual([null, null, null]);
	});

	it('fields from a polluted prototype do not count', () => {
		const body = Object.create({ ...NETWORK, id: 'N_inherited' }) as object;
		expect(() => parseNetwork(body)).toThrow('.id is missing');
		expect(
			parseNetwork(JSON.parse(JSON.stringify(NETWORK).replace('{', '{"__proto__":{"tags":["x"]},'))).tags,
		).toEqual(NETWORK.tags);
	});
});

describe('networks that are read one by one while they arrive', () => {
	const anything = fc.oneof(fc.jsonValue(), fc.constantFrom(null, '', 'N_1', ['a', 'B', 'a'], ['a', 5]));
	const changed = fc
		.dictionary(fc.constantFrom(...Object.keys(NETWORK), 'more', 'length'), anything)
		.map((more) => ({ ...NETWORK, ...more }));
	const partly = fc
		.tuple(changed, fc.constantFrom(...Object.keys(NETWORK)))
		.map(([network, left]) => Object.fromEntries(Object.entries(network).filter(([key]) => key !== left)));
	const element = fc.oneof(fc.constant(NETWORK), changed, partly, anything);

	it('are the same, whatever they are, as those of the whole answer', () => {
		fc.assert(
			fc.property(fc.array(element, { maxLength: 5 }), (list) => {
				expect(parseNetworks(list.map(neededOfNetwork))).toEqual(parseNetworks(list));
			}),
			{ numRuns: 500 },
		);
	});

	it.each([
		[['appliance', 'switch'], true],
		[['wireless', 'switch'], false],
		[[], false],
		[undefined, true],
		['appliance', true],
	])('have an appliance by their product types: %j', (productTypes, expected) => {
		expect(parseNetwork({ ...NETWORK, productTypes }).hasAppliance).toBe(expected);
		expect(parseNetworks([{ ...NETWORK, productTypes }]).rows[0]?.hasAppliance).toBe(expected);
	});

	it('keep nothing that is not read', () => {
		const kept = neededOfNetwork({ ...NETWORK, productTypes: ['appliance'], enrollmentString: 'x' });
		expect(Object.keys(kept as object).sort()).toEqual([
			'id',
			'name',
			'notes',
			'organizationId',
			'productTypes',
			'tags',
			'timeZone',
			'url',
		]);
	});
});

describe('organizations', () => {
	it.each([
		{ says: 'API access off', api: { enabled: false }, is: false },
		{ says: 'not said', api: undefined, is: null },
		{ says: 'null', api: null, is: null },
		{ says: 'said in a way nobody knows', api: { enabled: 'yes' }, is: null },
	])('$says', ({ api, is }) => {
		expect(parseOrganization({ ...ORGANIZATION, api }).apiEnabled).toBe(is);
	});

	it('with a broken part is named by its path', () => {
		expect(() => parseOrganization({ ...ORGANIZATION, api: true })).toThrow(
			'.api is a boolean, not an object',
		);
		expect(parseOrganizations([{ ...ORGANIZATION, api: [] }]).skipped).toEqual([
			{ path: '[0].api', why: 'is a list, not an object' },
		]);
	});

	it('an identity without a name is one all the same', () => {
		expect(parseIdentity({})).toEqual({ name: null, email: null });
	});
});
