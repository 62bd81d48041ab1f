import { AFTER, BEFORE, failOverFleet, idOf, simulatedFleet } from '../support/simulated.cjs';

const BATCHES = 'actionBatches';

describe('a fleet that fails over', () => {
	it.each([
		{ count: 1, calls: { 'GET networks': 1, 'PUT networks': 1 } },
		{ count: 8, calls: { 'GET networks': 8, 'PUT networks': 8 } },
		{ count: 9, calls: { 'GET actionBatches': 1, 'GET networks': 2, 'POST actionBatches': 1 } },
		{ count: 20, calls: { 'GET actionBatches': 1, 'GET networks': 2, 'POST actionBatches': 1 } },
		{ count: 21, calls: { 'GET actionBatches': 1, 'GET networks': 2, 'POST actionBatches': 2 } },
		{ count: 100, calls: { 'GET actionBatches': 1, 'GET networks': 2, 'POST actionBatches': 5 } },
		// Fifty batches at nine requests a second take six seconds: each goes on tags read at most 2 s before.
		{ count: 1000, calls: { 'GET actionBatches': 1, 'GET networks': 4, 'POST actionBatches': 50 } },
		{ count: 5000, calls: { 'GET actionBatches': 1, 'GET networks': 15, 'POST actionBatches': 250 } },
	])('of $count networks', async ({ count, calls: expected }) => {
		const { kinds, calls, usage, tags, notes } = await failOverFleet({ count });
		expect(kinds).toEqual({ done: count });
		expect(calls).toEqual(expected);
		expect(usage.rateLimited).toBe(0);
		expect(tags(count)).toEqual(AFTER);
		expect(notes).toEqual([]);
	});

	it('tells of each network what it was and is', async () => {
		const { outcome } = await failOverFleet({ count: 21 });
		expect(outcome(21)).toMatchObject({
			kind: 'done',
			before: { id: idOf(21), tags: BEFORE },
			after: { id: idOf(21), tags: AFTER },
			sideEffects: [],
		});
	});
});

describe.each(['status', 'badRequest', 'ownStatus'])('with refusals as %s', (failure) => {
	it.each(['first', 'none'])(
		'one network that refuses, naming %s: its batch is written one by one',
		async (names) => {
			const { kinds, calls, outcome, tags } = await failOverFleet({
				count: 100,
				bound: [42],
				actionBatches: { failure, names },
			});
			expect(kinds).toEqual({ done: 99, failed: 1 });
			expect(calls[`POST ${BATCHES}`]).toBe(5);
			expect(calls['PUT networks']).toBe(20);
			expect(tags(42)).toEqual(BEFORE);
			expect(outcome(42)).toMatchObject({
				kind: 'failed',
				error: { merakiErrors: [expect.stringContaining('bound to a configuration template')] },
			});
		},
	);

	it.each(['first', 'all', 'none'])('several, in several batches, naming %s', async (names) => {
		const bound = [1, 2, 19, 20, 21, 55, 99, 100];
		const { kinds, outcome } = await failOverFleet({ count: 100, bound, actionBatches: { failure, names } });
		expect(kinds).toEqual({ done: 92, failed: 8 });
		for (const n of bound) expect(outcome(n)?.kind).toBe('failed');
	});

	it.each(['first', 'none'])(
		'a network that is deleted between its read and its batch, naming %s',
		async (names) => {
			let isDeleted = false;
			const { kinds, outcome, notes } = await failOverFleet(
				{ count: 100, actionBatches: { failure, names } },
				{
					beforeRequest: ({ method }, simulator) => {
						if (method !== 'POST' || isDeleted) return;
						isDeleted = true;
						simulator.applyEvent({ kind: 'deleteNetwork', network: idOf(7) });
					},
				},
			);
			expect(kinds).toEqual({ done: 99, failed: 1 });
			expect(outcome(7)).toMatchObject({ kind: 'failed', error: { kind: 'notFound' } });
			expect(notes).toEqual([expect.stringContaining('20 networks were written one by one')]);
		},
	);
});

describe('a batch without an answer', () => {
	it.each([
		{ effect: 'dropAfter', says: 'landed', batches: 2 },
		{ effect: 'dropBefore', says: 'did not land', batches: 3 },
	])('that $says', async ({ effect, batches }) => {
		const fleet = { count: 40 };
		const simulator = simulatedFleet(fleet);
		simulator.addFault({ match: { method: 'POST' }, times: 1, effect: { kind: effect } as never });
		const { kinds, calls } = await failOverFleet(fleet, {}, simulator);
		expect(kinds).toEqual({ done: 40 });
		expect(calls).toMatchObject({ [`POST ${BATCHES}`]: batches, [`GET ${BATCHES}`]: 2 });
	});

	it.each([502, 504])('but status %d, that landed all the same', async (status) => {
		const fleet = { count: 40 };
		const simulator = simulatedFleet(fleet);
		const effect = { kind: 'status', status, body: 'html', takesEffect: true } as const;
		simulator.addFault({ match: { method: 'POST' }, effect });
		const { kinds, calls } = await failOverFleet(fleet, {}, simulator);
		expect(kinds).toEqual({ done: 40 });
		expect(calls[`POST ${BATCHES}`]).toBe(2);
	});

	it('that is still executing when it is looked for', async () => {
		const fleet = { count: 40 };
		const simulator = simulatedFleet(fleet);
		simulator.addFault({ match: { method: 'POST' }, times: 1, effect: { kind: 'lateBatch', seconds: 20 } });
		simulator.addFault({ match: { method: 'POST' }, times: 1, effect: { kind: 'dropAfter' } });
		const { kinds, calls } = await failOverFleet(fleet, {}, simulator);
		expect(kinds).toEqual({ done: 40 });
		expect(calls[`POST ${BATCHES}`]).toBe(2);
		expect(calls[`GET ${BATCHES}/{id}`]).toBeGreaterThan(1);
	});
});

describe('late batches', () => {
	it('are followed to their end, four at once', async () => {
		const { kinds, calls } = await failOverFleet({
			count: 200,
			actionBatches: { synchronousMs: 4000, answers: 'whileExecuting' },
		});
		expect(kinds).toEqual({ done: 200 });
		expect(calls[`POST ${BATCHES}`]).toBe(10);
	});

	it('one that hangs is accepted, the others are swapped', async () => {
		const fleet = { count: 100 };
		const simulator = simulatedFleet(fleet);
		simulator.addFault({ match: { method: 'POST' }, times: 1, effect: { kind: 'lateBatch', seconds: 600 } });
		const { kinds } = await failOverFleet(fleet, {}, simulator);
		expect(kinds).toEqual({ done: 80, accepted: 20 });
		// The next run leaves them alone while it hangs, and finds them moved afterwards.
		const next = await failOverFleet(fleet, {}, simulator);
		expect(next.kinds).toEqual({ skipped: 80, nextRun: 20 });
		expect(next.outcome(1)).toEqual({ kind: 'nextRun', why: 'inProgress', cause: null });
		simulator.clock.advance(600_000);
		expect((await failOverFleet(fleet, {}, simulator)).kinds).toEqual({ skipped: 100 });
	});

	it('that are seen late are waited for', async () => {
		const fleet = { count: 40 };
		const simulator = simulatedFleet(fleet);
		simulator.addFault({ match: { method: 'POST' }, effect: { kind: 'staleRead', seconds: 3 } });
		expect((await failOverFleet(fleet, {}, simulator)).kinds).toEqual({ done: 40 });
	});

	it('that change nothing are accepted, and not sent again', async () => {
		const fleet = { count: 40 };
		const simulator = simulatedFleet(fleet);
		simulator.addFault({ match: { method: 'POST' }, effect: { kind: 'ignoreWrite' } });
		const { kinds, calls } = await failOverFleet(fleet, {}, simulator);
		expect(kinds).toEqual({ accepted: 40 });
		expect(calls[`POST ${BATCHES}`]).toBe(2);
	});
});

describe('other tools', () => {
	it('that hold all five places for a while are waited out', async () => {
		const fleet = { count: 40 };
		const simulator = simulatedFleet({ ...fleet, count: 41 });
		await occupy(simulator, 5, 8);
		const { kinds, calls, notes } = await failOverFleet(fleet, {}, simulator);
		expect(kinds).toEqual({ done: 40 });
		expect(calls[`POST ${BATCHES}`]).toBeGreaterThan(5 + 2);
		expect(notes).toEqual([]);
	});

	it('that hold them for good: single PUTs', async () => {
		const fleet = { count: 20 };
		const simulator = simulatedFleet({ ...fleet, count: 21 });
		await occupy(simulator, 5, 3600);
		const { kinds, calls, notes } = await failOverFleet(fleet, {}, simulator);
		expect(kinds).toEqual({ done: 20 });
		expect(calls['PUT networks']).toBe(20);
		expect(notes).toEqual([expect.stringContaining('Too many concurrently executing batches')]);
	});

	it('that hold two places leave three: all is written', async () => {
		const fleet = { count: 200, actionBatches: { synchronousMs: 2000, answers: 'whileExecuting' } };
		const simulator = simulatedFleet({ ...fleet, count: 201 });
		await occupy(simulator, 2, 3600);
		expect((await failOverFleet(fleet, {}, simulator)).kinds).toEqual({ done: 200 });
	});

	it('that add a tag between the decision and the read lose nothing', async () => {
		const fleet = { count: 40 };
		const simulator = simulatedFleet(fleet);
		simulator.addFault({
			match: { method: 'GET', path: '*/actionBatches' },
			times: 1,
			effect: { kind: 'thenEdit', network: idOf(3), add: ['foreign'] },
		});
		const { kinds, tags } = await failOverFleet(fleet, {}, simulator);
		expect(kinds).toEqual({ done: 40 });
		expect(tags(3)).toEqual([...AFTER, 'foreign']);
	});

	it('that add one more than two seconds before its batch goes lose nothing', async () => {
		const fleet = { count: 160 };
		const simulator = simulatedFleet(fleet);
		let posts = 0;
		const { kinds, tags } = await failOverFleet(
			fleet,
			{
				latencyMs: 2100,
				beforeRequest: ({ method }) => {
					if (method === 'POST' && (posts += 1) === 1) {
						simulator.applyEvent({ kind: 'editTags', network: idOf(160), add: ['foreign'] });
					}
				},
			},
			simulator,
		);
		expect(kinds).toEqual({ done: 160 });
		expect(tags(160)).toEqual([...AFTER, 'foreign']);
	});

	it('that add one after the read and before the batch lose it: Meraki has no compare-and-set', async () => {
		const fleet = { count: 40 };
		const simulator = simulatedFleet(fleet);
		simulator.addFault({
			match: { method: 'GET', path: '*/networks' },
			times: 1,
			effect: { kind: 'thenEdit', network: idOf(3), add: ['foreign'] },
		});
		const { tags } = await failOverFleet(fleet, {}, simulator);
		expect(tags(3)).toEqual(AFTER);
	});

	it('that add one after the batch are told of', async () => {
		const fleet = { count: 40 };
		const simulator = simulatedFleet(fleet);
		simulator.addFault({
			match: { method: 'POST' },
			skip: 1,
			times: 1,
			effect: { kind: 'thenEdit', network: idOf(3), add: ['foreign'] },
		});
		const { outcome, tags } = await failOverFleet(fleet, {}, simulator);
		expect(outcome(3)).toMatchObject({ kind: 'done', sideEffects: ['otherTags'] });
		expect(tags(3)).toEqual([...AFTER, 'foreign']);
	});

	it('that move a network first are not overruled', async () => {
		const fleet = { count: 40 };
		const simulator = simulatedFleet(fleet);
		simulator.applyEvent({ kind: 'editTags', network: idOf(3), replace: AFTER });
		const { kinds, outcome } = await failOverFleet(fleet, {}, simulator);
		expect(kinds).toEqual({ skipped: 1, done: 39 });
		expect(outcome(3)?.kind).toBe('skipped');
	});
});

describe('the key', () => {
	it('without the right to use batches: single PUTs, and a note', async () => {
		const { kinds, calls, notes } = await failOverFleet({ count: 30, key: { mayUseActionBatches: false } });
		expect(kinds).toEqual({ done: 30 });
		expect(calls).toEqual({ 'GET actionBatches': 1, 'GET networks': 30, 'PUT networks': 30 });
		expect(notes).toEqual([expect.stringContaining('do not have permission to use action batches')]);
	});

	it('that may only read: every network fails with the words', async () => {
		const { kinds, outcome } = await failOverFleet({ count: 30, key: { rights: 'readOnly' } });
		expect(kinds).toEqual({ failed: 30 });
		expect(outcome(1)).toMatchObject({ error: { kind: 'forbidden' } });
	});

	it('whose view a network leaves by its new tags: gone', async () => {
		const { kinds } = await failOverFleet({ count: 30, key: { networkTag: 'london_primary_up' } });
		expect(kinds).toEqual({ gone: 30 });
	});
});

describe('the end of a run', () => {
	it('by cancelling, between batches', async () => {
		const { kinds, simulator } = await failOverFleet(
			{ count: 400 },
			{ latencyMs: 1000, isCancelled: (nowMs) => nowMs >= 4000 },
		);
		const moved = (simulator.state.organization('1')?.networks ?? []).filter(({ tags }) =>
			tags.includes('paris_backup_up'),
		);
		expect(moved.length).toBeGreaterThan(0);
		expect(kinds).toEqual({ accepted: moved.length, nextRun: 400 - moved.length });
	});

	it('by time', async () => {
		const { kinds } = await failOverFleet({ count: 400 }, { latencyMs: 2000, budgetSeconds: 32 });
		expect(kinds['nextRun']).toBeGreaterThan(0);
		expect((kinds['nextRun'] ?? 0) + (kinds['done'] ?? 0)).toBe(400);
	});
});

/** Another tool's batches, on a network of its own. */
async function occupy(simulator: ReturnType<typeof simulatedFleet>, places: number, seconds: number) {
	const other = [...(simulator.state.organization('1')?.networks ?? [])].pop()?.id ?? '';
	simulator.addFault({ match: { method: 'POST' }, times: places, effect: { kind: 'lateBatch', seconds } });
	for (let n = 0; n < places; n += 1) {
		await simulator.inject({
			method: 'POST',
			url: '/api/v1/organizations/1/actionBatches',
			headers: { authorization: 'Bearer simulated-key-full', 'content-type': 'application/json' },
			payload: JSON.stringify({
				confirmed: true,
				actions: [{ resource: `/networks/${other}`, operation: 'update', body: { notes: 'ours' } }],
			}),
		});
	}
}
