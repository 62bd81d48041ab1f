import axios, { type AxiosInstance } from 'axios';
import type { Addresses, Simulator } from '../../simulator/simulator.cjs';
import { KEY, simulatorOf, tagsOf } from './dashboards.cjs';

let simulator: Simulator;
let addresses: Addresses;
let client: AxiosInstance;

beforeEach(async () => {
	simulator = simulatorOf();
	addresses = await simulator.listen();
	client = axios.create({
		baseURL: `${addresses.url}/api/v1`,
		headers: { Authorization: `Bearer ${KEY}` },
		maxRedirects: 0,
		validateStatus: () => true,
		proxy: false,
	});
});

afterEach(() => simulator.close());

describe('over real connections', () => {
	it('listens on loopback only, on three ports', () => {
		const hosts = Object.values(addresses).map((url: string) => new URL(url));
		expect(hosts.map(({ hostname }) => hostname)).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1']);
		expect(new Set(hosts.map(({ port }) => port)).size).toBe(3);
	});

	it('answers with virtual time', async () => {
		simulator.clock.advance(90_000);
		const { status, headers, data } = await client.get('/networks/N_1');
		expect(status).toBe(200);
		expect(data).toMatchObject({ id: 'N_1' });
		expect(headers['date']).toBe(new Date(simulator.clock.now()).toUTCString());
	});

	it.each([
		['dropBefore' as const, false],
		['dropAfter' as const, true],
	])('%s ends the connection without an answer', async (kind, tookEffect) => {
		simulator.addFault({ effect: { kind } });
		await expect(client.put('/networks/N_1', { tags: ['a'] })).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(tagsOf(simulator).includes('a')).toBe(tookEffect);
	});

	it('hangs until the client gives up, and closes all the same', async () => {
		simulator.addFault({ effect: { kind: 'hang' } });
		await expect(client.put('/networks/N_1', { tags: ['a'] }, { timeout: 150 })).rejects.toMatchObject({
			code: 'ECONNABORTED',
		});
		expect(tagsOf(simulator)).not.toContain('a');
		expect(simulator.requests).toMatchObject([{ status: null, faults: ['hang'] }]);
	});

	it('redirects to a second port that carries the write out', async () => {
		simulator.addFault({ effect: { kind: 'redirect', status: 308, to: 'shard' } });
		const first = await client.put('/networks/N_1', { tags: ['a'] });
		expect(first.headers['location']).toBe(`${addresses.shardUrl}/api/v1/networks/N_1`);
		const second = await client.put(first.headers['location'], { tags: ['a'] });
		expect(second).toMatchObject({ status: 200, data: { tags: ['a'] } });
	});

	it('notes who brings a key to the host that is not Meraki’s', async () => {
		simulator.addFault({ effect: { kind: 'redirect', status: 302, to: 'stranger' } });
		const { headers } = await client.get('/networks/N_1');
		await axios.get(headers['location'], { proxy: false });
		await client.get(headers['location']);
		expect(simulator.strangerVisits).toEqual([
			{ method: 'GET', path: '/api/v1/networks/N_1', broughtKey: false },
			{ method: 'GET', path: '/api/v1/networks/N_1', broughtKey: true },
		]);
	});

	it('serves broken JSON as text that no client can read', async () => {
		simulator.addFault({ effect: { kind: 'brokenJson' } });
		const { status, data } = await client.get('/networks/N_1');
		expect(status).toBe(200);
		expect(typeof data).toBe('string');
	});
});
