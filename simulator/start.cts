import { readFileSync } from 'node:fs';
import { parseCommandLine, USAGE } from './commandLine.cjs';
import { createSimulator } from './simulator.cjs';

async function main(): Promise<void> {
	const options = parseCommandLine(process.argv.slice(2));
	if (options === 'help') {
		console.log(USAGE);
		return;
	}
	const scenario: unknown = JSON.parse(readFileSync(options.scenario, 'utf8'));
	const simulator = createSimulator({ ...options, scenario });
	const { url, shardUrl } = await simulator.listen(options.port);
	console.log(`Meraki dashboard simulator: ${url} (page), ${url}/api/v1 (API), ${shardUrl} (second host)`);
	console.log(`Speed ${options.speed}, time ${new Date(simulator.clock.now()).toISOString()}. Keys:`);
	// Pretended keys of a pretended dashboard: printed, because they are needed to use it.
	for (const { name, key } of simulator.keys) console.log(`  ${name}: ${key}`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void simulator.close());
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
