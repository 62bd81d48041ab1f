import { createRateLimit } from '../../../meraki/http/budget';
import { NETWORK } from '../support/examples';
import { answer, BASE_URL, errorOf, ok, scripted } from '../support/scripted';

const network = (id: string, more = {}) => ({ ...NETWORK, id, ...more });
const next = (url: string) => ({ link: `<${BASE_URL}/first>; rel=first, <${url}>; rel=next` });
const unlimited = () => ({ requestsPerSecond: Infinity, sharedLimit: createRateLimit(Infinity) });
const PAGE_2 = 'https://n1.meraki.com/api/v1/organizations/1/networks?perPage=3&startingAfter=N_1';

describe('pages', () => {
	it('are read to the last, by the links as they are', async () => {
		const replies = [
			ok([network('N_1')], next(PAGE_2)),
			ok([network('N_2')], { link: '<https://x.test>; rel=first' }),
		];
		const run = scripted({ replies });
		const { rows } = await run.client.networks('1');
		expect(rows.map(({ id }) => id)).toEqual(['N_1', 'N_2']);
		expect(run.requests[1]?.url).toBe(PAGE_2);
	});

	it('are each sent again after a fault', async () => {
		const run = scripted({ replies: [ok([], next(PAGE_2)), answer(500, ''), ok([network('N_2')])] });
		expect((await run.client.networks('1')).rows).toHaveLength(1);
		expect(run.requests.map(({ url }) => url === PAGE_2)).toEqual([false, true, true]);
	});

	it('name what was skipped with their number', async () => {
		const replies = [ok([network('')], next(PAGE_2)), ok([network('N_2'), network('N_3', { tags: 'a b' })])];
		const { rows, skipped } = await scripted({ replies }).client.networks('1');
		expect(rows.map(({ id }) => id)).toEqual(['N_2']);
		expect(skipped).toEqual([
			{ path: '[0].id', why: 'is empty' },
			{ path: 'page 2: [1].tags', why: 'is a text, not a list' },
		]);
	});

	it('that name a network twice, because the list grew meanwhile: the later reading counts', async () => {
		const replies = [
			ok([network('N_1', { name: 'old' })], next(PAGE_2)),
			ok([network('N_1', { name: 'new' })]),
		];
		const { rows } = await scripted({ replies }).client.networks('1');
		expect(rows.map(({ name }) => name)).toEqual(['new']);
	});

	it('are joined relative to their own address', async () => {
		const run = scripted({ replies: [ok([], next('?page=2')), ok([])] });
		await run.client.networks('1');
		expect(run.requests[1]?.url).toBe(`${BASE_URL}/organizations/1/networks?page=2`);
	});

	it.each([
		{
			says: 'trap 17: a link to a hostile host',
			link: 'https://evil.test/',
			kind: 'redirectRefused',
			message: /evil\.test, which is not Meraki's/,
		},
		{
			says: 'a link without encryption',
			link: 'http://n1.meraki.com/',
			kind: 'redirectRefused',
			message: /not encrypted/,
		},
		{
			says: 'a link to the page itself',
			link: `${BASE_URL}/organizations/1/networks?perPage=100000`,
			kind: 'badAnswer',
			message: /circle/,
		},
		{ says: 'a link that is no address', link: 'https://', kind: 'badAnswer', message: /no address/ },
	])('refused: $says', async ({ link, kind, message }) => {
		const run = scripted({ replies: [ok([network('N_1')], next(link))] });
		const error = await errorOf(run.client.networks('1'));
		expect(error).toMatchObject({ kind, path: '/organizations/1/networks' });
		expect(error.message).toMatch(message);
		expect(run.requests).toHaveLength(1);
	});

	it('on another host are named by their own path', async () => {
		const replies = [ok([], next('https://n1.meraki.com/other/page?x=1')), answer(404, {})];
		expect(await errorOf(scripted({ replies }).client.networks('1'))).toMatchObject({ path: '/other/page' });
	});

	it('that come back to an earlier one end', async () => {
		const run = scripted({
			replies: [ok([], next(PAGE_2)), ok([], next(`${PAGE_2}&x`)), ok([], next(PAGE_2))],
		});
		expect((await errorOf(run.client.networks('1'))).message).toContain('circle');
	});

	it('without end end at 10,000', async () => {
		let page = 0;
		const replies = () => ok([], next(`${BASE_URL}/p?${(page += 1)}`));
		const run = scripted({ replies, budgetSeconds: 100_000, client: unlimited() });
		expect((await errorOf(run.client.networks('1'))).message).toContain('more than 10000 pages');
		expect(run.requests).toHaveLength(10_000);
	});
});
