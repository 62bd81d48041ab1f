import { APPLIANCE, IDENTITY, LOSS_ROW, NETWORK, ORGANIZATION, PEER, VPN_STATUS } from '../support/examples';
import { answer, BASE_URL, errorOf, ok, scripted } from '../support/scripted';

const addressOf = (run: ReturnType<typeof scripted>, place = 0) => {
	const url = run.requests[place]?.url ?? '';
	return url.startsWith(BASE_URL) ? decodeURIComponent(url.slice(BASE_URL.length)) : url;
};

describe('the calls', () => {
	const fromAt = Date.UTC(2026, 10, 22, 11, 50);
	const window = { kind: 'between' as const, fromAt, untilAt: fromAt + 300_000 };
	type Client = ReturnType<typeof scripted>['client'];

	it.each([
		{
			says: 'identity',
			call: (c: Client) => c.identity(),
			body: IDENTITY,
			url: '/administered/identities/me',
		},
		{
			says: 'organizations',
			call: (c: Client) => c.organizations(),
			body: [ORGANIZATION],
			url: '/organizations',
		},
		{
			says: 'one organization',
			call: (c: Client) => c.organization('2930418'),
			body: ORGANIZATION,
			url: '/organizations/2930418',
		},
		{
			says: 'networks, all in one page',
			call: (c: Client) => c.networks('1'),
			body: [NETWORK],
			url: '/organizations/1/networks?perPage=100000',
		},
		{
			says: 'one network',
			call: (c: Client) => c.network('N_24329156'),
			body: NETWORK,
			url: '/networks/N_24329156',
		},
		{
			says: 'the newest loss',
			call: (c: Client) => c.lossAndLatency('1', { kind: 'newest' }),
			body: [LOSS_ROW],
			url: '/organizations/1/devices/uplinksLossAndLatency?timespan=300',
		},
		{
			says: 'earlier loss',
			call: (c: Client) => c.lossAndLatency('1', window),
			body: [LOSS_ROW],
			url: '/organizations/1/devices/uplinksLossAndLatency?t0=2026-11-22T11:50:00.000Z&t1=2026-11-22T11:55:00.000Z',
		},
		{
			says: 'earlier loss of one destination',
			call: (c: Client) => c.lossAndLatency('1', { ...window, ip: '1.2.3.4' }),
			body: [LOSS_ROW],
			url: '/organizations/1/devices/uplinksLossAndLatency?t0=2026-11-22T11:50:00.000Z&t1=2026-11-22T11:55:00.000Z&ip=1.2.3.4',
		},
		{
			says: 'peers',
			call: (c: Client) => c.vpnPeers('1'),
			body: { peers: [PEER] },
			url: '/organizations/1/appliance/vpn/thirdPartyVPNPeers',
		},
		{
			says: 'all statuses',
			call: (c: Client) => c.uplinkStatuses('1', 'all'),
			body: [APPLIANCE],
			url: '/organizations/1/appliance/uplink/statuses?perPage=1000',
		},
		{
			says: 'statuses of two networks',
			call: (c: Client) => c.uplinkStatuses('1', ['N_1', 'N_2', 'N_1']),
			body: [APPLIANCE],
			url: '/organizations/1/appliance/uplink/statuses?perPage=1000&networkIds[]=N_1&networkIds[]=N_2',
		},
		{
			says: 'all VPN statuses',
			call: (c: Client) => c.vpnStatuses('1', 'all'),
			body: [VPN_STATUS],
			url: '/organizations/1/appliance/vpn/statuses?perPage=300',
		},
		{
			says: 'VPN statuses of one network',
			call: (c: Client) => c.vpnStatuses('1', ['N_1', 'N_1']),
			body: [VPN_STATUS],
			url: '/organizations/1/appliance/vpn/statuses?perPage=300&networkIds[]=N_1',
		},
	])('$says', async ({ call, body, url }) => {
		const run = scripted({ replies: [ok(body)] });
		await expect(call(run.client)).resolves.toBeTruthy();
		expect(run.requests).toMatchObject([{ method: 'GET' }]);
		expect(run.requests[0]).not.toHaveProperty('body');
		expect(addressOf(run)).toBe(url);
	});

	it('trap 1: a write sends the tags, whole and in order, and nothing else', async () => {
		const run = scripted({ replies: [ok(NETWORK)] });
		const tags = ['b', 'A', 'site_code:X', 'b'];
		await expect(run.client.writeTags(NETWORK.id, tags)).resolves.toMatchObject({
			id: NETWORK.id,
			tags: NETWORK.tags,
		});
		expect(run.requests).toMatchObject([{ method: 'PUT', url: `${BASE_URL}/networks/N_24329156` }]);
		expect(run.requests[0]?.body).toEqual({ tags });
	});

	it('encode an id, so that it leads nowhere else', async () => {
		const run = scripted({ replies: () => answer(404, {}) });
		await errorOf(run.client.network('../organizations/1?x#y'));
		await errorOf(run.client.network('..'));
		await errorOf(run.client.network('N_1.'));
		await errorOf(run.client.uplinkStatuses('1', ['a&b=c']));
		expect(run.requests.map(({ url }) => url.slice(BASE_URL.length))).toEqual([
			'/networks/..%2Forganizations%2F1%3Fx%23y',
			'/networks/-',
			'/networks/N_1.',
			'/organizations/1/appliance/uplink/statuses?perPage=1000&networkIds%5B%5D=a%26b%3Dc',
		]);
	});

	it('ask for the statuses of many networks in groups of 50, each read to its last page', async () => {
		const ids = Array.from({ length: 101 }, (_, n) => `N_${n}`);
		const next = { link: `<${BASE_URL}/page2>; rel=next` };
		const row = (serial: string) => ({ ...APPLIANCE, serial });
		const run = scripted({
			replies: [ok([row('a')], next), ok([row('b'), {}]), ok([row('c')]), ok([row('d')])],
		});
		const { rows, skipped } = await run.client.uplinkStatuses('1', ids);
		expect(rows.map(({ serial }) => serial)).toEqual(['a', 'b', 'c', 'd']);
		expect(skipped).toEqual([{ path: 'page 2: [1].networkId', why: 'is missing, not text' }]);
		const asked = [0, 2, 3].map((place) => addressOf(run, place).split('networkIds[]=').length - 1);
		expect(asked).toEqual([50, 50, 1]);
	});

	it('ask nothing for the statuses of no network', async () => {
		const run = scripted({ replies: [] });
		expect(await run.client.uplinkStatuses('1', [])).toEqual({ rows: [], skipped: [] });
	});

	it('do not take another organization or network for the one asked for (trap 16)', async () => {
		const run = scripted({ replies: [ok({ ...ORGANIZATION, id: '9' }), ok({ ...NETWORK, id: 'N_9' })] });
		for (const work of [run.client.organization('1'), run.client.network('N_1')]) {
			const error = await errorOf(work);
			expect(error).toMatchObject({ kind: 'badAnswer', outcomeUnknown: false });
			expect(error.message).toContain('.id is another than the one asked for');
		}
	});

	it('trap 13: an error object is never taken for a network or a list', async () => {
		const run = scripted({ replies: () => ok({ errors: ['Organization is disabled'] }) });
		for (const work of [
			run.client.networks('1'),
			run.client.lossAndLatency('1', { kind: 'newest' }),
			run.client.network('N_1'),
			run.client.vpnPeers('1'),
		]) {
			const error = await errorOf(work);
			expect(error).toMatchObject({ kind: 'badAnswer', merakiErrors: ['Organization is disabled'] });
			expect(error.message).toContain('“Organization is disabled”');
		}
	});
});
