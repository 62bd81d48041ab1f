import { isMerakiApiError, MerakiApiError } from '../../../meraki/http/merakiApiError';
import { ACCEPT, USER_AGENT } from '../../../meraki/http/headers';
import { ORGANIZATION, PEER, SECRET_CANARY } from '../support/examples';
import { answer, DATE_AT, errorOf, noAnswer, ok, scripted } from '../support/scripted';

describe("the API's clock", () => {
	const at = (date: string) => ok(ORGANIZATION, { date });

	it('is the Date of the newest good answer', async () => {
		const run = scripted({ replies: [ok(ORGANIZATION), at('Sun, 22 Nov 2026 12:00:05 GMT')] });
		expect(run.client.now()).toBeUndefined();
		await run.client.organization('2930418');
		expect(run.client.now()).toBe(DATE_AT);
		await run.client.organization('2930418');
		expect(run.client.nowOrThrow()).toBe(DATE_AT + 5000);
	});

	it.each([
		{ says: 'a garbled date', reply: at('yesterday') },
		{
			says: 'a refusal, which may be of a proxy',
			reply: answer(404, {}, { date: 'Sun, 22 Nov 2099 12:00:00 GMT' }),
		},
		{ says: 'no answer', reply: noAnswer('ECONNRESET') },
	])('is not moved by $says', async ({ reply }) => {
		const run = scripted({ replies: [ok(ORGANIZATION), reply], attempts: 1 });
		await run.client.organization('2930418');
		await run.client.organization('2930418').catch(() => undefined);
		expect(run.client.now()).toBe(DATE_AT);
	});

	it('is an error to ask for when no answer has told it', async () => {
		const run = scripted({ replies: [{ kind: 'answer', status: 200, headers: {}, body: ORGANIZATION }] });
		await run.client.organization('2930418');
		expect(run.client.now()).toBeUndefined();
		const error = await errorOf((async () => run.client.nowOrThrow())());
		expect(error).toMatchObject({ kind: 'badAnswer' });
		expect(error.message).toBe(
			'No answer carried the time of the API (its Date header), by which decisions are judged (GET /). The next run tries again; check that the region or custom URL is right if it lasts.',
		);
	});
});

describe('the secret of a peer', () => {
	it('is in no result and in no error, whatever happens to the answer', async () => {
		const whole = JSON.stringify({ peers: [PEER] });
		const replies = [
			ok({ peers: [PEER, { ...PEER, name: null }] }),
			ok([PEER]),
			ok({ peers: { secret: SECRET_CANARY } }),
			ok(whole.slice(0, -5)),
			answer(502, whole),
			answer(400, { peers: [PEER], errors: ['bad'] }),
			answer(403, { errors: [{ secret: SECRET_CANARY }] }),
		];
		const told: unknown[] = [];
		for (const reply of replies) {
			const { client } = scripted({ replies: () => reply });
			const result: unknown = await client.vpnPeers('1').catch((error: unknown) => error);
			told.push(result, String(result));
			if (isMerakiApiError(result)) told.push(result.message, result.stack, { ...result });
		}
		expect(told.length).toBeGreaterThan(replies.length * 4);
		expect(JSON.stringify(told)).not.toContain(SECRET_CANARY);
	});
});

describe('the guard of the error', () => {
	it('knows the error, and no other', () => {
		expect(
			isMerakiApiError(new MerakiApiError({ kind: 'auth', message: 'm', method: 'GET', path: '/' })),
		).toBe(true);
		expect(isMerakiApiError(new Error('m'))).toBe(false);
		expect(isMerakiApiError({ name: 'MerakiApiError' })).toBe(false);
		expect(isMerakiApiError(undefined)).toBe(false);
	});
});

describe('what the transport sends with every request', () => {
	it("is Meraki's documented shape: letters and digits in each name", () => {
		expect(USER_AGENT).toMatch(/^[A-Za-z0-9]+\/[0-9.]+ [A-Za-z0-9]+$/);
		expect(ACCEPT).toBe('application/json');
	});
});
