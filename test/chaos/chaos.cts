/** Random worlds of the model, played through the real nodes in n8n's engine against the simulator, with faults. */
import { inspect } from 'node:util';
import type { IDataObject } from 'n8n-workflow';
import { createSimulator, VirtualClock } from '../../simulator/simulator.cjs';
import type { Simulator } from '../../simulator/simulator.cjs';
import { logLines, runWorkflow, START } from '../support/n8nEngine.cjs';
import type { EngineSettings, Finished, StoredWorkflow } from '../support/n8nEngine.cjs';
import {
	EVALUATE,
	evaluateNode,
	FAILED,
	jsonOf,
	KEY,
	REPORT,
	startNode,
	SWAP,
	SWAP_NEEDED,
	swapNode,
	SWAPPED,
} from '../support/n8nMeraki.cjs';
import { builtPackage, PACKAGE_NAME } from '../support/n8nPackage.cjs';
import { takeTime } from '../support/virtualTime.cjs';
import type { VirtualTime } from '../support/virtualTime.cjs';
import { chaosOf } from './faults.cjs';
import type { Chaos } from './faults.cjs';
import { brokenBy, writesOf } from './promises.cjs';
import type { Write } from './promises.cjs';
import { parametersOf, scenarioOf } from './scenario.cjs';
import { Dice } from '../model/random';
import type { Run } from '../model/world/runs';
import { makeWorld } from '../model/world/world';
import type { World } from '../model/world/world';

export interface ChaosTally {
	worlds: number;
	cycles: number;
	runs: number;
	requests: number;
	/** Networks written, in PUTs and batches. */
	writes: number;
	batches: number;
	/** Reported as done. */
	done: number;
	/** Reported as failed or refused. */
	failed: number;
	/** Virtual seconds that the nodes waited. */
	waitedSeconds: number;
	readonly faults: Map<string, number>;
	readonly violations: string[];
}

export function emptyChaosTally(): ChaosTally {
	const none = { worlds: 0, cycles: 0, runs: 0, requests: 0, writes: 0, batches: 0, done: 0, failed: 0 };
	return { ...none, waitedSeconds: 0, faults: new Map(), violations: [] };
}

/** Worlds of the model with one to 20 networks; those with many write in batches. */
export const CHAOS_SEEDS: readonly number[] = [2, 3, 4, 5, 6, 7, 8, 9, 128, 284, 484, 493, 589];

/** Plays the first `cycles` runs of the world with this seed into the tally. */
export async function playChaos(seed: number, cycles: number, tally: ChaosTally): Promise<void> {
	const world = makeWorld(seed);
	const clock = new VirtualClock({ startAt: world.startAt, speed: 0, elapsedMs: () => 0 });
	const simulator = createSimulator({ scenario: scenarioOf(world), clock });
	const time = takeTime(
		() => clock.now(),
		(ms) => clock.advance(ms),
	);
	try {
		const { url } = await simulator.listen();
		const play = new ChaosPlay(world, simulator, time, await engine(url), tally);
		await play.all(world.runs.slice(0, cycles));
	} finally {
		time.restore();
		await simulator.close();
	}
}

async function engine(url: string): Promise<EngineSettings> {
	const built = await builtPackage();
	return {
		nodeTypes: {
			[`${PACKAGE_NAME}.evaluateUplinkLoss`]: built.evaluate,
			[`${PACKAGE_NAME}.swapVpnTags`]: built.swap,
		},
		credential: { type: built.credential, data: { apiKey: KEY, region: 'custom', customUrl: url } },
	};
}

/** So long after a write that was seen late, or an edit, a read may have shown what was before. */
const READS_LAG_MS = 5 * 60_000;

class ChaosPlay {
	private readonly dice: Dice;
	private edits: World['edits'];
	private staticData: IDataObject = {};
	/** By network: which tags it had, and when. */
	private readonly past = new Map<string, { readonly at: number; readonly tags: readonly string[] }[]>();
	private readsLagUntil = 0;
	/** What befalls this cycle. */
	private chaos: readonly Chaos[] = [];

	constructor(
		private readonly world: World,
		private readonly simulator: Simulator,
		private readonly time: VirtualTime,
		private readonly settings: EngineSettings,
		private readonly tally: ChaosTally,
	) {
		this.dice = new Dice(world.seed ^ 0x5eed);
		this.edits = world.edits;
	}

	async all(runs: readonly Run[]): Promise<void> {
		for (const run of runs) await this.cycle(run);
		const { violations, strangerVisits } = this.simulator;
		for (const each of violations.all) this.violate(`broke the contract: ${JSON.stringify(each)}`);
		for (const each of strangerVisits.filter(({ broughtKey }) => broughtKey))
			this.violate(`brought the key to a foreign host: ${JSON.stringify(each)}`);
		this.tally.worlds += 1;
		this.tally.waitedSeconds += Math.round(this.time.sleptMs() / 1000);
	}

	private async cycle(run: Run): Promise<void> {
		const { simulator, tally } = this;
		simulator.clock.advance(Math.max(0, run.at - simulator.clock.now()));
		this.editUntil(simulator.clock.now());
		const before = simulator.requests.at(-1)?.number ?? 0;
		const faults = this.beginChaos();
		const kept = this.staticData;
		const workflow = this.workflow(run.hasMemory ? kept : {}, run.isUnwritten);
		// A second runner that knows nothing of the first, at the same time.
		const other = run.isDouble ? [this.workflow(kept, false)] : [];
		const finished = await Promise.all(
			[workflow, ...other].map(async (each) => await runWorkflow(each, this.settings)),
		);
		this.staticData = run.isKilled ? kept : workflow.staticData;
		for (const id of faults) simulator.removeFault(id);
		this.time.slownessMs = 0;
		const requests = simulator.requests.filter(({ number }) => number > before);
		tally.cycles += 1;
		tally.runs += finished.length;
		tally.requests += requests.length;
		tally.batches += requests.filter(({ actions }) => actions.length > 0).length;
		this.check(finished, writesOf(requests));
		this.checkSecrets([finished, workflow, other]);
	}

	private editUntil(now: number): void {
		while (this.edits[0] && this.edits[0].at <= now) {
			const [{ networkId, change, kind }, ...rest] = this.edits as [World['edits'][0]];
			this.edits = rest;
			this.count(kind);
			const replace = change(this.simulator.state.network(networkId).tags);
			this.simulator.applyEvent({ kind: 'editTags', network: networkId, replace });
		}
		for (const { id } of this.world.sites) {
			const { tags } = this.simulator.state.network(id);
			this.past.set(id, [...(this.past.get(id) ?? []).slice(-10), { at: now, tags }]);
		}
	}

	/** Faults of this cycle; their ids. */
	private beginChaos(): string[] {
		const ids = this.world.sites.map(({ id }) => id);
		this.chaos = chaosOf(this.dice, ids);
		for (const { kind, slownessMs } of this.chaos) {
			this.count(kind);
			this.time.slownessMs = slownessMs ?? this.time.slownessMs;
			if (/edit between|seen late|batch that is late/.test(kind))
				this.readsLagUntil = this.simulator.clock.now() + READS_LAG_MS;
		}
		return this.chaos.flatMap(({ faults }) => faults.map((fault) => this.simulator.addFault(fault)));
	}

	private workflow(staticData: IDataObject, isUnwritten: boolean): StoredWorkflow {
		const evaluate = evaluateNode(parametersOf(this.world.rules));
		const nodes = [startNode(), evaluate, swapNode({ dryRun: false })];
		const to = (node: string) => [{ node, type: 'main' as const, index: 0 }];
		const connections = {
			[START]: { main: [to(EVALUATE)] },
			...(isUnwritten ? {} : { [EVALUATE]: { main: [[], to(SWAP)] } }),
		};
		return { nodes, connections, staticData: structuredClone(staticData) };
	}

	private check(finished: readonly Finished[], writes: readonly Write[]): void {
		const { tally } = this;
		for (const { error } of finished) if (error) this.violate(`the run failed: ${error.message}`);
		const from = (node: string, output: number) =>
			finished.flatMap(({ outputs }) => jsonOf(outputs(node)[output]));
		const swapped = from(SWAP, SWAPPED);
		const failed = from(SWAP, FAILED);
		const decided = from(EVALUATE, SWAP_NEEDED);
		const told = JSON.stringify([swapped, failed, from(SWAP, REPORT)]);
		const tags = (id: string) => this.simulator.state.network(id).tags;
		const mayHaveRead = (id: string) => this.mayHaveRead(id);
		brokenBy({ writes, decided, swapped, told, tags, mayHaveRead }).forEach((each) => this.violate(each));
		tally.writes += writes.length;
		tally.done += swapped.filter(({ status }) => status === 'done').length;
		tally.failed += failed.length;
	}

	private mayHaveRead(networkId: string): (readonly string[])[] {
		const now = this.simulator.clock.now();
		const past = now > this.readsLagUntil ? [] : (this.past.get(networkId) ?? []);
		return past.filter(({ at }) => at >= now - READS_LAG_MS).map(({ tags }) => tags);
	}

	private checkSecrets(handedOut: unknown): void {
		const everything = inspect([handedOut, logLines.splice(0)], {
			depth: Infinity,
			maxArrayLength: Infinity,
			maxStringLength: Infinity,
			showHidden: true,
		});
		for (const secret of [KEY, 'psk-canary'])
			if (everything.includes(secret)) this.violate(`a secret was handed out: ${secret}`);
	}

	private count(kind: string): void {
		this.tally.faults.set(kind, (this.tally.faults.get(kind) ?? 0) + 1);
	}

	private violate(what: string): void {
		const minute = this.simulator.clock.minutes().toFixed(1);
		const amid = this.chaos.map(({ kind }) => kind).join(' and ');
		this.tally.violations.push(`seed ${this.world.seed}, minute ${minute}, amid ${amid}: ${what}`);
	}
}
