import { NodeHelpers, safeParseWorkflowStructure } from 'n8n-workflow';
import type { INode, INodeProperties, INodeTypeDescription } from 'n8n-workflow';
import { builtPackage, PACKAGE_NAME } from '../support/n8nPackage.cjs';
import { overlapsOf, type Template } from '../support/n8nTemplate.cjs';

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
export const EVALUATE_TYPE = `${PACKAGE_NAME}.evaluateUplinkLoss`;
export const SWAP_TYPE = `${PACKAGE_NAME}.swapVpnTags`;

/** Our nodes by type; filled before the first test of {@link describeStructure}. */
export const ownTypes = new Map<string, INodeTypeDescription>();

export interface Wire {
	readonly from: string;
	readonly output: number;
	readonly to: string;
	readonly input: number;
}
export function wiresOf({ connections }: Pick<Template, 'connections'>): Wire[] {
	return Object.entries(connections).flatMap(([from, byType]) =>
		Object.values(byType).flatMap((outputs) =>
			outputs.flatMap((targets, output) =>
				(targets ?? []).map(({ node, index }) => ({ from, output, to: node, input: index })),
			),
		),
	);
}

/** What must hold for every workflow that is shipped. */
export function describeStructure(template: Template): void {
	const { nodes } = template;
	const wires = wiresOf(template);
	const named = (name: string): INode | undefined => nodes.find((node) => node.name === name);

	beforeAll(async () => {
		const { evaluate, swap } = await builtPackage();
		ownTypes.set(EVALUATE_TYPE, evaluate.description).set(SWAP_TYPE, swap.description);
	});

	describe('the structure of the workflow', () => {
		it('is what n8n imports', () => {
			expect(safeParseWorkflowStructure(JSON.parse(JSON.stringify(template)))).toMatchObject({
				success: true,
			});
		});

		it('has every node once, by name and by id', () => {
			expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
			expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		});

		it.each(nodes.map((node) => [node.name, node] as const))(
			'%s is of a type and version that n8n knows',
			(_name, node) => {
				const description = ownTypes.get(node.type);
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

		it.each(
			nodes.filter(({ type }) => type.startsWith(PACKAGE_NAME)).map((node) => [node.name, node] as const),
		)('%s: each parameter exists, is shown, and has an allowed value', (_name, node) => {
			const description = ownTypes.get(node.type);
			if (description === undefined) throw new Error(`${node.type} was not loaded`);
			expect(problemsOf(node.parameters, description.properties, node, description)).toEqual([]);
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

		function outputsOf(node: INode): number {
			const own = ownTypes.get(node.type)?.outputs.length ?? BASE_NODES[node.type]?.outputs ?? 0;
			return own + (node.onError === 'continueErrorOutput' ? 1 : 0);
		}
	});
}

/** What of these parameters the node's panel would not show or not accept. */
export function problemsOf(
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
