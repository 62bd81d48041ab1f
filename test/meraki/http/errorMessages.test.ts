import { answer, errorOf, noAnswer, ok, type Reply, scripted } from '../support/scripted';

const fault = (status: number, headers = {}): Reply => answer(status, '<html>oops</html>', headers);

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
			says: 'a status between good and bad',
			reply: answer(300, ''),
			kind: 'badAnswer',
			message:
				"Meraki's answer could not be read (GET /organizations/1, status 300). The next run tries again; check that the region or custom URL is right if it lasts.",
		},
		{
			says: 'a name without an address',
			reply: noAnswer('ENOTFOUND'),
			kind: 'network',
			message:
				'api.meraki.com did not answer: its name was not found (DNS) (GET /organizations/1). Check the network, proxy and DNS of the n8n host; the next run tries again.',
		},
		{
			says: 'a self-signed certificate',
			reply: noAnswer('DEPTH_ZERO_SELF_SIGNED_CERT'),
			kind: 'certificate',
			message:
				'The TLS certificate shown for api.meraki.com is not trusted: it is self-signed (GET /organizations/1). Find out which proxy or firewall answers in its place and have its certificate authority trusted on the n8n host (NODE_EXTRA_CA_CERTS), or correct the custom URL; check the clock of the host, too.',
		},
		{
			says: 'a proxy that wants a login',
			reply: answer(407, '<html>Proxy Authentication Required</html>'),
			kind: 'proxy',
			message:
				'The proxy between n8n and Meraki requires a login, and passed nothing on (GET /organizations/1, status 407). Put the user name and password into the proxy address of the n8n host (HTTPS_PROXY).',
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
		expect(error).toMatchObject({ outcomeUnknown: true, status: null, merakiErrors: [], requestId: null });
	});

	it('says of a run whose time is over why, once, and of one that was cancelled', async () => {
		const limited = answer(429, { errors: ['Slow down'] }, { 'retry-after': '20' });
		const late = scripted({ replies: [limited], budgetSeconds: 20 });
		expect((await errorOf(late.client.organization('1'))).message).toBe(
			"The time of this run is over; the rest is for the next run (GET /organizations/1, status 429). Before that: Meraki's request limit was exceeded (GET /organizations/1, status 429). Meraki says: “Slow down”. Other tools share this limit; the next run tries again.",
		);
		const cancelled = scripted({ replies: [], isCancelled: () => true });
		expect((await errorOf(cancelled.client.organization('1'))).message).toBe(
			'The run was cancelled (GET /organizations/1).',
		);
	});

	it('says of an action batch that failed that nothing was changed, and of one that waits what is wrong', async () => {
		const failed = { id: '1', actions: [], status: { failed: true, errors: ['no'] } };
		const run = scripted({ replies: [ok(failed), ok({ id: '1', actions: [], confirmed: false })] });
		const progress = await run.client.createBatch('1', []);
		expect(progress.kind === 'failed' ? progress.error.message : progress).toBe(
			'Meraki could not carry out the action batch, and so changed nothing (POST /organizations/1/actionBatches). Meraki says: “no”. Correct what Meraki names, then run again.',
		);
		expect((await errorOf(run.client.createBatch('1', []))).message).toContain(
			"Meraki's answer is not as documented: .confirmed is false (POST /organizations/1/actionBatches, status 200).",
		);
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
			'CERT_HAS_EXPIRED',
			'SELF_SIGNED_CERT_IN_CHAIN',
		];
		const words = /EACCES|EADDR|ECONN|EEXIST|EISDIR|EMFILE|ENOENT|ENOT|EPERM|EPIPE|ETIMEDOUT|EAI_|EHOST/i;
		const replies = [
			...codes.map(noAnswer),
			...[400, 401, 403, 404, 407, 429, 500].map((status) => answer(status, {})),
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
