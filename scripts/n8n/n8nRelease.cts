/** What one n8n release needs from Node and from npm. */
export interface N8nRelease {
	readonly version: string;
	readonly minimumNode: number;
	/** Newest Node major it was published for; none: any newer one. */
	readonly newestNode?: number;
	/** Packages with a native part: the install runs no scripts, so these are rebuilt by name. */
	readonly nativePackages: readonly string[];
	readonly overrides: Readonly<Record<string, string>>;
}

export const defaultN8nVersion = '2.41.1';

/** Older releases take xlsx from a web address instead of the registry, which many networks refuse. */
const registryXlsx = { xlsx: '0.18.5' };

/** Known for the three lines that are tested; any other version is treated like the newest. */
export function n8nRelease(version: string): N8nRelease {
	if (!/^\d+\.\d+\.\d+$/.test(version)) {
		throw new Error(`"${version}" is not an exact n8n version such as ${defaultN8nVersion}`);
	}
	if (version.startsWith('1.')) {
		return {
			version,
			minimumNode: 22, // isolated-vm 6.2 needs it, although n8n 1.x itself still accepts 20
			newestNode: 24,
			nativePackages: ['sqlite3', 'isolated-vm'],
			overrides: registryXlsx,
		};
	}
	if (version.startsWith('2.0.')) {
		return {
			version,
			minimumNode: 20,
			newestNode: 24,
			nativePackages: ['sqlite3'],
			overrides: registryXlsx,
		};
	}
	return { version, minimumNode: 24, nativePackages: ['sqlite3', 'isolated-vm'], overrides: {} };
}
