import { batches } from '../../../meraki/batch/batchWriter';
import { chooseStrategy } from '../../../meraki/swap/chooseStrategy';
import { batchDashboard, ids, jobsFor, on, ORGANIZATION_ID } from '../support/batchDashboard';
import { countOf, writeBatches } from '../support/batchRuns';
import { answer, DATE_AT, noAnswer, ok, type Reply, scripted } from '../support/scripted';
import { AFTER, BEFORE, failover } from '../support/writing';

const TOO_MANY = answer(400, {
	errors: ['Too many concurrently executing batches. Maximum is 5 confirmed but not yet executed batches.'],
});
const NO_RIGHT = answer(403, { errors: ['You do not have permission'] });

describe('many networks', () => {
	it.each([
		{ count: 1, batch: 1, looks: { read: 1 } },
		{ count: 20, batch: 1, looks: {} },
		{ count: 21, batch: 2, looks: {} },
		{ count: 100, batch: 5, looks: {} },
	])('$count: pending ones, the list, batches of twenty, the list again', async ({ count, batch, looks }) => {
		const { kinds, calls, moved } = await writeBatches(count);
		expect(kinds).toEqual({ done: count });
		expect(calls).toEqual({ pending: 1, list: count === 1 ? 1 : 2, batch, ...looks });
		expect(moved).toEqual(ids(count));
	});

	it('are sent as confirmed, synchronous batches of tags and nothing else, four at once at most', async () => {
		let open = 0;
		let most = 0;
		const latencyMs = ({ method }: { readonly method: string }) => {
			if (method === 'POST') most = Math.max(most, (open += 1));
			return method === 'POST' ? 3000 : 100;
		};
		const { run, sizes, kinds } = await writeBatches(170, {
			latencyMs,
			replies:
				({ reply }) =>
				(request) => {
					if (request.method === 'POST') open -= 1;
					return reply(request);
				},
		});
		expect(kinds).toEqual({ done: 170 });
		expect(most).toBe(4);
		expect(sizes).toEqual([20, 20, 20, 20, 20, 20, 20, 20, 10]);
		const post = run.requests.find(({ method }) => method === 'POST');
		expect(post?.body).toMatchObject({ confirmed: true, synchronous: true });
		const { actions } = post?.body as { readonly actions: readonly unknown[] };
		expect(actions[0]).toEqual({ resource: '/networks/N_1', operation: 'update', body: { tags: AFTER } });
	});

	it('tell before and after, and what else changed', async () => {
		const { outcomeOf } = await writeBatches(20);
		expect(outcomeOf('N_7')).toMatchObject({
			kind: 'done',
			shownBy: 'laterRead',
			before: { tags: BEFORE },
			after: { tags: AFTER },
			sideEffects: [],
		});
	});

	it('that need no write are skipped, and do not make batches smaller', async () => {
		const { kinds, sizes, outcomeOf } = await writeBatches(30, {
			prepare: ({ tags }) => ids(10).forEach((id) => tags.set(id, AFTER)),
		});
		expect(kinds).toEqual({ skipped: 10, done: 20 });
		expect(outcomeOf('N_3')).toMatchObject({ kind: 'skipped', reason: 'overtaken' });
		expect(sizes).toEqual([20]);
	});

	it('in a dry run cost two calls', async () => {
		const plan = () => ({ kind: 'skip', reason: 'overtaken' }) as const;
		const { calls, kinds } = await writeBatches(1000, {
			jobs: ids(1000).map((networkId) => ({ networkId, plan })),
		});
		expect(calls).toEqual({ pending: 1, list: 1 });
		expect(kinds).toEqual({ skipped: 1000 });
	});

	it('R6: two jobs for one network are refused before anything is sent', async () => {
		const run = scripted({ replies: [] });
		await expect(batches(run.client, '1').write(jobsFor(['N_1', 'N_1']))).rejects.toThrow('two write jobs');
		expect(run.requests).toEqual([]);
	});

	it('none at all', async () => {
		expect(await batches(scripted({ replies: [] }).client, '1').write([])).toEqual([]);
	});

	it('a plan that throws harms no other', async () => {
		const jobs = jobsFor(ids(20)).map((job) => ({
			...job,
			plan: (network: Parameters<typeof job.plan>[0]) => {
				if (network.id === 'N_4') throw new TypeError('ours');
				return failover(network);
			},
		}));
		const { kinds, outcomeOf } = await writeBatches(20, { jobs });
		expect(kinds).toEqual({ done: 19, failed: 1 });
		expect(outcomeOf('N_4')).toMatchObject({ kind: 'failed', error: { message: 'ours' } });
	});
});

describe('the choice', () => {
	it.each([
		{ count: 1, calls: { GET: 1, PUT: 1 } },
		{ count: 8, calls: { GET: 8, PUT: 8 } },
		{ count: 9, calls: { GET: 3, POST: 1 } },
	])('for $count', async ({ count, calls }) => {
		const { reply } = batchDashboard(on(ids(count)));
		const run = scripted({ replies: reply });
		const strategy = chooseStrategy(run.client, ORGANIZATION_ID);
		const results = await strategy.write(jobsFor(ids(count)));
		expect(results.every(({ outcome }) => outcome.kind === 'done')).toBe(true);
		expect(countOf(run.requests.map(({ method }) => method))).toEqual(calls);
		expect(strategy.notes()).toEqual([]);
	});
});

describe('R6: tags just read', () => {
	it('a tag that another admin added before the read is kept', async () => {
		const { dashboard } = await writeBatches(20, {
			prepare: ({ tags }) => tags.set('N_5', [...BEFORE, 'new']),
		});
		expect(dashboard.tags.get('N_5')).toEqual([...AFTER, 'new']);
	});

	it('are read again when they are older than two seconds', async () => {
		const edited: string[] = [];
		const latencyMs = ({ method }: { readonly method: string }) => (method === 'POST' ? 2000 : 1);
		const { calls, kinds, dashboard } = await writeBatches(160, {
			latencyMs,
			replies:
				({ reply, tags }) =>
				(request) => {
					// Another admin edits a network of the second four while the first four are under way.
					if (request.method === 'POST' && edited.length === 0) {
						edited.push('N_150');
						tags.set('N_150', [...BEFORE, 'new']);
					}
					return reply(request);
				},
		});
		expect(kinds).toEqual({ done: 160 });
		expect(calls).toEqual({ pending: 1, list: 3, batch: 8 });
		expect(dashboard.tags.get('N_150')).toEqual([...AFTER, 'new']);
	});

	it('and the validity of a decision is asked again before each batch', async () => {
		const asked = new Set<number>();
		const jobs = jobsFor(ids(100)).map((job) => ({
			...job,
			plan: (network: Parameters<typeof job.plan>[0], apiNow: number) => {
				asked.add(apiNow);
				return apiNow >= DATE_AT + 20_000
					? ({ kind: 'skip', reason: 'overtaken' } as const)
					: failover(network);
			},
		}));
		let late = false;
		const { kinds } = await writeBatches(100, {
			jobs,
			latencyMs: 1000,
			replies:
				({ reply }) =>
				(request) => {
					const plain = reply(request);
					late = late || request.method === 'POST';
					return late && plain.kind === 'answer'
						? { ...plain, headers: { date: 'Sun, 22 Nov 2026 12:00:30 GMT' } }
						: plain;
				},
		});
		expect(kinds).toEqual({ done: 80, skipped: 20 });
		expect([...asked]).toEqual([DATE_AT, DATE_AT + 30_000]);
	});

	it('a network that is not in the list is read by itself', async () => {
		const { kinds, outcomeOf, calls } = await writeBatches(20, { prepare: ({ tags }) => tags.delete('N_9') });
		expect(kinds).toEqual({ done: 19, failed: 1 });
		expect(outcomeOf('N_9')).toMatchObject({
			kind: 'failed',
			error: { kind: 'notFound', merakiErrors: ['Not found'] },
		});
		expect(calls).toEqual({ pending: 1, list: 2, batch: 1, read: 1 });
	});

	it('a list that cannot be read fails the networks, unless it is refused: then each is tried by itself', async () => {
		const without =
			(status: number) =>
			({ reply }: ReturnType<typeof batchDashboard>) =>
			(request: Parameters<typeof reply>[0]) =>
				new URL(request.url).pathname.endsWith('/networks') ? answer(status, {}) : reply(request);
		const broken = await writeBatches(20, { replies: without(500) });
		expect(broken.kinds).toEqual({ failed: 20 });
		expect(broken.calls).toEqual({ pending: 1, list: 5 });
		const refused = await writeBatches(20, { replies: without(403) });
		expect(refused.kinds).toEqual({ done: 20 });
		expect(refused.calls).toEqual({ pending: 1, list: 1, read: 20, put: 20 });
		expect(refused.notes).toEqual([expect.stringContaining('20 networks were written one by one')]);
	});
});

describe('R7: a batch is done when the tags show it', () => {
	it('2 and 5 s later at the latest; then it is accepted, and not written again', async () => {
		const { kinds, calls, run } = await writeBatches(20, {
			prepare: ({ faults }) =>
				faults.push(({ changes, keep, land }) =>
					changes.length === 0 ? land() : answer(201, completed(keep().reply)),
				),
		});
		expect(kinds).toEqual({ accepted: 20 });
		expect(calls).toEqual({ pending: 1, list: 4, batch: 1 });
		const looks = run.requests.filter(({ method, url }) => method === 'GET' && url.includes('/networks?'));
		const [first = 0] = looks.slice(1).map(({ atMs }) => atMs);
		expect(looks.slice(1).map(({ atMs }) => atMs - first)).toEqual([0, 2000, 5000]);
	});

	it('a network that is no longer listed afterwards is gone, as one look at all of them shows', async () => {
		const { kinds, calls, outcomeOf } = await writeBatches(20, {
			prepare: ({ faults, tags }) =>
				faults.push(({ land }) => {
					const reply = land();
					tags.delete('N_3');
					return reply;
				}),
		});
		expect(kinds).toEqual({ done: 19, gone: 1 });
		expect(calls).toEqual({ pending: 1, list: 2, batch: 1 });
		expect(outcomeOf('N_3')).toMatchObject({
			kind: 'gone',
			before: { tags: BEFORE },
			error: { kind: 'notFound' },
		});
	});

	it('a list with a row that cannot be read makes nobody gone', async () => {
		let isWritten = false;
		const { kinds, outcomeOf } = await writeBatches(20, {
			replies:
				({ reply }) =>
				(request) => {
					const plain = reply(request);
					isWritten = isWritten || request.method === 'POST';
					if (!isWritten || plain.kind !== 'answer' || !Array.isArray(plain.body)) return plain;
					return ok(
						plain.body.map((row: { readonly id: string }) =>
							row.id === 'N_3' ? { ...row, tags: [1] } : row,
						),
					);
				},
		});
		expect(kinds).toEqual({ done: 20 });
		// Found by itself at the second look, as one of few.
		expect(outcomeOf('N_3').kind).toBe('done');
	});
});

function completed(reply: unknown): unknown {
	const { body } = reply as { readonly body: { readonly status: object } };
	return { ...body, status: { ...body.status, completed: true } };
}

describe('R7: a batch that Meraki refused', () => {
	const REFUSALS = {
		status: (errors: readonly string[]) =>
			answer(201, {
				id: '9',
				confirmed: true,
				actions: [],
				status: { failed: true, errors, createdResources: [] },
			}),
		badRequest: (errors: readonly string[]) => answer(400, { errors }),
		forbidden: (errors: readonly string[]) => answer(403, { errors }),
		notFound: (errors: readonly string[]) => answer(404, { errors }),
	};
	/** Batches with a bad network are refused, and so is its own PUT. */
	const refusing =
		(bad: readonly string[], refuse: (errors: readonly string[]) => Reply) =>
		(networkId: string): Reply | undefined =>
			bad.includes(networkId) ? refuse(['bound to a template']) : undefined;
	const run = async (count: number, bad: readonly string[], refuse: (errors: readonly string[]) => Reply) =>
		await writeBatches(count, {
			budgetSeconds: 600,
			prepare: ({ state }) => {
				state.refused = refusing(bad, refuse);
			},
		});

	it.each(Object.entries(REFUSALS))(
		'is not searched (%s): its networks are written one by one, only the offender fails, with the words',
		async (_, refuse) => {
			const { kinds, sizes, calls, outcomeOf, moved, notes } = await run(40, ['N_12'], refuse);
			expect(kinds).toEqual({ done: 39, failed: 1 });
			expect(sizes).toEqual([20, 20]);
			expect(calls).toMatchObject({ read: 20, put: 20 });
			expect(moved).toHaveLength(39);
			expect(moved).not.toContain('N_12');
			expect(outcomeOf('N_12')).toMatchObject({
				before: { tags: BEFORE },
				error: { method: 'PUT', outcomeUnknown: false, merakiErrors: ['bound to a template'] },
			});
			expect(notes).toEqual([
				expect.stringMatching(
					/^20 networks were written one by one instead of in action batches, which takes longer\. .*“bound to a template”/,
				),
			]);
		},
	);

	it('is one of several: each is left to single PUTs once, with one note, in the order of the jobs', async () => {
		const bad = ['N_1', 'N_2', 'N_25', 'N_60'];
		const { kinds, sizes, calls, notes, run: log } = await run(80, bad, REFUSALS.badRequest);
		expect(kinds).toEqual({ done: 76, failed: 4 });
		expect(sizes).toEqual([20, 20, 20, 20]);
		expect(calls).toMatchObject({ read: 60, put: 60 });
		expect(notes).toEqual([expect.stringContaining('60 networks were written one by one')]);
		const reads = log.requests.flatMap(({ method, url }) =>
			method === 'GET' ? (/networks\/(N_\d+)$/.exec(url)?.[1] ?? []) : [],
		);
		expect(reads).toEqual(ids(60));
	});

	it('after it had been executing is left to single PUTs like any other', async () => {
		const { kinds, calls } = await writeBatches(20, {
			prepare: ({ faults }) =>
				faults.push(({ keep }) => {
					const { batch, reply } = keep();
					batch.state = 'failed';
					batch.errors = ['no'];
					return reply;
				}),
		});
		expect(kinds).toEqual({ done: 20 });
		expect(calls).toMatchObject({ batch: 1, poll: 1, read: 20, put: 20 });
	});

	it('because batches are not for tags is the last: all others go one by one at once', async () => {
		const { kinds, calls, notes } = await writeBatches(200, {
			prepare: ({ state }) => {
				state.always = () => REFUSALS.badRequest(['Unsupported operation']);
			},
			budgetSeconds: 600,
		});
		expect(kinds).toEqual({ done: 200 });
		expect(calls).toMatchObject({ batch: 4, put: 200 });
		expect(notes).toEqual([expect.stringContaining('Unsupported operation')]);
	});
});

describe('a key without the right to use batches', () => {
	it.each([
		{
			says: 'to create them',
			batch: 2,
			list: 1,
			refused: ({ method }: { readonly method: string }) => method === 'POST',
		},
		{
			says: 'even to list them',
			batch: 0,
			list: 0,
			refused: ({ url }: { readonly url: string }) => url.includes('/actionBatches'),
		},
	])('$says: falls back to single PUTs and says so', async ({ batch, list, refused }) => {
		const { kinds, calls, notes } = await writeBatches(30, {
			replies:
				({ reply }) =>
				(request) =>
					refused(request) ? NO_RIGHT : reply(request),
		});
		expect(kinds).toEqual({ done: 30 });
		const { batch: sent = 0, list: lists = 0 } = calls;
		expect([sent, lists]).toEqual([batch, list]);
		expect(calls).toMatchObject({ pending: 1, read: 30, put: 30 });
		expect(notes).toEqual([expect.stringContaining('30 networks were written one by one')]);
		expect(notes[0]).toContain('You do not have permission');
	});

	it('or with none at all: all fail, and only the first few are asked for one by one', async () => {
		const { kinds, calls } = await writeBatches(100, {
			replies: () => () => answer(401, { errors: ['Invalid API key'] }),
		});
		expect(kinds).toEqual({ failed: 100 });
		expect(calls).toEqual({ pending: 1, read: 4 });
	});
});

describe('a batch that is still executing', () => {
	it('is followed to its end', async () => {
		let polls = 0;
		const { kinds, calls } = await writeBatches(20, {
			replies:
				({ reply, batches: all, complete }) =>
				(request) => {
					if (request.url.includes('/actionBatches/') && (polls += 1) === 3) all.forEach(complete);
					return reply(request);
				},
			prepare: ({ faults }) => faults.push(({ keep }) => keep().reply),
		});
		expect(kinds).toEqual({ done: 20 });
		expect(calls).toEqual({ pending: 1, list: 2, batch: 1, poll: 3 });
	});

	it('and hangs holds up no other: accepted after a minute, not written again', async () => {
		const { kinds, calls, moved, run } = await writeBatches(200, {
			prepare: ({ faults }) => faults.push(({ keep }) => keep().reply),
		});
		expect(kinds).toEqual({ accepted: 20, done: 180 });
		expect(moved).toHaveLength(180);
		expect(calls).toMatchObject({ batch: 10, poll: 10 });
		const last = run.requests.filter(({ method }) => method === 'POST').at(-1);
		expect(last?.atMs).toBeLessThan(10_000);
	});
});

describe('a batch without an answer', () => {
	it.each([
		{ says: 'timed out', reply: noAnswer('ECONNABORTED') },
		{ says: 'bad gateway', reply: answer(502, '') },
		{ says: 'cut-off answer', reply: answer(201, '{"id') },
		{ says: 'an answer without an id', reply: answer(201, { actions: [] }) },
		{ says: 'one that was not confirmed', reply: answer(201, { id: '1', confirmed: false, actions: [] }) },
	])(
		'($says) that landed is done, and not sent again; one that did not is sent once more',
		async ({ reply }) => {
			const landed = await writeBatches(20, {
				prepare: ({ faults }) =>
					faults.push(({ land }) => {
						land();
						return reply;
					}),
			});
			expect(landed.kinds).toEqual({ done: 20 });
			expect(landed.calls).toEqual({ pending: 2, list: 3, batch: 1 });
			const lost = await writeBatches(20, { prepare: ({ faults }) => faults.push(() => reply) });
			expect(lost.kinds).toEqual({ done: 20 });
			expect(lost.calls).toEqual({ pending: 2, list: 3, batch: 2 });
		},
	);

	it('that is found pending is followed, not sent again', async () => {
		const { kinds, calls } = await writeBatches(20, {
			replies:
				({ reply, batches: all, complete }) =>
				(request) => {
					const plain = reply(request);
					// It comes to its end once it has been looked at.
					if (request.url.includes('/actionBatches/')) all.forEach(complete);
					return plain;
				},
			prepare: ({ faults }) =>
				faults.push(({ keep }) => {
					keep();
					return noAnswer('ETIMEDOUT');
				}),
		});
		expect(kinds).toEqual({ done: 20 });
		expect(calls).toMatchObject({ pending: 2, batch: 1, poll: 2 });
	});

	it('when the pending ones cannot be read, is not sent again: nobody knows', async () => {
		let asked = 0;
		const { kinds, calls, outcomeOf } = await writeBatches(20, {
			replies:
				({ reply }) =>
				(request) =>
					request.method === 'GET' && request.url.includes('/actionBatches') && (asked += 1) > 1
						? answer(403, {})
						: reply(request),
			prepare: ({ faults }) => faults.push(() => noAnswer('ETIMEDOUT')),
		});
		expect(kinds).toEqual({ failed: 20 });
		expect(calls.batch).toBe(1);
		expect(outcomeOf('N_1')).toMatchObject({ kind: 'failed', error: { outcomeUnknown: true } });
	});

	it('twice, and not landed, has failed: no third one', async () => {
		const { kinds, calls } = await writeBatches(20, {
			prepare: ({ state }) => {
				state.always = () => noAnswer('ETIMEDOUT');
			},
		});
		expect(kinds).toEqual({ failed: 20 });
		expect(calls.batch).toBe(2);
	});

	it('keeps what was edited meanwhile when it is sent again', async () => {
		const { dashboard, kinds } = await writeBatches(20, {
			prepare: ({ faults, tags }) =>
				faults.push(() => {
					tags.set('N_5', [...BEFORE, 'new']);
					return noAnswer('ETIMEDOUT');
				}),
		});
		expect(kinds).toEqual({ done: 20 });
		expect(dashboard.tags.get('N_5')).toEqual([...AFTER, 'new']);
	});

	it('of a run whose time is over then: looked at, not left to the next run', async () => {
		const latencyMs = ({ method }: { readonly method: string }) => (method === 'POST' ? 4000 : 1);
		const landed = await writeBatches(20, {
			latencyMs,
			budgetSeconds: 24,
			prepare: ({ faults }) =>
				faults.push(({ land }) => {
					land();
					return noAnswer('ETIMEDOUT');
				}),
		});
		expect(landed.kinds).toEqual({ done: 20 });
		const lost = await writeBatches(20, {
			latencyMs,
			budgetSeconds: 24,
			prepare: ({ faults }) => faults.push(() => noAnswer('ETIMEDOUT')),
		});
		expect(lost.kinds).toEqual({ failed: 20 });
		expect(lost.calls.batch).toBe(1);
	});

	it('of a run that is cancelled then: not "next run", since nobody knows', async () => {
		const { kinds } = await writeBatches(20, {
			isCancelled: (nowMs) => nowMs > 1000,
			prepare: ({ faults }) => faults.push(() => noAnswer('ETIMEDOUT')),
		});
		expect(kinds).toEqual({ failed: 20 });
	});
});

describe('all places taken', () => {
	it('is waited out with a second in between at least, and planned anew', async () => {
		const { kinds, calls, run } = await writeBatches(20, {
			prepare: ({ faults }) => faults.push(...[1, 2, 3].map(() => () => TOO_MANY)),
		});
		expect(kinds).toEqual({ done: 20 });
		// Planned anew on tags read anew, since they had become too old meanwhile.
		expect(calls).toEqual({ pending: 1, list: 3, batch: 4 });
		const posts = run.requests.filter(({ method }) => method === 'POST').map(({ atMs }) => atMs);
		const gaps = posts.slice(1).map((atMs, n) => atMs - (posts[n] ?? 0));
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1000);
	});

	it('with tags read again when it took long', async () => {
		const { kinds, calls, dashboard } = await writeBatches(20, {
			random: () => 0.5,
			prepare: ({ faults, tags }) =>
				faults.push(
					...Array.from({ length: 8 }, () => () => {
						tags.set('N_5', [...BEFORE, 'new']);
						return TOO_MANY;
					}),
				),
		});
		expect(kinds).toEqual({ done: 20 });
		// Eight waits of 1.5 s: every second time the tags have become too old. And one look afterwards.
		expect(calls.list).toBe(6);
		expect(dashboard.tags.get('N_5')).toEqual([...AFTER, 'new']);
	});

	it('for half a minute is not waited for: single PUTs, and a note', async () => {
		const { kinds, calls, notes } = await writeBatches(20, {
			prepare: ({ state }) => {
				state.always = () => TOO_MANY;
			},
		});
		expect(kinds).toEqual({ done: 20 });
		expect(calls).toMatchObject({ put: 20 });
		expect(notes).toEqual([expect.stringContaining('Too many concurrently executing batches')]);
	});

	it('is counted anew once a batch found a place', async () => {
		const crowd = (count: number) => Array.from({ length: count }, () => () => TOO_MANY);
		const { kinds, calls, notes } = await writeBatches(40, {
			prepare: ({ faults }) => faults.push(...crowd(50), undefined, ...crowd(20)),
		});
		expect(kinds).toEqual({ done: 40 });
		expect(calls).toMatchObject({ batch: 72 });
		expect(calls).not.toHaveProperty('put');
		expect(notes).toEqual([]);
	});

	it('until the time is over: next run, with the cause', async () => {
		const { results } = await writeBatches(20, {
			budgetSeconds: 25,
			prepare: ({ state }) => {
				state.always = () => TOO_MANY;
			},
		});
		expect(results[0]?.outcome).toMatchObject({
			kind: 'nextRun',
			why: 'outOfTime',
			cause: expect.stringContaining('Too many'),
		});
	});
});

describe('a batch that Meraki turned away undone', () => {
	it.each([
		{ says: '429', reply: answer(429, {}, { 'retry-after': '3' }) },
		{ says: '503', reply: answer(503, '') },
	])('($says) is sent again, five times at most', async ({ reply }) => {
		const once = await writeBatches(20, { prepare: ({ faults }) => faults.push(() => reply) });
		expect(once.kinds).toEqual({ done: 20 });
		expect(once.calls.batch).toBe(2);
		const ever = await writeBatches(20, {
			prepare: ({ state }) => {
				state.always = () => reply;
			},
		});
		expect(ever.kinds).toEqual({ failed: 20 });
		expect(ever.calls.batch).toBe(5);
	});

	it('for longer than there is time: next run', async () => {
		const { results, calls } = await writeBatches(20, {
			budgetSeconds: 30,
			prepare: ({ state }) => {
				state.always = () => answer(429, {}, { 'retry-after': '60' });
			},
		});
		expect(calls.batch).toBe(1);
		expect(results[0]?.outcome).toMatchObject({ kind: 'nextRun', why: 'outOfTime' });
	});
});

describe("networks in somebody's pending batch", () => {
	it('are in progress, and not written; stored previews and other batches do not matter', async () => {
		const { kinds, outcomeOf, sizes } = await writeBatches(40, {
			prepare: ({ add }) => {
				add([{ networkId: 'N_3', tags: AFTER }]);
				add([{ networkId: 'N_4', tags: AFTER }]).isConfirmed = false;
				add([{ networkId: 'N_3/devices', tags: [] }]);
			},
		});
		expect(outcomeOf('N_3')).toEqual({ kind: 'nextRun', why: 'inProgress', cause: null });
		expect(kinds).toEqual({ nextRun: 1, done: 39 });
		expect(sizes).toEqual([20, 19]);
	});

	it('when that cannot be read, are written all the same, with a note', async () => {
		const { kinds, notes } = await writeBatches(20, {
			replies:
				({ reply }) =>
				(request) =>
					request.method === 'GET' && request.url.includes('/actionBatches')
						? ok({ not: 'a list' })
						: reply(request),
		});
		expect(kinds).toEqual({ done: 20 });
		expect(notes).toEqual([expect.stringContaining('still executing')]);
	});
});

describe('the end of a run', () => {
	it('by cancelling: no further batch is begun, and what was sent is looked for no more', async () => {
		const { kinds, sizes, moved } = await writeBatches(400, {
			latencyMs: 1000,
			isCancelled: (nowMs) => nowMs >= 4000,
		});
		expect(sizes.length).toBeGreaterThan(0);
		expect(sizes.length).toBeLessThan(20);
		expect(kinds).toEqual({ accepted: moved.length, nextRun: 400 - moved.length });
	});

	it('by time: no batch is begun in the last twenty seconds, the others are verified', async () => {
		const { kinds, sizes, moved, results } = await writeBatches(400, { latencyMs: 2000, budgetSeconds: 30 });
		expect(sizes.length).toBeLessThan(20);
		expect(kinds).toEqual({ done: moved.length, nextRun: 400 - moved.length });
		expect(results.at(-1)?.outcome).toEqual({ kind: 'nextRun', why: 'outOfTime', cause: null });
	});

	it('before the first call: not even read', async () => {
		const { calls, kinds } = await writeBatches(20, { budgetSeconds: 19 });
		expect(calls).toEqual({});
		expect(kinds).toEqual({ nextRun: 20 });
	});
});
