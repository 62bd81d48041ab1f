import { LoadOptionsContext } from 'n8n-core';
import { Workflow } from 'n8n-workflow';
import type { ILoadOptionsFunctions, INodeListSearchResult, INodeType } from 'n8n-workflow';
import { resolveBaseUrl } from '../../meraki/http/baseUrl';
import { additionalData, emptyWorkflow, resolved, START, stubType } from '../support/n8nEngine.cjs';
import {
	Bench,
	evaluateNode,
	KEY,
	organization,
	OTHER_KEYS,
	startNode,
	SWAP,
} from '../support/n8nMeraki.cjs';
import { builtPackage, PACKAGE_NAME } from '../support/n8nPackage.cjs';

describe('the address of the credential test', () => {
	const regions = ['world', 'canada', 'china', 'india', 'unitedStatesGovernment'];
	const custom = [
		'https://api.meraki.com/api/v1',
		'https://api.meraki.com/api/v1/',
		'https://api.meraki.com',
		'https://api.meraki.com/',
		'https://api.meraki.com//',
		'  https://api.meraki.com/api/v1  ',
		'https://proxy.example.com:8443/meraki',
		'https://proxy.example.com/meraki/api/v1',
		'http://localhost:8080',
		'http://localhost',
		'http://127.0.0.1:3000/api/v1',
		'http://127.1.2.3',
		'http://[::1]:8080/',
		'http://api.meraki.com',
		'http://localhost.evil.example',
		'http://127.0.0.1.evil.example',
		'http://10.0.0.1',
		'https://user:secret@api.meraki.com',
		'https://api.meraki.com?x=1',
		'https://api.meraki.com#x',
		'https://',
		'https:///',
		'https://api.meraki.com/api/v0',
		'https://exa mple.com',
		'https://[2001:db8::1]:8443/api/v1',
		'https://localhost',
		'http://localhost:80@evil.example',
		'https://proxy.example.com/api/v1/more',
		'https://proxy.example.com/api/v12',
		'HTTPS://API.MERAKI.COM',
		'ftp://api.meraki.com',
		'javascript:alert(1)',
		'api.meraki.com',
		'',
		'   ',
	];
	const cases = [
		...regions.map((region) => ({ region, customUrl: '' })),
		...regions.map((region) => ({ region, customUrl: 'https://left.over.example' })),
		...custom.map((customUrl) => ({ region: 'custom', customUrl })),
		{ region: 'mars', customUrl: '' },
		{ region: 'mars', customUrl: 'https://left.over.example' },
	];

	it.each(cases)('is the one that the nodes use, or none: $region "$customUrl"', async (data) => {
		const { credential } = await builtPackage();
		const { test } = credential;
		const address = resolved(emptyWorkflow(), String(test?.request.baseURL), { apiKey: KEY, ...data });
		const expected = resolveBaseUrl(data.region, data.customUrl);
		if (expected.kind === 'refused') expect(String(address)).toMatch(/^https:\/\/[a-z-]+\.invalid(\/|$)/);
		else expect(new URL(String(address)).href).toBe(new URL(expected.baseUrl).href);
	});
});

describe('the credential', () => {
	let bench: Bench;
	afterEach(async () => await bench.close());

	it('sends a bearer key, masks it, has a test, icons and a page of documentation', async () => {
		bench = await Bench.open();
		const { credential, loader } = bench.built;
		expect(credential.authenticate).toEqual({
			type: 'generic',
			properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
		});
		const [key] = credential.properties;
		expect(key).toMatchObject({ name: 'apiKey', typeOptions: { password: true }, required: true });
		expect(credential.test?.request).toMatchObject({ disableFollowRedirect: true });
		expect(credential.documentationUrl).toMatch(/^https:\/\//);
		const [shown] = loader.types.credentials;
		expect(shown?.iconUrl).toEqual({
			light: expect.stringMatching(/\.svg$/),
			dark: expect.stringMatching(/\.svg$/),
		});
	});

	it('test asks Meraki who the key belongs to', async () => {
		bench = await Bench.open();
		const { error } = await runTest();
		expect(error).toBeUndefined();
		expect(bench.simulator.requests).toMatchObject([
			{ path: '/api/v1/administered/identities/me', key: 'full', status: 200 },
		]);
	});

	it('test fails with a wrong key', async () => {
		bench = await Bench.open();
		const { error } = await runTest({ apiKey: OTHER_KEYS.revoked });
		expect(error).toBeDefined();
	});

	it.each(['shard', 'stranger'])('test follows no redirect by itself: %s', async (to) => {
		bench = await Bench.open();
		bench.simulator.addFault({ effect: { kind: 'redirect', status: 302, to } });
		await runTest();
		expect(bench.simulator.requests).toHaveLength(1);
		expect(bench.simulator.strangerVisits).toEqual([]);
	});

	/** As n8n tests a credential: a declarative node is made of the test's request. */
	async function runTest(credential = {}) {
		const stub = stubType('test');
		const test = bench.built.credential.test;
		const request = test?.request ?? {};
		const node: INodeType = {
			description: {
				...stub.description,
				credentials: [{ name: 'merakiDashboardApi', required: true }],
				requestDefaults: request,
				properties: [
					{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
				],
			},
		};
		const tested = {
			...evaluateNode(),
			name: 'Test',
			type: `${PACKAGE_NAME}.test`,
			parameters: {},
		};
		const workflow = bench.workflow([startNode(), tested]);
		return await bench.run(workflow, { credential, nodeTypes: { [tested.type]: node } });
	}
});

describe('the list of organizations', () => {
	let bench: Bench;
	afterEach(async () => await bench.close());

	const open = async () => {
		bench = await Bench.open({
			organizations: [
				organization({ id: '12', name: 'zeta', networks: [] }),
				organization({ id: '2', name: 'Umbrella', networks: [] }),
				organization({ id: '1', name: 'Acme', networks: [] }),
			],
		});
	};
	const search = async (filter?: string, credential = {}): Promise<INodeListSearchResult> => {
		const { evaluate, credential: type } = bench.built;
		const node = evaluateNode();
		const known = { [node.type]: evaluate, start: stubType(START) };
		const find = (name: string) => known[name] ?? evaluate;
		const nodeTypes = { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
		const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
		const settings = { nodeTypes: known, credential: { type, data: bench.credential(credential) } };
		const context: ILoadOptionsFunctions = new LoadOptionsContext(
			workflow,
			node,
			additionalData(settings, workflow),
			'',
		);
		const method = evaluate.methods?.listSearch?.['searchOrganizations'];
		if (method === undefined) throw new Error('The node has no such list');
		const found = await method.call(context, filter);
		bench.seen.push(found);
		return found;
	};

	it('shows what the key can see, by name, with ids as text', async () => {
		await open();
		expect(await search()).toEqual({
			results: [
				{ name: 'Acme', value: '1' },
				{ name: 'Umbrella', value: '2' },
				{ name: 'zeta', value: '12' },
			],
		});
	});

	it.each([
		['by name, in any case', 'ZET', ['12']],
		['by ID', '2', ['2', '12']],
		['to nothing', 'nobody', []],
		['to all, when empty', '', ['1', '2', '12']],
	])('is filtered %s', async (_how, filter, ids) => {
		await open();
		expect((await search(filter)).results.map(({ value }) => value)).toEqual(ids);
	});

	it('says in the words of Meraki why it is empty, without the key', async () => {
		await open();
		const failed: unknown = await search('', { apiKey: OTHER_KEYS.revoked }).catch((error: unknown) => error);
		bench.seen.push(failed);
		expect(failed).toMatchObject({
			message: expect.stringMatching(/Meraki refused the API key/),
			description: expect.stringMatching(/Invalid API key.*credential/s),
		});
	});

	it('names a wrong custom URL', async () => {
		await open();
		await expect(search('', { customUrl: 'http://public.example' })).rejects.toThrow(/unencrypted/);
		expect(bench.simulator.requests).toEqual([]);
	});

	it('is offered by Swap VPN Tags, too', async () => {
		await open();
		expect(bench.built.swap.methods?.listSearch?.['searchOrganizations']).toBeDefined();
		expect(bench.built.swap.description.displayName).toBe(SWAP);
	});
});
