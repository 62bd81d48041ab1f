import { cpuSecondsOf, type Subject } from './measured.cjs';
import { readBodies, sizeOf } from './bodies.cjs';

/** `JSON.parse` of the two answers and nothing else: what nobody can do without. */
export async function parseAlone(url: string, organizationId: string): Promise<Subject> {
	const bodies = await readBodies(url, organizationId);
	return {
		run: async () => await cpuSecondsOf(() => [JSON.parse(bodies.loss), JSON.parse(bodies.networks)]),
		facts: () => ({ bodyBytes: sizeOf(bodies) }),
	};
}
