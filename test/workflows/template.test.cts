import { NodeHelpers, safeParseWorkflowStructure } from 'n8n-workflow';
import type { INode, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { builtPackage, PACKAGE_NAME } from '../support/n8nPackage.cjs';
import { overlapsOf, readTemplate } from '../support/n8nTemplate.cjs';

/**
 * The versions we rely on. Each was looked up, with its parameters, in the node types of n8n 1.123.81, 2.0.0 and
 * 2.41.1: a newer version would not open in the older ones.
 */
const BASE_NODES: Readonly<Record<string, { version: number; outputs: number }>> = {
	'n8n-nodes-base.scheduleTrigger': { version: 1.2, outputs: 1 },
	'n8n-nodes-base.manualTrigger': { version: 1, outputs: 1 },
	'n8n-nodes-base.slack': { version: 2.3, outputs: 1 },
	'n8n-nodes-base.emailSend': { version: 2.1, outputs: 1 },
	'n8n-nodes-base.dataTable': { version: 1, outputs: 1 },
	'n8n-nodes-base.httpRequest': { version: 4.2, outputs: 1 },
	'n8n-nodes-base.merge': { version: 3, outputs: 1 },
	'n8n-nodes-base.stopAndError': { version: 1, outputs: 0 },
	'n8n-nodes-base.errorTrigger': { version: 1, outputs: 1 },
	'n8n-nodes-base.stickyNote': { version: 1, outputs: 0 },
};
const EVALUATE_TYPE = `${PACKAGE_NAME}.evaluateUplinkLoss`;
const SWAP_TYPE = `${PACKAGE_NAME}.swapVpnTags`;

const template = readTemplate();
const { nodes, connections, settings } = template;
const ours = new Map<string, INodeTypeDescription>();

beforeAll(async () => {
	const { evaluate, swap } = await builtPackage();
	ours.set(EVALUATE_TYPE, evaluate.description).set(SWAP_TYPE, swap.description);
});

/** The check-up stands apart: a way of its own. */
const CHECK_UP = 'Check-Up';
const ofType = (type: string): INode => {
	const found = nodes.filter((node) => node.type === type && node.name !== CHECK_UP);
	const [first] = found;
	if (first === undefined || found.length > 1)
		throw new Error(`${type}: ${found.length} nodes instead of one`);
	return first;
};
const named = (name: string): INode | undefined => nodes.find((node) => node.name === name);

interface Wire {
	readonly from: string;
	readonly output: number;
	readonly to: string;
	readonly input: number;
}
const wires: Wire[] = Object.entries(connections).flatMap(([from, byType]) =>
	Object.values(byType).flatMap((outputs) =>
		outputs.flatMap((targets, output) =>
			(targets ?? []).map(({ node, index }) => ({ from, output, to: node, input: index })),
		),
	),
);

describe('the structure of the template', () => {
	it('is what n8n imports', () => {
		expect(safeParseWorkflowStructure(JSON.parse(JSON.stringify(template)))).toMatchObject({ success: true });
	});

	it('has every node once, by name and by id', () => {
		expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
	});

	it.each(nodes.map((node) => [node.name, node] as const))(
		'%s is of a type and version that n8n knows',
		(_name, node) => {
			const description = ours.get(node.type);
			if (description === undefined) expect(node.typeVersion).toBe(BASE_NODES[node.type]?.version);
			else expect([description.version].flat()).toContain(node.typeVersion);
		},
	);

	it.each(wires.map((wire) => [`${wire.from} ${wire.output} -> ${wire.to} ${wire.input}`, wire] as const))(
		'%s joins an output and an input that exist',
		(_name, { from, output, to, input }) => {
			const source = named(from);
			const target = named(to);
			if (source === undefined || target === undefined) throw new Error(`${from} -> ${to}: no such node`);
			expect(output).toBeLessThan(outputsOf(source));
			const inputs = target.parameters['numberInputs'];
			expect(input).toBeLessThan(typeof inputs === 'number' ? inputs : 1);
			expect(target.type).not.toMatch(/Trigger$|stickyNote$/);
		},
	);

	it('leaves no node unconnected but the notes', () => {
		const joined = new Set(wires.flatMap(({ from, to }) => [from, to]));
		const alone = nodes.filter(({ name, type }) => !joined.has(name) && !type.endsWith('.stickyNote'));
		expect(alone.map(({ name }) => name)).toEqual([]);
	});

	function outputsOf(node: INode): number {
		const own = ours.get(node.type)?.outputs.length ?? BASE_NODES[node.type]?.outputs ?? 0;
		return own + (node.onError === 'continueErrorOutput' ? 1 : 0);
	}
});

describe('the parameters of our nodes', () => {
	it.each([EVALUATE_TYPE, SWAP_TYPE])('%s: each exists, is shown, and has an allowed value', (type) => {
		const node = ofType(type);
		const description = ours.get(type);
		if (description === undefined) throw new Error(`${type} was not loaded`);
		expect(problemsOf(node.parameters, description.properties, node, description)).toEqual([]);
	});

	it('only leave open what the user must choose: the organization', () => {
		const [evaluate, swap] = [EVALUATE_TYPE, SWAP_TYPE].map((type) => {
			const description = ours.get(type);
			return (
				description && NodeHelpers.getNodeParametersIssues(description.properties, ofType(type), description)
			);
		});
		expect(Object.keys(evaluate?.parameters ?? {})).toEqual(['organizationId']);
		expect(swap).toBeNull();
	});
});

describe('the way through the template', () => {
	const leadsTo = (type: string, output: number) =>
		wires
			.filter(({ from, output: at }) => from === ofType(type).name && at === output)
			.map(({ to }) => named(to)?.type);

	it('is schedule, Evaluate, Swap, messages', () => {
		expect(leadsTo('n8n-nodes-base.scheduleTrigger', 0)).toEqual([EVALUATE_TYPE]);
		expect(leadsTo(EVALUATE_TYPE, 1)).toEqual([SWAP_TYPE]);
		expect(leadsTo(EVALUATE_TYPE, 2).sort()).toEqual(['n8n-nodes-base.emailSend', 'n8n-nodes-base.slack']);
		expect(leadsTo(SWAP_TYPE, 0).sort()).toEqual(['n8n-nodes-base.emailSend', 'n8n-nodes-base.slack']);
		expect(leadsTo(SWAP_TYPE, 1)).toEqual(['n8n-nodes-base.dataTable']);
		expect(leadsTo('n8n-nodes-base.errorTrigger', 0).sort()).toEqual([
			'n8n-nodes-base.emailSend',
			'n8n-nodes-base.slack',
		]);
	});

	it('has a check-up by hand that leads nowhere else, and follows the organization of Evaluate', () => {
		expect(leadsTo('n8n-nodes-base.manualTrigger', 0)).toEqual([EVALUATE_TYPE]);
		expect(reachableFrom(ofType('n8n-nodes-base.manualTrigger').name)).toEqual([CHECK_UP]);
		const node = named(CHECK_UP);
		const description = ours.get(EVALUATE_TYPE);
		if (node === undefined || description === undefined) throw new Error('There is no check-up');
		expect(node.parameters).toEqual({
			operation: 'checkUp',
			organizationId: {
				__rl: true,
				mode: 'id',
				value: `={{ $('${ofType(EVALUATE_TYPE).name}').params.organizationId.value }}`,
			},
		});
		expect(problemsOf(node.parameters, description.properties, node, description)).toEqual([]);
	});

	it('runs every 30 seconds', () => {
		expect(ofType('n8n-nodes-base.scheduleTrigger').parameters).toEqual({
			rule: { interval: [{ field: 'seconds', secondsInterval: 30 }] },
		});
	});

	it('reaches Swap VPN Tags before anything else that runs after Evaluate: it stands topmost', () => {
		const swap = ofType(SWAP_TYPE);
		const after = reachableFrom(ofType(EVALUATE_TYPE).name).filter((name) => name !== swap.name);
		expect(after.length).toBeGreaterThan(5);
		for (const name of after) expect(named(name)?.position[1]).toBeGreaterThan(swap.position[1]);
	});

	it('ends all messages that failed in one lowest Stop and Error', () => {
		const end = ofType('n8n-nodes-base.stopAndError');
		const after = reachableFrom(ofType(EVALUATE_TYPE).name);
		expect(after).toContain(end.name);
		for (const name of after) expect(named(name)?.position[1]).toBeLessThanOrEqual(end.position[1]);
		const messages = after
			.map(named)
			.filter((node) => /\.(slack|emailSend|dataTable|httpRequest)$/.test(node?.type ?? ''));
		expect(messages.length).toBeGreaterThanOrEqual(6);
		for (const message of messages) {
			expect(message?.onError).toBe('continueErrorOutput');
			expect(reachableFrom(message?.name ?? '', 1)).toContain(end.name);
		}
	});

	it('gives each failed message an input of its own', () => {
		const merge = ofType('n8n-nodes-base.merge');
		const inputs = wires.filter(({ to }) => to === merge.name).map(({ input }) => input);
		expect([...inputs].sort()).toEqual(
			Array.from({ length: Number(merge.parameters['numberInputs']) }, (_, at) => at),
		);
	});

	function reachableFrom(name: string, output?: number, seen = new Set<string>()): string[] {
		for (const { from, to, output: at } of wires) {
			if (from !== name || (output !== undefined && at !== output) || seen.has(to)) continue;
			seen.add(to);
			reachableFrom(to, undefined, seen);
		}
		return [...seen];
	}
});

describe('as shipped', () => {
	it('Dry Run is on', () => {
		expect(ofType(SWAP_TYPE).parameters).toMatchObject({ action: 'asEvaluated', dryRun: true });
	});

	it('Slack, email, heartbeat and audit are disabled, and nothing else is', () => {
		for (const { name, type, disabled } of nodes) {
			const needsFillingIn = /\.(slack|emailSend|httpRequest|dataTable)$/.test(type);
			expect([name, disabled ?? false]).toEqual([name, needsFillingIn]);
		}
	});

	it('Slack takes the blocks and the title, mail the title, text and HTML', () => {
		for (const { name, type, parameters } of nodes) {
			if (/^Crash/.test(name)) continue;
			if (type.endsWith('.slack'))
				expect(parameters).toMatchObject({
					messageType: 'block',
					blocksUi: '={{ $json.slack }}',
					text: '={{ $json.title }}',
				});
			if (type.endsWith('.emailSend'))
				expect(parameters).toMatchObject({
					subject: '={{ $json.title }}',
					text: '={{ $json.text }}',
					html: '={{ $json.html }}',
				});
		}
	});

	it('keeps no successful runs, ends a hanging one, and runs branches by height', () => {
		expect(settings).toMatchObject({
			saveDataSuccessExecution: 'none',
			executionTimeout: 360,
			executionOrder: 'v1',
		});
		expect(settings).not.toHaveProperty('errorWorkflow');
		expect(settings).not.toHaveProperty('timezone');
	});

	it('has nothing of an instance in it', () => {
		expect(Object.keys(template).sort()).toEqual(['connections', 'name', 'nodes', 'settings']);
		for (const node of nodes) {
			expect(node).not.toHaveProperty('credentials');
			expect(node).not.toHaveProperty('webhookId');
		}
		const text = JSON.stringify(template);
		expect(text).not.toMatch(
			/instanceId|cachedResultName|cachedResultUrl|"tags"|pinData|staticData|versionId/,
		);
		for (const [address] of text.matchAll(/[\w.-]+@[\w.-]+/g)) expect(address).toMatch(/@example\.com$/);
		for (const [, host] of text.matchAll(/https?:\/\/([^/"\s)]+)/g)) expect(host).toBe('example.com');
	});

	it('has notes that cover no node and each other', () => {
		expect(overlapsOf(nodes)).toEqual([]);
	});

	it('lets the check-up be run first', () => {
		const note = named('Note on the Check-Up');
		expect(String(note?.parameters['content'])).toMatch(/^## Run this first\n/);
	});

	it('says in order what to fill in', () => {
		const notes = nodes
			.filter(({ type }) => type.endsWith('.stickyNote'))
			.map(({ parameters }) => String(parameters['content']));
		const start = notes.find((content) => content.includes('**1.')) ?? '';
		const steps = [...start.matchAll(/\*\*(\d)\./g)].map(([, step]) => step);
		expect(steps).toEqual(['1', '2', '3', '4', '5']);
		for (const step of [/Credential/, /Organization/, /Check-Up/, /Dry Run/i, /Slack or email/, /Publish/])
			expect(start).toMatch(step);
		const titles = ['Evaluate Uplink Loss', 'Swap VPN Tags', CHECK_UP];
		for (const title of titles) expect(named(title)).toBeDefined();
	});
});

/** What of these parameters the node's panel would not show or not accept. */
function problemsOf(
	parameters: INode['parameters'],
	properties: readonly INodeProperties[],
	node: INode,
	description: INodeTypeDescription,
): string[] {
	return Object.entries(parameters).flatMap(([name, value]) => {
		const known = properties.filter((property) => property.name === name);
		const shown = known.find((property) =>
			NodeHelpers.displayParameter(parameters, property, node, description),
		);
		if (known.length === 0) return [`${name} does not exist`];
		if (shown === undefined) return [`${name} is not shown`];
		if (shown.type === 'options' && typeof value === 'string' && !value.startsWith('=')) {
			const values = (shown.options ?? []).map((option) => ('value' in option ? option.value : undefined));
			return values.includes(value) ? [] : [`${name} has no choice ${value}`];
		}
		if (shown.type === 'boolean' && typeof value !== 'boolean') return [`${name} is not true or false`];
		if (shown.type === 'number' && typeof value !== 'number') return [`${name} is no number`];
		if (shown.type === 'collection' && typeof value === 'object' && value !== null && !Array.isArray(value)) {
			const options = (shown.options ?? []).filter((option): option is INodeProperties => 'type' in option);
			const unknown = Object.keys(value).filter((key) => !options.some((option) => option.name === key));
			return unknown.map((key) => `${name}.${key} does not exist`);
		}
		return [];
	});
}
