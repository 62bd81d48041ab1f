import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Measured } from './child/measured.cjs';
import { HANDFUL, outageFleet, quietFleet } from './fleets.cjs';
import type { Scenario } from '../../simulator/simulator.cjs';
import { PretendedMeraki } from './pretendedMeraki.cjs';

export interface QuietCycle {
	readonly networks: number;
	/** Evaluate in n8n's engine, warm; the memory of each value is that of a fresh process. */
	readonly whole: Measured;
	/** Of it, what the package does itself once the answers are parsed. */
	readonly own: Measured;
	readonly parse: Measured;
	/** What the package does itself while all branches are on backup. */
	readonly ownInOutage: Measured;
	readonly peakBytes: readonly number[];
	readonly parsePeakBytes: readonly number[];
}

/** n8n runs for weeks: what is measured must have been compiled, also where one run is short. */
const FEWEST_WARM_UPS = 6;
const NETWORKS_TO_WARM_UP = 60_000;
const FEWEST_NETWORKS = 1000;

/** The run that happens every 30 s, all year: nothing is the matter. Time stands still, so that all read the same. */
export async function quietCycle(networks: number, runs: number): Promise<QuietCycle> {
	const warmUps = Math.max(FEWEST_WARM_UPS, NETWORKS_TO_WARM_UP / networks);
	const ownInOutage = await before(
		outageFleet(networks),
		async (url) => await measure('dataPath', url, warmUps, runs),
	);
	return await before(quietFleet(networks), async (url) => {
		const warm = async (what: string) => await measure(what, url, warmUps, runs);
		const fresh = async (what: string) => {
			const peaks: number[] = [];
			for (let count = 0; count < runs; count += 1) peaks.push((await measure(what, url, 0, 1)).peakBytes);
			return peaks;
		};
		return {
			networks,
			whole: await warm('wholeCycle'),
			own: await warm('dataPath'),
			parse: await warm('parseAlone'),
			ownInOutage,
			peakBytes: await fresh('wholeCycle'),
			parsePeakBytes: await fresh('parseAlone'),
		};
	});
}

/** What a quiet run costs at any size: n8n's engine, two requests. */
export async function handfulCpuSeconds(runs: number): Promise<readonly number[]> {
	const { cpuSeconds } = await before(
		quietFleet(HANDFUL),
		async (url) => await measure('wholeCycle', url, NETWORKS_TO_WARM_UP / FEWEST_NETWORKS, runs),
	);
	return cpuSeconds;
}

async function before<Result>(fleet: Scenario, measureAt: (url: string) => Promise<Result>): Promise<Result> {
	const meraki = await PretendedMeraki.start(fleet, 0);
	try {
		return await measureAt(meraki.url);
	} finally {
		await meraki.close();
	}
}

async function measure(what: string, url: string, warmUps: number, runs: number): Promise<Measured> {
	const child = join(__dirname, 'child', 'cycle.cts');
	const options = ['--expose-gc', '--require', 'tsx/cjs', child, what, url, String(warmUps), String(runs)];
	const { stdout } = await promisify(execFile)(process.execPath, options);
	return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measured;
}
