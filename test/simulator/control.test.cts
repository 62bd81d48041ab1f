import { parseCommandLine } from '../../simulator/commandLine.cjs';
import { Bounded } from '../../simulator/requestLog.cjs';
import {
	ask,
	KEY,
	organizationWith,
	PRIMARY_IP,
	putTags,
	scenarioWith,
	simulatorOf,
	START,
	tagsOf,
} from './dashboards.cjs';

const noKey = { key: null };
const post = (body: unknown) => ({ ...noKey, method: 'POST' as const, body });
const remove = { ...noKey, method: 'DELETE' as const };

describe('the request log', () => {
	it('tells who asked what, when, and what a write did', async () => {
		const simulator = simulatorOf();
		simulator.clock.advance(1000);
		await ask(simulator, '/organizations/1/networks?perPage=3', {
			headers: { 'user-agent': 'Test/1.0 Example' },
		});
		await putTags(simulator, ['a']);
		const { body } = await ask(simulator, '/simulator/requests', noKey);
		expect(body).toMatchObject([
			{
				number: 1,
				at: new Date(START + 1000).toISOString(),
				method: 'GET',
				path: '/api/v1/organizations/1/networks',
				query: 'perPage=3',
				userAgent: 'Test/1.0 Example',
				key: 'full',
				status: 200,
				tagsAsked: null,
			},
			{
				number: 2,
				method: 'PUT',
				networkId: 'N_1',
				status: 200,
				tagsAsked: ['a'],
				tagsBefore: expect.arrayContaining(['branch']),
				tagsAfter: ['a'],
			},
		]);
	});

	it('also holds what was refused', async () => {
		const simulator = simulatorOf();
		await ask(simulator, '/networks/N_1', { key: 'a-wrong-key-0815' });
		await ask(simulator, '/nothing');
		await putTags(simulator, [7 as unknown as string]);
		expect(simulator.requests.map(({ status, key }) => [status, key])).toEqual([
			[401, null],
			[404, null],
			[400, 'full'],
		]);
	});

	it('and the state never hold a key or a secret', async () => {
		const simulator = simulatorOf();
		await ask(simulator, '/organizations/1/appliance/vpn/thirdPartyVPNPeers');
		await ask(simulator, '/networks/N_1', { key: 'a-wrong-key-0815' });
		for (const path of ['/simulator/requests', '/simulator/state', '/']) {
			const { text } = await ask(simulator, path, noKey);
			expect(text).not.toContain(KEY);
			expect(text).not.toContain('a-wrong-key-0815');
			expect(text).not.toContain('psk-canary');
		}
	});

	it('is read in parts and cleared', async () => {
		const simulator = simulatorOf();
		for (let asked = 0; asked < 4; asked += 1) await ask(simulator, '/organizations');
		const numbers = async (query: string) =>
			((await ask(simulator, `/simulator/requests${query}`, noKey)).body as Array<{ number: number }>).map(
				({ number }) => number,
			);
		expect(await numbers('?newest=2')).toEqual([3, 4]);
		expect(await numbers('?after=3')).toEqual([4]);
		expect((await ask(simulator, '/simulator/requests', remove)).status).toBe(204);
		await ask(simulator, '/organizations');
		expect(await numbers('')).toEqual([5]);
	});

	it('keeps a bounded number, the newest', () => {
		const log = new Bounded<number>(3);
		for (let entry = 1; entry <= 100; entry += 1) log.add(entry);
		expect(log.newest(50)).toEqual([98, 99, 100]);
		expect(log.newest(0)).toEqual([]);
		expect(log.all.length).toBeLessThanOrEqual(6);
		expect(log.count).toBe(100);
	});
});

describe('the state', () => {
	it('shows the truth without the two minutes of delay', async () => {
		const simulator = simulatorOf();
		simulator.applyEvent({ kind: 'loss', id: 'outage', where: { ip: PRIMARY_IP }, lossPercent: 100 });
		simulator.clock.advance(62_000);
		const { body } = await ask(simulator, '/simulator/state', noKey);
		expect(body).toMatchObject({
			clock: { now: new Date(START + 62_000).toISOString(), speed: 0 },
			organizations: [{ id: '1', networkCount: 1, peers: [{ name: 'london' }, { name: 'paris' }] }],
			networks: [
				{
					id: 'N_1',
					activePeers: ['london'],
					isOnline: true,
					loss: [
						{ ip: '8.8.8.8', lossPercent: 0 },
						{ ip: PRIMARY_IP, lossPercent: 100, latencyMs: null },
					],
				},
			],
			conditions: [{ id: 'outage', kind: 'loss' }],
			violations: { count: 0 },
		});
	});

	it('puts networks in trouble first when there is room for a few only', async () => {
		const organizations = [organizationWith({ networks: [], generate: { networks: 50 } })];
		const simulator = simulatorOf(scenarioWith({ organizations }));
		simulator.applyEvent({ kind: 'applianceOffline', where: { networks: ['N_1000040'] } });
		simulator.applyEvent({ kind: 'editTags', network: 'N_1000030', add: ['x'] });
		const { body } = await ask(simulator, '/simulator/state?limit=3', noKey);
		expect(body).toMatchObject({
			networkCount: 50,
			networks: [
				{ id: 'N_1000030' },
				{ id: 'N_1000040', isOnline: false, loss: expect.any(Array) },
				{ id: 'N_1000001' },
			],
		});
	});
});

describe('making things happen', () => {
	it('moves the clock', async () => {
		const simulator = simulatorOf();
		simulator.applyEvent({ kind: 'editTags', atMinutes: 1, network: 'N_1', replace: ['due'] });
		const moved = await ask(simulator, '/simulator/clock', post({ advanceMs: 30_000, speed: 0 }));
		expect(moved.body).toMatchObject({ now: new Date(START + 30_000).toISOString(), minutes: 0.5 });
		const set = await ask(
			simulator,
			'/simulator/clock',
			post({ set: new Date(START + 60_000).toISOString() }),
		);
		expect(set.body).toMatchObject({ minutes: 1 });
		expect(tagsOf(simulator)).toEqual(['due']);
	});

	it.each([
		['nothing', {}],
		['an unknown field', { forwardMs: 1 }],
		['a step back', { advanceMs: -1 }],
		['an earlier time', { set: '2020-01-01T00:00:00Z' }],
		['an impossible speed', { speed: -1 }],
	])('does not move the clock by %s', async (_says, body) => {
		const simulator = simulatorOf();
		expect((await ask(simulator, '/simulator/clock', post(body))).status).toBe(400);
		expect(simulator.clock.now()).toBe(START);
	});

	it('starts and ends events', async () => {
		const simulator = simulatorOf();
		const started = await ask(
			simulator,
			'/simulator/events',
			post({ kind: 'loss', id: 'outage', lossPercent: 100 }),
		);
		expect(started).toMatchObject({ status: 201, body: { id: 'outage' } });
		const ended = async () => (await ask(simulator, '/simulator/events/outage', remove)).status;
		expect([await ended(), await ended()]).toEqual([204, 404]);
		expect(await ask(simulator, '/simulator/events', post({ kind: 'flood' }))).toMatchObject({
			status: 400,
			body: { errors: [expect.stringContaining('unknown kind "flood"')] },
		});
	});

	it('adds and removes faults', async () => {
		const simulator = simulatorOf();
		const effect = { kind: 'status', status: 500 };
		expect((await ask(simulator, '/simulator/faults', post({ id: 'broken', effect }))).body).toEqual({
			id: 'broken',
		});
		expect((await ask(simulator, '/simulator/faults', noKey)).body).toEqual([{ id: 'broken', effect }]);
		expect((await ask(simulator, '/organizations')).status).toBe(500);
		expect((await ask(simulator, '/simulator/faults/broken', remove)).status).toBe(204);
		expect((await ask(simulator, '/organizations')).status).toBe(200);
		await ask(simulator, '/simulator/faults', post({ effect }));
		expect((await ask(simulator, '/simulator/faults', remove)).status).toBe(204);
		expect((await ask(simulator, '/organizations')).status).toBe(200);
		expect((await ask(simulator, '/simulator/faults', post({ effect: {} }))).status).toBe(400);
	});

	it('edits tags as another administrator would', async () => {
		const simulator = simulatorOf();
		const path = '/simulator/networks/N_1/tags';
		const edited = await ask(simulator, path, post({ replace: ['paris_backup_up'], add: ['x'] }));
		expect(edited.body).toMatchObject({ tags: ['paris_backup_up', 'x'], activePeers: ['paris'] });
		expect((await ask(simulator, path, post({ tags: ['a'] }))).status).toBe(400);
		expect((await ask(simulator, '/simulator/networks/N_9/tags', post({ add: ['x'] }))).status).toBe(404);
		expect(tagsOf(simulator)).toEqual(['paris_backup_up', 'x']);
	});

	it('takes messages of any JSON', async () => {
		const simulator = simulatorOf();
		const bodies = [{ title: 'moved' }, ['a'], 'text', 7, null];
		for (const body of bodies) {
			expect((await ask(simulator, '/simulator/messages', post(body))).status).toBe(201);
		}
		const { body } = await ask(simulator, '/simulator/messages', noKey);
		expect((body as Array<{ body: unknown }>).map((message) => message.body)).toEqual(bodies);
		expect((await ask(simulator, '/simulator/messages?newest=1', noKey)).body).toMatchObject([
			{ body: null },
		]);
		await ask(simulator, '/simulator/messages', remove);
		expect(simulator.messages).toEqual([]);
	});
});

describe('only this machine', () => {
	it.each(['/simulator/state', '/'])('may look at %s: no other address, no other name', async (url) => {
		const simulator = simulatorOf();
		const status = async (more: object) => (await simulator.inject({ url, ...more })).statusCode;
		expect(await status({})).toBe(200);
		expect(await status({ headers: { host: '127.0.0.1:8080' } })).toBe(200);
		expect(await status({ remoteAddress: '192.0.2.1' })).toBe(403);
		expect(await status({ headers: { host: 'rebound.example' } })).toBe(403);
	});
});

describe('the command line', () => {
	it('has a scenario, a port and real time by default', () => {
		expect(parseCommandLine([])).toMatchObject({ port: 8080, speed: 1 });
		expect(parseCommandLine([])).toMatchObject({ scenario: expect.stringMatching(/one-branch\.json$/) });
	});

	it('takes them all', () => {
		const args = ['--scenario', 'a.json', '--port', '0', '--speed', '60', '--start', '2026-01-05T08:00:00Z'];
		expect(parseCommandLine(args)).toEqual({ scenario: 'a.json', port: 0, speed: 60, startAt: START });
		expect(parseCommandLine(['--help'])).toBe('help');
	});

	it.each([
		[['--port', '99999'], '--port must be a number from 0 to 65535; got "99999"'],
		[['--speed', 'fast'], '--speed must be a number from 0 to 10000; got "fast"'],
		[['--start', 'noon'], '--start must be a time'],
		[['--colour'], "Unknown option '--colour'"],
	])('refuses %p', (args, message) => {
		expect(() => parseCommandLine(args)).toThrow(message);
	});
});
