import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Workflow, type WorkflowNode } from '../n8n/workflowSetup.cjs';

const names = {
	schedule: 'Every 30 Seconds',
	evaluate: 'Evaluate Uplink Loss',
	failed: 'Messages That Failed',
	heartbeat: 'Heartbeat',
	start: 'Start Here',
	table: 'Memory Table',
	read: 'Read Memory',
	keep: 'Keep Memory',
} as const;

const table = 'meraki_vpn_memory';
/** Beside the schedule: room for the two nodes in front of Evaluate. */
const shift = 480;

const startText = `## Meraki VPN failover in queue mode

For n8n with workers, 2.3 or later. Without workers take the other workflow. Workers of some versions of n8n get none of the memory that n8n keeps itself, so it is kept in the data table *${table}* here.

`;

const memoryText = `## Memory
A data table remembers what was told and seen, one row for each workflow. *${names.table}* makes it in the first run.

*${names.keep}* stands above *Swap VPN Tags*: what a run is about to do is known even if its worker is killed, and a run that overlaps does not tell it again.

Where the table fails, the branches move all the same, and the run is marked failed.`;

/**
 * The main template with its memory kept by n8n's Data Table node. Everything else stays as it is
 * there: the file is made by `npm run templates`, never by hand.
 */
export function queueModeTemplate(main: Workflow): Workflow {
	const nodes = main.nodes.map(changed);
	const failed = inputsOf(main, names.failed);
	const connections = {
		...main.connections,
		[names.schedule]: outputs([to(names.table)]),
		[names.table]: outputs([to(names.read)], [to(names.evaluate), to(names.failed, failed)]),
		[names.read]: outputs([to(names.evaluate)], [to(names.evaluate), to(names.failed, failed + 1)]),
		[names.evaluate]: withFirst(main, names.evaluate, to(names.keep)),
		[names.keep]: outputs([], [to(names.failed, failed + 2)]),
	};
	return { ...main, name: `${main.name} (queue mode)`, nodes: [...nodes, ...added()], connections };
}

function changed(node: WorkflowNode): WorkflowNode {
	switch (node.name) {
		case names.schedule:
			return movedLeft(node);
		case names.start:
			return movedLeft(withStartText(node));
		case names.evaluate:
			return withParameters(node, { memory: 'itemField', memoryField: 'memory' });
		case names.heartbeat:
			// The memory is on Summary, too, and belongs to nobody else.
			return withParameters(node, { jsonBody: '={{ JSON.stringify({ ...$json, memory: undefined }) }}' });
		case names.failed:
			return withParameters(node, { numberInputs: Number(node.parameters['numberInputs']) + 3 });
		default:
			return node;
	}
}

function added(): readonly WorkflowNode[] {
	const filters = {
		conditions: [{ keyName: 'workflow_id', condition: 'eq', keyValue: '={{ $workflow.id }}' }],
	};
	const ofThisWorkflow = {
		dataTableId: { __rl: true, mode: 'name', value: table },
		matchType: 'anyCondition',
		filters,
	};
	const columns = ['workflow_id', 'memory'].map((name) => ({ name, type: 'string' }));
	const value = { workflow_id: '={{ $workflow.id }}', memory: '={{ $json.memory }}' };
	return [
		dataTable('b0bb1dd9-5f6d-5c0e-8c3f-6f9a7d1c5a01', names.table, [-240, 0], {
			resource: 'table',
			operation: 'create',
			tableName: table,
			columns: { column: columns },
			options: { createIfNotExists: true },
		}),
		{
			...dataTable('b0bb1dd9-5f6d-5c0e-8c3f-6f9a7d1c5a02', names.read, [0, 0], {
				resource: 'row',
				operation: 'get',
				...ofThisWorkflow,
				limit: 1,
			}),
			// Else the very first run would end here.
			alwaysOutputData: true,
		},
		dataTable('b0bb1dd9-5f6d-5c0e-8c3f-6f9a7d1c5a03', names.keep, [560, -640], {
			resource: 'row',
			operation: 'upsert',
			...ofThisWorkflow,
			columns: { mappingMode: 'defineBelow', value, matchingColumns: [], schema: [] },
			options: {},
		}),
		{
			id: 'b0bb1dd9-5f6d-5c0e-8c3f-6f9a7d1c5a04',
			name: 'Note on Memory',
			type: 'n8n-nodes-base.stickyNote',
			typeVersion: 1,
			position: [-500, -460],
			parameters: { content: memoryText, height: 340, width: 440 },
		},
	];
}

function dataTable(
	id: string,
	name: string,
	position: readonly [number, number],
	parameters: Readonly<Record<string, unknown>>,
): WorkflowNode {
	const type = 'n8n-nodes-base.dataTable';
	return { id, name, type, typeVersion: 1, position, parameters, onError: 'continueErrorOutput' };
}

function withStartText(node: WorkflowNode): WorkflowNode {
	const heading = '## Meraki VPN failover\n\n';
	const content = String(node.parameters['content']);
	if (!content.startsWith(heading)) throw new Error(`The note "${node.name}" does not begin as expected.`);
	return withParameters(node, {
		content: startText + content.slice(heading.length),
		height: Number(node.parameters['height']) + 120,
	});
}

function movedLeft(node: WorkflowNode): WorkflowNode {
	return { ...node, position: [node.position[0] - shift, node.position[1]] };
}

function withParameters(node: WorkflowNode, parameters: Readonly<Record<string, unknown>>): WorkflowNode {
	return { ...node, parameters: { ...node.parameters, ...parameters } };
}

function inputsOf({ nodes, name }: Workflow, merge: string): number {
	const count = nodes.find((node) => node.name === merge)?.parameters['numberInputs'];
	if (typeof count !== 'number')
		throw new Error(`The workflow "${name}" has no node "${merge}" with inputs.`);
	return count;
}

type Target = ReturnType<typeof to>;

function to(node: string, index = 0) {
	return { node, type: 'main', index } as const;
}

function outputs(...main: readonly (readonly Target[])[]) {
	return { main };
}

/** One more target of the first output. */
function withFirst({ connections }: Workflow, from: string, target: Target) {
	const [first, ...others] = connections[from]?.main ?? [];
	return { main: [[target, ...(first ?? [])], ...others] };
}

const folder = join(__dirname, '..', '..', 'workflows');

/** Writes the file; Prettier gives it its shape. */
if (require.main === module) {
	const main = JSON.parse(readFileSync(join(folder, 'meraki-vpn-failover.json'), 'utf8')) as Workflow;
	const text = JSON.stringify(queueModeTemplate(main), undefined, '\t');
	writeFileSync(join(folder, 'meraki-vpn-failover-queue-mode.json'), `${text}\n`);
}
