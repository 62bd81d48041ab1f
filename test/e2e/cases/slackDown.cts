import type { Execution } from '../../../scripts/n8n/n8nRest.cjs';
import type { Workflow } from '../../../scripts/n8n/workflowSetup.cjs';
import type { Bench } from '../bench.cjs';
import { expect } from '../check.cjs';
import { errorOf, nodeRuns, orderOfNodes } from '../executionData.cjs';
import { branchesOnLondon, london } from '../scenarios.cjs';
import { Site } from '../site.cjs';
import type { SlackMood } from '../standIns/slack.cjs';

/** Too few for a mass failover, so that the run that moves them is the first with a message (R5.1). */
const branches = 3;

/** Slack does not answer during an outage: branches move all the same, the email goes out, and n8n shows the run as failed. */
export async function slackDown(bench: Bench): Promise<void> {
	for (const mood of ['down', 'refusing', 'gone'] as const) await outageWith(bench, mood);
}

async function outageWith(bench: Bench, mood: SlackMood): Promise<void> {
	const site = await Site.open(bench, { scenario: branchesOnLondon(branches), messages: true });
	try {
		await site.runs(2);
		bench.slack.mood = mood;
		site.loseEverythingTo(london.publicIp);
		await site.until('all branches have moved', () => site.writes.length >= branches);
		await site.until('the email about it', () =>
			bench.mailbox.mails.some(({ subject }) => subject.includes('moved')),
		);
		await site.until('the run is marked failed', async () => (await errors(site)).length > 0);
		const [failed] = await errors(site);
		if (!failed) return;
		const runs = nodeRuns(failed);
		const order = orderOfNodes(failed);
		const shown = { mood, order, error: errorOf(failed) };
		expect(
			'the run says that a message could not be sent',
			errorOf(failed).startsWith('A message could not be sent'),
			shown,
		);
		expect(
			'both messages are tried before the run fails',
			order.includes('Report to Slack') && order.includes('Report by Email'),
			shown,
		);
		expect('the swap comes first', order.indexOf('Swap VPN Tags') === 2, shown);
		expect('the failure comes last', order.at(-1) === 'Fail This Run', shown);
		expect('Slack is asked a few times at most', bench.slack.attempts <= 10, bench.slack.attempts);
		expect(
			'the node hands on what Slack said',
			(runs.get('Report to Slack')?.[0]?.outputs[1]?.length ?? 0) > 0,
			shown,
		);
		await site.until(
			'the crash email, although Slack is down',
			() => bench.mailbox.mails.some(({ subject }) => subject.includes('crashed')),
			20,
		);
	} finally {
		await site.close();
	}
}

async function errors(site: Site): Promise<readonly Execution[]> {
	const failed = (await site.executions()).filter(
		({ status, mode }) => status === 'error' && mode === 'trigger',
	);
	return await Promise.all(failed.map(({ id }) => site.bench.rest.execution(id)));
}

/**
 * n8n's Slack node waits for ever, and a run that is ended for its time fires no error branch: the email went out before.
 * Runs that begin meanwhile do not get what the waiting ones remember from n8n, and still tell nothing twice.
 */
export async function slackSilent(bench: Bench): Promise<void> {
	const site = await Site.open(bench, {
		scenario: branchesOnLondon(branches),
		messages: true,
		change: withTimeLimit,
	});
	try {
		await site.runs(2);
		bench.slack.mood = 'silent';
		site.breakTagsOf('Branch 1');
		const subjects = (): readonly string[] => bench.mailbox.mails.map(({ subject }) => subject);
		const aboutTags = (): number =>
			subjects().filter((each) => each.includes('tags are inconsistent')).length;
		await site.until('the email about the tags', () => aboutTags() > 0, 20);
		site.loseEverythingTo(london.publicIp);
		await site.until('all branches with tags in order have moved', () => site.writes.length >= branches - 1);
		await site.until('the email about it', () => subjects().some((subject) => subject.includes('moved')), 20);
		await site.runs(3);
		expect('the tags are told once, by whichever run', aboutTags() === 1, subjects());
	} finally {
		bench.slack.mood = 'up';
		await site.close();
	}
}

/** Instead of the six minutes of the template. */
function withTimeLimit(workflow: Workflow): Workflow {
	return { ...workflow, settings: { ...(workflow['settings'] as object), executionTimeout: 15 } };
}
