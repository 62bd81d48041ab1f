import type { INodeProperties } from 'n8n-workflow';
import { networkFields } from '../../shared/networksProperty';
import { organizationProperty } from '../../shared/organization';
import { requestsPerSecondProperty } from '../../shared/requestsPerSecond';
import { holdTagProperty, tagFormatProperty } from '../../shared/tagFormatProperty';

/** By what hides them: an action that comes by expression is not known in the editor, and its fields must show. */
const explicit = { hide: { action: ['asEvaluated'] } };

export const properties: INodeProperties[] = [
	{
		displayName: 'Action',
		name: 'action',
		type: 'options',
		default: 'asEvaluated',
		description: 'What to do: carry out what was evaluated, or what an operator asks for',
		options: [
			{
				name: 'As Evaluated',
				value: 'asEvaluated',
				action: 'Swap what evaluate uplink loss found',
				description: 'Moves what Evaluate Uplink Loss found, if it still holds',
			},
			{
				name: 'Fail Over',
				value: 'failOver',
				action: 'Fail networks over to backup',
				description: 'Moves the networks to their first backup peer',
			},
			{
				name: 'Release Hold',
				value: 'releaseHold',
				action: 'Release the hold of networks',
				description: 'Takes the hold tag off, so that the schedule may move the networks again',
			},
			{
				name: 'Swap Back',
				value: 'swapBack',
				action: 'Swap networks back to primary',
				description: 'Moves the networks to their primary peer',
			},
		],
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: true,
		description: 'Whether to only show the tags before and after, without writing anything',
	},
	{
		displayName: 'Dry Run is on: nothing is written. The report says what would happen.',
		name: 'dryRunNotice',
		type: 'notice',
		default: '',
		displayOptions: { show: { dryRun: [true] } },
	},
	{ ...organizationProperty, displayOptions: explicit },
	{
		displayName: 'Networks',
		name: 'networks',
		type: 'options',
		default: 'listed',
		displayOptions: explicit,
		description: 'Which networks to move. All of them need VPN tags.',
		options: [
			{ name: 'Listed', value: 'listed', description: 'By their IDs' },
			{
				name: 'With a Tag',
				value: 'withTag',
				description:
					'Those that carry one more tag, such as vpn-pilot, or the hold tag to release all that are held',
			},
		],
	},
	...networkFields(explicit.hide),
	{
		displayName: 'Hold Afterwards',
		name: 'holdAfterwards',
		type: 'boolean',
		default: true,
		displayOptions: { hide: { action: ['asEvaluated', 'releaseHold'] } },
		description:
			'Whether to add the hold tag in the same write, so that the schedule does not undo the move. Release Hold takes it off.',
	},
	{ ...tagFormatProperty, displayOptions: explicit },
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			{
				displayName: 'Decision Valid For (Minutes)',
				name: 'validForMinutes',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 60 },
				default: 3,
				description: "A decision that is older by Meraki's clock is not carried out",
			},
			{
				...holdTagProperty,
				description: 'The tag of Hold Afterwards and Release Hold. As Evaluated takes it from the item.',
			},
			requestsPerSecondProperty,
		],
	},
];
