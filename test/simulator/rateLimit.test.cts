import { RateLimiter, TokenBucket } from '../../simulator/api/rateLimit.cjs';
import { createSimulator, VirtualClock } from '../../simulator/simulator.cjs';
import { ask, organizationWith, scenarioWith, simulatorOf, START } from './dashboards.cjs';

const taken = (bucket: TokenBucket, atMs: number, wanted: number) =>
	Array.from({ length: wanted }, () => bucket.take(atMs)).filter(Boolean).length;

describe('a bucket of 10 a second and 10 more', () => {
	it('gives 20 in the first second and 30 in two, as documented', () => {
		const bucket = new TokenBucket(10, 20);
		expect(taken(bucket, 0, 50)).toBe(20);
		expect(taken(bucket, 999, 50)).toBe(0);
		expect(taken(bucket, 1000, 50)).toBe(10);
	});

	it('fills up to its capacity and no further', () => {
		const bucket = new TokenBucket(10, 20);
		taken(bucket, 0, 20);
		expect(taken(bucket, 1500, 5)).toBe(5);
		expect(taken(bucket, 60_000, 50)).toBe(20);
	});

	it('does not mind a clock that steps back', () => {
		const bucket = new TokenBucket(10, 20);
		taken(bucket, 5000, 20);
		expect(taken(bucket, 1000, 1)).toBe(0);
		expect(taken(bucket, 6000, 20)).toBe(10);
	});
});

describe('the limits of the API', () => {
	const organizations = [organizationWith(), organizationWith({ id: '2', networks: [] })];
	const limited = (rateLimits: object) =>
		simulatorOf(scenarioWith({ organizations, rateLimits: { clock: 'virtual', ...rateLimits } }));
	const exhaust = async (simulator: ReturnType<typeof limited>, path: string, count: number) => {
		for (let asked = 0; asked < count; asked += 1) expect((await ask(simulator, path)).status).toBe(200);
	};

	it('hold per organization, whichever path asks', async () => {
		const simulator = limited({});
		await exhaust(simulator, '/organizations/1', 10);
		await exhaust(simulator, '/networks/N_1', 10);
		expect(await ask(simulator, '/organizations/1')).toMatchObject({
			status: 429,
			headers: { 'retry-after': '1' },
			body: { errors: ['API rate limit exceeded for organization'] },
		});
		await exhaust(simulator, '/organizations/2', 20);
		simulator.clock.advance(1000);
		await exhaust(simulator, '/networks/N_1', 10);
		expect((await ask(simulator, '/organizations/1')).status).toBe(429);
	});

	it('can leave out the Retry-After header', async () => {
		const simulator = limited({ retryAfter: 'absent' });
		await exhaust(simulator, '/organizations/1', 20);
		const { status, headers } = await ask(simulator, '/organizations/1');
		expect(status).toBe(429);
		expect(headers['retry-after']).toBeUndefined();
	});

	it('hold per source address, also for calls that name no organization', async () => {
		const simulator = limited({});
		await exhaust(simulator, '/organizations', 100);
		expect((await ask(simulator, '/organizations')).status).toBe(429);
	});

	it('can be switched off', async () => {
		await exhaust(limited({ enabled: false }), '/organizations/1', 130);
	});

	it('run on real time unless told otherwise', async () => {
		let elapsedMs = 0;
		const clock = new VirtualClock({ startAt: START, speed: 0 });
		const simulator = createSimulator({
			scenario: scenarioWith({ rateLimits: {} }),
			clock,
			elapsedMs: () => elapsedMs,
		});
		await exhaust(simulator, '/organizations/1', 20);
		clock.advance(60_000);
		expect((await ask(simulator, '/organizations/1')).status).toBe(429);
		elapsedMs = 1000;
		await exhaust(simulator, '/organizations/1', 10);
	});

	it('keep sources apart', () => {
		const limiter = new RateLimiter({}, () => 0);
		for (let asked = 0; asked < 100; asked += 1) limiter.checkSource('127.0.0.1');
		expect(() => limiter.checkSource('127.0.0.1')).toThrow('API rate limit exceeded');
		expect(() => limiter.checkSource('127.0.0.2')).not.toThrow();
	});
});
