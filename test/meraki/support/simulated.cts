import { setImmediate as turn } from 'node:timers/promises';
import { AUTOMATIC_REQUESTS_PER_SECOND, budgetOfSeconds } from '../../../meraki/http/budget';
import { chooseStrategy } from '../../../meraki/swap/chooseStrategy';
import { createMerakiClient } from '../../../meraki/client/client';
import type { HttpAnswer, HttpRequest, NoAnswer, Runtime } from '../../../meraki/http/transport';
import type { WriteJob, WritePlan } from '../../../meraki/write/strategy';
import { USER_AGENT } from '../../../meraki/http/headers';
import { createSimulator, VirtualClock, type Simulator } from '../../../simulator/simulator.cjs';

export const KEY = 'simulated-key-full';
export const START = Date.parse('2026-01-05T08:00:00Z');
const ORIGIN = 'https://api.meraki.com';

export const ORGANIZATION_ID = '1';
/** Foreign tags before, between and after ours, one of them twice. */
export const BEFORE = ['branch', 'london_primary_up', 'site:LS1', 'branch', 'paris_backup_down', 'VIP'];
export const AFTER = ['branch', 'london_primary_down', 'site:LS1', 'branch', 'paris_backup_up', 'VIP'];

export const idOf = (n: number) => `N_${String(n).padStart(6, '0')}`;

export interface Fleet {
	readonly count: number;
	readonly actionBatches?: object;
	/** Numbers of the networks that refuse their tags. */
	readonly bound?: readonly number[];
	readonly key?: object;
}

export function simulatedFleet({ count, actionBatches = {}, bound = [], key = {} }: Fleet): Simulator {
	const networks = Array.from({ length: count }, (_, index) => ({
		id: idOf(index + 1),
		name: `Branch ${index + 1}`,
		tags: BEFORE,
		appliances: [],
		isBoundToConfigTemplate: bound.includes(index + 1),
	}));
	const scenario = {
		keys: [{ name: 'full', key: KEY, ...key }],
		rateLimits: { clock: 'virtual' },
		actionBatches,
		organizations: [{ id: ORGANIZATION_ID, name: 'Acme', templateBoundTags: 'refused', networks }],
	};
	return createSimulator({ scenario, clock: new VirtualClock({ startAt: START, speed: 0 }) });
}

interface Sleeper {
	readonly wakeAtMs: number;
	readonly wake: () => void;
}

/** Time that passes only while everybody sleeps and no request is open; the simulator's clock goes along. */
function sharedTime(clock: VirtualClock) {
	let nowMs = 0;
	let open = 0;
	let isRunning = false;
	let sleepers: Sleeper[] = [];
	const run = async () => {
		isRunning = true;
		while (sleepers.length > 0) {
			do for (let n = 0; n < 5; n += 1) await turn();
			while (open > 0);
			const next = sleepers.reduce((one, other) => (other.wakeAtMs < one.wakeAtMs ? other : one));
			sleepers = sleepers.filter((sleeper) => sleeper !== next);
			clock.advance(Math.max(0, next.wakeAtMs - nowMs));
			nowMs = Math.max(nowMs, next.wakeAtMs);
			next.wake();
		}
		isRunning = false;
	};
	const sleep = async (ms: number) =>
		await new Promise<void>((wake) => {
			sleepers.push({ wakeAtMs: nowMs + ms, wake });
			if (!isRunning) void run();
		});
	const during = async <T,>(work: () => Promise<T>): Promise<T> => {
		open += 1;
		try {
			return await work();
		} finally {
			open -= 1;
		}
	};
	return { sleep, during, elapsedMs: () => nowMs };
}

export interface SimulatedRun {
	readonly budgetSeconds?: number;
	readonly isCancelled?: (nowMs: number) => boolean;
	/** Sees each request before it is sent. */
	readonly beforeRequest?: (request: HttpRequest, simulator: Simulator) => void;
	readonly latencyMs?: number;
}

/** A client of the simulator without sockets, in virtual time. */
export function simulatedClient(simulator: Simulator, run: SimulatedRun = {}) {
	const time = sharedTime(simulator.clock);
	const runtime: Runtime = {
		transport: async (request) => {
			if (run.latencyMs !== undefined) await time.sleep(run.latencyMs);
			run.beforeRequest?.(request, simulator);
			return await time.during(async () => await exchange(simulator, request));
		},
		sleep: time.sleep,
		random: () => 0,
		elapsedMs: time.elapsedMs,
		isCancelled: () => run.isCancelled?.(time.elapsedMs()) ?? false,
	};
	const budget = budgetOfSeconds(run.budgetSeconds ?? 240, runtime);
	const requestsPerSecond = AUTOMATIC_REQUESTS_PER_SECOND.movingBranches;
	return createMerakiClient({ baseUrl: `${ORIGIN}/api/v1`, runtime, budget, requestsPerSecond });
}

async function exchange(simulator: Simulator, request: HttpRequest): Promise<HttpAnswer | NoAnswer> {
	try {
		const { host, pathname, search } = new URL(request.url);
		const answer = await simulator.inject({
			method: request.method,
			url: pathname + search,
			headers: {
				host,
				authorization: `Bearer ${KEY}`,
				'content-type': 'application/json',
				'user-agent': USER_AGENT,
			},
			...(request.body === undefined ? {} : { payload: JSON.stringify(request.body) }),
		});
		const headers = Object.fromEntries(
			Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
		);
		return { kind: 'answer', status: answer.statusCode, headers, body: parsed(answer.payload) };
	} catch {
		return { kind: 'noAnswer', code: 'ECONNRESET' };
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** A failover from the tags as they are read. */
export function failover({ tags }: { readonly tags: readonly string[] }): WritePlan<'overtaken'> {
	if (!tags.includes('london_primary_up')) return { kind: 'skip', reason: 'overtaken' };
	const swap: Readonly<Record<string, string>> = {
		london_primary_up: 'london_primary_down',
		paris_backup_down: 'paris_backup_up',
	};
	return { kind: 'write', tags: tags.map((tag) => swap[tag] ?? tag) };
}

/** Lets the whole fleet fail over, and checks what must hold in every case. */
export async function failOverFleet(fleet: Fleet, run: SimulatedRun = {}, simulator = simulatedFleet(fleet)) {
	const all = Array.from({ length: fleet.count }, (_, index) => idOf(index + 1));
	const jobs = all.map((networkId): WriteJob<'overtaken'> => ({ networkId, plan: failover }));
	const client = simulatedClient(simulator, run);
	const strategy = chooseStrategy(client, ORGANIZATION_ID);
	const results = await strategy.write(jobs);
	expect(results.map(({ networkId }) => networkId)).toEqual(all);
	promisesHold(simulator);
	const calls = simulator.requests.map(({ method, path }) => `${method} ${shape(path)}`);
	return {
		simulator,
		results,
		notes: strategy.notes(),
		usage: client.usage(),
		kinds: countOf(results.map(({ outcome }) => outcome.kind)),
		outcome: (n: number) => results[n - 1]?.outcome,
		calls: countOf(calls),
		tags: (n: number) => simulator.state.find(idOf(n))?.tags,
	};
}

function shape(path: string): string {
	const [, , , collection = '', , rest = ''] = path.split('/');
	return rest === '' ? collection : path.split('/').length > 6 ? `${rest}/{id}` : rest;
}

const countOf = (names: readonly string[]): Record<string, number> =>
	names.reduce<Record<string, number>>((all, name) => ({ ...all, [name]: (all[name] ?? 0) + 1 }), {});

/** What no run may break, whatever went wrong in it. */
function promisesHold(simulator: Simulator): void {
	expect(simulator.violations.all).toEqual([]);
	for (const { tags } of simulator.state.organization(ORGANIZATION_ID)?.networks ?? []) {
		const active = tags.filter((tag) => tag === 'london_primary_up' || tag === 'paris_backup_up');
		expect(active).toHaveLength(1);
		const foreign = tags.filter((tag) => !/^(london|paris)_/.test(tag));
		expect(foreign.slice(0, 4)).toEqual(['branch', 'site:LS1', 'branch', 'VIP']);
	}
	for (const { method, actions } of simulator.requests) {
		if (method === 'POST') expect(actions.length).toBeLessThanOrEqual(20);
	}
	// A network is written once: what a batch or a PUT carried out for it never happens a second time.
	const landed = simulator.requests.flatMap(({ networkId, tagsAsked, tagsBefore, tagsAfter, actions }) => [
		...actions,
		...(networkId === null ? [] : [{ networkId, tagsAsked, tagsBefore, tagsAfter }]),
	]);
	const written = landed.filter(({ tagsBefore, tagsAfter }) => String(tagsBefore) !== String(tagsAfter));
	expect(new Set(written.map(({ networkId }) => networkId)).size).toBe(written.length);
	for (const { tagsBefore, tagsAsked } of landed) {
		if (tagsAsked === null || tagsBefore === null) continue;
		expect(tagsBefore.includes('london_primary_up')).toBe(true);
	}
}
