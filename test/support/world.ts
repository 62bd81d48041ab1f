import { MINUTE_MS } from '../../core/domain/time';
import { parseDecision } from '../../core/swap/decision';
import { evaluateOrganization } from '../../core/evaluate/evaluateOrganization';
import { LOOKS_BACK_MS } from '../../core/evaluate/snapshot';
import type { Lookback, History, OrganizationSnapshot } from '../../core/evaluate/snapshot';
import { MEMORY_VERSION } from '../../core/memory/memory';
import type { OrganizationMemory } from '../../core/memory/memory';
import { concludeRun } from '../../core/cycle/concludeRun';
import type { OrganizationRun } from '../../core/cycle/concludeRun';
import type { Settings } from '../../core/settings/settings';
import { loadMemory, storedMemory } from '../../core/memory/codec';
import { planSwap } from '../../core/swap/plan';
import { compileTagFormat } from '../../core/tags/tagFormat';
import type { LossRow, LossSample } from '../../core/domain/types';
import { appliance, LONDON_IP, network, ORGANIZATION, PARIS_IP, PEERS, settings } from './branch';
import { VALID_FOR_MS } from './decisions';
import { NO_CALLS } from './run';
import { LAG_MS } from './series';

/** Loss on the way to a destination, from one time to another. */
export interface Outage {
	readonly networkId?: string;
	readonly ip: string;
	readonly fromAt: number;
	readonly toAt: number;
	readonly lossPercent: number;
}

export interface Site {
	readonly id: string;
	/** Its samples end at this time of each minute. */
	readonly offsetMs: number;
	readonly tags: readonly string[];
}

export interface WorldInput {
	readonly startAt: number;
	readonly untilAt: number;
	readonly stepMs?: number;
	readonly sites: readonly Site[];
	readonly outages: readonly Outage[];
	readonly settings?: Partial<Settings>;
	/** `none`: every run starts without memory. */
	readonly memory?: 'kept' | 'none';
	/** Each run is made twice, the second by a runner that does not know of the first. */
	readonly isDoubled?: boolean;
	/** Minutes that the appliances do not measure. */
	readonly isMeasured?: (siteId: string, ip: string, sampledAt: number) => boolean;
}

export interface WorldMove {
	readonly at: number;
	readonly networkId: string;
	readonly action: string;
	readonly to: string;
}

export interface WorldResult {
	readonly moves: readonly WorldMove[];
	readonly tags: ReadonlyMap<string, readonly string[]>;
	readonly runs: readonly OrganizationRun[];
}

/** Runs the whole chain over a clock: measure, evaluate, conclude, hand on as JSON, compare and set. */
export function runWorld(input: WorldInput): WorldResult {
	const tags = new Map(input.sites.map(({ id, tags: first }): [string, readonly string[]] => [id, first]));
	const moves: WorldMove[] = [];
	const runs: OrganizationRun[] = [];
	let memory: OrganizationMemory | null = null;
	for (let now = input.startAt; now <= input.untilAt; now += input.stepMs ?? 30_000) {
		const before = memory;
		const run = cycle(input, now, tags, before);
		runs.push(run);
		const doubled = input.isDoubled === true ? [cycle(input, now, tags, before)] : [];
		memory = input.memory === 'none' ? null : throughJson(run.memory);
		for (const item of [run, ...doubled].flatMap((each) => each.swapsNeeded)) {
			const move = swap(JSON.parse(JSON.stringify(item)), now, tags);
			if (move) moves.push(move);
		}
	}
	return { moves, tags, runs };
}

function cycle(
	input: WorldInput,
	now: number,
	tags: ReadonlyMap<string, readonly string[]>,
	memory: OrganizationMemory | null,
): OrganizationRun {
	const chosen = settings(input.settings);
	const grammar = compileTagFormat(chosen.tagFormat);
	const networks = input.sites.map(({ id }) => network(tags.get(id) ?? [], { id, name: id }));
	let snapshot: OrganizationSnapshot = {
		now,
		networks,
		rows: measured(input, now - LAG_MS - chosen.windowMinutes * MINUTE_MS, now - LAG_MS),
		peers: { kind: 'known', peers: PEERS },
		memory,
		statuses: new Map(),
		history: new Map(),
		lookbacks: new Map(),
	};
	let evaluation = evaluateOrganization(snapshot, chosen, grammar);
	for (let round = 0; round < 2; round += 1) {
		const statuses = new Map(snapshot.statuses);
		for (const id of evaluation.requests.statusesOf)
			statuses.set(id, [appliance(['wan1'], { networkId: id, serial: id })]);
		const history = new Map<string, History>(snapshot.history);
		for (const { ip, since } of evaluation.requests.historyOf) {
			const rows = measured(input, since, now - LAG_MS).filter((row) => row.ip === ip);
			history.set(ip, { rows, knownSince: since });
		}
		const lookbacks = new Map<string, Lookback>(snapshot.lookbacks);
		for (const ip of evaluation.requests.lookbacksOf) {
			const rows = LOOKS_BACK_MS.flatMap((backMs) =>
				measured(input, now - backMs - 5 * MINUTE_MS, now - backMs).filter((row) => row.ip === ip),
			);
			lookbacks.set(ip, { rows, isIncomplete: false });
		}
		snapshot = { ...snapshot, statuses, history, lookbacks };
		evaluation = evaluateOrganization(snapshot, chosen, grammar);
	}
	return concludeRun({
		organization: ORGANIZATION,
		snapshot,
		outcomes: evaluation.outcomes,
		settings: chosen,
		conditions: [],
		warnings: [],
		api: NO_CALLS,
		isManual: false,
		peers: null,
	});
}

function throughJson(memory: OrganizationMemory): OrganizationMemory | null {
	const stored = storedMemory({ version: MEMORY_VERSION, organizations: { [ORGANIZATION.id]: memory } });
	return loadMemory(JSON.parse(JSON.stringify(stored))).memory.organizations[ORGANIZATION.id] ?? null;
}

function swap(item: unknown, now: number, tags: Map<string, readonly string[]>): WorldMove | null {
	const parsed = parseDecision(item);
	if (parsed.kind === 'refused') throw new Error(parsed.why);
	const { decision } = parsed;
	const { networkId } = decision;
	const read = network(tags.get(networkId) ?? [], { id: networkId });
	const plan = planSwap([{ kind: 'asEvaluated', decision }], read, now, VALID_FOR_MS);
	if (!plan.hasChanges) return null;
	tags.set(networkId, plan.tagsAfter);
	return { at: now, networkId, action: decision.action, to: decision.want.peer };
}

/** The samples of all sites later than one time and not later than another. */
function measured(input: WorldInput, afterAt: number, untilAt: number): LossRow[] {
	return input.sites.flatMap((site) =>
		[LONDON_IP, PARIS_IP].map((ip) => {
			const list: LossSample[] = [];
			const first = Math.ceil((afterAt + 1 - site.offsetMs) / MINUTE_MS) * MINUTE_MS + site.offsetMs;
			for (let at = first; at <= untilAt; at += MINUTE_MS) {
				const lossPercent =
					input.isMeasured?.(site.id, ip, at) === false ? null : lossOf(input, site.id, ip, at);
				list.push({ sampledAt: at, lossPercent, latencyMs: lossPercent === null ? null : 20 });
			}
			return { networkId: site.id, serial: site.id, uplink: 'wan1', ip, samples: list };
		}),
	);
}

/** A sample is the mean of the minute that ends with it. */
function lossOf({ outages }: WorldInput, siteId: string, ip: string, at: number): number {
	const lost = outages
		.filter((outage) => outage.ip === ip && (outage.networkId ?? siteId) === siteId)
		.map(({ fromAt, toAt, lossPercent }) => {
			const ms = Math.max(0, Math.min(toAt, at) - Math.max(fromAt, at - MINUTE_MS));
			return (lossPercent * ms) / MINUTE_MS;
		});
	return Math.min(
		100,
		lost.reduce((sum, each) => sum + each, 0),
	);
}
