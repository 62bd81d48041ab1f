import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Host, NodeChoice } from './nodeForN8n.cjs';
import type { N8nRelease } from './n8nRelease.cjs';

export interface InstallationPlan {
	readonly folder: string;
	readonly manifest: string;
	readonly nativePackages: readonly string[];
	readonly entry: string;
	/** Only when Node is installed beside n8n. */
	readonly nodeExecutable?: string;
	readonly nodeHeaders?: string;
	/** Written last: without it, or with other text in it, the folder is a half install. */
	readonly marker: string;
	readonly markerText: string;
}

/** The folder's name holds everything that makes an install unusable for somebody else: Node's major, system, set. */
export function installationPlan(
	cache: string,
	release: N8nRelease,
	node: Exclude<NodeChoice, { kind: 'missing' }>,
	host: Host,
): InstallationPlan {
	const dependencies: Record<string, string> = { n8n: release.version };
	if (node.kind === 'beside') dependencies[node.packageName] = node.version;
	const manifest = JSON.stringify(
		{ private: true, dependencies, overrides: release.overrides },
		undefined,
		'\t',
	);
	const identity = [manifest, node.major, host.platform, host.architecture, ...release.nativePackages].join(
		'|',
	);
	const key = createHash('sha256').update(identity).digest('hex').slice(0, 10);
	const folder = join(cache, `n8n-${release.version}-${key}`);
	const modules = join(folder, 'node_modules');
	const besides = node.kind === 'beside' ? join(modules, node.packageName) : undefined;
	return {
		folder,
		manifest,
		nativePackages: release.nativePackages,
		entry: join(modules, 'n8n', 'bin', 'n8n'),
		...(besides && { nodeExecutable: join(besides, 'bin', 'node'), nodeHeaders: besides }),
		marker: join(folder, '.ready'),
		markerText: `${identity}\n`,
	};
}

export interface FolderView {
	readonly exists: (path: string) => boolean;
	readonly read: (path: string) => string | undefined;
}

export function installationState(plan: InstallationPlan, view: FolderView): 'absent' | 'half' | 'ready' {
	if (!view.exists(plan.folder)) return 'absent';
	const complete =
		view.read(plan.marker) === plan.markerText &&
		view.exists(plan.entry) &&
		(plan.nodeExecutable === undefined || view.exists(plan.nodeExecutable));
	return complete ? 'ready' : 'half';
}
