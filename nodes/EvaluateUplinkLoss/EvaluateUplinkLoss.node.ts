import type { IExecuteFunctions, INodeExecutionData, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';
import { searchOrganizations } from '../shared/organization';
import { evaluateItems } from './execute';
import { hints } from './hints';
import { properties } from './description/properties';

/** Reads loss and latency of an organization's branches and says which of them should change their VPN peer. */
export class EvaluateUplinkLoss implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Evaluate Uplink Loss',
		name: 'evaluateUplinkLoss',
		icon: { light: 'file:../../icons/meraki.svg', dark: 'file:../../icons/meraki.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle:
			'={{ $parameter["operation"] === "checkUp" ? "readiness check" : $parameter["preset"] === "custom" ? "loss at or above " + $parameter["lossThresholdPercent"] + " %" : $parameter["preset"] }}',
		description:
			'Read loss and latency of Meraki branches and find those that should move to another VPN peer',
		defaults: { name: 'Evaluate Uplink Loss' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		// The harmless one first: it is what n8n fills when a node throws, and all that an AI agent sees.
		outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main, NodeConnectionTypes.Main],
		outputNames: ['Summary', 'Swap Needed', 'Alert'],
		credentials: [{ name: 'merakiDashboardApi', required: true }],
		hints,
		properties,
	};

	methods = { listSearch: { searchOrganizations } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await evaluateItems(this);
	}
}
