import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cacheFolder.cjs';
import { installationPlan, installationState, type InstallationPlan } from './installationPlan.cjs';
import { withLock } from './installationLock.cjs';
import { CommandFailed, runLogged, type Say, type Step } from './loggedCommand.cjs';
import { chooseNode, thisHost } from './nodeForN8n.cjs';
import { defaultN8nVersion, n8nRelease } from './n8nRelease.cjs';
import { npmEnvironment, npmScript } from './npmCommand.cjs';

/** An n8n that is ready to be started. */
export interface N8nInstallation {
	readonly version: string;
	readonly folder: string;
	readonly nodeExecutable: string;
	/** n8n's JavaScript entry, to be run with `nodeExecutable`. */
	readonly entry: string;
}

export interface ProvisionOptions {
	readonly version?: string;
	readonly say: Say;
}

const neededBytes = 4e9;

/** Finds n8n in the user's cache folder, or installs it there (once: 4 to 6 minutes, about 3 GB). */
export async function provisionN8n({
	version = defaultN8nVersion,
	say,
}: ProvisionOptions): Promise<N8nInstallation> {
	const release = n8nRelease(version);
	const host = thisHost();
	const choice = chooseNode(release, host);
	if (choice.kind === 'missing') throw new Error(choice.message);
	const folder = cacheFolder(process.platform, process.env, homedir());
	const plan = installationPlan(folder, release, choice, host);
	const installation: N8nInstallation = {
		version,
		folder: plan.folder,
		nodeExecutable: plan.nodeExecutable ?? process.execPath,
		entry: plan.entry,
	};
	if (stateOf(plan) === 'ready') return installation;
	mkdirSync(folder, { recursive: true });
	const waiting = (seconds: number): void => {
		say(`  another start is installing n8n ${version}; waiting for it: ${seconds} s`);
	};
	await withLock(`${plan.folder}.lock`, waiting, async () => {
		if (stateOf(plan) !== 'ready') await install(plan, installation, say);
	});
	return installation;
}

function stateOf(plan: InstallationPlan): ReturnType<typeof installationState> {
	const read = (path: string): string | undefined =>
		existsSync(path) ? readFileSync(path, 'utf8') : undefined;
	return installationState(plan, { exists: existsSync, read });
}

async function install(
	plan: InstallationPlan,
	{ nodeExecutable, version }: N8nInstallation,
	say: Say,
): Promise<void> {
	prepareFolder(plan, say);
	const logFile = `${plan.folder}.log`;
	say(`Installing n8n ${version} once, into ${plan.folder}`);
	say(`(4 to 6 minutes and 3 GB of disk; later starts use it as it is. Log: ${logFile})`);
	const runNpm = (step: Step, npmArguments: readonly string[], executable: string): Promise<void> =>
		runLogged(
			{
				executable,
				commandArguments: [npmScript(), ...npmArguments],
				folder: plan.folder,
				environment: npmEnvironment(executable, plan.nodeHeaders),
				logFile,
			},
			step,
		);
	try {
		await runNpm(
			{ title: `installing n8n ${version}`, soFar: () => packagesSoFar(plan), say },
			['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'],
			process.execPath,
		);
		await rebuildNatives(plan, nodeExecutable, runNpm, say);
	} catch (error) {
		throw error instanceof CommandFailed ? new Error(`${error.message}\n\n${advice(plan)}`) : error;
	}
	writeFileSync(plan.marker, plan.markerText);
	say(`n8n ${version} is installed.`);
}

type RunNpm = (step: Step, npmArguments: readonly string[], executable: string) => Promise<void>;

async function rebuildNatives(plan: InstallationPlan, node: string, runNpm: RunNpm, say: Say): Promise<void> {
	const names = plan.nativePackages.join(' and ');
	// Spelled out because a user's own settings may switch install scripts off, and then a rebuild does nothing.
	await runNpm(
		{ title: `building ${names}`, say },
		['rebuild', '--ignore-scripts=false', ...plan.nativePackages],
		node,
	);
	await runLogged(
		{
			executable: node,
			commandArguments: ['-e', plan.nativePackages.map((name) => `require('${name}')`).join(';')],
			folder: plan.folder,
			environment: process.env,
			logFile: `${plan.folder}.log`,
		},
		{ title: `loading ${names}`, say },
	);
}

/** A half install is thrown away: npm repairs some of them, but not those that stopped in a native build. */
function prepareFolder(plan: InstallationPlan, say: Say): void {
	if (existsSync(plan.folder)) {
		say('An earlier installation of n8n was not finished; starting it again.');
		rmSync(plan.folder, { recursive: true, force: true, maxRetries: 3 });
	}
	rmSync(`${plan.folder}.log`, { force: true });
	mkdirSync(plan.folder, { recursive: true });
	const disk = statfsSync(dirname(plan.folder));
	if (disk.bavail * disk.bsize < neededBytes) {
		throw new Error(
			`${plan.folder} needs about 3 GB, and the disk has less than 4 GB free. Make room, then start again.`,
		);
	}
	writeFileSync(join(plan.folder, 'package.json'), plan.manifest);
}

function packagesSoFar(plan: InstallationPlan): string {
	const modules = join(plan.folder, 'node_modules');
	const count = existsSync(modules) ? readdirSync(modules).filter((name) => !name.startsWith('.')).length : 0;
	return count === 0 ? 'choosing versions' : `${count} package folders`;
}

function advice(plan: InstallationPlan): string {
	return [
		'What to do:',
		'- A download failed: check that npm reaches its registry (npm ping), then run the same command again.',
		'- sqlite3 did not build: no ready-made binary could be fetched, and building one needs python3, make and g++.',
		'    Debian or Ubuntu: apt-get install python3 make g++     Fedora: dnf install python3 make gcc-c++',
		'    macOS: xcode-select --install                          Windows: Visual Studio Build Tools (C++) and Python 3',
		`- Start from nothing: delete ${plan.folder}`,
	].join('\n');
}
