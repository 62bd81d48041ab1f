import { isMerakiApiError } from '../../meraki/errors';
import { singlePuts } from '../../meraki/singlePuts';
import type { HttpRequest } from '../../meraki/transport';
import type { WriteJob, WriteOutcome, WritePlan } from '../../meraki/writeStrategy';
import { dashboard } from './support/dashboard';
import { NETWORK } from './support/examples';
import { answer, DATE, DATE_AT, noAnswer, ok, type Reply, scripted, type Scripted } from './support/scripted';

const ID = NETWORK.id;
const BEFORE = ['office', 'london_primary_up', 'paris_backup_down', 'office'];
const AFTER = ['office', 'london_primary_down', 'paris_backup_up', 'office'];

type Reason = 'overtaken';

/** Moves a network that shows the tags of before, and leaves any other alone. */
function failover(network: { readonly tags: readonly string[] }): WritePlan<Reason> {
	if (!network.tags.includes('london_primary_up')) return { kind: 'skip', reason: 'overtaken' };
	const swap: Record<string, string> = {
		london_primary_up: 'london_primary_down',
		paris_backup_down: 'paris_backup_up',
	};
	return { kind: 'write', tags: network.tags.map((tag) => swap[tag] ?? tag) };
}

async function write(
	replies: Scripted['replies'],
	more: Partial<Scripted> = {},
	job: Partial<WriteJob<Reason>> = {},
) {
	const run = scripted({ replies, ...more });
	const results = await singlePuts(run.client).write([{ networkId: ID, plan: failover, ...job }]);
	expect(results.map(({ networkId }) => networkId)).toEqual([job.networkId ?? ID]);
	if (Array.isArray(replies)) expect(run.requests).toHaveLength(replies.length);
	const log = run.requests.map(({ method, atMs }) => `${method} ${atMs}`);
	return { outcome: results[0]?.outcome as WriteOutcome<Reason>, log, run };
}

const shows = (tags: readonly string[], more = {}) => ok({ ...NETWORK, tags, ...more });
const READ = shows(BEFORE);

describe('R7: a write is done when an answer shows it', () => {
	it("trap 11: the PUT's own answer", async () => {
		const { outcome, log } = await write([READ, shows(AFTER)]);
		expect(outcome).toMatchObject({ kind: 'done', shownBy: 'answer', sideEffects: [] });
		expect(outcome).toMatchObject({ before: { tags: BEFORE }, after: { tags: AFTER } });
		expect(log).toEqual(['GET 0', 'PUT 200']);
	});

	it.each([
		{ says: 'in another order', tags: [...AFTER].reverse(), sideEffects: [] },
		{ says: 'without its duplicates', tags: [...new Set(AFTER)], sideEffects: [] },
		{
			says: 'with a tag that another admin added meanwhile',
			tags: [...AFTER, 'new'],
			sideEffects: ['otherTags'],
		},
		{
			says: 'trap 1: with a foreign tag gone, which must be told',
			tags: AFTER.filter((tag) => tag !== 'office'),
			sideEffects: ['otherTags'],
		},
		{
			says: 'with a foreign tag in another case',
			tags: AFTER.map((tag) => tag.replace('o', 'O')).map((tag, n) => (n === 0 ? tag : (AFTER[n] ?? ''))),
			sideEffects: ['otherTags'],
		},
	])('$says', async ({ tags, sideEffects }) => {
		const { outcome } = await write([READ, shows(tags)]);
		expect(outcome).toMatchObject({ kind: 'done', shownBy: 'answer', sideEffects });
	});

	it('tells what else is not as before, though only tags were sent', async () => {
		const { outcome } = await write([READ, shows(AFTER, { name: 'x', timeZone: 'UTC', notes: null })]);
		expect(outcome).toMatchObject({ kind: 'done', sideEffects: ['name', 'timeZone', 'notes'] });
	});

	it.each([
		{
			says: 'after 2 s',
			replies: [shows(BEFORE), shows(AFTER)],
			log: ['GET 0', 'PUT 200', 'GET 2200'],
			kind: 'done',
		},
		{
			says: 'after 5 s',
			replies: [shows(BEFORE), shows(BEFORE), shows(AFTER)],
			log: ['GET 0', 'PUT 200', 'GET 2200', 'GET 5200'],
			kind: 'done',
		},
		{
			says: 'not yet: accepted, and not written again',
			replies: [shows(BEFORE), shows(BEFORE), shows(BEFORE)],
			log: ['GET 0', 'PUT 200', 'GET 2200', 'GET 5200'],
			kind: 'accepted',
		},
		{
			says: 'half of it is not it',
			replies: [
				shows(['london_primary_down', 'paris_backup_down']),
				shows(['paris_backup_up', 'london_primary_up']),
				shows(BEFORE),
			],
			log: ['GET 0', 'PUT 200', 'GET 2200', 'GET 5200'],
			kind: 'accepted',
		},
		{
			says: 'another case is not it',
			replies: [shows(AFTER.map((tag) => tag.toUpperCase())), shows(BEFORE), shows(AFTER)],
			log: ['GET 0', 'PUT 200', 'GET 2200', 'GET 5200'],
			kind: 'done',
		},
		{
			says: 'an unreadable read proves nothing',
			replies: [shows(BEFORE), answer(403, {}), shows(AFTER)],
			log: ['GET 0', 'PUT 200', 'GET 2200', 'GET 5200'],
			kind: 'done',
		},
	])('or a later read: $says', async ({ replies, log, kind }) => {
		const result = await write([READ, ...replies]);
		expect(result.outcome.kind).toBe(kind);
		if (kind === 'done') expect(result.outcome).toMatchObject({ shownBy: 'laterRead' });
		if (kind === 'accepted') expect(result.outcome).toMatchObject({ before: { tags: BEFORE }, tags: AFTER });
		expect(result.log).toEqual(log);
	});

	it('a 404 afterwards: the network left the view of this key', async () => {
		const { outcome } = await write([READ, shows(BEFORE), answer(404, {})]);
		expect(outcome).toMatchObject({ kind: 'gone', before: { tags: BEFORE }, error: { kind: 'notFound' } });
	});

	it('a run that is cancelled while it looks again has written', async () => {
		const { outcome, log } = await write([READ, shows(BEFORE)], { isCancelled: (nowMs) => nowMs > 1000 });
		expect(outcome.kind).toBe('accepted');
		expect(log).toEqual(['GET 0', 'PUT 200']);
	});
});

describe('R6: a plan on tags just read', () => {
	it('may leave the network alone, and says why', async () => {
		const { outcome, log } = await write([shows(AFTER)]);
		expect(outcome).toMatchObject({ kind: 'skipped', reason: 'overtaken', network: { tags: AFTER } });
		expect(log).toEqual(['GET 0']);
	});

	it("is told the API's clock of that read", async () => {
		const asked: number[] = [];
		const plan: WriteJob<Reason>['plan'] = (network, apiNow) => {
			asked.push(apiNow);
			return failover(network);
		};
		const later = 'Sun, 22 Nov 2026 12:00:40 GMT';
		const replies = [
			READ,
			answer(429, {}, { 'retry-after': '3' }),
			{ ...READ, headers: { date: later } },
			shows(AFTER),
		];
		await write(replies as Reply[], {}, { plan });
		expect(asked).toEqual([DATE_AT, DATE_AT + 40_000]);
	});

	it('cannot be judged without that clock: nothing is written', async () => {
		const { outcome, log } = await write([{ ...READ, headers: {} }]);
		expect(outcome).toMatchObject({ kind: 'failed', error: { kind: 'badAnswer' } });
		expect(log).toEqual(['GET 0']);
	});

	it.each([
		{ says: 'an error', thrown: new TypeError('ours'), message: 'ours' },
		{ says: 'anything else', thrown: 'ours', message: 'ours' },
	])(
		'that throws $says harms no other network, and does not hide what was written',
		async ({ thrown, message }) => {
			const { reply } = dashboard({ N_1: BEFORE, N_2: BEFORE });
			const run = scripted({ replies: reply });
			const plan = (): WritePlan<Reason> => {
				throw thrown;
			};
			const results = await singlePuts(run.client).write([
				{ networkId: 'N_1', plan },
				{ networkId: 'N_2', plan: failover },
			]);
			expect(results).toMatchObject([
				{ outcome: { kind: 'failed', error: { message } } },
				{ outcome: { kind: 'done' } },
			]);
			expect(isMerakiApiError((results[0]?.outcome as { readonly error: unknown }).error)).toBe(false);
		},
	);
});

describe('a refused write', () => {
	it.each([
		{
			says: '400: the tags are not writable there',
			reply: answer(400, { errors: ['bound to a template'] }),
			is: { kind: 'badRequest', merakiErrors: ['bound to a template'] },
		},
		{ says: '403: read-only', reply: answer(403, {}), is: { kind: 'forbidden' } },
		{
			says: '404: gone between read and write, so nothing was written',
			reply: answer(404, {}),
			is: { kind: 'notFound' },
		},
	])('trap 11: failed, with the words: $says', async ({ reply, is }) => {
		const { outcome, log } = await write([READ, reply]);
		expect(outcome).toMatchObject({
			kind: 'failed',
			before: { tags: BEFORE },
			error: { ...is, mayHaveLanded: false },
		});
		expect(log).toHaveLength(2);
	});

	it.each([
		{ says: 'not there', reply: answer(404, {}), is: { kind: 'notFound' } },
		{ says: 'trap 13: an error body', reply: ok({ errors: ['x'] }), is: { kind: 'badAnswer' } },
		{
			says: 'a tag that is no text',
			reply: shows([...BEFORE, 5 as unknown as string]),
			is: { kind: 'badAnswer' },
		},
	])('a network that cannot be read is not written: $says', async ({ reply, is }) => {
		const { outcome, log } = await write([reply]);
		expect(outcome).toMatchObject({ kind: 'failed', before: null, error: is });
		expect(log).toEqual(['GET 0']);
	});
});

describe('trap 12: a write that Meraki turned away undone is planned anew on a fresh read', () => {
	it.each([
		{
			says: '429 that says when',
			reply: answer(429, {}, { 'retry-after': '3' }),
			log: ['GET 0', 'PUT 200', 'GET 3200', 'PUT 3400'],
		},
		{ says: '429 without a word', reply: answer(429, {}), log: ['GET 0', 'PUT 200', 'GET 1200', 'PUT 1400'] },
		{ says: '503', reply: answer(503, ''), log: ['GET 0', 'PUT 200', 'GET 1200', 'PUT 1400'] },
	])('$says', async ({ reply, log }) => {
		const fresh = [...BEFORE, 'added by another admin'];
		const result = await write([READ, reply, shows(fresh), shows([...AFTER, 'added by another admin'])]);
		expect(result.outcome).toMatchObject({ kind: 'done', before: { tags: fresh }, sideEffects: [] });
		expect(result.run.requests[3]?.body).toEqual({ tags: [...AFTER, 'added by another admin'] });
		expect(result.log).toEqual(log);
	});

	it('five times at most', async () => {
		const replies = ({ method }: HttpRequest) =>
			method === 'GET' ? READ : answer(503, { errors: ['busy'] });
		const { outcome, log } = await write(replies);
		expect(outcome).toMatchObject({ kind: 'failed', error: { kind: 'server', merakiErrors: ['busy'] } });
		expect(log.filter((line) => line.startsWith('PUT'))).toHaveLength(5);
	});

	it('leaves it when the fresh read shows that it was overtaken', async () => {
		const { outcome } = await write([READ, answer(429, {}), shows(AFTER)]);
		expect(outcome).toMatchObject({ kind: 'skipped', reason: 'overtaken' });
	});
});

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
			error: { mayHaveLanded: true },
		});
		expect(log.filter((line) => line.startsWith('PUT'))).toHaveLength(2);
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
			error: { mayHaveLanded: true },
		});
	});

	it('after which the run is cancelled: not "next run", since nobody knows', async () => {
		const { outcome } = await write([READ, reply], { isCancelled: (nowMs) => nowMs > 500 });
		expect(outcome).toMatchObject({ kind: 'failed', error: { mayHaveLanded: true } });
	});

	it('after which the time is over: nobody knows', async () => {
		const latencyMs = ({ method }: HttpRequest) => (method === 'PUT' ? 11_000 : 1);
		const { outcome } = await write([READ, reply], { budgetSeconds: 12, latencyMs });
		expect(outcome).toMatchObject({ kind: 'failed', error: { mayHaveLanded: true } });
	});

	it('that did not land, and is refused the second time: failed, with the words', async () => {
		const { outcome } = await write([READ, reply, READ, answer(400, { errors: ['no'] })]);
		expect(outcome).toMatchObject({ kind: 'failed', error: { merakiErrors: ['no'], mayHaveLanded: false } });
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

describe('the end of a run', () => {
	const jobs = (count: number) =>
		Array.from({ length: count }, (_, n) => ({ networkId: `N_${n}`, plan: failover }));
	const many = (count: number) =>
		dashboard(Object.fromEntries(jobs(count).map(({ networkId }) => [networkId, BEFORE])));

	it('by cancelling: what is not written is for the next run, each network reported once, in order', async () => {
		const { reply, tags } = many(20);
		const run = scripted({ replies: reply, isCancelled: (nowMs) => nowMs >= 2000 });
		const results = await singlePuts(run.client).write(jobs(20));
		expect(results.map(({ networkId }) => networkId)).toEqual(jobs(20).map(({ networkId }) => networkId));
		const written = [...tags].filter(([, now]) => now.includes('paris_backup_up')).map(([id]) => id);
		expect(written.length).toBeGreaterThan(0);
		expect(
			results.filter(({ outcome }) => outcome.kind === 'done').map(({ networkId }) => networkId),
		).toEqual(written);
		const rest = results.filter(({ outcome }) => outcome.kind === 'nextRun');
		expect(rest).toHaveLength(20 - written.length);
		expect(rest.at(-1)?.outcome).toEqual({ kind: 'nextRun', why: 'cancelled', cause: null });
	});

	it('by time: no write is begun in the last ten seconds', async () => {
		const { reply, tags } = many(20);
		const run = scripted({ replies: reply, budgetSeconds: 12 });
		const results = await singlePuts(run.client).write(jobs(20));
		const written = [...tags].filter(([, now]) => now.includes('paris_backup_up'));
		expect(written.length).toBeGreaterThan(3);
		expect(results.filter(({ outcome }) => outcome.kind === 'done')).toHaveLength(written.length);
		expect(results.at(-1)?.outcome).toEqual({ kind: 'nextRun', why: 'outOfTime', cause: null });
	});

	it('by a wait that does not fit: at once, with the cause', async () => {
		const { outcome, log } = await write([answer(429, {}, { 'retry-after': '30' })], { budgetSeconds: 20 });
		expect(outcome).toMatchObject({
			kind: 'nextRun',
			why: 'outOfTime',
			cause: expect.stringContaining('request limit'),
		});
		expect(log).toEqual(['GET 0']);
	});

	it('by cancelling before the first call', async () => {
		const { outcome } = await write([], { isCancelled: () => true });
		expect(outcome).toEqual({ kind: 'nextRun', why: 'cancelled', cause: null });
	});
});

describe('many networks', () => {
	it('are written four at once, within the request limit', async () => {
		const ids = Array.from({ length: 9 }, (_, n) => `N_${n}`);
		const { reply } = dashboard(Object.fromEntries(ids.map((id) => [id, BEFORE])));
		let open = 0;
		let most = 0;
		const run = scripted({ replies: reply, latencyMs: 1000 });
		const store = {
			...run.client,
			network: async (id: string) => {
				open += 1;
				most = Math.max(most, open);
				return await run.client.network(id);
			},
			writeTags: async (id: string, tags: readonly string[]) => {
				const network = await run.client.writeTags(id, tags);
				open -= 1;
				return network;
			},
		};
		const results = await singlePuts(store).write(ids.map((networkId) => ({ networkId, plan: failover })));
		expect(results.every(({ outcome }) => outcome.kind === 'done')).toBe(true);
		expect(most).toBe(4);
		const gaps = run.requests.slice(1).map(({ atMs }, n) => atMs - (run.requests[n]?.atMs ?? 0));
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(200);
	});

	it('trap 12: one that fails stops no other', async () => {
		const { reply } = dashboard({ N_1: BEFORE, N_3: BEFORE });
		const run = scripted({ replies: reply });
		const results = await singlePuts(run.client).write(
			['N_1', 'N_2', 'N_3'].map((networkId) => ({ networkId, plan: failover })),
		);
		expect(results.map(({ outcome }) => outcome.kind)).toEqual(['done', 'failed', 'done']);
	});

	it('trap 16: none receives the tags of another', async () => {
		const own = (id: string) => [`site_${id}`, 'london_primary_up', 'paris_backup_down'];
		const ids = ['N_1', 'N_2', 'N_3', 'N_4', 'N_5', 'N_6'];
		const { reply, tags } = dashboard(Object.fromEntries(ids.map((id) => [id, own(id)])));
		await singlePuts(scripted({ replies: reply }).client).write(
			ids.map((networkId) => ({ networkId, plan: failover })),
		);
		for (const id of ids)
			expect(tags.get(id)).toEqual([`site_${id}`, 'london_primary_down', 'paris_backup_up']);
	});

	it('are not asked for one by one when the key was refused', async () => {
		const run = scripted({ replies: () => answer(401, { errors: ['Invalid API key'] }) });
		const ids = Array.from({ length: 50 }, (_, n) => `N_${n}`);
		const results = await singlePuts(run.client).write(
			ids.map((networkId) => ({ networkId, plan: failover })),
		);
		expect(results).toHaveLength(50);
		expect(results.every(({ outcome }) => outcome.kind === 'failed' && outcome.before === null)).toBe(true);
		expect(run.requests.length).toBeLessThanOrEqual(4);
	});

	it('R6: two jobs for one network are refused before anything is sent', async () => {
		const run = scripted({ replies: [] });
		const job = { networkId: ID, plan: failover };
		await expect(singlePuts(run.client).write([job, job])).rejects.toThrow('two write jobs');
		expect(run.requests).toEqual([]);
	});

	it('none at all', async () => {
		expect(await singlePuts(scripted({ replies: [] }).client).write([])).toEqual([]);
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

it('the clock in these tests is the one of the answers', () => {
	expect(Date.parse(DATE)).toBe(DATE_AT);
});
