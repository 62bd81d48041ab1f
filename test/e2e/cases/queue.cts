import { queueModeTemplate } from '../../../scripts/templates/queueMode.cjs';
import type { Bench } from '../bench.cjs';
import { expect, Unexpected } from '../check.cjs';
import { nodeRuns } from '../executionData.cjs';
import { expectAwayAndHome } from '../passages.cjs';
import { branchesOnLondon, london } from '../scenarios.cjs';
import { Site } from '../site.cjs';
import { moved } from './life.cjs';

const minute = 60_000;
const branches = 8;
const [onLondon, onParis] = ['london_primary_up', 'paris_backup_up'];
const byHand = 'N_7000000001';

/** The main template: what it remembers may reach no worker, and every branch still goes away and home once. */
export async function queueWithoutMemory(bench: Bench): Promise<void> {
	const site = await Site.open(bench, { scenario: branchesOnLondon(branches) });
	try {
		await site.runs(4);
		const ran = bench.workers.runsOfEach();
		const endLoss = site.loseEverythingTo(london.publicIp);
		await site.until('all branches have moved', () => moved(site, branches, onParis), 240);
		await site.runs(4);
		endLoss();
		await site.until('all branches are back', () => moved(site, branches, onLondon), 240);
		await site.runs(4);
		expectAwayAndHome(site, branches);
		const more = bench.workers.runsOfEach().map((count, index) => count - (ran[index] ?? 0));
		expect('both workers carry out scheduled runs', Math.min(...more) > 0, more);
	} finally {
		await site.close();
	}
}

/**
 * With memory in a data table: the row is what the next run reads. Without memory the branch that was moved by hand
 * would be swapped back at once, since its primary is clean (R4.10).
 */
export async function queueWithDataTable(bench: Bench): Promise<void> {
	const site = await Site.open(bench, {
		scenario: branchesOnLondon(branches),
		messages: true,
		change: queueModeTemplate,
	});
	try {
		await site.runs(4);
		moveByHand(site);
		const movedAt = site.now;
		await site.until('eight minutes later', () => site.now > movedAt + 8 * minute);
		expect('the branch that was moved by hand stays', site.tags(byHand).includes(onParis), site.tags(byHand));
		const endLoss = site.loseEverythingTo(london.publicIp);
		await site.until('all branches have moved', () => moved(site, branches, onParis), 240);
		await site.runs(4);
		const told = bench.mailbox.mails.map(({ subject }) => subject);
		await site.runs(8);
		const again = bench.mailbox.mails.map(({ subject }) => subject).slice(told.length);
		expect('what was told is not told again', !again.some((subject) => told.includes(subject)), {
			told,
			again,
		});
		const [memory] = nodeRuns(await site.runByHand()).get('Read Memory')?.[0]?.outputs[0] ?? [];
		expect('the memory comes from the data table', String(memory?.['memory']).includes(byHand), memory);
		endLoss();
		await site.until('all branches are back', () => moved(site, branches, onLondon), 240);
	} finally {
		await site.close();
	}
}

/** Killed like a machine that loses power: the other worker's next run goes on where it stopped. */
export async function queueWorkerKilled(bench: Bench): Promise<void> {
	const site = await Site.open(bench, { scenario: branchesOnLondon(branches), change: queueModeTemplate });
	try {
		await site.runs(2);
		site.simulator.addFault({ match: { method: 'PUT' }, effect: { kind: 'slow', delayMs: 800 } });
		const endLoss = site.loseEverythingTo(london.publicIp);
		await site.until('the second swap', () => site.writes.length >= 2, 240);
		const oldest = (await site.executions()).filter(({ status }) => status === 'running').at(-1);
		const killed = bench.workers.whoRan(oldest?.id ?? '');
		if (killed === undefined) throw new Unexpected('no worker carries out the swap');
		await bench.workers.kill(killed);
		const written = site.writes.length;
		expect('the kill came in the middle of the swap', written < branches, written);
		await site.until('all branches have moved', () => moved(site, branches, onParis), 240);
		await bench.workers.startOne(killed);
		await site.runs(4);
		endLoss();
		await site.until('all branches are back', () => moved(site, branches, onLondon), 240);
		await site.runs(4);
		expectAwayAndHome(site, branches);
	} finally {
		await site.close();
	}
}

/** In the dashboard, by an operator. */
function moveByHand({ simulator }: Site): void {
	const replace = ['retail', 'london_primary_down', 'VIP', onParis, 'Wave-2'];
	simulator.applyEvent({ kind: 'editTags', network: byHand, replace });
}
