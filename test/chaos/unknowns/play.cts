/**
 * Plays an outage of the primary peer and its recovery, one run a minute: Evaluate's read, judgement and messages and
 * Swap's plan, write and proof, as the nodes call them, over the simulated dashboard in virtual time.
 */
import { MINUTE_MS } from '../../../core/domain/time';
import { concludeBlindRun } from '../../../core/cycle/blindRun';
import { parseDecision } from '../../../core/swap/decision';
import type { OrganizationMemory } from '../../../core/memory/memory';
import { unreadableConditions } from '../../../core/notify/organizationAlerts';
import { concludeRun } from '../../../core/cycle/concludeRun';
import type { OrganizationRun } from '../../../core/cycle/concludeRun';
import { renderReport } from '../../../core/report/render';
import type { ReportModel } from '../../../core/report/model';
import { DEFAULT_SETTINGS } from '../../../core/settings/settings';
import type { Settings } from '../../../core/settings/settings';
import { loadMemory, storedMemory } from '../../../core/memory/codec';
import { swapReport } from '../../../core/notify/swapReport';
import { compileTagFormat } from '../../../core/tags/tagFormat';
import { chooseStrategy } from '../../../meraki/swap/chooseStrategy';
import { isMerakiApiError } from '../../../meraki/http/merakiApiError';
import { observe } from '../../../meraki/read/readOrganization';
import { tryAsync } from '../../../meraki/http/result';
import { swapNetworks } from '../../../meraki/swap/swapNetworks';
import { createSimulator, VirtualClock, type Simulator } from '../../../simulator/simulator.cjs';
import { KEY, simulatedClient, START } from '../../meraki/support/simulated.cjs';
import type { SimulatedRun } from '../../meraki/support/simulated.cjs';

export const ORGANIZATION = { id: '1', name: 'Acme' };
/** The primary peer is lost from here to there; what is measured shows two minutes later. */
export const LOST_AT = 2;
export const BACK_AT = 10;
const PRIMARY_IP = '203.0.113.10';
const BACKUP_IP = '198.51.100.20';
/** Foreign tags before, between and after ours, one of them twice. */
export const ON_PRIMARY = ['branch', 'london_primary_up', 'site:LS1', 'branch', 'paris_backup_down', 'VIP'];
export const ON_BACKUP = ['branch', 'london_primary_down', 'site:LS1', 'branch', 'paris_backup_up', 'VIP'];

/** One way in which Meraki may behave, as a change of the scenario. */
export interface Ways {
	/** More or other fields of the scenario; events are added to the outage. */
	readonly scenario?: object;
	readonly events?: readonly object[];
	readonly key?: object;
	readonly organization?: object;
	/** For the network with this number; 1 is the first. */
	readonly network?: (n: number) => object;
	readonly faults?: readonly object[];
	/** Left out: the outage. Empty: the primary peer answers all the time. */
	readonly outage?: readonly object[];
	readonly client?: SimulatedRun;
	/** Left out: long enough for the swap back. */
	readonly minutes?: number;
}

/** A message, by the headings of its sections. */
export interface Told {
	readonly minute: number;
	readonly from: 'Alert' | 'Report';
	readonly headings: readonly string[];
}

export interface Played {
	readonly simulator: Simulator;
	readonly told: readonly Told[];
	/** What Swap said of each network, minute by minute. */
	readonly outcomes: readonly {
		readonly minute: number;
		readonly networkId: string;
		readonly kind: string;
	}[];
	/** Said to be done, and yet not so in the dashboard at that moment. */
	readonly untrue: readonly string[];
	/** Networks that were on backup at the end of each minute. */
	readonly onBackup: readonly number[];
	/** Everything that was handed out or remembered, as text. */
	readonly everything: string;
}

export async function play(count: number, ways: Ways): Promise<Played> {
	const simulator = dashboard(count, ways);
	const played = new Play(simulator, ways.client ?? {});
	for (let minute = 0; minute <= (ways.minutes ?? 22); minute += 1) {
		simulator.clock.set(Math.max(simulator.clock.now(), START + minute * MINUTE_MS));
		await played.run(minute);
	}
	return played.ended();
}

function dashboard(count: number, ways: Ways): Simulator {
	const networks = Array.from({ length: count }, (_, index) => ({
		id: `N_${index + 1}`,
		name: `Branch ${index + 1}`,
		tags: ON_PRIMARY,
		destinations: ['8.8.8.8', PRIMARY_IP, BACKUP_IP],
		...ways.network?.(index + 1),
	}));
	const outage = {
		kind: 'loss',
		where: { ip: PRIMARY_IP },
		atMinutes: LOST_AT,
		untilMinutes: BACK_AT,
		lossPercent: 100,
	};
	const peers = [
		{ name: 'london', publicIp: PRIMARY_IP, networkTags: ['london_primary_up'] },
		{ name: 'paris', publicIp: BACKUP_IP, networkTags: ['paris_backup_up'] },
	];
	const scenario = {
		keys: [{ name: 'full', key: KEY, ...ways.key }],
		rateLimits: { clock: 'virtual' },
		organizations: [{ ...ORGANIZATION, peers, networks, ...ways.organization }],
		events: [...(ways.outage ?? [outage]), ...(ways.events ?? [])],
		...ways.scenario,
	};
	const simulator = createSimulator({ scenario, clock: new VirtualClock({ startAt: START, speed: 0 }) });
	for (const fault of ways.faults ?? []) simulator.addFault(fault as Parameters<Simulator['addFault']>[0]);
	return simulator;
}

/** What is remembered and noted from run to run. */
class Play {
	private memory: OrganizationMemory | null = null;
	private readonly told: Told[] = [];
	private readonly outcomes: { minute: number; networkId: string; kind: string }[] = [];
	private readonly untrue: string[] = [];
	private readonly onBackup: number[] = [];
	private readonly handedOut: unknown[] = [];

	constructor(
		private readonly simulator: Simulator,
		private readonly client: SimulatedRun,
	) {}

	async run(minute: number): Promise<void> {
		const evaluated = await this.evaluate(minute);
		if (evaluated.swapsNeeded.length > 0) await this.swap(minute, evaluated.swapsNeeded);
		const networks = this.simulator.state.organization(ORGANIZATION.id)?.networks ?? [];
		this.onBackup.push(networks.filter(({ tags }) => tags.includes('paris_backup_up')).length);
	}

	ended(): Played {
		const { simulator, told, outcomes, untrue, onBackup } = this;
		return { simulator, told, outcomes, untrue, onBackup, everything: JSON.stringify(this.handedOut) };
	}

	private async evaluate(minute: number): Promise<Pick<OrganizationRun, 'swapsNeeded'>> {
		const client = simulatedClient(this.simulator, { budgetSeconds: 60, ...this.client });
		// Meraki's answers are the subject here, not that all branches fail at once.
		const settings: Settings = { ...DEFAULT_SETTINGS, massFailover: { sharePercent: 25, above: 'off' } };
		const grammar = compileTagFormat(settings.tagFormat);
		const read = await tryAsync(
			async () => await observe(client, ORGANIZATION.id, settings, grammar, this.memory),
		);
		if (read.kind === 'error') return this.blind(minute, read.error);
		const { snapshot, outcomes, unreadable, peers, tunnels } = read.value;
		const run = concludeRun({
			organization: ORGANIZATION,
			snapshot,
			outcomes,
			settings,
			conditions: unreadableConditions(ORGANIZATION.id, unreadable),
			warnings: [],
			api: { ...client.usage() },
			isManual: false,
			peers,
			tunnels,
		});
		this.keep(run.memory);
		this.note(minute, 'Alert', run.alert);
		this.handedOut.push(run.summary, run.swapsNeeded);
		return run;
	}

	private blind(minute: number, error: Error): Pick<OrganizationRun, 'swapsNeeded'> {
		if (!isMerakiApiError(error)) throw error;
		const rules = {
			now: this.simulator.clock.now(),
			repeatIntervalMs: DEFAULT_SETTINGS.repeatIntervalMs,
			memory: 'kept' as const,
		};
		const api = { calls: 0, waits: 0, rateLimited: 0 };
		const blind = { organization: ORGANIZATION, why: error.message, memory: this.memory, rules, api };
		const run = concludeBlindRun(blind);
		this.keep(run.memory);
		this.note(minute, 'Alert', run.alert);
		return { swapsNeeded: [] };
	}

	private async swap(minute: number, items: OrganizationRun['swapsNeeded']): Promise<void> {
		const client = simulatedClient(this.simulator, this.client);
		const strategy = chooseStrategy(client, ORGANIZATION.id);
		const orders = items.map((item, itemIndex) => {
			const parsed = parseDecision(JSON.parse(JSON.stringify(item)));
			if (parsed.kind === 'refused') throw new Error(parsed.why);
			const { decision } = parsed;
			const { networkId, networkName } = decision;
			const order = { kind: 'asEvaluated' as const, decision };
			return { organizationId: ORGANIZATION.id, networkId, networkName, orders: [{ order, itemIndex }] };
		});
		const records = await swapNetworks(strategy, orders, { validForMs: 3 * MINUTE_MS, isDryRun: false });
		for (const { networkId, outcome, tagsAfter } of records) {
			this.outcomes.push({ minute, networkId, kind: outcome.kind });
			const held = this.simulator.state.network(networkId).tags;
			if (outcome.kind === 'done' && inOrder(held) !== inOrder(tagsAfter))
				this.untrue.push(`${minute}: ${networkId} has ${held.join()}, not ${tagsAfter.join()}`);
		}
		const report = swapReport(records, ORGANIZATION, client.now() ?? 0, strategy.notes());
		this.note(minute, 'Report', report);
		this.handedOut.push(records);
	}

	/** As n8n keeps it. */
	private keep(memory: OrganizationMemory): void {
		const organizations = { [ORGANIZATION.id]: memory };
		const stored = JSON.stringify(storedMemory({ version: 2, organizations }));
		this.handedOut.push(stored);
		const loaded = loadMemory(JSON.parse(stored));
		if (loaded.kind !== 'loaded') throw new Error('The memory did not come back');
		this.memory = loaded.memory.organizations[ORGANIZATION.id] ?? null;
	}

	private note(minute: number, from: Told['from'], report: ReportModel | null): void {
		if (report === null) return;
		this.told.push({ minute, from, headings: report.sections.map(({ heading }) => heading) });
		this.handedOut.push(renderReport(report));
	}
}

/** The order, and duplicates that Meraki does not show, are asked of the writes. */
function inOrder(tags: readonly string[]): string {
	return [...new Set(tags)].sort().join();
}
