import { NETWORK, ORGANIZATION } from '../support/examples';
import { answer, errorOf, noAnswer, ok, type Reply, scripted } from '../support/scripted';

const fault = (status: number, headers = {}): Reply => answer(status, '<html>oops</html>', headers);
const sentAt = (requests: ReadonlyArray<{ readonly atMs: number }>) => requests.map(({ atMs }) => atMs);

describe('trap 12: reads are sent again after faults that pass', () => {
	it.each([
		{ says: '429 with seconds', replies: [answer(429, {}, { 'retry-after': '3' })], at: [0, 3000] },
		{
			says: '429 with a date',
			replies: [answer(429, {}, { 'retry-after': 'Sun, 22 Nov 2026 12:00:09 GMT' })],
			at: [0, 9000],
		},
		{
			says: '429 with an hour: a minute',
			replies: [answer(429, {}, { 'retry-after': '3600' })],
			at: [0, 60_000],
		},
		{
			says: '429 without a word: doubling',
			replies: [answer(429, {}), answer(429, {})],
			at: [0, 1500, 4500],
		},
		{ says: '500 with a page', replies: [fault(500)], at: [0, 1500] },
		{ says: '502 without a body', replies: [answer(502, '')], at: [0, 1500] },
		{ says: '503 that says when', replies: [fault(503, { 'retry-after': '2' })], at: [0, 2000] },
		{ says: 'a cut-off body', replies: [ok('[{"id": "29')], at: [0, 1500] },
		{ says: 'a page instead of JSON', replies: [ok('<html></html>')], at: [0, 1500] },
		{ says: 'a reset connection', replies: [noAnswer('ECONNRESET')], at: [0, 1500] },
		{
			says: 'four faults of different kinds',
			replies: [fault(500), noAnswer('ETIMEDOUT'), ok(''), answer(429, {})],
			at: [0, 1500, 4500, 10_500, 22_500],
		},
	])('$says', async ({ replies, at }) => {
		const run = scripted({ replies: [...replies, ok(ORGANIZATION)], random: () => 0.5 });
		await expect(run.client.organization('2930418')).resolves.toMatchObject({ name: 'My organization' });
		expect(sentAt(run.requests)).toEqual(at);
		expect(Math.max(...run.time.slices)).toBeLessThanOrEqual(1000);
	});

	it('ends after five tries with the last fault', async () => {
		const run = scripted({ replies: () => fault(502) });
		expect(await errorOf(run.client.organization('1'))).toMatchObject({ kind: 'server', status: 502 });
		expect(run.requests).toHaveLength(5);
	});

	it('does as many tries as the budget says', async () => {
		const run = scripted({ replies: () => fault(502), attempts: 1 });
		await errorOf(run.client.organization('1'));
		expect(run.requests).toHaveLength(1);
	});

	it.each([400, 401, 403, 404, 410, 422])('does not send %i again', async (status) => {
		const run = scripted({ replies: [answer(status, {})] });
		await errorOf(run.client.organization('1'));
		expect(run.requests).toHaveLength(1);
	});
});

describe('a write is sent once, whatever happens: its tags may be stale after a wait', () => {
	it.each([
		{
			says: 'no answer',
			reply: noAnswer('ECONNABORTED'),
			is: { kind: 'network', status: null, outcomeUnknown: true },
		},
		{
			says: 'a gateway that gave up',
			reply: fault(504),
			is: { kind: 'server', status: 504, outcomeUnknown: true },
		},
		{ says: 'a bad gateway', reply: fault(502), is: { kind: 'server', status: 502, outcomeUnknown: true } },
		{ says: 'unavailable', reply: fault(503), is: { kind: 'server', status: 503, outcomeUnknown: false } },
		{
			says: 'a cut-off answer',
			reply: ok('{"id"'),
			is: { kind: 'badAnswer', status: 200, outcomeUnknown: true },
		},
		{
			says: 'trap 13: an error object as 200',
			reply: ok({ errors: ['no'] }),
			is: { kind: 'badAnswer', outcomeUnknown: true, merakiErrors: ['no'] },
		},
		{
			says: 'trap 16: another network',
			reply: ok({ ...NETWORK, id: 'N_2' }),
			is: { kind: 'badAnswer', outcomeUnknown: true },
		},
		{
			says: 'too many requests',
			reply: answer(429, {}, { 'retry-after': '4' }),
			is: { kind: 'rateLimited', outcomeUnknown: false, retryAfterSeconds: 4 },
		},
	])('$says', async ({ reply, is }) => {
		const run = scripted({ replies: [reply] });
		expect(await errorOf(run.client.writeTags(NETWORK.id, ['a']))).toMatchObject(is);
		expect(run.requests).toHaveLength(1);
	});

	it('is not sent at all when it would have to wait too long for its slot', async () => {
		const run = scripted({ replies: [answer(429, {}, { 'retry-after': '6' })] });
		await errorOf(run.client.writeTags('N_1', []));
		const error = await errorOf(run.client.writeTags('N_1', [], 2000));
		expect(error).toMatchObject({ kind: 'stale', outcomeUnknown: false });
		expect(error.message).toContain('was not sent');
		expect(run.requests).toHaveLength(1);
	});

	it('is sent after a short wait', async () => {
		const run = scripted({ replies: [answer(429, {}, { 'retry-after': '5' }), ok(NETWORK)] });
		await errorOf(run.client.writeTags(NETWORK.id, []));
		await run.client.writeTags(NETWORK.id, [], 5000);
		expect(sentAt(run.requests)).toEqual([0, 5000]);
	});
});
