import { hubFleet, ORGANIZATION_ID, PRIMARY_IP } from './fleets.cjs';
import { PretendedMeraki, type NetworkTags } from './pretendedMeraki.cjs';
import { itemsOf, Product, SWAP } from './product.cjs';
import { RowLoop, type LoopResult } from './rowLoop.cjs';

const SWAPPED = 1;
/** Long enough for three lossy samples of every branch, which the failover limit asks for in a hub outage (R5.1). */
const LOST_FOR_MINUTES = 5.1;

/** A hub dies; seconds from the start of the run that decides to the last verified swap. */
export async function productMoves(branches: number): Promise<LoopResult> {
	return await inOutage(branches, async (meraki, outage) => {
		const product = await Product.of(meraki.url, 'evaluateAndSwap');
		// A run before the outage, as every 30 s: what is remembered is part of the product.
		await product.run([ORGANIZATION_ID]);
		await outage();
		await meraki.forgetRequests();
		const startedAt = performance.now();
		const finished = await product.run([ORGANIZATION_ID]);
		const seconds = (performance.now() - startedAt) / 1000;
		const swapped = itemsOf(finished, SWAP, SWAPPED).length;
		if (swapped !== branches) throw new Error(`${swapped} of ${branches} branches were reported as swapped`);
		return seconds;
	});
}

/** The same branches, moved row by row. */
export async function loopMoves(branches: number): Promise<LoopResult> {
	return await inOutage(branches, async (meraki, outage) => {
		await outage();
		await meraki.forgetRequests();
		return (await new RowLoop(meraki.url).run()).seconds;
	});
}

async function inOutage(
	branches: number,
	move: (meraki: PretendedMeraki, outage: () => Promise<void>) => Promise<number>,
): Promise<LoopResult> {
	const meraki = await PretendedMeraki.start(hubFleet(branches));
	try {
		const before = await meraki.networks();
		const seconds = await move(meraki, async () => {
			const atMinutes = (await meraki.minutes()) - LOST_FOR_MINUTES;
			await meraki.happen({ kind: 'loss', lossPercent: 100, atMinutes, where: { ip: PRIMARY_IP } });
		});
		const requests = await meraki.requests();
		checkMoved(before, await meraki.networks());
		const rateLimited = requests.filter(({ status }) => status === 429).length;
		return { seconds, calls: requests.length, rateLimited };
	} finally {
		await meraki.close();
	}
}

/** Every branch on the backup, and not one other tag touched: whoever was quicker must have done the same. */
function checkMoved(before: readonly NetworkTags[], after: readonly NetworkTags[]): void {
	const tagsAfter = new Map(after.map(({ id, tags }) => [id, tags.join(' ')]));
	for (const { id, tags } of before) {
		const wanted = tags
			.join(' ')
			.replace('london_primary_up', 'london_primary_down')
			.replace('paris_backup_down', 'paris_backup_up');
		if (tagsAfter.get(id) !== wanted) throw new Error(`${id} has the tags ${tagsAfter.get(id) ?? 'none'}`);
	}
}
