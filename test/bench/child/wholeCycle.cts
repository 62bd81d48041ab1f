import type { IDataObject } from 'n8n-workflow';
import { bytesOf, EVALUATE, itemsOf, Product } from '../product.cjs';
import { cpuSecondsOf, type Subject } from './measured.cjs';

/** A run of the node Evaluate Uplink Loss in n8n's engine: its calls over HTTP, its memory, its items. */
export async function wholeCycle(url: string, organizationId: string): Promise<Subject> {
	const product = await Product.of(url, 'evaluate');
	let outputs: readonly IDataObject[][] = [];
	return {
		run: async () =>
			await cpuSecondsOf(async () => {
				const finished = await product.run([organizationId]);
				outputs = [0, 1, 2].map((output) => itemsOf(finished, EVALUATE, output));
			}),
		facts: () => {
			const api = outputs[0]?.[0]?.['api'] as { readonly calls: number } | undefined;
			return {
				calls: api?.calls ?? 0,
				handedOnBytes: bytesOf(outputs),
				memoryBytes: product.memoryBytes,
			};
		},
	};
}
