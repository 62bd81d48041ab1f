import { createMerakiClient } from '../../meraki/client';
import { NETWORK, ORGANIZATION } from './support/examples';
import { answer, errorOf, noAnswer, ok, type Reply, scripted } from './support/scripted';

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
			is: { kind: 'network', status: null, mayHaveLanded: true },
		},
		{
			says: 'a gateway that gave up',
			reply: fault(504),
			is: { kind: 'server', status: 504, mayHaveLanded: true },
		},
		{ says: 'a bad gateway', reply: fault(502), is: { kind: 'server', status: 502, mayHaveLanded: true } },
		{ says: 'unavailable', reply: fault(503), is: { kind: 'server', status: 503, mayHaveLanded: false } },
		{
			says: 'a cut-off answer',
			reply: ok('{"id"'),
			is: { kind: 'badAnswer', status: 200, mayHaveLanded: true },
		},
		{
			says: 'trap 13: an error object as 200',
			reply: ok({ errors: ['no'] }),
			is: { kind: 'badAnswer', mayHaveLanded: true, merakiErrors: ['no'] },
		},
		{
			says: 'trap 16: another network',
			reply: ok({ ...NETWORK, id: 'N_2' }),
			is: { kind: 'badAnswer', mayHaveLanded: true },
		},
		{
			says: 'too many requests',
			reply: answer(429, {}, { 'retry-after': '4' }),
			is: { kind: 'rateLimited', mayHaveLanded: false, retryAfterSeconds: 4 },
		},
	])('$says', async ({ reply, is }) => {
		const run = scripted({ replies: [reply] });
		expect(await errorOf(run.client.writeTags(NETWORK.id, ['a']))).toMatchObject(is);
		expect(run.requests).toHaveLength(1);
	});

	it('is not sent at all after waiting long for its turn', async () => {
		const replies = [answer(429, {}, { 'retry-after': '6' }), answer(429, {}, { 'retry-after': '6' })];
		const run = scripted({ replies });
		await errorOf(run.client.writeTags('N_1', []));
		const error = await errorOf(run.client.writeTags('N_1', []));
		expect(error).toMatchObject({ kind: 'rateLimited', mayHaveLanded: false });
		expect(error.message).toContain('was not sent');
		expect(run.requests).toHaveLength(1);
	});

	it('is sent after a short wait', async () => {
		const run = scripted({ replies: [answer(429, {}, { 'retry-after': '5' }), ok(NETWORK)] });
		await errorOf(run.client.writeTags(NETWORK.id, []));
		await run.client.writeTags(NETWORK.id, []);
		expect(sentAt(run.requests)).toEqual([0, 5000]);
	});
});

describe('the budget in seconds', () => {
	it('ends at once when a wait does not fit, and keeps what it was for', async () => {
		const reply = answer(
			429,
			{ errors: ['API rate limit exceeded'] },
			{ 'retry-after': '20', 'x-request-id': 'r-1' },
		);
		const run = scripted({ replies: [reply], budgetSeconds: 20 });
		const error = await errorOf(run.client.organization('1'));
		expect(error).toMatchObject({
			kind: 'outOfTime',
			status: 429,
			merakiErrors: ['API rate limit exceeded'],
			requestId: 'r-1',
			retryAfterSeconds: 20,
		});
		expect(error.lastCause).toContain('request limit');
		expect(error.message).toContain(`Before that: ${error.lastCause}`);
		expect(run.time.elapsedMs()).toBe(0);
	});

	it('waits when it just fits, and gives the call what is left', async () => {
		const run = scripted({
			replies: [fault(503, { 'retry-after': '19' }), ok(ORGANIZATION)],
			budgetSeconds: 20,
		});
		await run.client.organization('2930418');
		expect(run.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([20_000, 1000]);
	});

	it('sends nothing when it is used up', async () => {
		const run = scripted({ replies: [], budgetSeconds: 0 });
		expect(await errorOf(run.client.organization('1'))).toMatchObject({
			kind: 'outOfTime',
			lastCause: null,
			status: null,
		});
		expect(run.client.remainingMs()).toBe(0);
	});

	it('counts the time that redirects take, but not their attempts', async () => {
		const replies = () => answer(302, '', { location: `/elsewhere` });
		const run = scripted({ replies, budgetSeconds: 3, latencyMs: 3000 });
		expect(await errorOf(run.client.organization('1'))).toMatchObject({ kind: 'outOfTime' });
		expect(run.requests).toHaveLength(1);
	});

	it('is 60 seconds when nobody says', () => {
		const { surroundings } = scripted({ replies: [] });
		expect(createMerakiClient({ baseUrl: 'https://m.test/api/v1', surroundings }).remainingMs()).toBe(60_000);
	});
});

describe('the time of one call', () => {
	it('is 30 s, and 60 s for the two big reads', async () => {
		const run = scripted({
			replies: ({ url }) =>
				ok(/networks|Loss/.test(url) && !/N_/.test(url) ? [] : /N_/.test(url) ? NETWORK : ORGANIZATION),
		});
		await run.client.organization('2930418');
		await run.client.network(NETWORK.id);
		await run.client.writeTags(NETWORK.id, []);
		await run.client.networks('1');
		await run.client.lossAndLatency('1', { kind: 'newest' });
		expect(run.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([30_000, 30_000, 30_000, 60_000, 60_000]);
	});
});

describe('a cancelled run', () => {
	it('sends nothing more', async () => {
		const run = scripted({ replies: [], isCancelled: () => true });
		expect(await errorOf(run.client.organization('1'))).toMatchObject({ kind: 'cancelled' });
		expect(run.client.isCancelled()).toBe(true);
	});

	it('ends within a second of a long wait', async () => {
		const run = scripted({
			replies: [answer(429, {}, { 'retry-after': '60' })],
			isCancelled: (nowMs) => nowMs >= 2500,
		});
		expect(await errorOf(run.client.organization('1'))).toMatchObject({ kind: 'cancelled' });
		expect(run.time.elapsedMs()).toBe(3000);
	});
});

describe('what an error says', () => {
	it.each([
		{
			says: 'a wrong key',
			reply: answer(401, { errors: ['Missing API key'] }),
			kind: 'auth',
			message:
				'Meraki refused the API key (GET /organizations/1, status 401). Meraki says: “Missing API key”. Check the API key and the region in the credential.',
		},
		{
			says: 'no permission',
			reply: answer(403, ''),
			kind: 'forbidden',
			message:
				"Meraki denied access (GET /organizations/1, status 403). Check the role of the key's administrator, and the organization's allowed IP addresses for API access.",
		},
		{
			says: 'API access off',
			reply: answer(404, { errors: ['API access is off'] }),
			kind: 'notFound',
			message:
				'Meraki found nothing that this key can see (GET /organizations/1, status 404). Meraki says: “API access is off”. Check the ID and the region, and that API access is switched on in the organization.',
		},
		{
			says: 'bad input',
			reply: answer(400, { errors: ["'tags' must be an array", 'b'] }),
			kind: 'badRequest',
			message:
				"Meraki refused the request (GET /organizations/1, status 400). Meraki says: “'tags' must be an array” “b”. Correct what Meraki names, then run again.",
		},
		{
			says: 'a fault, after all tries',
			reply: fault(500),
			kind: 'server',
			message:
				'Meraki had a fault of its own (GET /organizations/1, status 500). The next run tries again; see status.meraki.net if it lasts.',
		},
		{
			says: 'a page instead of JSON',
			reply: ok('<html>'),
			kind: 'badAnswer',
			message:
				"Meraki's answer could not be read: it is not JSON, or was cut off (GET /organizations/1, status 200). The next run tries again; check that the region or custom URL is right if it lasts.",
		},
		{
			says: 'a status that means nothing here',
			reply: answer(304, ''),
			kind: 'badAnswer',
			message:
				"Meraki's answer could not be read (GET /organizations/1, status 304). The next run tries again; check that the region or custom URL is right if it lasts.",
		},
		{
			says: 'a name without an address',
			reply: noAnswer('ENOTFOUND'),
			kind: 'network',
			message:
				'api.meraki.com did not answer: its name was not found (DNS) (GET /organizations/1). Check the network, proxy and DNS of the n8n host; the next run tries again.',
		},
		{
			says: 'a code that nobody knows',
			reply: noAnswer('EWEIRD'),
			kind: 'network',
			message:
				'api.meraki.com did not answer (GET /organizations/1). Check the network, proxy and DNS of the n8n host; the next run tries again.',
		},
		{
			says: 'a missing field',
			reply: ok({ id: '1' }),
			kind: 'badAnswer',
			message:
				"Meraki's answer is not as documented: .name is missing, not text (GET /organizations/1, status 200). The next run tries again; check that the region or custom URL is right if it lasts.",
		},
	])('$says', async ({ reply, kind, message }) => {
		const error = await errorOf(scripted({ replies: () => reply }).client.organization('1'));
		expect(error).toMatchObject({
			kind,
			message,
			method: 'GET',
			path: '/organizations/1',
			name: 'MerakiApiError',
		});
	});

	it('says of a write without an answer that nobody knows', async () => {
		const error = await errorOf(scripted({ replies: [noAnswer('EPIPE')] }).client.writeTags('N_1', []));
		expect(error.message).toContain('It is not known whether the change took effect.');
	});

	it('carries the request id for a support case', async () => {
		const reply = answer(400, {}, { 'x-request-id': 'abc\u0007-1' });
		expect((await errorOf(scripted({ replies: [reply] }).client.organization('1'))).requestId).toBe('abc -1');
	});

	it('never contains an error code of Node, which n8n would replace by a sentence of its own', async () => {
		const codes = [
			'ECONNRESET',
			'EPIPE',
			'ECONNREFUSED',
			'ECONNABORTED',
			'ETIMEDOUT',
			'ENOTFOUND',
			'EAI_AGAIN',
			'EHOSTUNREACH',
		];
		const words = /EACCES|EADDR|ECONN|EEXIST|EISDIR|EMFILE|ENOENT|ENOT|EPERM|EPIPE|ETIMEDOUT|EAI_|EHOST/i;
		const replies = [
			...codes.map(noAnswer),
			...[400, 401, 403, 404, 429, 500].map((status) => answer(status, {})),
		];
		for (const reply of replies) {
			const error = await errorOf(scripted({ replies: () => reply }).client.organization('1'));
			expect(error.message).not.toMatch(words);
		}
	});

	it('hides the key that only the caller knows, and what looks like one', async () => {
		const key = 'ab12'.repeat(10);
		const replies = [answer(400, { errors: [`open sesame ${key}`] }, { 'x-request-id': key })];
		const redact = (text: string) => text.replaceAll('open sesame', '[mine]');
		const error = await errorOf(scripted({ replies, client: { redact } }).client.organization('1'));
		expect(error.merakiErrors).toEqual(['[mine] [hidden]']);
		expect(JSON.stringify([error, error.message])).not.toMatch(new RegExp(`${key}|sesame`));
	});
});
