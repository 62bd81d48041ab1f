import type { Bench } from '../bench.cjs';
import { expect } from '../check.cjs';
import { branchesOnLondon } from '../scenarios.cjs';
import { Site } from '../site.cjs';
import { withEvaluateParameters } from '../template.cjs';

/** Ten minutes without Meraki: one message when it begins to matter, one when it is over, and no failed run. */
export async function apiGone(bench: Bench): Promise<void> {
	// In the schedule's own pace: tries that are repeated take real time, and how many runs overlap depends on it.
	const site = await Site.open(bench, {
		scenario: branchesOnLondon(4),
		messages: true,
		everySeconds: 30,
		speed: 5,
	});
	try {
		await site.runs(1);
		const fault = site.simulator.addFault({ effect: { kind: 'status', status: 503 } });
		const until = site.now + 10 * 60_000;
		const subjects = (): readonly string[] => bench.mailbox.mails.map(({ subject }) => subject);
		await site.until('the message that monitoring is blind', () => subjects().length > 0, 240);
		await site.until('ten minutes pass', () => site.now > until, 120);
		site.simulator.removeFault(fault);
		await site.until('the message that it is over', () => subjects().length > 1, 120);
		await site.runs(1);
		expect('one message, and one when it is over', subjects().length === 2, subjects());
		const inSlack = bench.slack.messages.map(({ text }) => text);
		expect('the same to Slack', inSlack.length === 2, inSlack);
		const failed = (await site.executions()).filter(({ status }) => ['error', 'crashed'].includes(status));
		expect('no run ends in error', failed.length === 0, failed);
		expect('nothing was written', site.writes.length === 0);
	} finally {
		await site.close();
	}
}

/** A mistake of the user's own is no notice: the run fails, and the error branch says where. */
export async function badExpression(bench: Bench): Promise<void> {
	const site = await Site.open(bench, {
		scenario: branchesOnLondon(2),
		messages: true,
		change: (workflow) =>
			withEvaluateParameters(workflow, {
				preset: 'custom',
				lossThresholdPercent: '={{ $json.thisIs.notThere }}',
			}),
	});
	try {
		const crash = (): readonly string[] =>
			bench.mailbox.mails.filter(({ subject }) => subject.includes('crashed')).map(({ text }) => text);
		await site.until('the error branch sends its email', () => crash().length > 0, 40);
		await site.until('the error branch calls Slack', () => bench.slack.messages.length > 0, 20);
		expect('it says where', crash()[0]?.includes('Evaluate Uplink Loss') ?? false, crash()[0]);
		const failed = (await site.executions()).filter(({ status }) => status === 'error');
		expect('the run is marked failed', failed.length > 0);
	} finally {
		await site.close();
	}
}
