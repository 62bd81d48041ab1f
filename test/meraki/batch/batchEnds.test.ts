import type { HttpRequest } from '../../../meraki/http/transport';
import { batches } from '../../../meraki/batch/batchWriter';
import { createRateLimit } from '../../../meraki/http/budget';
import { ids, jobsFor } from '../support/batchDashboard';
import { type BatchScript, writeBatches } from '../support/batchRuns';
import { answer, noAnswer, type Reply, scripted } from '../support/scripted';

const CROWD = answer(400, { errors: ['Too many concurrently executing batches.'] });

/** Calls take no time. */
const unlimited = () => ({ requestsPerSecond: Infinity, sharedLimit: createRateLimit(Infinity) });

describe('the end of a run with batches', () => {
	it('by time: exactly twenty seconds are enough for one', async () => {
		const { kinds } = await writeBatches(20, { budgetSeconds: 20, client: unlimited() });
		expect(kinds).toEqual({ done: 20 });
	});

	it('what the first look shows is waited for no longer', async () => {
		const { kinds, run } = await writeBatches(20, { client: unlimited() });
		expect(kinds).toEqual({ done: 20 });
		expect(run.time.elapsedMs()).toBe(0);
	});

	it('by cancelling before the first call: "next run", because it was cancelled', async () => {
		const { results, calls } = await writeBatches(20, { isCancelled: () => true });
		expect(calls).toEqual({});
		expect(results[0]?.outcome).toEqual({ kind: 'nextRun', why: 'cancelled', cause: null });
	});

	it('by cancelling while the list is read: the same, and nothing was sent', async () => {
		let isListed = false;
		const { results, calls } = await writeBatches(20, {
			isCancelled: () => isListed,
			replies:
				({ reply }) =>
				(request) => {
					isListed = isListed || new URL(request.url).pathname.endsWith('/networks');
					return reply(request);
				},
		});
		expect(calls).toEqual({ pending: 1, list: 1 });
		expect(results[0]?.outcome).toEqual({ kind: 'nextRun', why: 'cancelled', cause: null });
		expect(results).toHaveLength(20);
	});
});

describe('a list of networks that cannot be read before the first batch', () => {
	const list =
		(reply: Reply) =>
		(dashboard: Parameters<NonNullable<BatchScript['replies']>>[0]) =>
		(request: HttpRequest) =>
			new URL(request.url).pathname.endsWith('/networks') ? reply : dashboard.reply(request);

	it('because the key is refused: all fail, and no other call is spent', async () => {
		const { kinds, calls, outcomeOf } = await writeBatches(20, { replies: list(answer(401, {})) });
		expect(kinds).toEqual({ failed: 20 });
		expect(calls).toEqual({ pending: 1, list: 1 });
		expect(outcomeOf('N_7')).toMatchObject({ before: null, error: { kind: 'auth' } });
	});

	it('because the run is cancelled while it waits: next run, and why', async () => {
		const { results, calls } = await writeBatches(20, {
			replies: list(answer(429, {}, { 'retry-after': '10' })),
			isCancelled: (nowMs) => nowMs >= 2500,
		});
		expect(calls).toEqual({ pending: 1, list: 1 });
		expect(results[19]?.outcome).toEqual({ kind: 'nextRun', why: 'cancelled', cause: null });
	});

	it('because Meraki asks to wait longer than there is time: next run, with the cause', async () => {
		const wait = answer(429, {}, { 'retry-after': '60' });
		const { results, notes } = await writeBatches(20, { budgetSeconds: 30, replies: list(wait) });
		const outcome = { kind: 'nextRun', why: 'outOfTime', cause: expect.stringContaining('request limit') };
		expect(results[0]?.outcome).toEqual(outcome);
		const pending = await writeBatches(20, {
			budgetSeconds: 30,
			replies:
				({ reply }) =>
				(request) =>
					request.url.includes('/actionBatches') ? wait : reply(request),
		});
		expect(pending.results[0]?.outcome).toEqual(outcome);
		expect([...notes, ...pending.notes]).toEqual([]);
	});
});

describe('the fallback to single calls', () => {
	const noRight = answer(403, { errors: ['You do not have permission'] });

	it.each([
		{ count: 1, words: '1 network was written one by one instead of in action batches, which takes longer.' },
		{
			count: 2,
			words: '2 networks were written one by one instead of in action batches, which takes longer.',
		},
	])('for $count says so', async ({ count, words }) => {
		const { kinds, notes } = await writeBatches(count, {
			prepare: ({ state }) => {
				state.always = () => noRight;
			},
		});
		expect(kinds).toEqual({ done: count });
		expect(notes).toEqual([expect.stringContaining(`${words} Meraki denied`)]);
	});

	it('writes in the order of the jobs', async () => {
		const { run } = await writeBatches(50, {
			prepare: ({ state }) => {
				state.always = () => noRight;
			},
		});
		const puts = run.requests
			.filter(({ method }) => method === 'PUT')
			.map(({ url }) => url.split('/').at(-1));
		expect(puts).toEqual(ids(50));
	});

	it('says nothing before, nor of a run without jobs', async () => {
		const strategy = batches(scripted({ replies: [] }).client, '1');
		expect(strategy.notes()).toEqual([]);
		await strategy.write(jobsFor([]));
		expect(strategy.notes()).toEqual([]);
	});

	it.each([
		{ says: 'is not for batches', reply: answer(401, {}) },
		{ says: 'may not use them for tags', reply: answer(400, { errors: ['Unsupported operation'] }) },
	])('comes once the first four show that the key $says', async ({ reply }) => {
		const { kinds, calls } = await writeBatches(200, {
			budgetSeconds: 600,
			prepare: ({ state }) => {
				state.always = () => reply;
			},
		});
		expect(kinds).toEqual({ done: 200 });
		expect(calls).toMatchObject({ batch: 4, put: 200 });
	});

	it('keeps a batch from being sent that was planned while another one showed it', async () => {
		let posts = 0;
		let lists = 0;
		const { kinds, calls } = await writeBatches(100, {
			budgetSeconds: 600,
			latencyMs: ({ method, url }) => {
				if (method === 'POST') return [11_000, 13_000, 40_000, 40_000][(posts += 1) - 1] ?? 1;
				return new URL(url).pathname.endsWith('/networks') && (lists += 1) > 1 ? 5000 : 1;
			},
			prepare: ({ faults }) =>
				faults.push(undefined, () => answer(400, { errors: ['Unsupported operation'] })),
		});
		expect(kinds).toEqual({ done: 100 });
		expect(calls).toMatchObject({ batch: 4, put: 40 });
	});

	it('says nothing where nothing is left that may be written', async () => {
		let posts = 0;
		const { kinds, notes, calls } = await writeBatches(20, {
			prepare: ({ state }) => {
				state.always = () => ((posts += 1) === 1 ? noAnswer('ETIMEDOUT') : CROWD);
			},
		});
		expect(kinds).toEqual({ failed: 20 });
		expect(calls).not.toHaveProperty('put');
		expect(notes).toEqual([]);
	});

	it('comes when all places were taken for exactly half a minute', async () => {
		const { calls } = await writeBatches(20, {
			client: unlimited(),
			prepare: ({ state }) => {
				state.always = () => CROWD;
			},
		});
		// One a second, the first and the last included.
		expect(calls).toMatchObject({ batch: 31, put: 20 });
	});
});

describe('a batch that was turned away undone', () => {
	it('waits longer each time: 1, 2, 4 and 8 s', async () => {
		const { run } = await writeBatches(20, {
			client: unlimited(),
			prepare: ({ state }) => {
				state.always = () => answer(503, '');
			},
		});
		const posts = run.requests.filter(({ method }) => method === 'POST').map(({ atMs }) => atMs);
		expect(posts).toEqual([0, 1000, 3000, 7000, 15_000]);
		expect(run.time.elapsedMs()).toBe(15_000);
	});

	it('by an answer that means nothing here is none: it fails at once', async () => {
		const { kinds, calls } = await writeBatches(20, {
			prepare: ({ faults }) => faults.push(() => answer(304, '')),
		});
		expect(kinds).toEqual({ failed: 20 });
		expect(calls.batch).toBe(1);
	});

	it('by a fault of ours fails at once, with what went wrong', async () => {
		const { kinds, outcomeOf } = await writeBatches(20, {
			prepare: ({ faults }) =>
				faults.push(() => {
					throw new TypeError('ours');
				}),
		});
		expect(kinds).toEqual({ failed: 20 });
		expect(outcomeOf('N_1')).toMatchObject({ kind: 'failed', error: { message: 'ours' } });
	});
});
