import type { Bound } from './bound.cjs';
import type { ManyOrganizations } from './manyOrganizations.cjs';
import type { QuietCycle } from './quietCycle.cjs';
import type { N8nRuns } from './realN8n.cjs';
import type { LoopResult } from './rowLoop.cjs';

/** Everything that one call of `npm run bench` has measured. */
export interface Results {
	readonly surroundings: Surroundings;
	readonly hub: readonly HubOutage[];
	/** From few networks to many. */
	readonly quiet: readonly QuietCycle[];
	/** Seconds of CPU of quiet runs over a handful of networks: what a run costs at any size. */
	readonly handfulCpuSeconds: readonly number[];
	readonly n8n: N8nRuns | null;
	readonly organizations: readonly ManyOrganizations[];
}

export interface HubOutage {
	readonly branches: number;
	readonly bound: Bound;
	readonly product: readonly LoopResult[];
	/** Empty where it would take longer than anybody would wait. */
	readonly loop: readonly LoopResult[];
}

export interface Surroundings {
	readonly date: string;
	readonly processor: string;
	readonly cores: number;
	readonly memoryBytes: number;
	readonly system: string;
	readonly node: string;
	readonly version: string;
	readonly commit: string;
	/** Processes that wanted to run, over the last minute before the first measurement. */
	readonly load: number;
}
