import { createSimulator, VirtualClock, type Simulator } from '../../simulator/simulator.cjs';

export const START = Date.parse('2026-01-05T08:00:00Z');
export const KEY = 'simulated-key-full';

export const PRIMARY_IP = '203.0.113.10';
export const BACKUP_IP = '198.51.100.20';

/** One organization `1` with one branch `N_1`, to be varied. */
export function scenarioWith(change: object = {}): Record<string, unknown> {
	return {
		keys: [{ name: 'full', key: KEY }],
		rateLimits: { enabled: false },
		organizations: [organizationWith()],
		...change,
	};
}

export function organizationWith(change: object = {}): object {
	return {
		id: '1',
		name: 'Acme',
		peers: [
			{ name: 'london', publicIp: PRIMARY_IP, networkTags: ['london_primary_up'] },
			{ name: 'paris', publicIp: BACKUP_IP, networkTags: ['paris_backup_up'] },
		],
		networks: [networkWith()],
		...change,
	};
}

export function networkWith(change: object = {}): object {
	return {
		id: 'N_1',
		name: 'Leeds',
		tags: ['branch', 'london_primary_up', 'site:LS1', 'paris_backup_down'],
		destinations: ['8.8.8.8', PRIMARY_IP],
		appliances: [{ serial: 'Q2AA-AAAA-AAAA', uplinks: [{ interface: 'wan1' }] }],
		...change,
	};
}

/** Stands at `START` until a test moves its clock. */
export function simulatorOf(scenario: unknown = scenarioWith()): Simulator {
	return createSimulator({ scenario, clock: new VirtualClock({ startAt: START, speed: 0 }) });
}

export interface Reply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly text: string;
	/** Undefined where the text is no JSON. */
	readonly body: unknown;
}

export interface Asked {
	readonly method?: 'GET' | 'PUT' | 'POST' | 'DELETE';
	readonly key?: string | null;
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

/** A path that begins with `/simulator` goes to the control API, any other to the API. */
export async function ask(simulator: Simulator, path: string, asked: Asked = {}): Promise<Reply> {
	const key = asked.key === undefined ? KEY : asked.key;
	const answer = await simulator.inject({
		method: asked.method ?? 'GET',
		url: path.startsWith('/simulator') || path === '/' ? path : `/api/v1${path}`,
		headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...asked.headers },
		...(asked.body === undefined ? {} : { payload: JSON.stringify(asked.body) }),
		...(asked.body === undefined ? {} : { headers: jsonHeaders(key, asked.headers) }),
	});
	const headers = Object.fromEntries(
		Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
	);
	return { status: answer.statusCode, headers, text: answer.payload, body: parsed(answer.payload) };
}

export function putTags(simulator: Simulator, tags: readonly string[], asked: Asked = {}): Promise<Reply> {
	return ask(simulator, '/networks/N_1', { method: 'PUT', body: { tags }, ...asked });
}

export function tagsOf(simulator: Simulator, network = 'N_1'): readonly string[] {
	return simulator.state.network(network).tags;
}

function jsonHeaders(key: string | null, more: Readonly<Record<string, string>> = {}) {
	const authorization = key === null ? {} : { authorization: `Bearer ${key}` };
	return { 'content-type': 'application/json', ...authorization, ...more };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
