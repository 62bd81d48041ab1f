import { createRateLimit } from '../../../meraki/http/budget';
import { NETWORK, ORGANIZATION } from '../support/examples';
import { answer, errorOf, ok, scripted } from '../support/scripted';

const get = (run: ReturnType<typeof scripted>) => run.client.organization('2930418');
const times = (count: number, run: ReturnType<typeof scripted>) =>
	Promise.all(Array.from({ length: count }, () => get(run)));

describe('the request limit', () => {
	it('lets calls made at once go at five a second', async () => {
		const run = scripted({ replies: () => ok(ORGANIZATION) });
		await times(6, run);
		expect(run.requests.map(({ atMs }) => atMs)).toEqual([0, 200, 400, 600, 800, 1000]);
		expect(run.client.usage()).toEqual({ calls: 6, waits: 5, rateLimited: 0 });
	});

	it('is what the caller sets', async () => {
		const run = scripted({ replies: () => ok(ORGANIZATION), client: { requestsPerSecond: 2 } });
		await times(3, run);
		expect(run.requests.map(({ atMs }) => atMs)).toEqual([0, 500, 1000]);
	});

	it('gives no credit for idle time', async () => {
		const run = scripted({ replies: () => ok(ORGANIZATION) });
		await get(run);
		await run.client.pause(10_000);
		await times(2, run);
		expect(run.requests.map(({ atMs }) => atMs)).toEqual([0, 10_000, 10_200]);
	});

	it('shared by several clients holds for all of them', async () => {
		const sharedLimit = createRateLimit(10);
		const run = scripted({
			replies: () => ok(ORGANIZATION),
			client: { sharedLimit, requestsPerSecond: 1000 },
		});
		await times(3, run);
		expect(run.requests.map(({ atMs }) => atMs)).toEqual([0, 100, 200]);
	});

	it("is 95 a second when nobody shares one: never more than 100 in one of Meraki's seconds", async () => {
		const run = scripted({ replies: () => ok(ORGANIZATION), client: { requestsPerSecond: 1000 } });
		await times(3, run);
		expect(run.requests.map(({ atMs }) => atMs)).toEqual([0, 11, 22]);
	});

	it('trap 12: a 429 to one call holds back all of the organization', async () => {
		let count = 0;
		const replies = () => ((count += 1) === 1 ? answer(429, {}, { 'retry-after': '2' }) : ok(ORGANIZATION));
		const run = scripted({ replies });
		await times(3, run);
		const [first, ...later] = run.requests.map(({ atMs }) => atMs);
		expect(first).toBe(0);
		expect([...later].sort((a, b) => a - b)).toEqual([2000, 2200, 2400]);
		expect(run.client.usage()).toMatchObject({ calls: 4, rateLimited: 1 });
	});

	it('trap 12: a call that waits out the run behind a 429 to another call quotes that answer', async () => {
		const replies = () => answer(429, { errors: ['API rate limit exceeded'] }, { 'retry-after': '3600' });
		const run = scripted({ replies, budgetSeconds: 20 });
		const failures = await Promise.all([errorOf(get(run)), errorOf(get(run))]);
		for (const failure of failures) expect(failure.message).toContain('API rate limit exceeded');
		expect(run.requests).toHaveLength(1);
	});

	it('a block that ends before the next free slot gives none back', () => {
		const limit = createRateLimit(10);
		expect([limit.reserve(0), limit.reserve(0), limit.reserve(0)]).toEqual([0, 100, 200]);
		expect([limit.nextSlotMs(0), limit.nextSlotMs(450)]).toEqual([300, 450]);
		limit.blockUntil(150);
		expect(limit.reserve(0)).toBe(300);
		expect(limit.blockedUntilMs()).toBe(150);
		limit.blockUntil(50);
		expect(limit.blockedUntilMs()).toBe(150);
		limit.blockUntil(900);
		expect([limit.reserve(0), limit.reserve(0)]).toEqual([900, 1000]);
	});

	it('a read waits for its slot as long as there is time; a change that would be too late is not sent, at once', async () => {
		const replies = () => ok({ ...NETWORK, ...ORGANIZATION, id: NETWORK.id });
		const run = scripted({ replies, client: { requestsPerSecond: 1 / 6 } });
		await run.client.network(NETWORK.id);
		await run.client.network(NETWORK.id);
		expect(run.requests.map(({ atMs }) => atMs)).toEqual([0, 6000]);
		const error = await errorOf(run.client.writeTags(NETWORK.id, [], 11_999));
		expect(error).toMatchObject({ kind: 'stale', outcomeUnknown: false });
		expect(run.time.elapsedMs()).toBe(6000);
		// It has taken no slot from the next one.
		await run.client.writeTags(NETWORK.id, [], 12_000);
		expect(run.requests.map(({ atMs }) => atMs)).toEqual([0, 6000, 12_000]);
	});

	it('a change that a 429 to another call delays beyond its time is not sent', async () => {
		let count = 0;
		const replies = () => ((count += 1) === 1 ? answer(429, {}, { 'retry-after': '5' }) : ok(NETWORK));
		const run = scripted({ replies, latencyMs: 100 });
		const read = run.client.network(NETWORK.id);
		const error = await errorOf(run.client.writeTags(NETWORK.id, [], 2000));
		expect(error.kind).toBe('stale');
		await read;
		expect(run.requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
	});

	it('counts every request: retries and redirects too', async () => {
		const replies = [answer(500, ''), answer(302, '', { location: '/x' }), ok(ORGANIZATION)];
		const run = scripted({ replies });
		await get(run);
		expect(run.client.usage()).toEqual({ calls: 3, waits: 1, rateLimited: 0 });
	});
});
