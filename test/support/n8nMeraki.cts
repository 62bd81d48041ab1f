import { inspect } from 'node:util';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INode,
	INodeExecutionData,
	INodeParameters,
} from 'n8n-workflow';
import {
	createSimulator,
	VirtualClock,
	type Addresses,
	type LoggedRequest,
	type Simulator,
} from '../../simulator/simulator.cjs';
import { logLines, runWorkflow, START } from './n8nEngine.cjs';
import type { EngineSettings, Finished, RunSettings, StoredWorkflow } from './n8nEngine.cjs';
import { builtPackage, PACKAGE_NAME, type BuiltPackage } from './n8nPackage.cjs';

/** An hour at which no repeat interval begins (R8.8), in the quiet of the night. */
export const STARTED_AT = Date.parse('2026-01-05T01:07:30Z');
export const KEY = 'canary-of-the-api-key-7f3a';
export const OTHER_KEYS = {
	readOnly: 'canary-of-the-read-only-key',
	withoutPeers: 'canary-of-the-key-without-peers',
	forbidden: 'canary-of-the-forbidden-key',
	byTag: 'canary-of-the-key-by-tag',
	revoked: 'canary-of-the-revoked-key',
};
const SECRETS = [KEY, ...Object.values(OTHER_KEYS), 'psk-canary'];

export const PRIMARY_IP = '203.0.113.10';
export const BACKUP_IP = '198.51.100.20';
export const MINUTE_MS = 60_000;

export const EVALUATE = 'Evaluate Uplink Loss';
export const SWAP = 'Swap VPN Tags';
export const SUMMARY = 0;
export const SWAP_NEEDED = 1;
export const ALERT = 2;
export const REPORT = 0;
export const SWAPPED = 1;
export const FAILED = 2;

export const ON_PRIMARY = ['branch', 'london_primary_up', 'site:LS1', 'paris_backup_down', 'Camera-Admins'];
export const ON_BACKUP = ['branch', 'london_primary_down', 'site:LS1', 'paris_backup_up', 'Camera-Admins'];

export function branch(id: string, name: string, change: object = {}): object {
	return { id, name, tags: ON_PRIMARY, destinations: ['8.8.8.8', PRIMARY_IP, BACKUP_IP], ...change };
}

export function organization(change: object = {}): object {
	return {
		id: '1',
		name: 'Acme',
		peers: [
			{ name: 'london', publicIp: PRIMARY_IP, networkTags: ['london_primary_up'] },
			{ name: 'paris', publicIp: BACKUP_IP, networkTags: ['paris_backup_up'] },
		],
		networks: [branch('N_1', 'Leeds'), branch('N_2', 'York'), branch('N_3', 'Bath')],
		...change,
	};
}

/** Total loss of the primary peer at some networks; all of them when none is named. */
export function primaryLoss(change: { networks?: string[]; [more: string]: unknown } = {}): object {
	const { networks, ...more } = change;
	return {
		kind: 'loss',
		where: { ip: PRIMARY_IP, ...(networks === undefined ? {} : { networks }) },
		lossPercent: 100,
		...more,
	};
}

/** A pretended Meraki on loopback whose clock stands still until it is told to go on, and an n8n before it. */
export class Bench {
	private readonly runs: Finished[] = [];
	private readonly stored: StoredWorkflow[] = [];
	/** Texts that tests got from elsewhere, to be searched for secrets with the rest. */
	readonly seen: unknown[] = [];

	private constructor(
		readonly simulator: Simulator,
		readonly addresses: Addresses,
		readonly built: BuiltPackage,
	) {}

	static async open(change: object = {}): Promise<Bench> {
		const scenario = {
			keys: [
				{ name: 'full', key: KEY },
				{ name: 'readOnly', key: OTHER_KEYS.readOnly, rights: 'readOnly' },
				{ name: 'withoutPeers', key: OTHER_KEYS.withoutPeers, mayReadPeers: false },
				{ name: 'forbidden', key: OTHER_KEYS.forbidden, forbiddenOrganizations: { '1': 403 } },
				{ name: 'byTag', key: OTHER_KEYS.byTag, networkTag: 'london_primary_up' },
			],
			rateLimits: { enabled: false },
			organizations: [organization()],
			...change,
		};
		const clock = new VirtualClock({ startAt: STARTED_AT, speed: 0 });
		const simulator = createSimulator({ scenario, clock });
		return new Bench(simulator, await simulator.listen(), await builtPackage());
	}

	/** Closes, and checks what must hold after every test. */
	async close(): Promise<void> {
		await this.simulator.close();
		expect(this.simulator.violations.all).toEqual([]);
		expect(this.simulator.strangerVisits.filter(({ broughtKey }) => broughtKey)).toEqual([]);
		const everything = inspect([this.runs, this.stored, this.seen, logLines], {
			depth: Infinity,
			maxArrayLength: Infinity,
			maxStringLength: Infinity,
			showHidden: true,
		});
		for (const secret of SECRETS) expect(everything.includes(secret)).toBe(false);
	}

	minutes(count: number): void {
		this.simulator.clock.advance(count * MINUTE_MS);
	}

	credential(change: ICredentialDataDecryptedObject = {}): ICredentialDataDecryptedObject {
		return { apiKey: KEY, region: 'custom', customUrl: this.addresses.url, ...change };
	}

	tags(network = 'N_1'): readonly string[] {
		return this.simulator.state.network(network).tags;
	}

	get writes(): readonly LoggedRequest[] {
		return this.simulator.requests.filter(({ method }) => method !== 'GET');
	}

	/** What was asked for since, without the part that is the same everywhere. */
	async callsOf(work: () => Promise<unknown>): Promise<string[]> {
		const before = this.simulator.requests.length;
		await work();
		return this.simulator.requests.slice(before).map(({ method, path }) => `${method} ${path}`);
	}

	/** A workflow as it is stored; what it remembers is searched for secrets in the end. */
	store(workflow: StoredWorkflow): StoredWorkflow {
		this.stored.push(workflow);
		return workflow;
	}

	/** Node after node, from the first output of the start node and the second one of any other. */
	workflow(nodes: readonly INode[], staticData: IDataObject = {}): StoredWorkflow {
		const connections = Object.fromEntries(
			nodes.slice(1).map((node, at) => [
				nodes[at]?.name ?? '',
				{
					main: [...(at === 0 ? [] : [[]]), [{ node: node.name, type: 'main' as const, index: 0 }]],
				},
			]),
		);
		return this.store({ nodes, connections, staticData });
	}

	async run(
		workflow: StoredWorkflow,
		{ credential, decryptionFails, nodeTypes, ...settings }: RunOptions = {},
	): Promise<Finished> {
		const engine: EngineSettings = {
			nodeTypes: {
				...nodeTypes,
				[`${PACKAGE_NAME}.evaluateUplinkLoss`]: this.built.evaluate,
				[`${PACKAGE_NAME}.swapVpnTags`]: this.built.swap,
			},
			credential: { type: this.built.credential, data: this.credential(credential) },
			...(decryptionFails === undefined ? {} : { decryptionFails }),
		};
		const finished = await runWorkflow(workflow, engine, settings);
		this.runs.push(finished);
		return finished;
	}

	/** Start -> Evaluate. */
	evaluation(parameters: INodeParameters = {}, settings: Partial<INode> = {}): StoredWorkflow {
		return this.workflow([startNode(), evaluateNode(parameters, settings)]);
	}

	/** Start -> Evaluate -> Swap, from the output Swap Needed. */
	chain(evaluate: INodeParameters = {}, swap: INodeParameters = { dryRun: false }): StoredWorkflow {
		return this.workflow([startNode(), evaluateNode(evaluate), swapNode(swap)]);
	}

	/** Start -> Swap, for items and explicit actions. */
	swapping(parameters: INodeParameters = {}, settings: Partial<INode> = {}): StoredWorkflow {
		const nodes = [startNode(), swapNode(parameters, settings)];
		const connections = { [START]: { main: [[{ node: SWAP, type: 'main' as const, index: 0 }]] } };
		return this.store({ nodes, connections, staticData: {} });
	}

	/** What Evaluate hands to Swap when it is run without a memory. */
	async decisions(parameters: INodeParameters = {}): Promise<IDataObject[]> {
		const { outputs } = await this.run(this.evaluation(parameters));
		return jsonOf(outputs(EVALUATE)[SWAP_NEEDED]);
	}
}

export interface RunOptions extends RunSettings {
	readonly credential?: ICredentialDataDecryptedObject;
	readonly decryptionFails?: boolean;
	readonly nodeTypes?: EngineSettings['nodeTypes'];
}

export function startNode(): INode {
	return { id: 'start', name: START, type: 'start', typeVersion: 1, position: [0, 0], parameters: {} };
}

export function byId(id: unknown): INodeParameters[string] {
	return { __rl: true, mode: 'id', value: id as string };
}

/** As the list hands it over: with the name, so that no call is needed for it. */
export function fromList(id: string, name: string): INodeParameters[string] {
	return { __rl: true, mode: 'list', value: id, cachedResultName: name };
}

export function evaluateNode(parameters: INodeParameters = {}, settings: Partial<INode> = {}): INode {
	return {
		id: 'evaluate',
		name: EVALUATE,
		type: `${PACKAGE_NAME}.evaluateUplinkLoss`,
		typeVersion: 1,
		position: [0, 0],
		...settings,
		// One bad sample is enough, so that the shortest series say the most.
		parameters: {
			organizationId: fromList('1', 'Acme'),
			preset: 'ciscoSample',
			...parameters,
			options: fast(parameters),
		},
		credentials: { merakiDashboardApi: { id: '1', name: 'Meraki' } },
	};
}

export function swapNode(parameters: INodeParameters = {}, settings: Partial<INode> = {}): INode {
	return {
		id: 'swap',
		name: SWAP,
		type: `${PACKAGE_NAME}.swapVpnTags`,
		typeVersion: 1,
		position: [0, 0],
		...settings,
		parameters: { ...parameters, options: fast(parameters) },
		credentials: { merakiDashboardApi: { id: '1', name: 'Meraki' } },
	};
}

/** The most that Meraki allows, so that tests do not wait for turns. */
function fast({ options }: INodeParameters): INodeParameters {
	const given = typeof options === 'object' && options !== null && !Array.isArray(options) ? options : {};
	return { requestsPerSecond: 10, ...given } as INodeParameters;
}

export function jsonOf(items: readonly INodeExecutionData[] | undefined): IDataObject[] {
	return (items ?? []).map(({ json }) => json);
}

/** How many items stand at each output. */
export function counts(outputs: readonly (readonly INodeExecutionData[])[]): number[] {
	return outputs.map((items) => items.length);
}

export function itemsOf(...jsons: readonly object[]): INodeExecutionData[] {
	return jsons.map((json) => ({ json: { ...json } }));
}
