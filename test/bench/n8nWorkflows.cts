import { nodeTypes } from '../../scripts/n8n/workflowSetup.cjs';
import { BACKUP_IP, KEY, ORGANIZATION_ID, PRIMARY_IP } from './fleets.cjs';

/** Runs must not overlap: the hand-built one takes seconds. */
const EVERY_SECONDS = 8;

const schedule = node('Schedule', nodeTypes.schedule, 1.2, {
	rule: { interval: [{ field: 'seconds', secondsInterval: EVERY_SECONDS }] },
});

/** Schedule -> Evaluate Uplink Loss. */
export function packaged(credential: { readonly id: string; readonly name: string }): object {
	const evaluate = {
		...node('Evaluate Uplink Loss', nodeTypes.evaluate, 1, {
			organizationId: { __rl: true, mode: 'list', value: ORGANIZATION_ID, cachedResultName: 'Acme' },
			options: { requestsPerSecond: 10 },
		}),
		credentials: { merakiDashboardApi: credential },
	};
	return workflow('Packaged', [schedule, evaluate]);
}

/**
 * Schedule -> two HTTP Requests -> Code: as people build it by hand from what n8n brings. The Code node tells which
 * branches on primary show loss; it knows neither memory, nor limits, nor any of the vetoes.
 */
export function handBuilt(url: string): object {
	const organization = `${url}/api/v1/organizations/${ORGANIZATION_ID}`;
	return workflow('Hand-Built', [
		schedule,
		request('Read Loss', `${organization}/devices/uplinksLossAndLatency`),
		request('Read Networks', `${organization}/networks?perPage=100000`),
		node('Find Lossy Branches', 'n8n-nodes-base.code', 2, { jsCode: FIND_LOSSY }),
	]);
}

const FIND_LOSSY = `
const peerOf = new Map([[${JSON.stringify(PRIMARY_IP)}, 'london'], [${JSON.stringify(BACKUP_IP)}, 'paris']]);
const lossy = new Set();
for (const { json } of $('Read Loss').all()) {
	const bad = json.timeSeries.some(({ lossPercent }) => lossPercent >= 30);
	if (bad && peerOf.get(json.ip) === 'london') lossy.add(json.networkId);
}
const moves = $('Read Networks').all()
	.filter(({ json }) => lossy.has(json.id) && json.tags.includes('london_primary_up'));
return moves.map(({ json }) => ({ json: { networkId: json.id, tags: json.tags } }));
`;

function request(name: string, url: string) {
	return {
		...node(name, nodeTypes.httpRequest, 4.2, {
			url,
			sendHeaders: true,
			headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${KEY}` }] },
			options: {},
		}),
		executeOnce: true,
	};
}

function node(name: string, type: string, typeVersion: number, parameters: object) {
	return { id: name, name, type, typeVersion, position: [0, 0], parameters };
}

function workflow(name: string, nodes: ReadonlyArray<{ readonly name: string }>): object {
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name: to }, at) => [nodes[at]?.name ?? '', { main: [[{ node: to, type: 'main', index: 0 }]] }]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1', saveDataSuccessExecution: 'all' } };
}
