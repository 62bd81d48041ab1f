import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';
import {
	runWorkflow,
	START,
	type EngineSettings,
	type Finished,
	type StoredWorkflow,
} from '../support/n8nEngine.cjs';
import { builtPackage, PACKAGE_NAME } from '../support/n8nPackage.cjs';
import { KEY } from './fleets.cjs';

export const EVALUATE = 'Evaluate Uplink Loss';
export const SWAP = 'Swap VPN Tags';

/** Our two nodes in n8n's own engine, with the memory that n8n keeps for them. */
export class Product {
	private constructor(
		private readonly engine: EngineSettings,
		private readonly workflow: StoredWorkflow,
	) {}

	static async of(
		url: string,
		nodes: 'evaluate' | 'evaluateAndSwap',
		requestsPerSecond = 10,
	): Promise<Product> {
		const built = await builtPackage();
		const engine: EngineSettings = {
			nodeTypes: {
				[`${PACKAGE_NAME}.evaluateUplinkLoss`]: built.evaluate,
				[`${PACKAGE_NAME}.swapVpnTags`]: built.swap,
			},
			credential: { type: built.credential, data: { apiKey: KEY, region: 'custom', customUrl: url } },
		};
		const options = { requestsPerSecond };
		const evaluate = node(EVALUATE, 'evaluateUplinkLoss', {
			organizationId: { __rl: true, mode: 'id', value: '={{ $json.organizationId }}' },
			options,
		});
		const swap = node(SWAP, 'swapVpnTags', { dryRun: false, options });
		const to = (name: string) => [{ node: name, type: 'main' as const, index: 0 }];
		const connections = {
			[START]: { main: [to(EVALUATE)] },
			...(nodes === 'evaluate' ? {} : { [EVALUATE]: { main: [[], to(SWAP)] } }),
		};
		const start: INode = { ...node(START, '', {}), type: 'start' };
		return new Product(engine, { nodes: [start, evaluate, swap], connections, staticData: {} });
	}

	async run(organizationIds: readonly string[]): Promise<Finished> {
		const items = organizationIds.map((organizationId): INodeExecutionData => ({ json: { organizationId } }));
		const finished = await runWorkflow(this.workflow, this.engine, { items });
		if (finished.error !== undefined) throw finished.error;
		return finished;
	}

	get memoryBytes(): number {
		return bytesOf(this.workflow.staticData);
	}
}

function node(name: string, type: string, parameters: INode['parameters']): INode {
	return {
		id: name,
		name,
		type: `${PACKAGE_NAME}.${type}`,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { merakiDashboardApi: { id: '1', name: 'Meraki' } },
	};
}

export function itemsOf(finished: Finished, name: string, output: number): IDataObject[] {
	return (finished.outputs(name)[output] ?? []).map(({ json }) => json);
}

export function bytesOf(value: unknown): number {
	return Buffer.byteLength(JSON.stringify(value));
}
