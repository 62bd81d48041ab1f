import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

/** Plain JSON of ours becomes an item. The types here are `readonly`, n8n's are not; nobody writes to them. */
export function outputItem(json: object, itemIndex: number): INodeExecutionData {
	return { json: json as IDataObject, pairedItem: { item: itemIndex } };
}

/**
 * Organizations in work at a time, in both nodes: at a tenth of a second a call, a dozen or two keep as many calls under
 * way as one source address may make (`REQUESTS_PER_SECOND_SHARED`); more would only hold more answers in memory.
 */
export const ORGANIZATIONS_AT_ONCE = 20;

/** Runs at most `atOnce` pieces of work at a time; every piece is run, and the results keep the order. */
export async function inTurn<T, R>(
	work: readonly T[],
	atOnce: number,
	run: (each: T) => Promise<R>,
): Promise<PromiseSettledResult<R>[]> {
	const results: PromiseSettledResult<R>[] = [];
	const queue = work.entries();
	const worker = async () => {
		for (const [place, each] of queue) {
			const [result] = await Promise.allSettled([run(each)]);
			results[place] = result;
		}
	};
	await Promise.all(Array.from({ length: Math.min(atOnce, work.length) }, worker));
	return results;
}
