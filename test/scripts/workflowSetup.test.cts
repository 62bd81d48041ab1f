import {
	addMessageBranch,
	addTagOverwrite,
	disconnectSwap,
	everySeconds,
	fillIn,
	nodeTypes,
	type Workflow,
	type WorkflowNode,
} from '../../scripts/n8n/workflowSetup.cjs';

const to = (node: string) => ({ node, type: 'main', index: 0 });
const template: Workflow = {
	name: 'VPN Failover',
	nodes: [
		{ name: 'Every 30 Seconds', type: nodeTypes.schedule, position: [0, 0], parameters: { rule: {} } },
		{ name: 'Look', type: nodeTypes.evaluate, position: [200, 0], parameters: { threshold: 30 } },
		{ name: 'Swap', type: nodeTypes.swap, position: [400, -100], parameters: { dryRun: true } },
		{ name: 'Note', type: 'n8n-nodes-base.stickyNote', position: [700, 0], parameters: { width: 300 } },
		{ name: 'Mail', type: 'n8n-nodes-base.emailSend', position: [600, 300], parameters: {}, disabled: true },
	],
	connections: {
		'Every 30 Seconds': { main: [[to('Look')]] },
		Look: { main: [[], [to('Swap')], [to('Mail')]] },
		Swap: { main: [[to('Mail')]] },
	},
	settings: { executionOrder: 'v1' },
};
const values = {
	credential: { id: 'c1', name: 'Meraki' },
	organizationId: '42',
	everySeconds: 2,
	dryRun: false,
};

const node = (workflow: Workflow, type: string): WorkflowNode | undefined =>
	workflow.nodes.find((candidate) => candidate.type === type);

describe('filling in the template', () => {
	const filled = fillIn(template, values);

	test('sets credential, organization, schedule and dry run, and keeps other parameters', () => {
		const credentials = { merakiDashboardApi: values.credential };
		expect(node(filled, nodeTypes.evaluate)).toMatchObject({
			credentials,
			parameters: { threshold: 30, organizationId: { __rl: true, mode: 'id', value: '42' } },
		});
		expect(node(filled, nodeTypes.swap)).toMatchObject({ credentials, parameters: { dryRun: false } });
		expect(node(filled, nodeTypes.schedule)?.parameters).toEqual({
			rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] },
		});
	});

	test('leaves connections, settings and other nodes as they are, and the template itself', () => {
		expect(filled.connections).toEqual(template.connections);
		expect(filled['settings']).toEqual(template['settings']);
		expect(filled.nodes.slice(3)).toEqual(template.nodes.slice(3));
		expect(template.nodes[2]?.parameters).toEqual({ dryRun: true });
	});

	test('says which node is missing or there twice', () => {
		const without = { ...template, nodes: template.nodes.slice(0, 2) };
		const twice = { ...template, nodes: [...template.nodes, ...template.nodes] };
		expect(() => fillIn(without, values)).toThrow(/0 nodes of type .*swapVpnTags/);
		expect(() => everySeconds(twice, 2)).toThrow(/2 nodes of type .*scheduleTrigger/);
	});
});

describe("a branch of one's own", () => {
	const extended = addMessageBranch(template, 'http://127.0.0.1:1/simulator/messages');
	const added = node(extended, nodeTypes.httpRequest);

	test('hangs on Report beside what is there already', () => {
		expect(extended.connections['Swap']?.main).toEqual([[to('Mail'), to(added?.name ?? '')]]);
		expect(extended.connections['Look']).toEqual(template.connections['Look']);
	});

	test('stands after what is there already, so that it runs after it, and covers nothing', () => {
		expect(added?.position).toEqual([1240, 300]);
	});

	test('posts the report', () => {
		expect(added?.parameters).toMatchObject({
			method: 'POST',
			url: 'http://127.0.0.1:1/simulator/messages',
			jsonBody: '={{ $json }}',
		});
	});

	test('hangs on Report also where nothing is connected yet', () => {
		const bare = { ...template, connections: {} };
		expect(addMessageBranch(bare, 'http://127.0.0.1:1').connections['Swap']?.main).toHaveLength(1);
	});
});

describe('faults on purpose', () => {
	test('disconnected: nothing leads to Swap, everything else does as before', () => {
		expect(disconnectSwap(template).connections).toEqual({
			...template.connections,
			Look: { main: [[], [], [to('Mail')]] },
		});
	});

	test('overwrite: a PUT with the given tags', () => {
		const broken = addTagOverwrite(template, { url: 'http://127.0.0.1:1/n', apiKey: 'k', tags: ['a'] });
		expect(node(broken, nodeTypes.httpRequest)?.parameters).toMatchObject({
			method: 'PUT',
			jsonBody: '{"tags":["a"]}',
		});
	});
});
