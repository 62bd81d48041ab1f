import { provisionN8n } from './n8nInstallation.cjs';
import { say } from './terminal.cjs';

/** Installs n8n into the cache and nothing else: `tsx scripts/n8n/provision.cts [version]`. */
async function main(): Promise<void> {
	const version = process.argv[2];
	const installation = await provisionN8n({ say, ...(version !== undefined && { version }) });
	say(`n8n ${installation.version}: ${installation.entry}`);
	say(`Node: ${installation.nodeExecutable}`);
}

// Without it a signal would end this process alone, and npm would go on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

main().catch((error: unknown) => {
	say(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});
