import type { Measured } from './child/measured.cjs';
import { HANDFUL, outageFleet, quietFleet } from './fleets.cjs';
import { inTurns } from './inTurns.cjs';
import type { Scenario } from '../../simulator/simulator.cjs';
import { PretendedMeraki } from './pretendedMeraki.cjs';

export interface QuietCycle {
	readonly networks: number;
	/** Evaluate in n8n's engine, warm. */
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
/** A quiet run takes a fraction of a second: it is measured more often than what takes minutes. */
const TURNS_A_RUN = 8;

/** The run that happens every 30 s, all year: nothing is the matter. Time stands still, so that all read the same. */
export async function quietCycle(networks: number, runs: number): Promise<QuietCycle> {
	const warmUps = Math.max(FEWEST_WARM_UPS, NETWORKS_TO_WARM_UP / networks);
	const turns = runs * TURNS_A_RUN;
	const inOutage = await before(
		outageFleet(networks),
		async (url) => await inTurns(['dataPath'], url, warmUps, turns),
	);
	return await before(quietFleet(networks), async (url) => {
		const { wholeCycle, dataPath, parseAlone } = await inTurns(
			['wholeCycle', 'dataPath', 'parseAlone'],
			url,
			warmUps,
			turns,
		);
		return {
			networks,
			whole: wholeCycle,
			own: dataPath,
			parse: parseAlone,
			ownInOutage: inOutage.dataPath,
			peakBytes: await freshPeaks('wholeCycle', url, runs),
			parsePeakBytes: await freshPeaks('parseAlone', url, runs),
		};
	});
}

async function freshPeaks(what: string, url: string, runs: number): Promise<number[]> {
	const peaks: number[] = [];
	for (let count = 0; count < runs; count += 1) {
		const measured = await inTurns([what], url, 0, 1);
		peaks.push(...Object.values(measured).map(({ peakBytes }) => peakBytes));
	}
	return peaks;
}

/** What a quiet run costs at any size: n8n's engine, two requests. */
export async function handfulCpuSeconds(runs: number): Promise<readonly number[]> {
	const { wholeCycle } = await before(
		quietFleet(HANDFUL),
		async (url) =>
			await inTurns(['wholeCycle'], url, NETWORKS_TO_WARM_UP / FEWEST_NETWORKS, runs * TURNS_A_RUN),
	);
	return wholeCycle.cpuSeconds;
}

async function before<Result>(fleet: Scenario, measureAt: (url: string) => Promise<Result>): Promise<Result> {
	const meraki = await PretendedMeraki.start(fleet, 0);
	try {
		return await measureAt(meraki.url);
	} finally {
		await meraki.close();
	}
}
