import type { BatchPost } from '../support/batchDashboard';
import { type BatchScript, writeBatches } from '../support/batchRuns';
import { answer, noAnswer, ok, type Reply } from '../support/scripted';
import { AFTER, BEFORE } from '../support/writing';

/** A batch of twenty that is still executing, and what the looks at it bring, in order; then it is as it is. */
async function executing(looks: ReadonlyArray<Reply | 'completes'>, more: BatchScript = {}) {
	const rest = [...looks];
	return await writeBatches(20, {
		prepare: ({ faults }) => faults.push(({ keep }) => keep().reply),
		replies:
			({ reply, batches, complete }) =>
			(request) => {
				const look = request.url.includes('/actionBatches/') ? rest.shift() : undefined;
				if (look === 'completes') batches.forEach(complete);
				return look === undefined || look === 'completes' ? reply(request) : look;
			},
		...more,
	});
}

describe('a look at a batch that is still executing', () => {
	it('that cannot be read passes: the next one counts', async () => {
		const { kinds, calls } = await executing([answer(403, {}), ok({ id: 'another' }), 'completes']);
		expect(kinds).toEqual({ done: 20 });
		expect(calls).toMatchObject({ batch: 1, poll: 3 });
	});

	it('that Meraki does not know any more ends the looking: the tags tell', async () => {
		const { kinds, calls } = await executing([answer(404, {}), 'completes']);
		expect(kinds).toEqual({ accepted: 20 });
		expect(calls).toMatchObject({ batch: 1, poll: 1 });
	});

	it('comes 1, 2 and 3 s after the one before, and none when only the time to verify is left', async () => {
		const { kinds, run } = await executing([], { budgetSeconds: 25 });
		const looks = run.requests.filter(({ url }) => url.includes('/actionBatches/')).map(({ atMs }) => atMs);
		const [first = 0] = looks;
		expect(looks.map((atMs) => atMs - first)).toEqual([0, 2000, 5000]);
		expect(kinds).toEqual({ accepted: 20 });
	});

	it('is not waited for in a cancelled run', async () => {
		let isSent = false;
		const { kinds, calls } = await executing([], {
			prepare: ({ faults }) =>
				faults.push(({ keep }) => {
					isSent = true;
					return keep().reply;
				}),
			isCancelled: () => isSent,
		});
		expect(kinds).toEqual({ accepted: 20 });
		expect(calls).not.toHaveProperty('poll');
	});
});

describe('a batch whose answer did not come', () => {
	/** It did not land; meanwhile this is among the pending ones. */
	const lost = async (
		more: (post: BatchPost, script: Parameters<NonNullable<BatchScript['prepare']>>[0]) => void,
	) =>
		await writeBatches(20, {
			prepare: (dashboard) =>
				dashboard.faults.push((post) => {
					more(post, dashboard);
					return noAnswer('ETIMEDOUT');
				}),
		});

	it('is not a stored preview of the same networks, which does nothing', async () => {
		const { kinds, calls } = await lost(({ changes }, { add }) => {
			add(changes).isConfirmed = false;
		});
		expect(kinds).toEqual({ done: 20 });
		expect(calls).toMatchObject({ batch: 2 });
		expect(calls).not.toHaveProperty('poll');
	});

	it.each([
		{ says: 'some of the networks', of: (all: BatchPost['changes']) => all.slice(1) },
		{ says: 'one more', of: (all: BatchPost['changes']) => [...all, { networkId: 'N_99', tags: AFTER }] },
		{
			says: 'as many, one of them another',
			of: (all: BatchPost['changes']) => [...all.slice(1), { networkId: 'N_99', tags: AFTER }],
		},
	])('is not one with $says, which is somebody else’s', async ({ of }) => {
		const { kinds, calls } = await lost(({ changes }, { add }) => void add(of(changes)));
		expect(kinds).toEqual({ done: 20 });
		expect(calls).toMatchObject({ batch: 2 });
		expect(calls).not.toHaveProperty('poll');
	});

	it('of a network that is not listed any more afterwards: gone, since it may have landed', async () => {
		const { kinds, outcomeOf, calls } = await lost((_post, { tags }) => void tags.delete('N_3'));
		expect(kinds).toEqual({ done: 19, gone: 1 });
		expect(outcomeOf('N_3')).toMatchObject({ kind: 'gone', before: { tags: BEFORE } });
		expect(calls).toEqual({ pending: 2, list: 3, batch: 2 });
	});

	it('may be the one in the list that cannot be read: it is not sent again', async () => {
		let isSent = false;
		const { kinds, calls, outcomeOf } = await writeBatches(20, {
			prepare: ({ faults }) =>
				faults.push(() => {
					isSent = true;
					return noAnswer('ETIMEDOUT');
				}),
			replies:
				({ reply }) =>
				(request) =>
					isSent && request.method === 'GET' && request.url.includes('/actionBatches')
						? ok([{ id: '' }])
						: reply(request),
		});
		expect(kinds).toEqual({ failed: 20 });
		expect(calls.batch).toBe(1);
		expect(outcomeOf('N_1')).toMatchObject({ error: { outcomeUnknown: true } });
	});
});
