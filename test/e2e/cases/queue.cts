import type { Bench } from '../bench.cjs';
import { expect } from '../check.cjs';
import { expectAwayAndHome } from '../passages.cjs';
import { branchesOnLondon, london } from '../scenarios.cjs';
import { Site } from '../site.cjs';
import { moved } from './life.cjs';

const branches = 8;
const [onLondon, onParis] = ['london_primary_up', 'paris_backup_up'];

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
