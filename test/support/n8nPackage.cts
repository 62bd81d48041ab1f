import './n8nQuiet.cjs';
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';
import type { ICredentialType, INodeType } from 'n8n-workflow';

export const ROOT = join(__dirname, '..', '..');
export const PACKAGE_NAME = 'n8n-nodes-meraki-vpn-failover';

/** The built package as n8n's own loader finds it. */
export interface BuiltPackage {
	readonly loader: PackageDirectoryLoader;
	readonly evaluate: INodeType;
	readonly swap: INodeType;
	readonly credential: ICredentialType;
}

let loaded: Promise<BuiltPackage> | undefined;

/** Loads `dist` once. Throws when it is missing or older than a source: a test of yesterday's code proves nothing. */
export async function builtPackage(): Promise<BuiltPackage> {
	loaded ??= load();
	return await loaded;
}

async function load(): Promise<BuiltPackage> {
	checkBuild();
	const loader = new PackageDirectoryLoader(ROOT);
	await loader.loadAll();
	return {
		loader,
		evaluate: nodeOf(loader, 'evaluateUplinkLoss'),
		swap: nodeOf(loader, 'swapVpnTags'),
		credential: loader.getCredential('merakiDashboardApi').type,
	};
}

function nodeOf(loader: PackageDirectoryLoader, name: string): INodeType {
	const { type } = loader.getNode(name);
	if ('nodeVersions' in type) throw new Error(`${name} has several versions; take one of them here`);
	return type;
}

const SOURCES = ['core', 'meraki', 'nodes', 'credentials'];

export function checkBuild(root = ROOT): void {
	for (const source of SOURCES.flatMap((folder) => filesUnder(join(root, folder)))) {
		if (!/\.(ts|json)$/.test(source)) continue;
		const path = relative(root, source);
		const built = join(root, 'dist', path.replace(/\.ts$/, '.js'));
		const builtAt = statSync(built, { throwIfNoEntry: false })?.mtimeMs;
		if (builtAt === undefined) throw new Error(`dist has no ${path}: run "npm run build" first`);
		// Copied files keep the time of their source.
		if (source.endsWith('.ts') && builtAt < statSync(source).mtimeMs)
			throw new Error(`dist is older than ${path}: run "npm run build" first`);
	}
}

export function filesUnder(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));
}
