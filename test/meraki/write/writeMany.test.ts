import { createRateLimit } from '../../../meraki/http/budget';
import { singlePuts } from '../../../meraki/write/singlePuts';
import { dashboard } from '../support/dashboard';
import { answer, scripted } from '../support/scripted';
import { AFTER, BEFORE, failover, ID, READ, shows, write } from '../support/writing';

const unlimited = () => ({ requestsPerSecond: Infinity, sharedLimit: createRateLimit(Infinity) });

describe('the end of a run', () => {
	const jobs = (count: number) =>
		Array.from({ length: count }, (_, n) => ({ networkId: `N_${n}`, plan: failover }));
	const many = (count: number) =>
		dashboard(Object.fromEntries(jobs(count).map(({ networkId }) => [networkId, BEFORE])));

	it('by cancelling: what is not written is for the next run, each network reported once, in order', async () => {
		const { reply, tags } = many(20);
		const run = scripted({ replies: reply, isCancelled: (nowMs) => nowMs >= 2000 });
		const results = await singlePuts(run.client).write(jobs(20));
		expect(results.map(({ networkId }) => networkId)).toEqual(jobs(20).map(({ networkId }) => networkId));
		const written = [...tags].filter(([, now]) => now.includes('paris_backup_up')).map(([id]) => id);
		expect(written.length).toBeGreaterThan(0);
		expect(
			results.filter(({ outcome }) => outcome.kind === 'done').map(({ networkId }) => networkId),
		).toEqual(written);
		const rest = results.filter(({ outcome }) => outcome.kind === 'nextRun');
		expect(rest).toHaveLength(20 - written.length);
		expect(rest.at(-1)?.outcome).toEqual({ kind: 'nextRun', why: 'cancelled', cause: null });
	});

	it('by time: no write is begun in the last ten seconds', async () => {
		const { reply, tags } = many(20);
		const run = scripted({ replies: reply, budgetSeconds: 12 });
		const results = await singlePuts(run.client).write(jobs(20));
		const written = [...tags].filter(([, now]) => now.includes('paris_backup_up'));
		expect(written.length).toBeGreaterThan(3);
		expect(results.filter(({ outcome }) => outcome.kind === 'done')).toHaveLength(written.length);
		expect(results.at(-1)?.outcome).toEqual({ kind: 'nextRun', why: 'outOfTime', cause: null });
	});

	it('by time before the first call: not even read', async () => {
		const { outcome } = await write([], { budgetSeconds: 9 });
		expect(outcome).toEqual({ kind: 'nextRun', why: 'outOfTime', cause: null });
	});

	it('by time: exactly ten seconds are enough', async () => {
		const { outcome, log } = await write([READ, shows(AFTER)], {
			budgetSeconds: 10,
			latencyMs: 0,
			client: unlimited(),
		});
		expect(outcome.kind).toBe('done');
		expect(log).toEqual(['GET 0', 'PUT 0']);
	});

	it('by a wait that does not fit: at once, with the cause', async () => {
		const { outcome, log } = await write([answer(429, {}, { 'retry-after': '30' })], { budgetSeconds: 20 });
		expect(outcome).toMatchObject({
			kind: 'nextRun',
			why: 'outOfTime',
			cause: expect.stringContaining('request limit'),
		});
		expect(log).toEqual(['GET 0']);
	});

	it('by cancelling before the first call', async () => {
		const { outcome } = await write([], { isCancelled: () => true });
		expect(outcome).toEqual({ kind: 'nextRun', why: 'cancelled', cause: null });
	});
});

describe('many networks', () => {
	it('are written four at once, within the request limit', async () => {
		const ids = Array.from({ length: 9 }, (_, n) => `N_${n}`);
		const { reply } = dashboard(Object.fromEntries(ids.map((id) => [id, BEFORE])));
		let open = 0;
		let most = 0;
		const run = scripted({ replies: reply, latencyMs: 1000 });
		const store = {
			...run.client,
			network: async (id: string) => {
				open += 1;
				most = Math.max(most, open);
				return await run.client.network(id);
			},
			writeTags: async (id: string, tags: readonly string[]) => {
				const network = await run.client.writeTags(id, tags);
				open -= 1;
				return network;
			},
		};
		const results = await singlePuts(store).write(ids.map((networkId) => ({ networkId, plan: failover })));
		expect(results.every(({ outcome }) => outcome.kind === 'done')).toBe(true);
		expect(most).toBe(4);
		const gaps = run.requests.slice(1).map(({ atMs }, n) => atMs - (run.requests[n]?.atMs ?? 0));
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(200);
	});

	it('trap 12: one that fails stops no other', async () => {
		const ids = Array.from({ length: 12 }, (_, n) => `N_${n}`);
		const { reply } = dashboard(
			Object.fromEntries(ids.filter((id) => id !== 'N_1').map((id) => [id, BEFORE])),
		);
		const run = scripted({ replies: reply });
		const results = await singlePuts(run.client).write(
			ids.map((networkId) => ({ networkId, plan: failover })),
		);
		const kinds = results.map(({ outcome }) => outcome.kind);
		expect(kinds).toEqual(ids.map((id) => (id === 'N_1' ? 'failed' : 'done')));
	});

	it('trap 16: none receives the tags of another', async () => {
		const own = (id: string) => [`site_${id}`, 'london_primary_up', 'paris_backup_down'];
		const ids = ['N_1', 'N_2', 'N_3', 'N_4', 'N_5', 'N_6'];
		const { reply, tags } = dashboard(Object.fromEntries(ids.map((id) => [id, own(id)])));
		await singlePuts(scripted({ replies: reply }).client).write(
			ids.map((networkId) => ({ networkId, plan: failover })),
		);
		for (const id of ids)
			expect(tags.get(id)).toEqual([`site_${id}`, 'london_primary_down', 'paris_backup_up']);
	});

	it('are not asked for one by one when the key was refused', async () => {
		const run = scripted({ replies: () => answer(401, { errors: ['Invalid API key'] }) });
		const ids = Array.from({ length: 50 }, (_, n) => `N_${n}`);
		const results = await singlePuts(run.client).write(
			ids.map((networkId) => ({ networkId, plan: failover })),
		);
		expect(results).toHaveLength(50);
		expect(results.every(({ outcome }) => outcome.kind === 'failed' && outcome.before === null)).toBe(true);
		expect(run.requests.length).toBeLessThanOrEqual(4);
	});

	it('R6: two jobs for one network are refused before anything is sent', async () => {
		const run = scripted({ replies: [] });
		const job = { networkId: ID, plan: failover };
		await expect(singlePuts(run.client).write([job, job])).rejects.toThrow('two write jobs');
		expect(run.requests).toEqual([]);
	});

	it('none at all', async () => {
		expect(await singlePuts(scripted({ replies: [] }).client).write([])).toEqual([]);
	});
});
