/**
 * Plays one random hour: the real chain (evaluate, conclude, memory and items through JSON, compare and set) beside
 * the oracle, on the same data. Whatever differs, or breaks a promise, is a violation.
 */
import { parseDecision } from '../../core/decisionItem';
import type { Decision } from '../../core/decisionItem';
import { evaluate } from '../../core/evaluate';
import type { PairOutcome } from '../../core/evaluate';
import { EARLIER_LOOKS_MS, MOST_ROUNDS } from '../../core/knowledge';
import type { Earlier, History, Knowledge } from '../../core/knowledge';
import type { OrganizationMemory } from '../../core/memory';
import { concludeRun } from '../../core/organizationRun';
import { windowStart } from '../../core/samples';
import type { Settings } from '../../core/settings';
import { loadMemory, storedMemory } from '../../core/storedMemory';
import { planSwap } from '../../core/swapPlan';
import { compileTagFormat, DEFAULT_TAG_FORMAT } from '../../core/tagFormat';
import type { ApplianceStatus, LossRow, Network, Role, VpnPeer } from '../../core/types';
import type { BackupMemory, Branch, Move, Rules } from './facts';
import { answer } from './oracle';
import { tagsAfter } from './oracleTags';
import { brokenPromises } from './promises';
import { appliancesOf, isIn, KNOWN_BEFORE, makeWorld } from './world';
import type { Edit, Run, Site, World } from './world';
import { MINUTE } from './weather';

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

const ORGANIZATION = { id: '1001', name: 'Acme' };
const VALID_FOR = 180_000;
const GRAMMAR = compileTagFormat(DEFAULT_TAG_FORMAT);

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
	private readonly settings: Settings;
	private readonly vpnPeers: readonly VpnPeer[];
	private edits: readonly Edit[];
	private swaps: PendingSwap[] = [];
	private readonly violations: string[] = [];
	private readonly moves = new Map<string, number>();
	private judged = 0;
	private overtaken = 0;

	constructor(private readonly world: World) {
		this.tags = new Map(world.sites.map(({ id, firstTags }) => [id, firstTags]));
		this.settings = settingsOf(world.rules);
		this.vpnPeers = world.peers.map(({ ip, tags }) => ({
			name: 'hub',
			publicIp: ip,
			publicHostname: ip === null ? 'hub.example.com' : null,
			networkTags: tags,
			hasNativeFailover: false,
		}));
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
		const { knowledge, outcomes } = this.evaluate(sites, now, arePeersReadable, known.product);
		const concluded = concludeRun({
			organization: ORGANIZATION,
			knowledge,
			outcomes,
			settings: this.settings,
			conditions: [],
			warnings: [],
			api: { calls: 0, waits: 0, rateLimited: 0 },
			isManual: false,
			peers: null,
		});
		const expected = answer({
			now,
			rules: world.rules,
			peers: arePeersReadable ? world.peers : null,
			branches: sites.map((site) => this.branch(site, now, knowledge)),
			memory: known.oracle,
		});
		const made = concluded.swapsNeeded.map((item) => this.handOn(item));
		this.compare(now, sites, made, expected.moves, outcomes);
		this.judged += outcomes.length;
		for (const decision of made) {
			const move = expected.moves.get(decision.networkId);
			if (!move || run.isKilled || run.isUnwritten) continue;
			this.swaps.push({ at: now + run.swapAfter, decidedAt: now, decision, move });
		}
		return { product: throughJson(concluded.memory), oracle: expected.memory };
	}

	private handOn(item: unknown): Decision {
		const parsed = parseDecision(JSON.parse(JSON.stringify(item)));
		if (parsed.kind === 'refused') throw new Error(`Seed ${this.world.seed}: ${parsed.why}`);
		return parsed.decision;
	}

	private compare(
		now: number,
		sites: readonly Site[],
		made: readonly Decision[],
		expected: ReadonlyMap<string, Move>,
		outcomes: readonly PairOutcome[],
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
				this.tags.set(edit.networkId, edit.change(this.tags.get(edit.networkId) ?? []));
			} else if (swap && swap.at <= until) {
				this.swaps = this.swaps.filter((each) => each !== swap);
				this.swap(swap);
			} else return;
		}
	}

	private swap({ at, decidedAt, decision, move }: PendingSwap): void {
		const { networkId } = decision;
		const before = this.tags.get(networkId) ?? [];
		const order = { kind: 'asEvaluated', decision } as const;
		const plan = planSwap([order], networkWith(networkId, before), at, VALID_FOR);
		const expected = tagsAfter(before, move, at - decidedAt, this.world.rules.holdTag);
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
		if (plan.hasChanges) this.moves.set(decision.action, (this.moves.get(decision.action) ?? 0) + 1);
		else this.overtaken += 1;
	}

	/** As the client does it: what the evaluation asks for is read, until it asks for nothing more. */
	private evaluate(
		sites: readonly Site[],
		now: number,
		arePeersReadable: boolean,
		memory: OrganizationMemory | null,
	): { knowledge: Knowledge; outcomes: readonly PairOutcome[] } {
		let knowledge: Knowledge = {
			now,
			networks: sites.map(({ id }) => networkWith(id, this.tags.get(id) ?? [])),
			rows: this.rows(windowStart(now, this.settings.windowMinutes), now, now),
			peers: arePeersReadable ? { kind: 'known', peers: this.vpnPeers } : { kind: 'notReadable' },
			memory,
			statuses: new Map(),
			history: new Map(),
			earlier: new Map(),
		};
		let evaluation = evaluate(knowledge, this.settings, GRAMMAR);
		for (let round = 1; round < MOST_ROUNDS; round += 1) {
			const { statusesOf, historyOf, earlierOf } = evaluation.needs;
			if (statusesOf.length + historyOf.length + earlierOf.length === 0) break;
			const statuses = new Map(knowledge.statuses);
			for (const id of statusesOf) statuses.set(id, this.statusesOf(id, now));
			const history = new Map(knowledge.history);
			for (const { ip, since } of historyOf) history.set(ip, this.history(ip, since, now));
			const earlier = new Map(knowledge.earlier);
			for (const { ip, look } of earlierOf) earlier.set(ip, this.look(ip, look, now, knowledge));
			knowledge = { ...knowledge, statuses, history, earlier };
			evaluation = evaluate(knowledge, this.settings, GRAMMAR);
		}
		return { knowledge, outcomes: evaluation.outcomes };
	}

	private rows(after: number, until: number, now: number, ip?: string): LossRow[] {
		return this.world.sites.flatMap(({ probes }) =>
			probes
				.filter(({ line }) => ip === undefined || line.ip === ip)
				.flatMap((probe) => {
					const { networkId, serial, uplink, ip: destination, hasTwin } = probe.line;
					const samples = probe.samples(after, until, now).map(({ at, loss, latency }) => ({
						sampledAt: at,
						lossPercent: loss,
						latencyMs: latency,
					}));
					const told = { networkId, serial, uplink, ip: destination, samples };
					const nulls = samples.map((each) => ({ ...each, lossPercent: null, latencyMs: null }));
					return hasTwin ? [told, { ...told, samples: nulls }] : [told];
				}),
		);
	}

	private statusesOf(id: string, now: number): ApplianceStatus[] | 'notReadable' {
		const site = this.world.sites.find((each) => each.id === id);
		const appliances = site ? appliancesOf(site, now) : null;
		if (!site || !appliances) return 'notReadable';
		return appliances.map(({ serial, role, reportedAt, activeUplinks }) => ({
			networkId: id,
			serial,
			role,
			lastReportedAt: reportedAt,
			uplinks: [...site.uplinks]
				.sort((one, other) => activeUplinks.indexOf(other) - activeUplinks.indexOf(one))
				.map((uplink) => ({ uplink, status: activeUplinks.includes(uplink) ? 'active' : 'failed' })),
		}));
	}

	/** In pieces of five minutes, the most that one read may ask for. */
	private history(ip: string, since: number, now: number): History {
		const until = windowStart(now, this.settings.windowMinutes) + MINUTE;
		const rows: LossRow[] = [];
		for (let from = since; from < until; from += 5 * MINUTE)
			rows.push(...this.rows(from, Math.min(from + 5 * MINUTE, until), now, ip));
		return { rows, knownSince: since, isIncomplete: false };
	}

	private look(ip: string, look: number, now: number, { earlier }: Knowledge): Earlier {
		const until = now - (EARLIER_LOOKS_MS[look] ?? 0);
		const rows = this.rows(until - 5 * MINUTE, until, now, ip);
		return { rows: [...(earlier.get(ip)?.rows ?? []), ...rows], looks: look + 1, isIncomplete: false };
	}

	private branch(site: Site, now: number, { rows }: Knowledge): Branch {
		const { startAt } = this.world;
		return {
			id: site.id,
			tags: this.tags.get(site.id) ?? [],
			rows: site.probes.map((probe) => ({
				...probe.line,
				samples: probe.everything(startAt - KNOWN_BEFORE, now),
			})),
			answeredIps: [...new Set(rows.filter(({ networkId }) => networkId === site.id).map(({ ip }) => ip))],
			looks: () =>
				[60, 24 * 60, 7 * 24 * 60].flatMap((ago) =>
					site.probes.map((probe) => ({
						...probe.line,
						samples: probe.samples(now - (ago + 5) * MINUTE, now - ago * MINUTE, now),
					})),
				),
			appliances: appliancesOf(site, now),
		};
	}
}

function networkWith(id: string, tags: readonly string[]): Network {
	return {
		id,
		organizationId: ORGANIZATION.id,
		name: `Branch ${id}`,
		url: null,
		tags,
		timeZone: null,
		notes: null,
	};
}

function throughJson(memory: OrganizationMemory): OrganizationMemory | null {
	const stored = storedMemory({ version: 1, organizations: { [ORGANIZATION.id]: memory } });
	return loadMemory(JSON.parse(JSON.stringify(stored))).memory.organizations[ORGANIZATION.id] ?? null;
}

function asRole({ role, peer }: Move['from']): Decision['have'] {
	return { peer, role: role === 0 ? { kind: 'primary' } : { kind: 'backup', order: role } };
}

function inWords(action: string, have: Decision['have'], want: Decision['want']): string {
	return `moves (${action}) from ${spell(have)} to ${spell(want)}`;
}

function spell({ role, peer }: { role: Role; peer: string }): string {
	return `${peer} ${role.kind}${role.kind === 'backup' ? role.order : ''}`;
}

/** The settings of the product that say what the oracle's rules say. */
function settingsOf(rules: Rules): Settings {
	const { tracked, filter } = rules;
	return {
		lossThresholdPercent: rules.lossThreshold,
		latencyThresholdMs: rules.latencyThreshold,
		windowMinutes: rules.window,
		failoverSamples: rules.failoverSamples,
		recoveryMinutes: rules.recoveryMinutes,
		recoveryThresholdPercent: rules.recoveryThreshold,
		backupMustBe: rules.backupMustBe,
		swapBack: rules.isSwapBackManual ? 'manual' : 'automatic',
		maintenance: rules.maintenance.map(({ tag, zone, when }) => {
			const shared = { networkTag: tag, timeZone: zone };
			if (when.kind === 'once') return { ...shared, kind: 'once', from: when.from, until: when.until };
			const { days, fromMinute, untilMinute } = when;
			return { ...shared, kind: 'weekly', weekdays: days, fromMinute, untilMinute };
		}),
		failoverLimit: {
			networks: rules.limitNetworks,
			sharePercent: rules.limitShare,
			above: rules.aboveLimit,
		},
		swapBacksPerRun: rules.swapBacksPerRun,
		holdTag: rules.holdTag,
		judgedUplinks:
			rules.chosenUplinks === null ? { kind: 'active' } : { kind: 'chosen', uplinks: rules.chosenUplinks },
		lossyWhen: rules.lossyWhen,
		trackedIps:
			tracked.kind === 'listed'
				? { kind: 'listed', ipsByPeer: new Map(Object.entries(tracked.ips)) }
				: tracked.kind === 'everyExcept'
					? { kind: 'everyExcept', excludedIps: tracked.excluded }
					: tracked,
		networks: filter.kind === 'listed' ? { kind: 'listed', networkIds: filter.ids } : filter,
		tagFormat: DEFAULT_TAG_FORMAT,
		repeatIntervalMs: 4 * 60 * MINUTE,
	};
}
