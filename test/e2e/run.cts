import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { inTurn } from '../../nodes/shared/outputItem';
import { defaultN8nVersion } from '../../scripts/n8n/n8nRelease.cjs';
import { say } from '../../scripts/n8n/terminal.cjs';
import { Bench, modes, type Mode } from './bench.cjs';
import { installSteps, steps, type Step } from './cases/index.cjs';
import { withResults, type Result } from './resultsTable.cjs';
import { provisionTools, type Tools } from './tools.cjs';

const usage = `npm run e2e [-- options]

Runs this package in a real n8n, with stand-ins for Meraki, Slack and a mail server, and writes docs/compatibility.md.

  --n8n <versions>  which n8n releases, separated by commas; the first runs everything, the others the smoke
                    (default: ${defaultN8nVersion},2.0.0,1.123.81)
  --newest          only ${defaultN8nVersion}
  --tries <n>       how often a step may be tried until it passes (default: 1); the page says which needed more
  --lanes <n>       how many n8n run beside each other (default: 2): most steps wait for a schedule
  --only <steps>    only these, separated by commas: ${steps.map(({ key }) => key).join(', ')}`;

const clone = join(__dirname, '..', '..');
const page = join(clone, 'docs', 'compatibility.md');
const defaultVersions = [defaultN8nVersion, '2.0.0', '1.123.81'];

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			help: { type: 'boolean', short: 'h' },
			n8n: { type: 'string' },
			newest: { type: 'boolean' },
			only: { type: 'string' },
			tries: { type: 'string', default: '1' },
			lanes: { type: 'string', default: '2' },
		},
	});
	if (values.help) {
		say(usage);
		return 0;
	}
	const only = values.only?.split(',');
	const unknown = only?.find((key) => !steps.some((step) => step.key === key));
	if (unknown !== undefined) throw new Error(`--only "${unknown}" is unknown.\n\n${usage}`);
	const versions = values.n8n?.split(',') ?? (values.newest ? [defaultN8nVersion] : defaultVersions);
	const tries = countOf('tries', values.tries);
	const lanes = countOf('lanes', values.lanes);
	const tools = await provisionTools(say);
	const places = versions.flatMap((version) => modes.map((mode): Place => ({ version, mode, tools, tries })));
	const chosen = places
		.map((place) => ({ place, steps: stepsFor(place, versions[0] === place.version, only) }))
		.filter(({ steps: ofPlace }) => ofPlace.length > 0);
	const results: Result[] = [];
	const ends = await inTurn(chosen, lanes, async ({ place, steps: ofPlace }) => {
		results.push(...(await inPlace(place, ofPlace)));
		save(results);
	});
	for (const end of ends) if (end.status === 'rejected') throw end.reason;
	const failed = results.filter(({ passed }) => !passed).length;
	say(`\n${results.length - failed} passed, ${failed} failed`);
	return failed === 0 ? 0 : 1;
}

function countOf(option: string, given: string): number {
	const count = Number(given);
	if (!Number.isInteger(count) || count < 1) throw new Error(`--${option} must be 1 or more.\n\n${usage}`);
	return count;
}

function stepsFor({ mode }: Place, isFirstVersion: boolean, only: readonly string[] | undefined) {
	return steps.filter(
		(step) => step.mode === mode && (only?.includes(step.key) ?? (isFirstVersion || step.isSmoke)),
	);
}

/** An n8n of its own, in one mode. */
interface Place {
	readonly mode: Mode;
	readonly version: string;
	readonly tools: Tools;
	/** Of each step. */
	readonly tries: number;
}

/** The steps share the n8n: each has a workflow and a simulated dashboard of its own. */
async function inPlace(place: Place, chosen: readonly Step[]): Promise<readonly Result[]> {
	const { bench, started } = await opened(place);
	const results = [started];
	if (!bench) return results;
	const installed = await tried(installSteps[place.mode], bench, 1);
	results.push(installed);
	// Without the package in n8n every other step would only wait in vain.
	if (installed.passed) for (const step of chosen) results.push(await tried(step, bench, place.tries));
	const isBad = results.some((result) => !result.passed);
	await bench.close(isBad);
	if (isBad) say(`n8n's data and log were kept: ${bench.folder}`);
	return results;
}

const startSteps: Readonly<Record<Mode, string>> = {
	regular: 'n8n starts',
	queue: 'n8n starts in queue mode: PostgreSQL, Redis, a main process and two workers',
};

async function opened(place: Place): Promise<{ readonly bench?: Bench; readonly started: Result }> {
	const { version, mode, tools } = place;
	const step = startSteps[mode];
	for (let tries = 1; ; tries += 1) {
		const startedAt = Date.now();
		const result = (passed: boolean) => ({ version, step, passed, tries, seconds: secondsSince(startedAt) });
		try {
			const bench = await Bench.open({ clone, tools, version, mode, say });
			return { bench, started: result(true) };
		} catch (error) {
			say(`FAIL  n8n ${version}  ${step}\n    ${messageOf(error)}`);
		}
		if (tries >= place.tries) return { started: result(false) };
		say(`    tried again`);
	}
}

/** Waiting for real processes can fail by itself on a busy machine: a step that needed another try says so. */
async function tried(step: Step, bench: Bench, mostTries: number): Promise<Result> {
	for (let tries = 1; ; tries += 1) {
		const result = { ...(await runOnce(step, bench)), tries };
		if (result.passed || tries >= mostTries) return result;
		say(`    tried again`);
	}
}

async function runOnce(step: Step, bench: Bench): Promise<Omit<Result, 'tries'>> {
	const startedAt = Date.now();
	const { version } = bench.installation;
	const told = (passed: boolean): Omit<Result, 'tries'> => {
		const seconds = secondsSince(startedAt);
		say(`${passed ? 'pass' : 'FAIL'}  n8n ${version}  ${seconds.toFixed(1).padStart(6)} s  ${step.says}`);
		return { version, step: step.says, passed, seconds };
	};
	try {
		if (bench.server.hasEnded) await bench.start();
		await step.run(bench);
		return told(true);
	} catch (error) {
		const result = told(false);
		say(`    ${messageOf(error)}`);
		return result;
	}
}

function save(results: readonly Result[]): void {
	const before = existsSync(page) ? readFileSync(page, 'utf8') : '';
	mkdirSync(dirname(page), { recursive: true });
	writeFileSync(page, withResults(before, results, allSteps()));
}

/** In the order of the page. */
function allSteps(): readonly string[] {
	return modes.flatMap((mode) => [
		startSteps[mode],
		installSteps[mode].says,
		...steps.filter((step) => step.mode === mode).map(({ says }) => says),
	]);
}

function secondsSince(startedAt: number): number {
	return (Date.now() - startedAt) / 1000;
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

// Without it a signal would end this process alone; n8n is ended in an exit handler.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130));

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		say(messageOf(error));
		process.exit(2);
	},
);
