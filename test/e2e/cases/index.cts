import type { Bench } from '../bench.cjs';
import {
	dryRunByHand,
	interrupted,
	killedAndAway,
	cancelledRun,
	memoryOverRestart,
	overlappingRuns,
	renamedNode,
} from './life.cjs';
import { manyBranches } from './manyBranches.cjs';
import { editor } from './editor.cjs';
import { slackDown, slackSilent } from './slackDown.cjs';
import { apiGone, badExpression } from './unreachable.cjs';
import { wholeChain } from './wholeChain.cjs';

export interface Step {
	readonly key: string;
	readonly says: string;
	/** Also on the versions that are only smoke-tested. */
	readonly isSmoke: boolean;
	readonly run: (bench: Bench) => Promise<void>;
}

export const steps: readonly Step[] = [
	{
		key: 'chain',
		says: "One outage by schedule: failover, a message of a branch of one's own, swap back",
		isSmoke: true,
		run: wholeChain,
	},
	{
		key: 'dry',
		says: 'Dry run by hand: says what would happen, writes nothing',
		isSmoke: true,
		run: dryRunByHand,
	},
	{
		key: 'many',
		says: '200 branches fail over: one message a wave to Slack and by email',
		isSmoke: false,
		run: manyBranches,
	},
	{
		key: 'slack',
		says: 'Slack down: branches move, the email goes out, the run is marked failed',
		isSmoke: true,
		run: slackDown,
	},
	{
		key: 'silent',
		says: 'Slack never answers: branches move, somebody is told by email',
		isSmoke: false,
		run: slackSilent,
	},
	{
		key: 'gone',
		says: 'Meraki unreachable for ten minutes: one message, one when it is over',
		isSmoke: false,
		run: apiGone,
	},
	{ key: 'expression', says: 'A bad expression: the error branch tells', isSmoke: true, run: badExpression },
	{ key: 'memory', says: 'Memory outlasts a stop and a kill of n8n', isSmoke: true, run: memoryOverRestart },
	{ key: 'renamed', says: 'Evaluate Uplink Loss renamed during an outage', isSmoke: false, run: renamedNode },
	{
		key: 'overlap',
		says: 'Overlapping runs, Meraki slower than the schedule',
		isSmoke: false,
		run: overlappingRuns,
	},
	{
		key: 'stop-outage',
		says: 'n8n stopped during an outage',
		isSmoke: false,
		run: interrupted('stop', 'outage'),
	},
	{
		key: 'kill-outage',
		says: 'n8n killed during an outage',
		isSmoke: false,
		run: interrupted('kill', 'outage'),
	},
	{
		key: 'stop-swap',
		says: 'n8n stopped in the middle of a swap',
		isSmoke: false,
		run: interrupted('stop', 'swap'),
	},
	{
		key: 'kill-swap',
		says: 'n8n killed in the middle of a swap',
		isSmoke: false,
		run: interrupted('kill', 'swap'),
	},
	{
		key: 'kill-backup',
		says: 'n8n killed while branches are on backup',
		isSmoke: false,
		run: interrupted('kill', 'backup'),
	},
	{
		key: 'kill-away',
		says: 'n8n killed in the middle of a swap, started when the peer is long back',
		isSmoke: false,
		run: killedAndAway,
	},
	{
		key: 'cancel',
		says: 'The execution cancelled in the middle of a swap',
		isSmoke: false,
		run: cancelledRun,
	},
	{
		key: 'editor',
		says: 'In the browser: layout, panels, organization list, credential test, a run by hand',
		isSmoke: false,
		run: editor,
	},
];
