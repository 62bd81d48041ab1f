import type { HttpRequest } from '../../../meraki/http/transport';
import { answer, ok } from '../support/scripted';
import { AFTER, BEFORE, READ, shows, write } from '../support/writing';

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
			error: { ...is, outcomeUnknown: false },
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
		expect(log.filter((line) => line.startsWith('PUT'))).toEqual([
			'PUT 200',
			'PUT 1400',
			'PUT 3600',
			'PUT 7800',
			'PUT 16000',
		]);
	});

	it('leaves it when the fresh read shows that it was overtaken', async () => {
		const { outcome } = await write([READ, answer(429, {}), shows(AFTER)]);
		expect(outcome).toMatchObject({ kind: 'skipped', reason: 'overtaken' });
	});
});
