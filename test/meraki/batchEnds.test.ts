import { batches } from '../../meraki/batches';
import { createRateLimit } from '../../meraki/rateLimit';
import { ids, jobsFor } from './support/batchDashboard';
import { writeBatches } from './support/batchRuns';
import { answer, scripted } from './support/scripted';

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

describe('the fallback to single calls', () => {
	const noRight = answer(403, { errors: ['You do not have permission'] });

	it.each([
		{ count: 1, words: '1 network was written one by one, which takes longer.' },
		{ count: 2, words: '2 networks were written one by one, which takes longer.' },
	])('for $count says so', async ({ count, words }) => {
		const { kinds, notes } = await writeBatches(count, {
			prepare: ({ state }) => {
				state.always = () => noRight;
			},
		});
		expect(kinds).toEqual({ done: count });
		expect(notes).toEqual([
			expect.stringContaining(`Action batches could not be used, so ${words} Meraki denied`),
		]);
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

	it('comes after eight batches refused without a name, those that were on their way then apart', async () => {
		const { kinds, calls, notes } = await writeBatches(200, {
			budgetSeconds: 600,
			prepare: ({ state }) => {
				state.always = () => answer(400, { errors: ['no'] });
			},
		});
		expect(kinds).toEqual({ done: 200 });
		expect(calls).toMatchObject({ batch: 11, put: 200 });
		expect(notes).toHaveLength(1);
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
