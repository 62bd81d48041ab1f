import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IConnections, IDataObject, INode, INodeParameters, INodeType } from 'n8n-workflow';
import { stubType } from './n8nEngine.cjs';
import { ROOT } from './n8nPackage.cjs';

export interface Template {
	readonly name: string;
	readonly nodes: readonly INode[];
	readonly connections: IConnections;
	readonly settings: IDataObject;
}

export const TEMPLATE_PATH = join(ROOT, 'workflows', 'meraki-vpn-failover.json');
export const MANUAL_SWAP_PATH = join(ROOT, 'workflows', 'manual-swap.json');

export function readTemplate(path = TEMPLATE_PATH): Template {
	return JSON.parse(readFileSync(path, 'utf8')) as Template;
}

export interface FillIn {
	readonly dryRun: boolean;
	/** Nodes that the user has switched on. */
	readonly enabled?: readonly string[];
	/** Of the variant for many: what the user puts into the list. */
	readonly organizationIds?: readonly string[];
}

/** The template as a user leaves it: organization and credentials chosen, the rest as shipped. */
export function filledIn(
	{ nodes, connections }: Template,
	{ dryRun, enabled = [], organizationIds }: FillIn,
) {
	const change = (parameters: INodeParameters, more: INodeParameters) => ({
		parameters: { ...parameters, ...more, options: { requestsPerSecond: 10 } },
		credentials: { merakiDashboardApi: { id: '1', name: 'Meraki' } },
	});
	return {
		connections,
		staticData: {},
		nodes: nodes.map((node): INode => {
			const isOn = enabled.includes(node.name) ? { disabled: false } : {};
			if (node.type.endsWith('.evaluateUplinkLoss')) {
				const organizationId = { __rl: true, mode: 'list', value: '1', cachedResultName: 'Acme' };
				// The readiness check follows the organization of the other one by an expression.
				const isReadinessCheck = node.parameters['operation'] === 'checkUp';
				const isChosen = !isReadinessCheck && organizationIds === undefined;
				return { ...node, ...isOn, ...change(node.parameters, isChosen ? { organizationId } : {}) };
			}
			if (node.name === 'Organizations' && organizationIds !== undefined) {
				const organizations = organizationIds.map((organizationId) => ({ organizationId }));
				return { ...node, parameters: { ...node.parameters, jsonOutput: JSON.stringify({ organizations }) } };
			}
			if (node.type.endsWith('.swapVpnTags'))
				return { ...node, ...isOn, ...change(node.parameters, { dryRun }) };
			return { ...node, ...isOn };
		}),
	};
}

/** Stand-ins for everything in the template that comes from n8n itself: `n8n-nodes-base` is not installed here. */
export function stubbedTypes(
	{ nodes }: Template,
	behaviours: Readonly<Record<string, INodeType['execute']>> = {},
	parameters: Readonly<Record<string, readonly string[]>> = {},
): Record<string, INodeType> {
	const names = new Set(nodes.map(({ type }) => type).filter((type) => type.startsWith('n8n-nodes-base.')));
	return Object.fromEntries(
		[...names].map((type) => {
			const [, name = ''] = type.split('.');
			const execute = behaviours[name];
			const inputs = name === 'merge' ? 6 : 1;
			const read = parameters[name] ?? [];
			return [
				type,
				stubType(name, { inputs, parameters: read, ...(execute === undefined ? {} : { execute }) }),
			];
		}),
	);
}

/** Pairs of nodes and notes of which one covers the other in the editor. */
export function overlapsOf(nodes: readonly INode[]): string[][] {
	const note = { type: 'n8n-nodes-base.stickyNote', width: 240, height: 160 };
	const boxes = nodes.map(({ name, type, position: [x, y], parameters }) => ({
		name,
		left: x,
		top: y,
		right: x + (type === note.type ? Number(parameters['width'] ?? note.width) : 100),
		// The name stands below a node.
		bottom: y + (type === note.type ? Number(parameters['height'] ?? note.height) : 130),
	}));
	return boxes.flatMap((one, at) =>
		boxes
			.slice(at + 1)
			.filter(
				(other) =>
					one.left < other.right &&
					other.left < one.right &&
					one.top < other.bottom &&
					other.top < one.bottom,
			)
			.map((other) => [one.name, other.name]),
	);
}
