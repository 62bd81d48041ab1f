import { ask, organizationWith, scenarioWith, simulatorOf } from './dashboards.cjs';

const organizations = [organizationWith({ networks: [], generate: { networks: 8 } })];
const simulator = simulatorOf(scenarioWith({ organizations }));

/** Follows one relation until it ends; answers the ids of each page. */
async function walk(path: string, rel: string, idOf: string): Promise<string[][]> {
	const pages: string[][] = [];
	let next: string | undefined = path;
	while (next !== undefined && pages.length < 10) {
		const { body, headers }: Awaited<ReturnType<typeof ask>> = await ask(simulator, next);
		pages.push((body as Array<Record<string, string>>).map((row) => row[idOf]?.slice(-1) ?? ''));
		const found: RegExpExecArray | null = new RegExp(`<([^>]*)>; rel=${rel}(,|$)`).exec(
			headers['link'] ?? '',
		);
		next = found?.[1]?.replace('http://localhost/api/v1', '');
	}
	return pages;
}

describe('pages', () => {
	it.each([
		['networks', '/organizations/1/networks?perPage=3', 'id'],
		['VPN statuses', '/organizations/1/appliance/vpn/statuses?perPage=3', 'networkId'],
		['uplink statuses', '/organizations/1/appliance/uplink/statuses?perPage=3', 'networkId'],
	])('of %s follow one another and end', async (_says, path, idOf) => {
		expect(await walk(path, 'next', idOf)).toEqual([
			['1', '2', '3'],
			['4', '5', '6'],
			['7', '8'],
		]);
	});

	it('lead back from the last', async () => {
		const [, last] = await walk('/organizations/1/networks?perPage=3', 'last', 'id');
		expect(last).toEqual(['6', '7', '8']);
		const back = await walk('/organizations/1/networks?perPage=3&endingBefore=~', 'prev', 'id');
		expect(back).toEqual([
			['6', '7', '8'],
			['3', '4', '5'],
			['1', '2'],
		]);
	});

	it('name their relations without quotes, by absolute URLs that keep the other parameters', async () => {
		const { headers } = await ask(simulator, '/organizations/1/networks?perPage=3&productTypes[]=appliance');
		const links = (headers['link'] ?? '').split(', ');
		expect(links.map((link) => link.replace(/^.*; /, ''))).toEqual(['rel=first', 'rel=next', 'rel=last']);
		expect(links[1]).toMatch(
			/^<http:\/\/localhost\/api\/v1\/organizations\/1\/networks\?.*productTypes%5B%5D=appliance/,
		);
	});

	it('go on after a network that was deleted meanwhile', async () => {
		const shrinking = simulatorOf(scenarioWith({ organizations }));
		shrinking.applyEvent({ kind: 'deleteNetwork', network: 'N_1000003' });
		const { body } = await ask(shrinking, '/organizations/1/networks?perPage=3&startingAfter=N_1000003');
		expect((body as Array<{ id: string }>)[0]?.id).toBe('N_1000004');
	});

	it.each([
		['networks', '/organizations/1/networks', 3, 100_000],
		['organizations', '/organizations', 3, 9000],
		['uplink statuses', '/organizations/1/appliance/uplink/statuses', 3, 1000],
		['VPN statuses', '/organizations/1/appliance/vpn/statuses', 3, 300],
	])('of %s have at least 3 and at most so many entries', async (_says, path, least, most) => {
		const statuses = await Promise.all(
			[least - 1, least, most, most + 1].map(
				async (perPage) => (await ask(simulator, `${path}?perPage=${perPage}`)).status,
			),
		);
		expect(statuses).toEqual([400, 200, 200, 400]);
	});
});
