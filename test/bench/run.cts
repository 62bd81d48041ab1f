/** `npm run bench`: measures everything that docs/benchmarks.md says, side by side, and writes it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { say } from '../../scripts/n8n/terminal.cjs';
import { lowerBound } from './bound.cjs';
import { loopMoves, productMoves } from './hubOutage.cjs';
import { manyOrganizations } from './manyOrganizations.cjs';
import { page } from './page.cjs';
import { handfulCpuSeconds, quietCycle } from './quietCycle.cjs';
import { realN8n } from './realN8n.cjs';
import type { HubOutage, Results } from './results.cjs';
import { surroundings } from './surroundings.cjs';

const usage = `npm run bench [-- options]

Measures hub outages, quiet runs, growth, a real n8n and many organizations against the simulator, which answers in a
process of its own with Meraki's documented limits and 100 ms for each call. Takes about 20 minutes; writes
docs/benchmarks.md, and what it measured as JSON into the folder for temporary files.

  --runs <number>       of each measurement (default: 5)
  --loop-runs <number>  of the row-by-row loop over 1,000 branches, which takes four minutes (default: 2)
  --without-n8n         leave the real n8n out
  --from <file>         measure nothing: write the page from an earlier run's JSON`;

const HUBS = [100, 1000, 5000];
const LARGEST_LOOP = 1000;
const FLEETS = [1000, 2000, 5000, 10_000];
const N8N_NETWORKS = 1000;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			help: { type: 'boolean', short: 'h', default: false },
			runs: { type: 'string', default: '5' },
			'loop-runs': { type: 'string', default: '2' },
			'without-n8n': { type: 'boolean', default: false },
			from: { type: 'string' },
		},
	});
	if (values.help) {
		say(usage);
		return;
	}
	const earlier = values.from;
	const results =
		earlier === undefined
			? await measured(Number(values.runs), Number(values['loop-runs']), !values['without-n8n'])
			: (JSON.parse(readFileSync(earlier, 'utf8')) as Results);
	const text = page(results);
	writeFileSync(join(__dirname, '..', '..', 'docs', 'benchmarks.md'), text);
	say(text);
}

async function measured(runs: number, loopRuns: number, withN8n: boolean): Promise<Results> {
	const where = surroundings();
	const hub: HubOutage[] = [];
	for (const branches of HUBS) hub.push(await hubOutage(branches, runs, loopRuns));
	const organizations = await several(runs, 'many organizations', manyOrganizations);
	const quiet = [];
	for (const networks of FLEETS) {
		say(`quiet run, ${networks} networks`);
		quiet.push(await quietCycle(networks, runs));
	}
	const handful = await handfulCpuSeconds(runs);
	const n8n = withN8n ? await realN8n(N8N_NETWORKS, runs) : null;
	const results: Results = {
		surroundings: where,
		hub,
		quiet,
		handfulCpuSeconds: handful,
		n8n,
		organizations,
	};
	const file = join(tmpdir(), 'meraki-vpn-failover-benchmarks.json');
	writeFileSync(file, JSON.stringify(results, null, '\t'));
	say(`Measured: ${file}\n`);
	return results;
}

async function hubOutage(branches: number, runs: number, loopRuns: number): Promise<HubOutage> {
	const product = await several(runs, `hub outage, ${branches} branches`, () => productMoves(branches));
	const times = branches > LARGEST_LOOP ? 0 : branches === LARGEST_LOOP ? loopRuns : runs;
	const loop = await several(times, `the same, row by row`, () => loopMoves(branches));
	return { branches, bound: lowerBound(branches), product, loop };
}

async function several<T>(times: number, what: string, measure: () => Promise<T>): Promise<T[]> {
	const all: T[] = [];
	for (let count = 1; count <= times; count += 1) {
		say(`${what}: ${count} of ${times}`);
		all.push(await measure());
	}
	return all;
}

// Without it a signal would end this process alone; the simulator and n8n are ended in an exit handler.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

main().then(
	() => process.exit(0),
	(error: unknown) => {
		say(error instanceof Error ? (error.stack ?? error.message) : String(error));
		process.exit(1);
	},
);
