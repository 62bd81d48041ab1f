import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../scripts/n8n/cacheFolder.cjs';
import { withLock } from '../../scripts/n8n/installationLock.cjs';
import { runLogged, type Say } from '../../scripts/n8n/loggedCommand.cjs';
import { npmEnvironment, npmScript } from '../../scripts/n8n/npmCommand.cjs';
import type { Mailparser, Mockttp, Playwright, SmtpServer } from './toolTypes.cjs';

export interface Tools {
	readonly mockttp: Mockttp;
	readonly smtpServer: SmtpServer;
	readonly mailparser: Mailparser;
	readonly playwright: Playwright;
	/** The JavaScript file of a package registry's server, to be run with Node. */
	readonly registryScript: string;
}

/** What these tests need beside n8n, as locked here, installed once into the user's cache folder. */
export async function provisionTools(say: Say): Promise<Tools> {
	const lock = readFileSync(join(__dirname, 'package-lock.json'));
	const key = createHash('sha256').update(lock).update(process.version).digest('hex').slice(0, 10);
	const cache = cacheFolder(process.platform, process.env, homedir());
	const folder = join(cache, `e2e-tools-${key}`);
	if (!isReady(folder)) {
		mkdirSync(cache, { recursive: true });
		const waiting = (seconds: number): void => {
			say(`  another run is installing the tools; waiting for it: ${seconds} s`);
		};
		await withLock(`${folder}.lock`, waiting, async () => {
			if (!isReady(folder)) await install(folder, say);
		});
	}
	const fromFolder = createRequire(join(folder, 'package.json'));
	return {
		mockttp: fromFolder('mockttp') as Mockttp,
		smtpServer: fromFolder('smtp-server') as SmtpServer,
		mailparser: fromFolder('mailparser') as Mailparser,
		playwright: fromFolder('playwright-core') as Playwright,
		registryScript: join(folder, 'node_modules', 'verdaccio', 'bin', 'verdaccio'),
	};
}

function isReady(folder: string): boolean {
	return existsSync(join(folder, '.ready'));
}

async function install(folder: string, say: Say): Promise<void> {
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	for (const name of ['package.json', 'package-lock.json']) {
		copyFileSync(join(__dirname, name), join(folder, name));
	}
	const command = {
		executable: process.execPath,
		commandArguments: [npmScript(), 'ci', '--ignore-scripts', '--no-audit', '--no-fund'],
		folder,
		environment: npmEnvironment(process.execPath),
		logFile: `${folder}.log`,
	};
	await runLogged(command, { title: 'installing the tools of the end-to-end tests', say });
	writeFileSync(join(folder, '.ready'), '');
}
