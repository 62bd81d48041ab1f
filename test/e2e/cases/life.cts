import type { Bench } from '../bench.cjs';
import { expect } from '../check.cjs';
import { nodeRuns } from '../executionData.cjs';
import { expectAwayAndHome, passages } from '../passages.cjs';
import { branchesOnLondon, london, organizationId } from '../scenarios.cjs';
import { expectOwnMoves, expectSurvived, rememberedBy } from '../remembered.cjs';
import { Site } from '../site.cjs';
import { renamed } from '../template.cjs';
import type { Workflow } from '../../../scripts/n8n/workflowSetup.cjs';

const minute = 60_000;
const evaluate = 'Evaluate Uplink Loss';

/** The first thing a careful user does: run it by hand, with Dry Run as shipped, in the middle of an outage. */
export async function dryRunByHand(bench: Bench): Promise<void> {
	const site = await Site.open(bench, { scenario: branchesOnLondon(3), dryRun: true, published: false });
	try {
		site.loseEverythingTo(london.publicIp);
		site.simulator.clock.advance(5 * minute);
		const execution = await site.runByHand();
		const runs = nodeRuns(execution);
		const [report] = runs.get('Swap VPN Tags')?.[0]?.outputs[0] ?? [];
		const text = String(report?.['text']);
		expect('the run by hand succeeds', execution.status === 'success', execution.status);
		expect('it says that it is a dry run', /dry run/i.test(text), text);
		expect('it says where the branches would go', text.includes('paris'), text);
		expect('it names every branch', text.includes('Branch 1') && text.includes('Branch 2'), text);
		expect('nothing is written', !site.simulator.requests.some(({ method }) => method !== 'GET'));
		const memory = await rememberedBy(site, evaluate);
		expect('a run by hand keeps no memory', memory === undefined, memory);
	} finally {
		await site.close();
	}
}

/** What the schedule remembers is there after n8n was stopped and after it was killed. */
export async function memoryOverRestart(bench: Bench): Promise<void> {
	const site = await Site.open(bench, { scenario: branchesOnLondon(3) });
	try {
		site.loseEverythingTo(london.publicIp);
		await site.until('all branches have moved', () => moved(site, 3, 'paris_backup_up'));
		await site.runs(3);
		for (const end of [stop, kill]) {
			// No run may come between the two looks.
			await bench.rest.unpublish(site.workflowId);
			await site.lastRun();
			const before = await rememberedBy(site, evaluate);
			expectOwnMoves(before, 3);
			await end(bench);
			await bench.start();
			const after = await rememberedBy(site, evaluate);
			expect('all of it is as it was', JSON.stringify(after) === JSON.stringify(before), { before, after });
			await bench.rest.publish(site.workflowId);
			await site.runs(2);
			expectSurvived(before, await rememberedBy(site, evaluate));
		}
	} finally {
		await site.close();
	}
}

/** A renamed node begins with an empty memory (n8n keeps it under the name): the branches still come home. */
export async function renamedNode(bench: Bench): Promise<void> {
	const site = await Site.open(bench, { scenario: branchesOnLondon(3) });
	try {
		const end = site.loseEverythingTo(london.publicIp);
		await site.until('all branches have moved', () => moved(site, 3, 'paris_backup_up'));
		const renamedAt = site.now;
		const stored = (await bench.rest.workflow(site.workflowId)) as unknown as Workflow;
		const { nodes, connections } = renamed(stored, evaluate, 'Watch The Peers');
		await bench.rest.changeWorkflow(site.workflowId, { nodes, connections });
		await bench.rest.publish(site.workflowId);
		await site.runs(3);
		const fresh = await rememberedBy(site, 'Watch The Peers');
		expectOwnMoves(fresh, 3);
		const since = Object.values(fresh?.pairs ?? {}).flatMap(({ held }) => held?.since ?? []);
		expect('under the new name nothing older is known', Math.min(...since) > renamedAt - minute, fresh);
		end();
		await site.until('all branches are back', () => moved(site, 3, 'london_primary_up'));
		await site.runs(3);
		expectAwayAndHome(site, 3);
	} finally {
		await site.close();
	}
}

/** Runs that overlap, since Meraki is slower than the schedule: every branch is still moved once. */
export async function overlappingRuns(bench: Bench): Promise<void> {
	const site = await Site.open(bench, {
		// Too few for a mass failover. Meraki's limits count real seconds, and time is fast here.
		scenario: { ...branchesOnLondon(3), rateLimits: { enabled: false } },
		messages: true,
	});
	try {
		await site.runs(2);
		site.simulator.addFault({
			match: { method: 'GET', path: '/organizations/*/networks' },
			effect: { kind: 'slow', delayMs: 3000 },
		});
		site.simulator.addFault({ match: { method: 'PUT' }, effect: { kind: 'slow', delayMs: 600 } });
		const end = site.loseEverythingTo(london.publicIp);
		await site.until('all branches have moved', () => moved(site, 3, 'paris_backup_up'));
		await site.runs(4);
		expectOwnMoves(await rememberedBy(site, evaluate), 3);
		end();
		await site.until('all branches are back', () => moved(site, 3, 'london_primary_up'), 120);
		await site.runs(4);
		expectAwayAndHome(site, 3);
		expect(
			'no branch is written by two runs',
			passages(site.writes).needless === 0,
			passages(site.writes).needless,
		);
		const subjects = bench.mailbox.mails.map(({ subject }) => subject);
		expect('a handful of messages', subjects.length <= 6, subjects);
		const failed = (await site.executions()).filter(
			({ status }) => status === 'error' || status === 'crashed',
		);
		expect('no run ends in error', failed.length === 0, failed);
	} finally {
		await site.close();
	}
}

export function interrupted(how: 'stop' | 'kill', when: 'outage' | 'swap' | 'backup') {
	return async (bench: Bench): Promise<void> => {
		const site = await Site.open(bench, { scenario: branchesOnLondon(8) });
		try {
			await site.runs(2);
			if (when === 'swap') {
				site.simulator.addFault({ match: { method: 'PUT' }, effect: { kind: 'slow', delayMs: 800 } });
			}
			const endLoss = site.loseEverythingTo(london.publicIp);
			await momentOf(when, site);
			const before = await rememberedBy(site, evaluate);
			await (how === 'stop' ? stop : kill)(bench);
			const written = site.writes.length;
			if (when === 'swap' && how === 'kill') {
				expect('the kill came in the middle of the swap', written > 0 && written < 8, written);
			}
			await bench.start();
			await site.until('all branches have moved', () => moved(site, 8, 'paris_backup_up'));
			await site.runs(4);
			const after = await rememberedBy(site, evaluate);
			expectOwnMoves(after, 8);
			if (when === 'backup') expectSurvived(before, after);
			endLoss();
			await site.until('all branches are back', () => moved(site, 8, 'london_primary_up'));
			await site.runs(4);
			expectAwayAndHome(site, 8);
		} finally {
			await site.close();
		}
	};
}

/** Killed while it moves branches, and started again when the peer has long been clean: everybody comes home. */
export async function killedAndAway(bench: Bench): Promise<void> {
	const site = await Site.open(bench, { scenario: branchesOnLondon(8) });
	try {
		await site.runs(2);
		site.simulator.addFault({ match: { method: 'PUT' }, effect: { kind: 'slow', delayMs: 800 } });
		const endLoss = site.loseEverythingTo(london.publicIp);
		await momentOf('swap', site);
		await kill(bench);
		endLoss();
		site.simulator.clock.advance(20 * minute);
		await bench.start();
		await site.until('all branches are back', () => moved(site, 8, 'london_primary_up'), 60);
	} finally {
		await site.close();
	}
}

/** Somebody presses Stop in the list of executions, in the middle of a swap. */
export async function cancelledRun(bench: Bench): Promise<void> {
	const site = await Site.open(bench, { scenario: branchesOnLondon(8) });
	try {
		await site.runs(2);
		site.simulator.addFault({ match: { method: 'PUT' }, effect: { kind: 'slow', delayMs: 800 } });
		const endLoss = site.loseEverythingTo(london.publicIp);
		await momentOf('swap', site);
		const running = (await site.executions()).filter(({ status }) => status === 'running');
		// One of them may have ended meanwhile, which n8n answers with 400.
		const asked = await Promise.allSettled(
			running.map(({ id }) => bench.rest.post(`/executions/${id}/stop`, {})),
		);
		expect(
			'a run was cancelled',
			asked.some(({ status }) => status === 'fulfilled'),
			asked.length,
		);
		await site.until('all branches have moved', () => moved(site, 8, 'paris_backup_up'));
		await site.runs(4);
		expectOwnMoves(await rememberedBy(site, evaluate), 8);
		endLoss();
		await site.until('all branches are back', () => moved(site, 8, 'london_primary_up'));
		await site.runs(4);
		expectAwayAndHome(site, 8);
	} finally {
		await site.close();
	}
}

async function momentOf(when: 'outage' | 'swap' | 'backup', site: Site): Promise<void> {
	const onset = site.now;
	// Loss shows two minutes late: nothing has moved after one.
	if (when === 'outage') await site.until('a minute of loss', () => site.now > onset + minute);
	if (when === 'swap') await site.until('the second swap', () => site.writes.length >= 2);
	if (when === 'backup') {
		await site.until('all branches have moved', () => moved(site, 8, 'paris_backup_up'));
		await site.runs(2);
	}
}

async function stop(bench: Bench): Promise<void> {
	await bench.server.stop(40_000);
}

async function kill(bench: Bench): Promise<void> {
	await bench.server.kill();
}

/** By the tags, since two runs may write the same. */
export function moved(site: Site, branches: number, tag: string): boolean {
	const networks = site.simulator.state.organization(organizationId)?.networks ?? [];
	return networks.filter(({ tags }) => tags.includes(tag)).length === branches;
}
