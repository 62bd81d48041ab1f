import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { searchOrganizations } from '../shared/organization';
import { properties } from './description/properties';
import { swapItems } from './execute';

/** Moves branches between VPN peers by their network tags: compares, sets, verifies, and reports. */
export class SwapVpnTags implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Swap VPN Tags',
		name: 'swapVpnTags',
		icon: { light: 'file:../../icons/meraki.svg', dark: 'file:../../icons/meraki.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle:
			'={{ ({ asEvaluated: "as evaluated", failOver: "fail over", swapBack: "swap back", releaseHold: "release hold" })[$parameter["action"]] + ($parameter["dryRun"] ? " (dry run)" : "") }}',
		description: 'Move Meraki branches to another VPN peer by swapping their network tags',
		defaults: { name: 'Swap VPN Tags' },
		// No agent moves a site by itself.
		usableAsTool: undefined,
		inputs: [NodeConnectionTypes.Main],
		// The harmless one first: it is what n8n fills when a node throws.
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Report', 'Swapped', 'Failed'],
		credentials: [{ name: 'merakiDashboardApi', required: true }],
		properties,
	};

	methods = { listSearch: { searchOrganizations } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await swapItems(this);
	}
}
