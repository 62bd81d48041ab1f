import type { PairOutcome } from '../../core/evaluate';
import type { Knowledge } from '../../core/knowledge';
import { evaluate } from '../../core/evaluate';
import type { OrganizationMemory } from '../../core/memory';
import { concludeRun } from '../../core/organizationRun';
import type { JudgedOrganization, OrganizationRun } from '../../core/organizationRun';
import type { Settings } from '../../core/settings';
import { compileTagFormat } from '../../core/tagFormat';
import type { LossRow, Network } from '../../core/types';
import { appliance, ORGANIZATION, PEERS, settings } from './branch';
import { NOW } from './series';

export const NO_CALLS = { calls: 0, waits: 0, rateLimited: 0 };

export interface RunInput extends Partial<Omit<JudgedOrganization, 'settings' | 'knowledge' | 'outcomes'>> {
	readonly networks: readonly Network[];
	readonly rows: readonly LossRow[];
	readonly now?: number;
	readonly settings?: Partial<Settings>;
	readonly knowledge?: Partial<Knowledge>;
	readonly memory?: OrganizationMemory | null;
}

/** The memory of the run before, for a run that has one. */
export function memoryOf(run: OrganizationRun): OrganizationMemory {
	return run.memory;
}

/** One run over networks whose appliances all have wan1 active. */
export function runOnce(input: RunInput): OrganizationRun & { readonly outcomes: readonly PairOutcome[] } {
	const { networks, rows, now = NOW, knowledge: known = {}, settings: changes = {}, memory, ...rest } = input;
	const chosen = settings(changes);
	const knowledge: Knowledge = {
		now,
		networks,
		rows,
		peers: { kind: 'known', peers: PEERS },
		memory: memory ?? null,
		statuses: new Map(networks.map(({ id }) => [id, [appliance(['wan1'], { networkId: id })]])),
		history: new Map(),
		earlier: new Map(),
		...known,
	};
	const { outcomes } = evaluate(knowledge, chosen, compileTagFormat(chosen.tagFormat));
	const run = concludeRun({
		organization: ORGANIZATION,
		knowledge,
		outcomes,
		settings: chosen,
		conditions: [],
		warnings: [],
		api: NO_CALLS,
		isManual: false,
		peers: null,
		...rest,
	});
	return { ...run, outcomes };
}
