import type { HttpRequest } from '../../../meraki/http/transport';
import { dashboard } from '../support/dashboard';
import { answer, noAnswer, ok, type Reply } from '../support/scripted';
import { AFTER, BEFORE, ID, READ, shows, write } from '../support/writing';

const UNANSWERED: ReadonlyArray<{ readonly says: string; readonly reply: Reply }> = [
	{ says: 'timed out', reply: noAnswer('ECONNABORTED') },
	{ says: 'reset', reply: noAnswer('ECONNRESET') },
	{ says: 'bad gateway', reply: answer(502, '') },
	{ says: 'gateway gave up', reply: answer(504, '') },
	{ says: 'fault', reply: answer(500, '') },
	{ says: 'cut-off answer', reply: ok('{"id') },
];

describe.each(UNANSWERED)('a write without a usable answer ($says)', ({ reply }) => {
	it('that landed is done, and not written again', async () => {
		const { outcome, log } = await write([READ, reply, shows([...AFTER].reverse())]);
		expect(outcome).toMatchObject({
			kind: 'done',
			shownBy: 'laterRead',
			before: { tags: BEFORE },
			sideEffects: [],
		});
		expect(log).toEqual(['GET 0', 'PUT 200', 'GET 2200']);
	});

	it('that did not land is planned anew on the fresh read, and written once more', async () => {
		const fresh = ['new', ...BEFORE];
		const { outcome, run } = await write([READ, reply, shows(fresh), shows(['new', ...AFTER])]);
		expect(outcome).toMatchObject({ kind: 'done', shownBy: 'answer', before: { tags: fresh } });
		expect(run.requests[3]?.body).toEqual({ tags: ['new', ...AFTER] });
	});

	it('twice, of which the second landed, is done', async () => {
		const { outcome } = await write([READ, reply, READ, reply, shows(AFTER)]);
		expect(outcome).toMatchObject({ kind: 'done', shownBy: 'laterRead' });
	});

	it('twice, and not landed, has failed: no third write', async () => {
		const { outcome, log } = await write([READ, reply, READ, reply, READ]);
		expect(outcome).toMatchObject({
			kind: 'failed',
			before: { tags: BEFORE },
			error: { outcomeUnknown: true },
		});
		expect(log.filter((line) => line.startsWith('PUT'))).toHaveLength(2);
	});

	it('before one that is turned away counts all the same: no third write', async () => {
		const unavailable = answer(503, '');
		const { outcome, log } = await write([READ, reply, READ, unavailable, READ, reply, READ]);
		expect(outcome).toMatchObject({ kind: 'failed', error: { outcomeUnknown: true } });
		expect(log.filter((line) => line.startsWith('PUT'))).toHaveLength(3);
		const gone = await write([READ, reply, READ, unavailable, answer(404, {})]);
		expect(gone.outcome).toMatchObject({ kind: 'gone', before: { tags: BEFORE } });
	});

	it('after which the network is gone', async () => {
		const { outcome } = await write([READ, reply, answer(404, {})]);
		expect(outcome).toMatchObject({ kind: 'gone', before: { tags: BEFORE }, error: { kind: 'notFound' } });
	});

	it('after which it cannot be read: nobody knows', async () => {
		const { outcome } = await write([READ, reply, answer(403, {})]);
		expect(outcome).toMatchObject({
			kind: 'failed',
			before: { tags: BEFORE },
			error: { outcomeUnknown: true },
		});
	});

	it('after which the run is cancelled: not "next run", since nobody knows', async () => {
		const { outcome } = await write([READ, reply], { isCancelled: (nowMs) => nowMs > 500 });
		expect(outcome).toMatchObject({ kind: 'failed', error: { outcomeUnknown: true } });
	});

	it('after which the time is over: nobody knows', async () => {
		const latencyMs = ({ method }: HttpRequest) => (method === 'PUT' ? 11_000 : 1);
		const { outcome } = await write([READ, reply], { budgetSeconds: 12, latencyMs });
		expect(outcome).toMatchObject({ kind: 'failed', error: { outcomeUnknown: true } });
	});

	it('that did not land, and is refused the second time: failed, with the words', async () => {
		const { outcome } = await write([READ, reply, READ, answer(400, { errors: ['no'] })]);
		expect(outcome).toMatchObject({ kind: 'failed', error: { merakiErrors: ['no'], outcomeUnknown: false } });
	});

	it('that lands late and moves the network out of view', async () => {
		const { outcome } = await write([READ, reply, READ, answer(404, {})]);
		expect(outcome).toMatchObject({ kind: 'gone', before: { tags: BEFORE } });
	});

	it('that a read shows not to have landed, with no time for another: next run', async () => {
		const { outcome, log } = await write([READ, reply, READ], { budgetSeconds: 15, latencyMs: 1500 });
		expect(outcome).toMatchObject({
			kind: 'nextRun',
			why: 'outOfTime',
			cause: expect.stringContaining('(PUT '),
		});
		expect(log).toHaveLength(3);
	});
});

describe('a write that a gateway calls unavailable (503)', () => {
	const unavailable = answer(503, '');

	it('but that landed all the same is done: it was written, and has to be told', async () => {
		const { outcome } = await write([READ, unavailable, shows(AFTER)]);
		expect(outcome).toMatchObject({ kind: 'done', shownBy: 'laterRead', before: { tags: BEFORE } });
	});

	it('is written again as often as one that Meraki turned away, each time on a fresh read', async () => {
		const turned = [READ, unavailable, READ, unavailable, READ, unavailable, READ, unavailable];
		const { outcome } = await write([...turned, READ, shows(AFTER)]);
		expect(outcome).toMatchObject({ kind: 'done', shownBy: 'answer' });
	});

	it('leaves nothing open when the run is cancelled', async () => {
		const { outcome } = await write([READ, unavailable], { isCancelled: (nowMs) => nowMs > 500 });
		expect(outcome).toMatchObject({ kind: 'nextRun', why: 'cancelled' });
	});
});

describe('a write that lands after its time-out, while its network is read', () => {
	it('is found, not repeated', async () => {
		const { reply, faults, tags } = dashboard({ [ID]: BEFORE });
		faults.push(
			() => undefined,
			(_, land) => {
				land();
				return noAnswer('ETIMEDOUT');
			},
		);
		const { outcome, log } = await write(reply);
		expect(outcome).toMatchObject({ kind: 'done', shownBy: 'laterRead' });
		expect(tags.get(ID)).toEqual(AFTER);
		expect(log.filter((line) => line.startsWith('PUT'))).toHaveLength(1);
	});
});
