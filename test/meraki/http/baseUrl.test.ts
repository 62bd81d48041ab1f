import { isLoopback, resolveBaseUrl } from '../../../meraki/http/baseUrl';

describe('the base URL', () => {
	it.each([
		{ says: 'world', region: 'world', is: 'https://api.meraki.com/api/v1' },
		{ says: 'Canada', region: 'canada', is: 'https://api.meraki.ca/api/v1' },
		{ says: 'China', region: 'china', is: 'https://api.meraki.cn/api/v1' },
		{ says: 'India', region: 'india', is: 'https://api.meraki.in/api/v1' },
		{ says: 'US government', region: 'unitedStatesGovernment', is: 'https://api.gov-meraki.com/api/v1' },
		{
			says: 'a custom URL does not count for a region',
			region: 'world',
			url: 'https://x.test',
			is: 'https://api.meraki.com/api/v1',
		},
		{
			says: 'custom with the path',
			region: 'custom',
			url: 'https://m.test/api/v1',
			is: 'https://m.test/api/v1',
		},
		{
			says: 'custom with the path and slashes',
			region: 'custom',
			url: ' https://m.test/api/v1// ',
			is: 'https://m.test/api/v1',
		},
		{
			says: 'custom behind a path that only begins like the API',
			region: 'custom',
			url: 'https://m.test/api/v1/proxy',
			is: 'https://m.test/api/v1/proxy/api/v1',
		},
		{
			says: 'custom behind another version of something else',
			region: 'custom',
			url: 'https://m.test/api/v2/meraki',
			is: 'https://m.test/api/v2/meraki/api/v1',
		},
		{ says: 'custom without the path', region: 'custom', url: 'https://M.test', is: 'https://m.test/api/v1' },
		{
			says: 'custom behind a path and port',
			region: 'custom',
			url: 'https://m.test:8443/meraki/',
			is: 'https://m.test:8443/meraki/api/v1',
		},
		{
			says: 'http on localhost',
			region: 'custom',
			url: 'http://localhost:4000',
			is: 'http://localhost:4000/api/v1',
		},
		{
			says: 'http on any 127 address',
			region: 'custom',
			url: 'http://127.9.8.7',
			is: 'http://127.9.8.7/api/v1',
		},
		{ says: 'http on IPv6 loopback', region: 'custom', url: 'http://[::1]:80', is: 'http://[::1]/api/v1' },
	])('$says', ({ region, url, is }) => {
		expect(resolveBaseUrl(region, url)).toEqual({ kind: 'resolved', baseUrl: is });
	});

	it.each([
		{ says: 'an unknown region', region: 'mars', says2: /region/ },
		{ says: 'a region named like an inherited field', region: 'constructor', says2: /region/ },
		{ says: 'an empty custom URL', region: 'custom', says2: /empty/ },
		{ says: 'a custom URL of spaces', region: 'custom', url: '  ', says2: /empty/ },
		{ says: 'no scheme', region: 'custom', url: 'api.meraki.com', says2: /https:\/\// },
		{ says: 'a host that reads as a scheme', region: 'custom', url: 'localhost:4000', says2: /https:\/\// },
		{ says: 'another scheme', region: 'custom', url: 'ftp://m.test', says2: /https:\/\// },
		{ says: 'http to a public host', region: 'custom', url: 'http://api.meraki.com', says2: /unencrypted/ },
		{
			says: 'http to a host that only begins like loopback',
			region: 'custom',
			url: 'http://127.0.0.1.test',
			says2: /unencrypted/,
		},
		{
			says: 'http to a host that only begins like localhost',
			region: 'custom',
			url: 'http://localhost.test',
			says2: /unencrypted/,
		},
		{ says: 'a user name', region: 'custom', url: 'https://hunter2@m.test', says2: /user name/ },
		{ says: 'a password', region: 'custom', url: 'https://:hunter2@m.test', says2: /password/ },
		{ says: 'a query', region: 'custom', url: 'https://m.test/?key=hunter2', says2: /without \?/ },
		{ says: 'an empty fragment', region: 'custom', url: 'https://m.test/#', says2: /without \?/ },
		{ says: 'an API of two digits', region: 'custom', url: 'https://m.test/api/v10', says2: /v1/ },
		{ says: 'trap 19: the API of before, v0', region: 'custom', url: 'https://m.test/api/v0', says2: /v1/ },
	])('refuses $says', ({ region, url, says2 }) => {
		const result = resolveBaseUrl(region, url);
		expect(result).toEqual({ kind: 'refused', problem: expect.stringMatching(says2) });
		expect(JSON.stringify(result)).not.toContain('hunter2');
	});

	it('knows a loopback address in every spelling that URL accepts', () => {
		expect(isLoopback(new URL('http://0x7f.1').hostname)).toBe(true);
		expect(isLoopback(new URL('http://[0:0:0:0:0:0:0:1]').hostname)).toBe(true);
		expect(isLoopback('127.100.200.250')).toBe(true);
		for (const other of ['128.0.0.1', '1.127.0.0.1', '127.0.0.1.example', 'x127.0.0.1']) {
			expect(isLoopback(other)).toBe(false);
		}
	});
});
