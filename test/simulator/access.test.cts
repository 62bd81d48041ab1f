import {
	ask,
	KEY,
	networkWith,
	organizationWith,
	putTags,
	scenarioWith,
	simulatorOf,
	tagsOf,
} from './dashboards.cjs';

const keys = [
	{ name: 'full', key: KEY },
	{ name: 'read-only', key: 'simulated-read-only', rights: 'readOnly' },
	{ name: 'no-peers', key: 'simulated-no-peers', mayReadPeers: false },
	{ name: 'outsider', key: 'simulated-outsider', forbiddenOrganizations: { '1': 403, '2': 404 } },
	{ name: 'by-tag', key: 'simulated-by-tag', networkTag: 'branch' },
];
const organizations = [
	organizationWith({ networks: [networkWith(), networkWith({ id: 'N_2', name: 'York', tags: [] })] }),
	organizationWith({ id: '2', networks: [] }),
	organizationWith({ id: '3', networks: [networkWith({ id: 'N_3' })], apiEnabled: false }),
];
const simulator = () => simulatorOf(scenarioWith({ keys, organizations }));

describe('a key', () => {
	it.each([
		['missing', {}, 'Missing API key'],
		['unknown', { authorization: 'Bearer nobody-knows-this' }, 'Invalid API key'],
		['in the header of version 0', { 'x-cisco-meraki-api-key': KEY }, 'Missing API key'],
		['in another scheme', { authorization: `Basic ${KEY}` }, 'Missing API key'],
		['empty', { authorization: 'Bearer ' }, 'Missing API key'],
	])('%s is refused', async (_says, headers, error) => {
		const answer = await ask(simulator(), '/organizations', { key: null, headers });
		expect(answer).toMatchObject({ status: 401, body: { errors: [error] } });
	});

	it('for reading only can not write', async () => {
		const dashboard = simulator();
		expect((await ask(dashboard, '/networks/N_1', { key: 'simulated-read-only' })).status).toBe(200);
		expect((await putTags(dashboard, ['a'], { key: 'simulated-read-only' })).status).toBe(403);
		expect(tagsOf(dashboard)).toContain('branch');
	});

	it('can lack the right to read VPN peers, and only that', async () => {
		const key = 'simulated-no-peers';
		const paths = ['thirdPartyVPNPeers', 'statuses'].map((last) => `/organizations/1/appliance/vpn/${last}`);
		const statuses = await Promise.all(
			paths.map(async (path) => (await ask(simulator(), path, { key })).status),
		);
		expect(statuses).toEqual([403, 200]);
	});

	it('can be shut out of an organization, with either status', async () => {
		const key = 'simulated-outsider';
		const dashboard = simulator();
		const paths = ['/organizations/1/networks', '/networks/N_1', '/organizations/2', '/organizations/3'];
		const statuses = await Promise.all(
			paths.map(async (path) => (await ask(dashboard, path, { key })).status),
		);
		expect(statuses).toEqual([403, 403, 404, 404]);
		expect((await ask(dashboard, '/organizations', { key })).body).toMatchObject([{ id: '3' }]);
	});

	it('of an administrator by tag loses sight of a network that loses the tag', async () => {
		const key = 'simulated-by-tag';
		const dashboard = simulator();
		expect((await ask(dashboard, '/organizations/1/networks', { key })).body).toMatchObject([{ id: 'N_1' }]);
		expect((await ask(dashboard, '/networks/N_2', { key })).status).toBe(404);
		expect((await putTags(dashboard, ['other'], { key })).status).toBe(200);
		expect((await ask(dashboard, '/networks/N_1', { key })).status).toBe(404);
		expect((await ask(dashboard, '/organizations/1/networks', { key })).body).toEqual([]);
	});
});

it('API access that is switched off answers 404 and says so; the list of organizations shows it', async () => {
	const dashboard = simulator();
	for (const path of ['/organizations/3', '/organizations/3/networks', '/networks/N_3']) {
		const { status, body } = await ask(dashboard, path);
		expect(status).toBe(404);
		expect(JSON.stringify(body)).toContain('API access is not enabled');
	}
	expect((await ask(dashboard, '/organizations')).body).toMatchObject([
		{ id: '1' },
		{ id: '2' },
		{ id: '3', api: { enabled: false } },
	]);
});
