/**
 * Plays one random hour: the real chain (evaluate, conclude, memory and items through JSON, compare and set) beside
 * the oracle, on the same data. Whatever differs, or breaks a promise, is a violation.
 */
import type { Decision } from '../../../core/swap/decision';
import type { OrganizationMemory } from '../../../core/memory/memory';
import { planSwap } from '../../../core/swap/plan';
import { MINUTE } from '../input';
import type { BackupMemory, Move } from '../input';
import { answer } from '../oracle/oracle';
import { tagsAfter } from '../oracle/tags';
import { brokenPromises } from '../invariants';
import type { Edit } from '../world/edits';
import { isIn } from '../world/hourDice';
import type { Run } from '../world/runs';
import type { Site } from '../world/sites';
import { makeWorld } from '../world/world';
import type { World } from '../world/world';
import { branchOf } from './branch';
import { Chain, networkWith } from './chain';
import type { Ended } from './chain';
import { asRole, inWords } from './words';

export interface HourReport {
	readonly seed: number;
	readonly networks: number;
	readonly runs: number;
	/** Networks judged, over all runs. */
	readonly judged: number;
	/** Writes, by action. */
	readonly moves: ReadonlyMap<string, number>;
	/** Decisions that Swap did not write any more, as the oracle says too. */
	readonly overtaken: number;
	readonly faults: ReadonlyMap<string, number>;
	readonly violations: readonly string[];
}

export function playHour(seed: number): HourReport {
	return new Hour(makeWorld(seed)).play();
}

const VALID_FOR = 180_000;

interface Memories {
	readonly product: OrganizationMemory | null;
	readonly oracle: BackupMemory | null;
}

const FRESH: Memories = { product: null, oracle: null };

interface PendingSwap {
	readonly at: number;
	readonly decidedAt: number;
	readonly decision: Decision;
	readonly move: Move;
}

class Hour {
	private readonly tags: Map<string, readonly string[]>;
	private readonly chain: Chain;
	private edits: readonly Edit[];
	private swaps: PendingSwap[] = [];
	private readonly violations: string[] = [];
	private readonly moves = new Map<string, number>();
	private judged = 0;
	private overtaken = 0;

	constructor(private readonly world: World) {
		this.tags = new Map(world.sites.map(({ id, firstTags }) => [id, firstTags]));
		this.chain = new Chain(world);
		this.edits = world.edits;
	}

	play(): HourReport {
		const { world } = this;
		let before = FRESH;
		let memories = FRESH;
		for (const run of world.runs) {
			this.happenUntil(run.at);
			const known = run.isDouble ? before : run.hasMemory ? memories : FRESH;
			const after = this.run(run, known);
			before = known;
			if (!run.isKilled && !run.isMemoryOverwritten) memories = after;
		}
		this.happenUntil(Infinity);
		return {
			seed: world.seed,
			networks: world.sites.length,
			runs: world.runs.length,
			judged: this.judged,
			moves: this.moves,
			overtaken: this.overtaken,
			faults: world.faults,
			violations: this.violations,
		};
	}

	private run(run: Run, known: Memories): Memories {
		const { world } = this;
		const now = run.at;
		const sites = world.sites.filter((site) => !isIn(site.vanished, now));
		const arePeersReadable = !isIn(world.peersUnreadable, now);
		const networks = sites.map(({ id }) => networkWith(id, this.tagsOf(id)));
		const ended = this.chain.run({ now, networks, arePeersReadable, memory: known.product });
		const { rows } = ended.snapshot;
		const expected = answer({
			now,
			rules: world.rules,
			peers: arePeersReadable ? world.peers : null,
			branches: sites.map((site) => branchOf(site, this.tagsOf(site.id), rows, now, world)),
			memory: known.oracle,
		});
		this.compare(now, sites, ended, expected.moves);
		this.judged += ended.outcomes.length;
		for (const decision of ended.made) {
			const move = expected.moves.get(decision.networkId);
			if (!move || run.isKilled || run.isUnwritten) continue;
			this.swaps.push({ at: now + run.swapAfter, decidedAt: now, decision, move });
		}
		return { product: ended.memory, oracle: expected.memory };
	}

	private tagsOf(networkId: string): readonly string[] {
		return this.tags.get(networkId) ?? [];
	}

	private compare(
		now: number,
		sites: readonly Site[],
		{ made, outcomes }: Ended,
		expected: ReadonlyMap<string, Move>,
	): void {
		for (const { id, probes } of sites) {
			const decision = made.find(({ networkId }) => networkId === id);
			const move = expected.get(id);
			const product = decision ? inWords(decision.action, decision.have, decision.want) : 'stays';
			const oracle = move ? inWords(move.action, asRole(move.from), asRole(move.to)) : 'stays';
			if (product !== oracle) {
				const outcome = outcomes.find(({ network }) => network.id === id);
				const why = outcome?.kind === 'judged' ? JSON.stringify(outcome.verdict) : 'not judged';
				this.violate(now, `${id}: the product ${product}, the oracle ${oracle}. Product: ${why}`);
			}
			if (decision && this.isDark(probes, now)) this.violate(now, `${id}: moved without any data`);
		}
	}

	/** Nothing was measured in the window. */
	private isDark(probes: Site['probes'], now: number): boolean {
		const since = now - (2 + this.world.rules.window) * MINUTE;
		return probes.every((probe) => probe.samples(since, now, now).every(({ loss }) => loss === null));
	}

	private violate(at: number, what: string): void {
		const { seed, startAt } = this.world;
		this.violations.push(`seed ${seed}, minute ${((at - startAt) / MINUTE).toFixed(1)}, ${what}`);
	}

	/** What other admins and Swap write, in the order of time. */
	private happenUntil(until: number): void {
		for (;;) {
			const edit = this.edits[0];
			const swap = [...this.swaps].sort((one, other) => one.at - other.at)[0];
			if (edit && edit.at <= until && edit.at <= (swap?.at ?? Infinity)) {
				this.edits = this.edits.slice(1);
				this.tags.set(edit.networkId, edit.change(this.tagsOf(edit.networkId)));
			} else if (swap && swap.at <= until) {
				this.swaps = this.swaps.filter((each) => each !== swap);
				this.swap(swap);
			} else return;
		}
	}

	private swap({ at, decidedAt, decision, move }: PendingSwap): void {
		const { networkId } = decision;
		const before = this.tagsOf(networkId);
		const order = { kind: 'asEvaluated', decision } as const;
		const plan = planSwap([order], networkWith(networkId, before), at, VALID_FOR);
		const expected = tagsAfter(before, move, at - decidedAt, this.world.rules.holdTag, at);
		const result = plan.hasChanges ? plan.tagsAfter : null;
		if (JSON.stringify(result) !== JSON.stringify(expected)) {
			this.violate(
				at,
				`${networkId}: Swap makes ${before.join()} ${result?.join()}, not ${expected?.join()}`,
			);
		}
		const again = planSwap([order], networkWith(networkId, plan.tagsAfter), at, VALID_FOR);
		if (again.hasChanges) this.violate(at, `${networkId}: a plan applied twice changes tags twice`);
		for (const promise of brokenPromises(before, plan.tagsAfter))
			this.violate(at, `${networkId}: ${promise}`);
		this.tags.set(networkId, plan.tagsAfter);
		const kind = move.action === 'failover' && move.from.role > 0 ? 'failover from a backup' : move.action;
		if (plan.hasChanges) this.moves.set(kind, (this.moves.get(kind) ?? 0) + 1);
		else this.overtaken += 1;
	}
}
