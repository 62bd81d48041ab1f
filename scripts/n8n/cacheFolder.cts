import { posix, win32 } from 'node:path';

const productFolder = 'n8n-nodes-meraki-vpn-failover';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where this platform keeps what may be deleted at any time and made again. */
export function cacheFolder(platform: NodeJS.Platform, environment: Environment, homeFolder: string): string {
	if (platform === 'win32') {
		const local = environment['LOCALAPPDATA'];
		return win32.join(local ? local : win32.join(homeFolder, 'AppData', 'Local'), productFolder);
	}
	if (platform === 'darwin') return posix.join(homeFolder, 'Library', 'Caches', productFolder);
	const xdg = environment['XDG_CACHE_HOME'];
	// The XDG rules say that a relative path is to be ignored.
	return posix.join(xdg && posix.isAbsolute(xdg) ? xdg : posix.join(homeFolder, '.cache'), productFolder);
}
