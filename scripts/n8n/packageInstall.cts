import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runLogged, type Say } from './loggedCommand.cjs';
import type { N8nInstallation } from './n8nInstallation.cjs';
import { npmEnvironment, npmScript } from './npmCommand.cjs';

/** Packs the clone as it would be published, and returns the tarball's path. Needs `npm run build` before. */
export async function packPackage(clone: string, into: string, say: Say): Promise<string> {
	rmSync(into, { recursive: true, force: true });
	mkdirSync(into, { recursive: true });
	await npm(clone, ['pack', '--ignore-scripts', '--pack-destination', into], join(into, 'pack.log'), {
		title: 'packing the package',
		say,
	});
	const tarball = readdirSync(into).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error(`npm pack left no package in ${into}`);
	return join(into, tarball);
}

/** Puts the package where n8n keeps community packages, as its own installer would. Before n8n is started. */
export async function installPackage(
	tarball: string,
	home: string,
	installation: N8nInstallation,
	say: Say,
): Promise<void> {
	const nodes = join(home, '.n8n', 'nodes');
	mkdirSync(nodes, { recursive: true });
	// Without it npm would look for a project further up, and find the clone.
	writeFileSync(join(nodes, 'package.json'), JSON.stringify({ name: 'installed-nodes', private: true }));
	shareN8nWorkflow(home, installation);
	const settings = ['--no-audit', '--no-fund', '--legacy-peer-deps', '--ignore-scripts'];
	await npm(nodes, ['install', ...settings, tarball], join(home, 'package-install.log'), {
		title: 'installing the package in n8n',
		say,
	});
}

/**
 * n8n gives community packages its own n8n-workflow through NODE_PATH, which Node asks last. A data folder inside the
 * clone would first find the clone's development copy, and that is another module with other error classes.
 */
function shareN8nWorkflow(home: string, installation: N8nInstallation): void {
	const fromN8n = createRequire(join(dirname(installation.entry), '..', 'package.json'));
	const entry = fromN8n.resolve('n8n-workflow/package.json');
	const modules = join(home, '.n8n', 'node_modules');
	mkdirSync(modules, { recursive: true });
	const link = join(modules, 'n8n-workflow');
	rmSync(link, { recursive: true, force: true });
	symlinkSync(dirname(entry), link, 'junction');
}

function npm(
	folder: string,
	npmArguments: readonly string[],
	logFile: string,
	step: { title: string; say: Say },
): Promise<void> {
	const command = {
		executable: process.execPath,
		commandArguments: [npmScript(), ...npmArguments],
		folder,
		environment: npmEnvironment(process.execPath),
		logFile,
	};
	return runLogged(command, step);
}
