import { createMerakiClient } from '../../../meraki/client/client';
import { NETWORK, ORGANIZATION } from '../support/examples';
import { answer, errorOf, ok, type Reply, scripted } from '../support/scripted';

const fault = (status: number, headers = {}): Reply => answer(status, '<html>oops</html>', headers);

describe('the budget in seconds', () => {
	it('ends at once when a wait does not fit, and keeps what it was for', async () => {
		const reply = answer(
			429,
			{ errors: ['API rate limit exceeded'] },
			{ 'retry-after': '20', 'x-request-id': 'r-1' },
		);
		const run = scripted({ replies: [reply], budgetSeconds: 20 });
		const error = await errorOf(run.client.organization('1'));
		expect(error).toMatchObject({
			kind: 'outOfTime',
			status: 429,
			merakiErrors: ['API rate limit exceeded'],
			requestId: 'r-1',
			retryAfterSeconds: 20,
		});
		expect(error.lastCause).toContain('request limit');
		expect(error.message).toContain(`Before that: ${error.lastCause}`);
		expect(run.time.elapsedMs()).toBe(0);
	});

	it('waits when it just fits, and gives the call what is left', async () => {
		const run = scripted({
			replies: [fault(503, { 'retry-after': '19' }), ok(ORGANIZATION)],
			budgetSeconds: 20,
		});
		await run.client.organization('2930418');
		expect(run.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([20_000, 1000]);
	});

	it('sends nothing when it is used up', async () => {
		const run = scripted({ replies: [], budgetSeconds: 0 });
		expect(await errorOf(run.client.organization('1'))).toMatchObject({
			kind: 'outOfTime',
			lastCause: null,
			status: null,
		});
		expect(run.client.remainingMs()).toBe(0);
	});

	it('counts the time that redirects take, but not their attempts', async () => {
		const replies = () => answer(302, '', { location: `/elsewhere` });
		const run = scripted({ replies, budgetSeconds: 3, latencyMs: 3000 });
		expect(await errorOf(run.client.organization('1'))).toMatchObject({ kind: 'outOfTime' });
		expect(run.requests).toHaveLength(1);
	});

	it('is 60 seconds when nobody says', () => {
		const { runtime } = scripted({ replies: [] });
		expect(createMerakiClient({ baseUrl: 'https://m.test/api/v1', runtime }).remainingMs()).toBe(60_000);
	});
});

describe('the time of one call', () => {
	it('is 30 s, and 60 s for the two big reads', async () => {
		const run = scripted({
			replies: ({ url }) =>
				ok(/networks|Loss/.test(url) && !/N_/.test(url) ? [] : /N_/.test(url) ? NETWORK : ORGANIZATION),
		});
		await run.client.organization('2930418');
		await run.client.network(NETWORK.id);
		await run.client.writeTags(NETWORK.id, []);
		await run.client.networks('1');
		await run.client.lossAndLatency('1', { kind: 'newest' });
		expect(run.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([30_000, 30_000, 30_000, 60_000, 60_000]);
	});
});

describe('a cancelled run', () => {
	it('sends nothing more', async () => {
		const run = scripted({ replies: [], isCancelled: () => true });
		expect(await errorOf(run.client.organization('1'))).toMatchObject({ kind: 'cancelled' });
		expect(run.client.isCancelled()).toBe(true);
	});

	it('is looked for each second of a wait, and not once more', async () => {
		const run = scripted({ replies: [] });
		await run.client.pause(2000);
		await run.client.pause(1500);
		expect(run.time.slices).toEqual([1000, 1000, 1000, 500]);
	});

	it('ends within a second of a long wait', async () => {
		const run = scripted({
			replies: [answer(429, {}, { 'retry-after': '60' })],
			isCancelled: (nowMs) => nowMs >= 2500,
		});
		expect(await errorOf(run.client.organization('1'))).toMatchObject({ kind: 'cancelled' });
		expect(run.time.elapsedMs()).toBe(3000);
	});
});
