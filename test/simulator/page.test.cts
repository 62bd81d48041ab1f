import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/n8nPackage.cjs';
import {
	ask,
	KEY,
	networkWith,
	organizationWith,
	PRIMARY_IP,
	putTags,
	scenarioWith,
	simulatorOf,
} from './dashboards.cjs';

const noKey = { key: null };
const modules = readdirSync(join(ROOT, 'simulator', 'page', 'client'))
	.filter((file) => file.endsWith('.mts'))
	.map((file) => `/page/client/${file.replace(/mts$/, 'mjs')}`);
const onPrimary = ['branch', 'london_primary_up', 'paris_backup_down'];
const onBackup = ['branch', 'london_primary_down', 'paris_backup_up'];

describe('the page', () => {
	it.each(['/', '/page/page.css', '/page/uPlot.js', '/page/uPlot.css', ...modules])(
		'%s is handed out to this machine only, under a policy that lets nothing in from elsewhere',
		async (url) => {
			const simulator = simulatorOf();
			const { statusCode, headers } = await simulator.inject({ url });
			expect(statusCode).toBe(200);
			expect(headers['content-security-policy']).toContain(
				"default-src 'none'; script-src 'self'; style-src 'self'",
			);
			expect((await simulator.inject({ url, headers: { host: 'rebound.example' } })).statusCode).toBe(403);
		},
	);

	it('links to nothing but what is handed out, and has nothing inline', async () => {
		const simulator = simulatorOf();
		const { payload } = await simulator.inject({ url: '/' });
		const linked = [...payload.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, url]) => url ?? '');
		const pages = linked.filter((url) => url !== 'data:,');
		expect(pages).toHaveLength(4);
		for (const url of pages) expect((await simulator.inject({ url })).statusCode).toBe(200);
		expect(payload).not.toMatch(/<style|<script>| on[a-z]+="|https?:\/\//);
	});

	it.each(modules)('%s is plain JavaScript that builds no markup from strings', async (url) => {
		const { payload, headers } = await simulatorOf().inject({ url });
		expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
		expect(payload).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|interface /);
	});

	it.each(['/page/client/nothing.mjs', '/page/client/..%2fpage.mjs', '/page/client/main.mts'])(
		'%s is not there',
		async (url) => {
			expect((await simulatorOf().inject({ url })).statusCode).toBe(404);
		},
	);
});

describe('all branches in short', () => {
	it('have their peers, and their loss to the peer in use', async () => {
		const simulator = simulatorOf();
		const short = async () => (await ask(simulator, '/simulator/branches', noKey)).body;
		expect(await short()).toEqual([
			{
				id: 'N_1',
				name: 'Leeds',
				organizationId: '1',
				activePeers: ['london'],
				isOnline: true,
				lossPercent: 0,
			},
		]);
		simulator.applyEvent({ kind: 'loss', lossPercent: 40, where: { ip: PRIMARY_IP } });
		simulator.clock.advance(2 * 60_000);
		expect(await short()).toMatchObject([{ activePeers: ['london'], lossPercent: 40 }]);
		await putTags(simulator, onBackup);
		// Paris is not tracked there.
		expect(await short()).toMatchObject([{ activePeers: ['paris'], lossPercent: null }]);
	});

	it('are offline when their appliance is', async () => {
		const simulator = simulatorOf();
		simulator.applyEvent({ kind: 'applianceOffline', where: { networks: ['N_1'] } });
		simulator.clock.advance(2 * 60_000);
		const { body } = await ask(simulator, '/simulator/branches', noKey);
		expect(body).toMatchObject([{ isOnline: false, lossPercent: null }]);
	});
});

describe('one branch', () => {
	it('has a sample a minute for each tracked IP of the last hour', async () => {
		const { body } = await ask(simulatorOf(), '/simulator/networks/N_1', noKey);
		const { history, tags } = body as { history: { ip: string; timeSeries: object[] }[]; tags: string[] };
		expect(tags).toContain('london_primary_up');
		expect(history.map(({ ip, timeSeries }) => [ip, timeSeries.length])).toEqual([
			['8.8.8.8', 60],
			[PRIMARY_IP, 60],
		]);
	});

	it('that is not there is not found', async () => {
		expect((await ask(simulatorOf(), '/simulator/networks/N_9', noKey)).status).toBe(404);
	});
});

describe('moves', () => {
	const movesOf = async (simulator: ReturnType<typeof simulatorOf>, query = '') =>
		(await ask(simulator, `/simulator/moves${query}`, noKey)).body;

	it('are writes after which another peer was available, oldest first', async () => {
		const simulator = simulatorOf();
		await putTags(simulator, onBackup);
		await putTags(simulator, [...onBackup, 'another']);
		simulator.clock.advance(60_000);
		await putTags(simulator, onPrimary);
		const there = { networkId: 'N_1', networkName: 'Leeds', from: ['london'], to: ['paris'], key: 'full' };
		expect(await movesOf(simulator)).toMatchObject([there, { from: ['paris'], to: ['london'] }]);
		expect(await movesOf(simulator, '?newest=1')).toMatchObject([{ to: ['london'] }]);
		expect(await movesOf(simulator, '?newest=0')).toEqual([]);
	});

	it('are not writes that Meraki refused', async () => {
		const simulator = simulatorOf();
		simulator.addFault({ match: { method: 'PUT' }, effect: { kind: 'status', status: 500 } });
		await putTags(simulator, onBackup);
		expect(await movesOf(simulator)).toEqual([]);
	});

	it('also come from action batches', async () => {
		const networks = ['N_1', 'N_2'].map((id) => networkWith({ id, name: id, tags: onPrimary }));
		const simulator = simulatorOf(scenarioWith({ organizations: [organizationWith({ networks })] }));
		const actions = ['N_1', 'N_2'].map((id) => ({
			resource: `/networks/${id}`,
			operation: 'update',
			body: { tags: onBackup },
		}));
		const body = { confirmed: true, synchronous: true, actions };
		const { status } = await ask(simulator, '/organizations/1/actionBatches', {
			method: 'POST',
			key: KEY,
			body,
		});
		expect(status).toBe(201);
		simulator.clock.advance(60_000);
		expect(await movesOf(simulator)).toMatchObject([
			{ networkId: 'N_1' },
			{ networkId: 'N_2', to: ['paris'] },
		]);
	});
});
