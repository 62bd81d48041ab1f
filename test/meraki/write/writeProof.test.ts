import { isMerakiApiError } from '../../../meraki/http/merakiApiError';
import { singlePuts } from '../../../meraki/write/singlePuts';
import type { WriteJob, WritePlan } from '../../../meraki/write/strategy';
import { dashboard } from '../support/dashboard';
import { answer, DATE_AT, type Reply, scripted } from '../support/scripted';
import { AFTER, BEFORE, failover, READ, type Reason, shows, write } from '../support/writing';

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
