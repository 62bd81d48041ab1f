import { isAllowedHost } from '../../../meraki/http/hostRule';

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
