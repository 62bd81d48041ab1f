import { provisionN8n } from './n8nInstallation.cjs';
import { say } from './terminal.cjs';

/** Installs n8n into the cache and nothing else: `tsx scripts/provision.cts [version]`. */
async function main(): Promise<void> {
	const version = process.argv[2];
	const installation = await provisionN8n({ say, ...(version !== undefined && { version }) });
	say(`n8n ${installation.version}: ${installation.entry}`);
	say(`Node: ${installation.nodeExecutable}`);
}

main().catch((error: unknown) => {
	say(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
