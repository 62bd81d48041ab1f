/**
 * Writes workflows/meraki-vpn-failover-many-organizations.json: the template with a list of organizations before
 * Evaluate. Run it after every change of the template:
 *
 *   node --require tsx/cjs scripts/templates/manyOrganizations.cts
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTemplate } from '../demo/n8n.cjs';
import { type Workflow, type WorkflowNode } from '../n8n/workflowSetup.cjs';

export const LIST = 'Organizations';
const EACH = 'Each Organization';
const SAME_LIST = 'Same Organizations';
const EACH_OF_SAME = 'Each of Them';
const EVALUATE = 'Evaluate Uplink Loss';
const READINESS_CHECK = 'Readiness Check';
const SCHEDULE = 'Every 30 Seconds';
const BY_HAND = 'Readiness Check by Hand';

/** What stands right of the triggers makes room for two nodes. */
const ROOM = 480;

/** As the user finds it: to be replaced by real ones. */
const EXAMPLE = {
	organizations: [
		{ organizationId: 'ID-OF-THE-FIRST', customer: 'First customer' },
		{ organizationId: 'ID-OF-THE-SECOND', customer: 'Second customer' },
	],
};

/** The variant for many organizations: the same nodes, but Evaluate and Readiness Check get one item an organization. */
export function withOrganizations(template: Workflow): Workflow {
	const nodes = template.nodes.map(moved).map(fromItem).map(retold);
	const { [SCHEDULE]: afterSchedule, [BY_HAND]: afterHand, ...others } = template.connections;
	return {
		...template,
		name: 'Meraki VPN failover, many organizations',
		nodes: [...nodes, ...listNodes()],
		connections: {
			[SCHEDULE]: { main: [[to(LIST)]] },
			[LIST]: { main: [[to(EACH)]] },
			[EACH]: afterSchedule ?? {},
			[BY_HAND]: { main: [[to(SAME_LIST)]] },
			[SAME_LIST]: { main: [[to(EACH_OF_SAME)]] },
			[EACH_OF_SAME]: afterHand ?? {},
			...others,
		},
	};
}

function moved(node: WorkflowNode): WorkflowNode {
	const [x, y] = node.position;
	const isOfTheLeft = x < 480 && ![EVALUATE, READINESS_CHECK].includes(node.name);
	return isOfTheLeft ? node : { ...node, position: [x + ROOM, y] };
}

function fromItem(node: WorkflowNode): WorkflowNode {
	if (![EVALUATE, READINESS_CHECK].includes(node.name)) return node;
	const organizationId = { __rl: true, mode: 'id', value: '={{ $json.organizationId }}' };
	return { ...node, parameters: { ...node.parameters, organizationId } };
}

/** The notes that speak of one organization. */
function retold(node: WorkflowNode): WorkflowNode {
	const { content } = node.parameters;
	if (typeof content !== 'string') return node;
	const told = content
		.replace(
			/\*\*2\. Organization\*\* [^\n]*/,
			`**2. Organizations** Open *${LIST}* and list yours, the ID of each as text in quotation marks. For a pilot, set *Networks* to *With a Tag*.`,
		)
		.replace('Uses the organization of *Evaluate Uplink Loss*;', `Uses the list of *${LIST}*;`);
	return { ...node, parameters: { ...node.parameters, content: told } };
}

function listNodes(): WorkflowNode[] {
	const splitOut = { fieldToSplitOut: 'organizations', options: {} };
	const list = (jsonOutput: string) => ({ mode: 'raw', jsonOutput, options: {} });
	return [
		node(
			LIST,
			'a0f6c0de-5b0b-4a53-9c56-0d3f4f2b6a01',
			'n8n-nodes-base.set',
			3.4,
			[240, 0],
			list(text(EXAMPLE)),
		),
		node(EACH, 'a0f6c0de-5b0b-4a53-9c56-0d3f4f2b6a02', 'n8n-nodes-base.splitOut', 1, [480, 0], splitOut),
		node(
			SAME_LIST,
			'a0f6c0de-5b0b-4a53-9c56-0d3f4f2b6a03',
			'n8n-nodes-base.set',
			3.4,
			[240, -260],
			list(`={{ $('${LIST}').params.jsonOutput }}`),
		),
		node(
			EACH_OF_SAME,
			'a0f6c0de-5b0b-4a53-9c56-0d3f4f2b6a04',
			'n8n-nodes-base.splitOut',
			1,
			[480, -260],
			splitOut,
		),
		node(
			'Note on Organizations',
			'a0f6c0de-5b0b-4a53-9c56-0d3f4f2b6a05',
			'n8n-nodes-base.stickyNote',
			1,
			[480, -480],
			{
				content: NOTE,
				width: 440,
				height: 200,
			},
		),
	];
}

const NOTE = `## One item for each organization
Twenty are read at a time; one that cannot be read stops no other. All share one key and one set of settings. A field of your own in the list, such as \`networkTag\`, can be a setting: \`{{ $json.networkTag }}\`.

Instead of the list, a Data Table node or an HTTP Request may hand out items with \`organizationId\`.`;

function node(
	name: string,
	id: string,
	type: string,
	typeVersion: number,
	position: readonly [number, number],
	parameters: Readonly<Record<string, unknown>>,
): WorkflowNode {
	return { id, name, type, typeVersion, position, parameters };
}

function to(name: string) {
	return { node: name, type: 'main', index: 0 };
}

function text(value: object): string {
	return JSON.stringify(value, null, '\t');
}

if (require.main === module) {
	const clone = join(__dirname, '..', '..');
	const file = join(clone, 'workflows', 'meraki-vpn-failover-many-organizations.json');
	writeFileSync(file, `${text(withOrganizations(readTemplate(clone)))}\n`);
}
