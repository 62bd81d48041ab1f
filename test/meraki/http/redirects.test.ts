import { isAllowedHost } from '../../../meraki/http/redirects';
import { NETWORK, ORGANIZATION } from '../support/examples';
import { answer, errorOf, ok, scripted } from '../support/scripted';

const SHARD = 'https://n123.meraki.com/api/v1/networks/N_24329156';
const to = (status: number, location: string) => answer(status, '<html>moved</html>', { location });

describe('redirects', () => {
	it.each([301, 302, 303, 307, 308])('trap 17: after %i a PUT stays a PUT with its body', async (status) => {
		const run = scripted({ replies: [to(status, SHARD), ok(NETWORK)] });
		await run.client.writeTags(NETWORK.id, ['a', 'b']);
		expect(run.requests.map(({ method, url, body }) => ({ method, url, body }))).toEqual([
			{ method: 'PUT', url: 'https://api.meraki.com/api/v1/networks/N_24329156', body: { tags: ['a', 'b'] } },
			{ method: 'PUT', url: SHARD, body: { tags: ['a', 'b'] } },
		]);
	});

	it('a read is redirected by a relative address', async () => {
		const run = scripted({ replies: [to(302, '/api/v1/other'), ok(ORGANIZATION)] });
		await run.client.organization('2930418');
		expect(run.requests[1]).toMatchObject({ method: 'GET', url: 'https://api.meraki.com/api/v1/other' });
		expect(run.requests[1]).not.toHaveProperty('body');
	});

	it('a chain of three is followed', async () => {
		const replies = [to(302, `${SHARD}?1`), to(308, `${SHARD}?2`), to(307, `${SHARD}?3`), ok(NETWORK)];
		const run = scripted({ replies });
		await expect(run.client.network(NETWORK.id)).resolves.toMatchObject({ id: NETWORK.id });
	});

	it.each([
		{
			says: 'trap 17: a hostile host',
			replies: [to(308, 'https://evil.test/api/v1')],
			hops: 1,
			message: /https:\/\/evil\.test, which is not Meraki's/,
		},
		{
			says: 'trap 17: a host that only looks right',
			replies: [to(302, 'https://api.meraki.com.evil.test/')],
			hops: 1,
			message: /not Meraki's/,
		},
		{
			says: 'a hostile host at the second hop',
			replies: [to(302, SHARD), to(302, '//evil.test/')],
			hops: 2,
			message: /not Meraki's/,
		},
		{
			says: 'a downgrade to http',
			replies: [to(302, SHARD.replace('https', 'http'))],
			hops: 1,
			message: /not encrypted/,
		},
		{ says: 'another scheme', replies: [to(302, 'file:///etc/passwd')], hops: 1, message: /not Meraki's/ },
		{
			says: 'a circle of one',
			replies: [to(302, '/api/v1/networks/N_24329156')],
			hops: 1,
			message: /circle/,
		},
		{
			says: 'a circle of two',
			replies: [to(302, SHARD), to(302, 'https://api.meraki.com/api/v1/networks/N_24329156')],
			hops: 2,
			message: /circle/,
		},
		{
			says: 'four hops',
			replies: [1, 2, 3, 4].map((hop) => to(302, `${SHARD}?${hop}`)),
			hops: 4,
			message: /more than 3 times/,
		},
		{ says: 'no address', replies: [answer(302, '')], hops: 1, message: /without a usable address/ },
		{
			says: 'an address that is none',
			replies: [to(302, 'https://')],
			hops: 1,
			message: /without a usable address/,
		},
	])('refused: $says', async ({ replies, hops, message }) => {
		for (const method of ['GET', 'PUT']) {
			const run = scripted({ replies });
			const work = method === 'GET' ? run.client.network(NETWORK.id) : run.client.writeTags(NETWORK.id, []);
			const error = await errorOf(work);
			expect(error).toMatchObject({ kind: 'redirectRefused', method, outcomeUnknown: false });
			expect(error.message).toMatch(message);
			expect(run.requests).toHaveLength(hops);
		}
	});

	it('do not put what stands in the address into the message', async () => {
		const error = await errorOf(
			scripted({ replies: [to(302, 'https://u:pw@evil.test/p?q=1#f')] }).client.network('1'),
		);
		expect(error.message).toContain('https://evil.test');
		expect(error.message).not.toMatch(/pw|q=1|#f/);
	});

	it('use up no attempts: each try follows them anew', async () => {
		const replies = Array.from({ length: 4 }, () => [to(302, SHARD), answer(500, '')]).flat();
		const run = scripted({ replies: [...replies, to(302, SHARD), ok(NETWORK)] });
		await run.client.network(NETWORK.id);
		expect(run.requests).toHaveLength(10);
	});

	it('to the own origin are good also on loopback', async () => {
		const baseUrl = 'http://127.0.0.1:4000/api/v1';
		const replies = [to(302, 'http://127.0.0.1:4000/shard'), ok(ORGANIZATION)];
		const run = scripted({ replies, client: { baseUrl } });
		await run.client.organization('2930418');
		expect(run.requests[1]?.url).toBe('http://127.0.0.1:4000/shard');
	});
});

const BASE = 'https://m.test:8443/api/v1';

describe('the host rule', () => {
	it.each([
		{ says: "the credential's own origin", url: 'https://m.test:8443/elsewhere' },
		{ says: 'a shard host', url: 'https://n123.meraki.com/api/v1/organizations' },
		{ says: 'the domain itself', url: 'https://meraki.com/' },
		{ says: 'upper case', url: 'HTTPS://N1.MERAKI.COM/' },
		{ says: 'the default port written out', url: 'https://n1.meraki.com:443/' },
		...['meraki.ca', 'meraki.cn', 'meraki.in', 'gov-meraki.com'].map((domain) => ({
			says: domain,
			url: `https://n1.${domain}/`,
		})),
	])('allows $says', ({ url }) => {
		expect(isAllowedHost(url, BASE)).toBe(true);
	});

	it.each([
		{ says: 'a foreign host', url: 'https://evil.test/' },
		{ says: 'no encryption', url: 'http://n1.meraki.com/' },
		{ says: 'another port', url: 'https://n1.meraki.com:8443/' },
		{ says: 'no label boundary', url: 'https://evilmeraki.com/' },
		{ says: 'the domain in front', url: 'https://meraki.com.evil.test/' },
		{ says: 'the domain as user name', url: 'https://meraki.com@evil.test/' },
		{ says: 'a user name at a good host', url: 'https://x@n1.meraki.com/' },
		{ says: 'a password at the own origin', url: 'https://:x@m.test:8443/' },
		{ says: 'a backslash before the domain', url: 'https://evil.test\\.meraki.com/' },
		{ says: 'a trailing dot', url: 'https://n1.meraki.com./' },
		{ says: 'a look-alike letter', url: 'https://n1.m\u0435raki.com/' },
		{ says: 'the own host on another port', url: 'https://m.test/' },
		{ says: 'the own host without encryption', url: 'http://m.test:8443/' },
		{ says: 'no address at all', url: '/api/v1' },
	])('refuses $says', ({ url }) => {
		expect(isAllowedHost(url, BASE)).toBe(false);
	});
});
