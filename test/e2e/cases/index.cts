import type { Bench, Mode } from '../bench.cjs';
import {
	dryRunByHand,
	interrupted,
	killedAndAway,
	cancelledRun,
	memoryOverRestart,
	overlappingRuns,
	renamedNode,
} from './life.cjs';
import { installedFromRegistry, installedOnWorkers } from './install.cjs';
import { manyBranches } from './manyBranches.cjs';
import { editor } from './editor.cjs';
import { firstSteps } from './firstSteps.cjs';
import { simulatorPage } from './simulatorPage.cjs';
import { slackDown, slackSilent } from './slackDown.cjs';
import { queueWithDataTable, queueWithoutMemory, queueWorkerKilled } from './queue.cjs';
import { apiGone, badExpression } from './unreachable.cjs';
import { wholeChain } from './wholeChain.cjs';

export interface Step {
	readonly key: string;
	readonly mode: Mode;
	readonly says: string;
	/** Also on the versions that are only smoke-tested. */
	readonly isSmoke: boolean;
	readonly run: (bench: Bench) => Promise<void>;
}

/** Comes first in every run. */
export const installSteps: Readonly<Record<Mode, Step>> = {
	regular: {
		key: 'install',
		mode: 'regular',
		says: "The package comes from a registry by n8n's own installer: nodes, icons, outputs, credential test",
		isSmoke: true,
		run: installedFromRegistry,
	},
	queue: {
		key: 'queue-install',
		mode: 'queue',
		says: 'Installed on the main process, the package is on both workers',
		isSmoke: false,
		run: installedOnWorkers,
	},
};

export const steps: readonly Step[] = [
	{
		key: 'chain',
		mode: 'regular',
		says: "One outage by schedule: failover, a message of a branch of one's own, swap back",
		isSmoke: true,
		run: wholeChain,
	},
	{
		key: 'dry',
		mode: 'regular',
		says: 'Dry run by hand: says what would happen, writes nothing',
		isSmoke: true,
		run: dryRunByHand,
	},
	{
		key: 'many',
		mode: 'regular',
		says: '200 branches fail over: one message a wave to Slack and by email',
		isSmoke: false,
		run: manyBranches,
	},
	{
		key: 'slack',
		mode: 'regular',
		says: 'Slack down: branches move, the email goes out, the run is marked failed',
		isSmoke: true,
		run: slackDown,
	},
	{
		key: 'silent',
		mode: 'regular',
		says: 'Slack never answers: branches move, somebody is told by email',
		isSmoke: false,
		run: slackSilent,
	},
	{
		key: 'gone',
		mode: 'regular',
		says: 'Meraki unreachable for ten minutes: one message, one when it is over',
		isSmoke: false,
		run: apiGone,
	},
	{
		key: 'expression',
		mode: 'regular',
		says: 'A bad expression: the error branch tells',
		isSmoke: true,
		run: badExpression,
	},
	{
		key: 'memory',
		mode: 'regular',
		says: 'Memory outlasts a stop and a kill of n8n',
		isSmoke: true,
		run: memoryOverRestart,
	},
	{
		key: 'renamed',
		mode: 'regular',
		says: 'Evaluate Uplink Loss renamed during an outage',
		isSmoke: false,
		run: renamedNode,
	},
	{
		key: 'overlap',
		mode: 'regular',
		says: 'Overlapping runs, Meraki slower than the schedule',
		isSmoke: false,
		run: overlappingRuns,
	},
	{
		key: 'stop-outage',
		mode: 'regular',
		says: 'n8n stopped during an outage',
		isSmoke: false,
		run: interrupted('stop', 'outage'),
	},
	{
		key: 'kill-outage',
		mode: 'regular',
		says: 'n8n killed during an outage',
		isSmoke: false,
		run: interrupted('kill', 'outage'),
	},
	{
		key: 'stop-swap',
		mode: 'regular',
		says: 'n8n stopped in the middle of a swap',
		isSmoke: false,
		run: interrupted('stop', 'swap'),
	},
	{
		key: 'kill-swap',
		mode: 'regular',
		says: 'n8n killed in the middle of a swap',
		isSmoke: false,
		run: interrupted('kill', 'swap'),
	},
	{
		key: 'kill-backup',
		mode: 'regular',
		says: 'n8n killed while branches are on backup',
		isSmoke: false,
		run: interrupted('kill', 'backup'),
	},
	{
		key: 'kill-away',
		mode: 'regular',
		says: 'n8n killed in the middle of a swap, started when the peer is long back',
		isSmoke: false,
		run: killedAndAway,
	},
	{
		key: 'cancel',
		mode: 'regular',
		says: 'The execution cancelled in the middle of a swap',
		isSmoke: false,
		run: cancelledRun,
	},
	{
		key: 'editor',
		mode: 'regular',
		says: 'In the browser: layout, panels, organization list, credential test, a run by hand',
		isSmoke: false,
		run: editor,
	},
	{
		key: 'first-steps',
		mode: 'regular',
		says: 'In the browser: a new user follows README to the first dry run',
		isSmoke: false,
		run: firstSteps,
	},
	{
		key: 'page',
		mode: 'regular',
		says: "In the browser: the simulator's page with 3 and 1,000 branches",
		isSmoke: false,
		run: simulatorPage,
	},
	{
		key: 'queue-moves',
		mode: 'queue',
		says: 'Queue mode: both workers run the schedule; failover and swap back with memory in static data',
		isSmoke: false,
		run: queueWithoutMemory,
	},
	{
		key: 'queue-memory',
		mode: 'queue',
		says: 'Queue mode, memory in a data table: kept by one run and read by the next',
		isSmoke: false,
		run: queueWithDataTable,
	},
	{
		key: 'queue-kill',
		mode: 'queue',
		says: 'Queue mode: a worker killed in the middle of a swap',
		isSmoke: false,
		run: queueWorkerKilled,
	},
];
