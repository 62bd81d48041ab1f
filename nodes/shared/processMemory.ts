import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * n8n stores what a node remembers when its whole run has ended, and a message node that waits can put that off for
 * minutes. What the newest run of this process is going to store waits here for runs that begin meanwhile: else each of
 * them would tell the same again.
 */
export interface UnstoredMemory<Memory> {
	readonly newest: (context: IExecuteFunctions) => Kept<Memory> | undefined;
	readonly keep: (context: IExecuteFunctions, memory: Memory) => void;
}

export interface Kept<Memory> {
	readonly memory: Memory;
	/** Host clock. */
	readonly keptAt: number;
}

/** Longer than a run of the template may take (6 minutes): by then n8n has stored it, or never will. */
const KEPT_MS = 10 * 60_000;

/** One for each kind of node, made once in a process. */
export function unstoredMemory<Memory>(): UnstoredMemory<Memory> {
	const byNode = new Map<string, Kept<Memory>>();
	const forgetOld = (now: number) => {
		for (const [key, { keptAt }] of byNode) if (Math.abs(now - keptAt) > KEPT_MS) byNode.delete(key);
	};
	return {
		newest: (context) => {
			forgetOld(Date.now());
			const key = keyOf(context);
			return key === null ? undefined : byNode.get(key);
		},
		keep: (context, memory) => {
			const keptAt = Date.now();
			forgetOld(keptAt);
			const key = keyOf(context);
			if (key !== null) byNode.set(key, { memory, keptAt });
		},
	};
}

/** As n8n keeps static data: by workflow and name of the node. `null` where n8n stores nothing in the end: by hand. */
function keyOf(context: IExecuteFunctions): string | null {
	const { id } = context.getWorkflow();
	if (id === undefined || id === '' || context.getMode() === 'manual') return null;
	return JSON.stringify([id, context.getNode().name]);
}
