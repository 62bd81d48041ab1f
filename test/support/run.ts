import type { PairOutcome } from '../../core/decide/outcome';
import { MINUTE_MS } from '../../core/domain/time';
import type { OrganizationSnapshot } from '../../core/evaluate/snapshot';
import { evaluateOrganization } from '../../core/evaluate/evaluateOrganization';
import type { OrganizationMemory } from '../../core/memory/memory';
import { concludeRun } from '../../core/cycle/concludeRun';
import type { JudgedOrganization, OrganizationRun } from '../../core/cycle/concludeRun';
import type { Settings } from '../../core/settings/settings';
import { compileTagFormat } from '../../core/tags/tagFormat';
import type { LossRow, Network } from '../../core/domain/types';
import { answer, appliance, ORGANIZATION, PEERS, row, settings } from './branch';
import { NOW } from './series';

export const NO_CALLS = { calls: 0, waits: 0, rateLimited: 0 };

export interface RunInput extends Partial<Omit<JudgedOrganization, 'settings' | 'snapshot' | 'outcomes'>> {
	readonly networks: readonly Network[];
	readonly rows: readonly LossRow[];
	readonly now?: number;
	readonly settings?: Partial<Settings>;
	readonly snapshot?: Partial<OrganizationSnapshot>;
	readonly memory?: OrganizationMemory | null;
}

/** One run over networks whose appliances all have wan1 active. */
export function runOnce(input: RunInput): OrganizationRun & { readonly outcomes: readonly PairOutcome[] } {
	const { networks, rows, now = NOW, snapshot: known = {}, settings: changes = {}, memory, ...rest } = input;
	const chosen = settings(changes);
	let snapshot: OrganizationSnapshot = {
		now,
		networks,
		rows,
		peers: { kind: 'known', peers: PEERS },
		memory: memory ?? null,
		statuses: new Map(networks.map(({ id }) => [id, [appliance(['wan1'], { networkId: id })]])),
		history: new Map(),
		lookbacks: new Map(),
		...known,
	};
	const grammar = compileTagFormat(chosen.tagFormat);
	let evaluation = evaluateOrganization(snapshot, chosen, grammar);
	for (let round = 1; round <= 2; round += 1) {
		// What earlier minutes and days brought: every destination was clean then.
		const minutes = Array.from({ length: 80 }, () => '0').join(' ');
		const history = networks.flatMap(({ id }) =>
			evaluation.requests.historyOf.map(({ ip }) =>
				row(ip, minutes, { now: now - 5 * MINUTE_MS, networkId: id }),
			),
		);
		snapshot = answer({ history }, snapshot, evaluation);
		evaluation = evaluateOrganization(snapshot, chosen, grammar);
	}
	const { outcomes } = evaluation;
	const run = concludeRun({
		organization: ORGANIZATION,
		snapshot,
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
