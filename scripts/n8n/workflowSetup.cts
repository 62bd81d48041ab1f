/** As much of a workflow file as is filled in here; everything else passes through unchanged. */
export interface WorkflowNode {
	readonly name: string;
	readonly type: string;
	readonly position: readonly [number, number];
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly [field: string]: unknown;
}
interface Target {
	readonly node: string;
	readonly type: string;
	readonly index: number;
}
type Outputs = readonly (readonly Target[] | null | undefined)[];
export interface Workflow {
	readonly name: string;
	readonly nodes: readonly WorkflowNode[];
	readonly connections: Readonly<Record<string, { readonly main?: Outputs }>>;
	readonly [field: string]: unknown;
}

export const nodeTypes = {
	schedule: 'n8n-nodes-base.scheduleTrigger',
	evaluate: 'n8n-nodes-meraki-vpn-failover.evaluateUplinkLoss',
	swap: 'n8n-nodes-meraki-vpn-failover.swapVpnTags',
	httpRequest: 'n8n-nodes-base.httpRequest',
} as const;

const swapOutputs = { report: 0 } as const;

export interface FieldValues {
	readonly credential: { readonly id: string; readonly name: string };
	readonly organizationId: string;
	readonly everySeconds: number;
	readonly dryRun: boolean;
}

/** Fills in what the template's notes ask its user to fill in. */
export function fillIn(template: Workflow, values: FieldValues): Workflow {
	const credentials = { merakiDashboardApi: values.credential };
	const scheduled = everySeconds(template, values.everySeconds);
	const evaluated = fillInEvaluations(scheduled, values.organizationId, credentials);
	return changeNode(evaluated, nodeTypes.swap, { dryRun: values.dryRun }, { credentials });
}

/** The readiness check is an Evaluate, too: its organization is an expression that follows the other one. */
function fillInEvaluations(workflow: Workflow, organizationId: string, credentials: object): Workflow {
	const chosen = { organizationId: { __rl: true, mode: 'id', value: organizationId } };
	const evaluations = workflow.nodes.filter(({ type }) => type === nodeTypes.evaluate);
	if (evaluations.length === 0)
		throw new Error(`The workflow "${workflow.name}" has no node of type ${nodeTypes.evaluate}.`);
	const nodes = workflow.nodes.map((node) => {
		if (node.type !== nodeTypes.evaluate) return node;
		const follows = JSON.stringify(node.parameters['organizationId'] ?? '').includes('"={{');
		return { ...node, credentials, parameters: { ...node.parameters, ...(follows ? {} : chosen) } };
	});
	return { ...workflow, nodes };
}

export function everySeconds(workflow: Workflow, seconds: number): Workflow {
	const rule = { interval: [{ field: 'seconds', secondsInterval: seconds }] };
	return changeNode(workflow, nodeTypes.schedule, { rule });
}

/** What a user adds: a branch of their own on Report, here an HTTP Request that sends the report somewhere. */
export function addMessageBranch(workflow: Workflow, url: string): Workflow {
	return addToReport(workflow, 'Post Report To The Message Page', {
		method: 'POST',
		url,
		...jsonBody('={{ $json }}'),
	});
}

export interface TagWrite {
	readonly url: string;
	readonly apiKey: string;
	readonly tags: readonly string[];
}

/** A fault on purpose: after each swap, tags are written over as a careless script would do it. */
export function addTagOverwrite(workflow: Workflow, write: TagWrite): Workflow {
	return addToReport(workflow, 'Overwrite Tags (On Purpose)', {
		method: 'PUT',
		url: write.url,
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'Authorization', value: `Bearer ${write.apiKey}` }] },
		...jsonBody(JSON.stringify({ tags: write.tags })),
	});
}

/** A fault on purpose: nothing reaches Swap. */
export function disconnectSwap(workflow: Workflow): Workflow {
	const swap = only(workflow, nodeTypes.swap).name;
	const connections = Object.fromEntries(
		Object.entries(workflow.connections).map(([source, { main, ...others }]) => [
			source,
			{ ...others, ...(main && { main: main.map((to) => to?.filter(({ node }) => node !== swap) ?? []) }) },
		]),
	);
	return { ...workflow, connections };
}

function jsonBody(expression: string): Readonly<Record<string, unknown>> {
	return { sendBody: true, contentType: 'json', specifyBody: 'json', jsonBody: expression };
}

function addToReport(
	workflow: Workflow,
	name: string,
	parameters: Readonly<Record<string, unknown>>,
): Workflow {
	const swap = only(workflow, nodeTypes.swap);
	const node: WorkflowNode = {
		id: name.toLowerCase().replace(/[^a-z]+/g, '-'),
		name,
		type: nodeTypes.httpRequest,
		typeVersion: 4.2,
		position: positionAfterReport(workflow, swap),
		parameters: { ...parameters, options: {} },
	};
	const main = workflow.connections[swap.name]?.main ?? [];
	const outputs = Array.from(
		{ length: Math.max(main.length, swapOutputs.report + 1) },
		(_, index) => main[index] ?? [],
	);
	const report = [...(outputs[swapOutputs.report] ?? []), { node: name, type: 'main', index: 0 }];
	return {
		...workflow,
		nodes: [...workflow.nodes, node],
		connections: {
			...workflow.connections,
			[swap.name]: {
				...workflow.connections[swap.name],
				main: outputs.map((targets, index) => (index === swapOutputs.report ? report : targets)),
			},
		},
	};
}

/** n8n runs sibling branches from top to bottom, then from left to right: at the end of the row of the lowest one. */
function positionAfterReport(workflow: Workflow, swap: WorkflowNode): readonly [number, number] {
	const names = (workflow.connections[swap.name]?.main?.[swapOutputs.report] ?? []).map(({ node }) => node);
	const heights = workflow.nodes
		.filter(({ name }) => names.includes(name))
		.map(({ position }) => position[1]);
	const rightmost = workflow.nodes.map(({ position, parameters: { width } }) => {
		return position[0] + (typeof width === 'number' ? width : 0); // notes have a width of their own
	});
	return [Math.max(...rightmost) + 240, Math.max(swap.position[1], ...heights)];
}

function changeNode(
	workflow: Workflow,
	type: string,
	parameters: Readonly<Record<string, unknown>>,
	fields: Readonly<Record<string, unknown>> = {},
): Workflow {
	const changed = only(workflow, type);
	const nodes = workflow.nodes.map((node) =>
		node === changed ? { ...node, ...fields, parameters: { ...node.parameters, ...parameters } } : node,
	);
	return { ...workflow, nodes };
}

function only(workflow: Workflow, type: string): WorkflowNode {
	const found = workflow.nodes.filter((node) => node.type === type);
	const [node] = found;
	if (!node || found.length > 1) {
		throw new Error(
			`The workflow "${workflow.name}" has ${found.length} nodes of type ${type}; exactly one is needed.`,
		);
	}
	return node;
}
