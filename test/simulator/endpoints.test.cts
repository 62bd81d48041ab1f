import {
	ask,
	networkWith,
	organizationWith,
	putTags,
	scenarioWith,
	simulatorOf,
	tagsOf,
} from './dashboards.cjs';

describe('identity and organizations', () => {
	it('names the owner of the key', async () => {
		const { status, body } = await ask(simulatorOf(), '/administered/identities/me');
		expect(status).toBe(200);
		expect(body).toMatchObject({ name: 'full', authentication: { mode: 'email' } });
	});

	it('lists organizations and answers one', async () => {
		const simulator = simulatorOf();
		const listed = await ask(simulator, '/organizations');
		const single = await ask(simulator, '/organizations/1');
		expect(single.body).toMatchObject({ id: '1', name: 'Acme', api: { enabled: true } });
		expect(listed.body).toEqual([single.body]);
		expect((await ask(simulator, '/organizations/2')).status).toBe(404);
	});
});

describe('networks', () => {
	const networks = [
		networkWith({ id: 'N_1', name: 'one', tags: ['a', 'b'] }),
		networkWith({ id: 'N_2', name: 'two', tags: ['b', 'B'], isBoundToConfigTemplate: true }),
		networkWith({ id: 'L_3', name: 'three', tags: null, productTypes: ['switch'] }),
	];
	const simulator = simulatorOf(scenarioWith({ organizations: [organizationWith({ networks })] }));

	it.each([
		['no filter gives all, in the order of the ids', '', ['three', 'one', 'two']],
		['a tag is matched as a whole and in its case', '?tags[]=B', ['two']],
		['any of several tags by default', '?tags[]=a&tags[]=B', ['one', 'two']],
		['all of several tags on request', '?tags[]=a&tags[]=b&tagsFilterType=withAllTags', ['one']],
		['bound to a template', '?isBoundToConfigTemplate=true', ['two']],
		['by product type', '?productTypes[]=switch', ['three']],
		['by a template nobody is bound to', '?configTemplateId=N_9', []],
	])('%s', async (_says, query, names) => {
		const { body } = await ask(simulator, `/organizations/1/networks${query}`);
		expect(Array.isArray(body) && body.map((network: { name: string }) => network.name)).toEqual(names);
	});

	it('shows tags that never were as null', async () => {
		expect((await ask(simulator, '/networks/L_3')).body).toMatchObject({ id: 'L_3', tags: null });
	});

	it('does not know a foreign id', async () => {
		expect(await ask(simulator, '/networks/N_9')).toMatchObject({
			status: 404,
			body: { errors: ['Network not found'] },
		});
	});
});

describe('a write to a network', () => {
	it('replaces the whole list of tags and keeps what it does not name', async () => {
		const simulator = simulatorOf();
		const before = (await ask(simulator, '/networks/N_1')).body;
		const tags = ['x:1', 'Ä', 'x:1', 'Y'];
		const written = await putTags(simulator, tags);
		expect(written.body).toEqual({ ...(before as object), tags });
		expect((await ask(simulator, '/networks/N_1')).body).toEqual(written.body);
		expect(tagsOf(simulator)).toEqual(tags);
	});

	it('changes name, time zone and notes', async () => {
		const simulator = simulatorOf();
		const body = { name: 'York', timeZone: 'Europe/Paris', notes: null, enrollmentString: 'york' };
		const written = await ask(simulator, '/networks/N_1', { method: 'PUT', body });
		expect(written.body).toMatchObject({ ...body, notes: '', tags: tagsOf(simulator) });
	});

	it('without a body changes nothing', async () => {
		const simulator = simulatorOf();
		expect((await ask(simulator, '/networks/N_1', { method: 'PUT' })).status).toBe(200);
		expect(tagsOf(simulator)).toContain('branch');
	});

	it.each([
		['tags that are no list', { tags: 'branch' }, "'tags' must be an array"],
		['a tag that is no text', { tags: [1] }, "'tags.0' must be a string"],
		['an unknown field', { tag: ['branch'] }, "'tag' is not a parameter of this operation"],
		['an empty name', { name: ' ' }, "'name' must not be empty"],
	])('refuses %s', async (_says, body, error) => {
		const simulator = simulatorOf();
		const answer = await ask(simulator, '/networks/N_1', { method: 'PUT', body });
		expect(answer).toMatchObject({ status: 400, body: { errors: [error] } });
		expect(tagsOf(simulator)).toContain('branch');
	});

	it('refuses tags of a network bound to a template, where the organization is set so', async () => {
		const networks = [networkWith({ isBoundToConfigTemplate: true })];
		const organizations = [organizationWith({ networks, templateBoundTags: 'refused' })];
		const simulator = simulatorOf(scenarioWith({ organizations }));
		expect((await putTags(simulator, ['a'])).status).toBe(400);
		expect(tagsOf(simulator)).toContain('branch');
		const writable = simulatorOf(scenarioWith({ organizations: [organizationWith({ networks })] }));
		expect((await putTags(writable, ['a'])).status).toBe(200);
	});
});

describe('monitoring destinations', () => {
	const path = '/networks/N_1/appliance/connectivityMonitoringDestinations';

	it('are replaced as a list, and measured from then on', async () => {
		const simulator = simulatorOf();
		const destinations = [
			{ ip: '192.0.2.1', description: 'hub' },
			{ ip: '192.0.2.2', default: true },
		];
		const written = await ask(simulator, path, { method: 'PUT', body: { destinations } });
		expect(written.body).toEqual({
			destinations: [
				{ ip: '192.0.2.1', description: 'hub', default: false },
				{ ip: '192.0.2.2', description: '', default: true },
			],
		});
		expect((await ask(simulator, path)).body).toEqual(written.body);
		const loss = await ask(simulator, '/organizations/1/devices/uplinksLossAndLatency');
		expect(loss.body).toMatchObject([{ ip: '192.0.2.1' }, { ip: '192.0.2.2' }]);
	});

	it('have one default at most', async () => {
		const destinations = [
			{ ip: '192.0.2.1', default: true },
			{ ip: '192.0.2.2', default: true },
		];
		expect((await ask(simulatorOf(), path, { method: 'PUT', body: { destinations } })).status).toBe(400);
	});
});
