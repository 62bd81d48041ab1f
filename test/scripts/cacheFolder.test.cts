import { cacheFolder } from '../../scripts/n8n/cacheFolder.cjs';

const product = 'n8n-nodes-meraki-vpn-failover';
const onWindows = 'C:\\Users\\ann';

test.each<[string, NodeJS.Platform, Record<string, string>, string, string]>([
	['Linux', 'linux', {}, '/home/ann', `/home/ann/.cache/${product}`],
	['Linux with XDG', 'linux', { XDG_CACHE_HOME: '/big' }, '/home/ann', `/big/${product}`],
	['a relative XDG path', 'linux', { XDG_CACHE_HOME: 'c' }, '/home/ann', `/home/ann/.cache/${product}`],
	['macOS', 'darwin', { XDG_CACHE_HOME: '/big' }, '/Users/ann', `/Users/ann/Library/Caches/${product}`],
	['Windows', 'win32', { LOCALAPPDATA: 'D:\\Local' }, onWindows, `D:\\Local\\${product}`],
	['Windows without it', 'win32', {}, onWindows, `${onWindows}\\AppData\\Local\\${product}`],
])('cache folder: %s', (_, platform, environment, home, expected) => {
	expect(cacheFolder(platform, environment, home)).toBe(expected);
});
