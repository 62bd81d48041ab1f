import { cacheFolder } from '../../scripts/cacheFolder.cjs';

describe('cache folder', () => {
	test.each<[string, NodeJS.Platform, Record<string, string>, string, string]>([
		['Linux', 'linux', {}, '/home/ann', '/home/ann/.cache/n8n-nodes-meraki-vpn-failover'],
		[
			'Linux with XDG',
			'linux',
			{ XDG_CACHE_HOME: '/big' },
			'/home/ann',
			'/big/n8n-nodes-meraki-vpn-failover',
		],
		[
			'a relative XDG path does not count',
			'linux',
			{ XDG_CACHE_HOME: 'cache' },
			'/home/ann',
			'/home/ann/.cache/n8n-nodes-meraki-vpn-failover',
		],
		[
			'macOS',
			'darwin',
			{ XDG_CACHE_HOME: '/big' },
			'/Users/ann',
			'/Users/ann/Library/Caches/n8n-nodes-meraki-vpn-failover',
		],
		[
			'Windows',
			'win32',
			{ LOCALAPPDATA: 'D:\\Local' },
			'C:\\Users\\ann',
			'D:\\Local\\n8n-nodes-meraki-vpn-failover',
		],
		[
			'Windows without the variable',
			'win32',
			{},
			'C:\\Users\\ann',
			'C:\\Users\\ann\\AppData\\Local\\n8n-nodes-meraki-vpn-failover',
		],
	])('%s', (_, platform, environment, home, expected) => {
		expect(cacheFolder(platform, environment, home)).toBe(expected);
	});
});
