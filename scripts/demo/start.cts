import { join } from 'node:path';
import { DemoDashboard } from './dashboard.cjs';
import { newHome, removeHome } from './home.cjs';
import { startDemoN8n, type DemoN8n } from './n8n.cjs';
import { publishDemoWorkflow, slowSchedule } from './workflow.cjs';
import { failedExecutions } from '../n8n/failedExecutions.cjs';
import type { N8nServer } from '../n8n/n8nServer.cjs';
import { playOutage, type Played } from './playOutage.cjs';
import { startOptions, usage, type StartOptions } from './startOptions.cjs';
import { say } from '../n8n/terminal.cjs';
import { verified } from './verdict.cjs';

const clone = join(__dirname, '..', '..');
/** Afterwards: fast enough that somebody who breaks a peer on the simulator's page does not wait for ever. */
const calm = { speed: 5, everySeconds: 6 } as const;
const fastEverySeconds = 2;

/** What has to be closed, in whatever state the start is when it ends. */
interface Opened {
	readonly home: string;
	dashboard?: DemoDashboard;
	server?: N8nServer;
	isEnding: boolean;
}

async function run(options: StartOptions, opened: Opened): Promise<boolean> {
	const dashboard = await DemoDashboard.open(options.simulatorPort);
	opened.dashboard = dashboard;
	say(`Simulated Meraki dashboard: ${dashboard.url}`);
	const n8n = await startDemoN8n({
		clone,
		home: opened.home,
		say,
		onServer: (server) => (opened.server = server),
		...(options.n8nVersion !== undefined && { version: options.n8nVersion }),
		...(options.n8nPort !== undefined && { port: options.n8nPort }),
	});
	say(`n8n: ${n8n.server.url}`);
	const { sabotage } = options;
	const values = { clone, dashboard, rest: n8n.rest, everySeconds: fastEverySeconds };
	const workflowId = await publishDemoWorkflow({ ...values, ...(sabotage && { sabotage }) });
	say(
		`Workflow published, every ${fastEverySeconds} s; the dashboard's clock runs ${options.speed} times as fast.`,
	);
	say('What its own log and tags show (its clock, minutes since the loss began):');
	const played = await playOutage({
		dashboard,
		speed: options.speed,
		say,
		whyHopeless: () => whyHopeless(n8n),
	});
	dashboard.setSpeed(0);
	const problems = await allProblems(played, dashboard, n8n, workflowId);
	for (const problem of problems) say(`FAILED: ${problem}`);
	if (problems.length === 0) say(verified(played.story));
	if (!options.once) await leaveRunning(n8n, dashboard, workflowId);
	return problems.length === 0;
}

async function allProblems(
	{ problems }: Played,
	dashboard: DemoDashboard,
	{ rest, server }: DemoN8n,
	workflowId: string,
): Promise<readonly string[]> {
	const inN8n = server.hasEnded ? [] : await failedExecutions(rest, workflowId);
	return [...problems, ...inN8n, ...dashboard.contractViolations()];
}

function whyHopeless({ server }: DemoN8n): string | undefined {
	return server.hasEnded ? `n8n has ended.\n${server.logTail()}` : undefined;
}

/** Until the process is told to end. */
async function leaveRunning(n8n: DemoN8n, dashboard: DemoDashboard, workflowId: string): Promise<void> {
	await slowSchedule(n8n.rest, workflowId, calm.everySeconds);
	dashboard.setSpeed(calm.speed);
	say('');
	say(`n8n editor      ${n8n.server.url}/workflow/${workflowId}`);
	say(`  user          ${n8n.owner.email}`);
	say(`  password      ${n8n.owner.password}`);
	say(`Simulator page  ${dashboard.url}/   (break a peer there and watch the tags move)`);
	say(
		`The dashboard's clock now runs ${calm.speed} times as fast as yours, and the workflow every ${calm.everySeconds} s.`,
	);
	say('What you change in this n8n is gone at the next start: download workflows you want to keep.');
	say('Ctrl-C ends it.');
	while (!n8n.server.hasEnded) await new Promise((resolve) => setTimeout(resolve, 500));
	say(`n8n has ended. ${n8n.server.logTail()}`);
}

async function close({ dashboard, server, home }: Opened, keepHome: boolean): Promise<void> {
	await server?.stop();
	await dashboard?.close();
	if (keepHome) say(`n8n's data and log were kept until the next start: ${home}`);
	else removeHome(home);
}

/** Ctrl-C also reaches n8n, since it comes from the terminal; a second one while closing is ignored. */
function endOnSignal(opened: Opened, codeWhenAsked: number): void {
	const end = (): void => {
		if (opened.isEnding) return;
		opened.isEnding = true;
		say('\nEnding ...');
		void close(opened, false).finally(() => process.exit(codeWhenAsked));
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
	endWithParent(end);
}

/** Whoever stops npm alone stops its shell too, but not us: neither of them passes the signal on. */
function endWithParent(end: () => void): void {
	if (process.env['npm_lifecycle_event'] === undefined) return;
	const parent = process.ppid;
	setInterval(() => {
		if (process.ppid !== parent) end();
	}, 1000).unref();
}

async function main(): Promise<number> {
	const options = startOptions(process.argv.slice(2));
	if (options.help) {
		say(usage);
		return 0;
	}
	const opened: Opened = { home: newHome(clone), isEnding: false };
	endOnSignal(opened, options.once ? 130 : 0);
	let isGood = false;
	try {
		isGood = await run(options, opened);
	} catch (error) {
		if (!opened.isEnding) say(`FAILED: ${error instanceof Error ? error.message : String(error)}`);
	}
	// The signal's own handler closes everything and exits.
	if (opened.isEnding) await new Promise(() => {});
	opened.isEnding = true;
	await close(opened, !isGood);
	return isGood ? 0 : 1;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		say(error instanceof Error ? error.message : String(error));
		process.exit(2);
	},
);
