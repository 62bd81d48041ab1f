import { answer, BASE_URL, errorOf, noAnswer, ok, scripted } from '../support/scripted';

const URL = `${BASE_URL}/organizations/1/actionBatches`;
const batch = (more: object = {}) => ({
	id: '1234',
	confirmed: true,
	status: { completed: true, failed: false, errors: [] },
	actions: [],
	...more,
});
const FAILED = batch({ status: { completed: false, failed: true, errors: ['no'] } });

describe('the calls for action batches', () => {
	it('create one: confirmed, synchronous, the tags and nothing else', async () => {
		const run = scripted({ replies: [answer(201, batch())] });
		const changes = [
			{ networkId: 'N_1', tags: ['b', 'a', 'b'] },
			{ networkId: '../x', tags: [] },
		];
		expect(await run.client.createBatch('1', changes)).toMatchObject({ kind: 'completed' });
		expect(run.requests).toMatchObject([{ method: 'POST', url: URL, timeoutMs: 60_000 }]);
		expect(run.requests[0]?.body).toEqual({
			confirmed: true,
			synchronous: true,
			actions: [
				{ resource: '/networks/N_1', operation: 'update', body: { tags: ['b', 'a', 'b'] } },
				{ resource: '/networks/..%2Fx', operation: 'update', body: { tags: [] } },
			],
		});
	});

	it('read one, and the pending ones', async () => {
		const executing = batch({ id: 'a/b', status: { createdResources: [] } });
		const run = scripted({ replies: [ok(executing), ok([executing, {}])] });
		expect(await run.client.batch('1', 'a/b')).toEqual({ kind: 'executing', id: 'a/b' });
		const { rows, skipped } = await run.client.pendingBatches('1');
		expect(rows).toMatchObject([{ id: 'a/b', state: 'executing' }]);
		expect(skipped).toHaveLength(1);
		expect(run.requests.map(({ url }) => url)).toEqual([`${URL}/a%2Fb`, `${URL}?status=pending`]);
	});

	it('a failed one is an error with the words, and is known to have changed nothing', async () => {
		const run = scripted({ replies: [answer(201, FAILED), ok(FAILED)] });
		const facts = { kind: 'badRequest', merakiErrors: ['no'], outcomeUnknown: false };
		for (const work of [run.client.createBatch('1', []), run.client.batch('1', '1234')]) {
			const progress = await work;
			expect(progress).toMatchObject({ kind: 'failed', error: facts });
		}
	});

	it('trap 16: another batch than the one asked for is not taken for it', async () => {
		const run = scripted({ replies: [ok(batch({ id: '9' }))] });
		expect(await errorOf(run.client.batch('1', '1234'))).toMatchObject({ kind: 'badAnswer' });
	});

	it.each([
		{ says: 'no answer', reply: noAnswer('ECONNABORTED'), kind: 'network' },
		{ says: '502', reply: answer(502, ''), kind: 'server' },
		{ says: 'no JSON', reply: answer(201, '{"id'), kind: 'badAnswer' },
		{ says: 'no id', reply: answer(201, { actions: [] }), kind: 'badAnswer' },
		{ says: 'not confirmed', reply: answer(201, batch({ confirmed: false })), kind: 'badAnswer' },
	])(
		'a POST is never sent again blindly, and nobody knows whether it landed: $says',
		async ({ reply, kind }) => {
			const run = scripted({ replies: [reply] });
			expect(await errorOf(run.client.createBatch('1', []))).toMatchObject({ kind, outcomeUnknown: true });
			expect(run.requests).toHaveLength(1);
		},
	);

	it.each([400, 401, 403, 404, 429, 503])('status %d did not land', async (status) => {
		const run = scripted({ replies: [answer(status, {})] });
		expect(await errorOf(run.client.createBatch('1', []))).toMatchObject({ status, outcomeUnknown: false });
	});
});

it('a wait about so long is up to twice as long', async () => {
	const run = scripted({ replies: [], random: () => 0.5 });
	expect(await run.client.pauseAbout(1000)).toBe(true);
	expect(run.time.elapsedMs()).toBe(1500);
});
