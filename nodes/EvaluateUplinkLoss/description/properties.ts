import type { INodeProperties } from 'n8n-workflow';
import { networkFields } from '../../shared/networksProperty';
import { organizationProperty } from '../../shared/organization';
import { requestsPerSecondProperty } from '../../shared/requestsPerSecond';
import { holdTagProperty, tagFormatProperty } from '../../shared/tagFormatProperty';
import { memoryProperties } from '../memoryStore';

const operationProperty: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	default: 'evaluate',
	options: [
		{
			name: 'Readiness Check',
			value: 'checkUp',
			action: 'Check what would prevent a failover',
			description:
				'Reports on Alert what would prevent a failover, network by network, and how to fix it. Moves nothing, remembers nothing.',
		},
		{
			name: 'Evaluate',
			value: 'evaluate',
			action: 'Find branches that should change their VPN peer',
			description: 'Finds branches that should move now, and passes them to Swap Needed',
		},
	],
};

/** A readiness check asks about leaving the primary, not about coming back. */
const evaluateOnly = { show: { operation: ['evaluate'] } };
const customOnly = { show: { preset: ['custom'] } };

const decisionProperties: INodeProperties[] = [
	{
		displayName: 'Preset',
		name: 'preset',
		type: 'options',
		default: 'balanced',
		description: 'How much loss moves a branch, and how clean the primary peer must be before it comes back',
		options: [
			{
				name: 'Balanced',
				value: 'balanced',
				description:
					'Two bad samples (30 % loss or more) within 5 minutes; back after 5 minutes at or below 5 %',
			},
			{
				name: 'Calm',
				value: 'calm',
				description:
					'Three bad samples (50 % loss or more) within 5 minutes; back after 15 minutes at or below 5 %',
			},
			{
				name: 'Cisco Sample',
				value: 'ciscoSample',
				description:
					'The published pattern: one bad sample (30 % loss or more) within 5 minutes; back after 5 minutes at 0 %',
			},
			{ name: 'Custom', value: 'custom', description: 'Your own five numbers' },
		],
	},
	{
		displayName: 'Loss Threshold (%)',
		name: 'lossThresholdPercent',
		displayOptions: customOnly,
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 30,
		description: 'A one-minute sample at or above it is bad',
	},
	{
		displayName: 'Bad Samples to Fail Over',
		name: 'failoverSamples',
		displayOptions: customOnly,
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 5 },
		default: 2,
		description: 'How many one-minute samples of the window must be bad before a branch fails over',
	},
	{
		displayName: 'Recovery Threshold (%)',
		name: 'recoveryThresholdPercent',
		displayOptions: customOnly,
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 5,
		description: 'A sample above it is not clean: the minutes of Swap Back After start again',
		hint: 'With 0 %, a background loss of 1 % keeps most branches on their backup for hours',
	},
	{
		displayName: 'Swap Back After (Minutes)',
		name: 'recoveryMinutes',
		displayOptions: customOnly,
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 60 },
		default: 5,
		description:
			'How long the primary peer must be clean. Three times as long for each earlier failover of the branch within 6 hours, at most 60 minutes.',
	},
	{
		displayName: 'Latency Threshold (Ms)',
		name: 'latencyThresholdMs',
		displayOptions: customOnly,
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'A sample at or above it is bad, too. 0 is off.',
	},
	{
		displayName: 'Moves',
		name: 'moves',
		displayOptions: evaluateOnly,
		type: 'options',
		default: 'all',
		description: 'Which moves are made. Evaluation and alerts go on in any case.',
		options: [
			{ name: 'All', value: 'all', description: 'Failovers and swap backs' },
			{
				name: 'Failovers Only',
				value: 'failoversOnly',
				description: 'An alert says when a branch could swap back; an operator does it',
			},
			{ name: 'None', value: 'none', description: 'No branch is moved' },
		],
	},
];

const trackedIpProperties: INodeProperties[] = [
	{
		displayName: 'Tracked IPs',
		name: 'trackedIps',
		type: 'options',
		default: 'vpnPeers',
		description: 'Which destinations of the uplink statistics tell how a peer is doing',
		options: [
			{
				name: 'Every Tracked IP Except',
				value: 'everyExcept',
				description:
					'All destinations of a network but the listed ones belong to its primary peer. Backups are not measured.',
			},
			{
				name: 'From VPN Peers',
				value: 'vpnPeers',
				description:
					'The public IP of the VPN peer that lists the tag. Needs read access to the organization.',
			},
			{ name: 'Listed IPs', value: 'listed', description: 'Peer by peer, as listed here' },
		],
	},
	{
		displayName: 'Listed IPs',
		name: 'listedIps',
		type: 'fixedCollection',
		description: 'The public IPs of each peer, as they are tracked under Uplink statistics',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Peer',
		displayOptions: { show: { trackedIps: ['listed'] } },
		options: [
			{
				displayName: 'Peer',
				name: 'peers',
				values: [
					{
						displayName: 'Peer',
						name: 'peer',
						type: 'string',
						default: '',
						placeholder: 'e.g. london',
						description: 'Spelled as in the tag',
					},
					{
						displayName: 'Tracked IPs',
						name: 'ips',
						type: 'string',
						default: '',
						placeholder: 'e.g. 203.0.113.10',
						description: 'Separated by commas',
					},
				],
			},
		],
	},
	{
		displayName: 'Excluded IPs',
		name: 'excludedIps',
		type: 'string',
		default: '8.8.8.8',
		displayOptions: { show: { trackedIps: ['everyExcept'] } },
		description: 'Destinations that belong to no peer, separated by commas',
	},
];

const networkProperties: INodeProperties[] = [
	{
		displayName: 'Networks',
		name: 'networks',
		type: 'options',
		default: 'all',
		description: 'Which networks take part. All of them need VPN tags; a tag of their own serves a pilot.',
		options: [
			{ name: 'All With VPN Tags', value: 'all', description: 'Every network with tags of the Tag Format' },
			{ name: 'Listed', value: 'listed', description: 'By their IDs' },
			{
				name: 'With a Tag',
				value: 'withTag',
				description: 'Those that carry one more tag, such as vpn-pilot',
			},
		],
	},
	...networkFields(),
];

const networkTag: INodeProperties = {
	displayName: 'Only for Tag',
	name: 'networkTag',
	type: 'string',
	default: '',
	placeholder: 'e.g. region-north',
	description: 'Only networks with this tag; empty is all',
};

const weekdaysProperty: INodeProperties = {
	displayName: 'Days',
	name: 'weekdays',
	type: 'multiOptions',
	default: [],
	description: 'The days on which it begins',
	options: [
		{ name: 'Friday', value: 5 },
		{ name: 'Monday', value: 1 },
		{ name: 'Saturday', value: 6 },
		{ name: 'Sunday', value: 0 },
		{ name: 'Thursday', value: 4 },
		{ name: 'Tuesday', value: 2 },
		{ name: 'Wednesday', value: 3 },
	],
};

const fromProperty: INodeProperties = {
	displayName: 'From',
	name: 'from',
	type: 'string',
	default: '22:00',
	placeholder: 'e.g. 22:00',
};

const untilProperty: INodeProperties = {
	displayName: 'Until',
	name: 'until',
	type: 'string',
	default: '02:00',
	placeholder: 'e.g. 02:00',
	description: 'At or before From means on the next day',
};

const maintenanceProperty: INodeProperties = {
	displayName: 'Maintenance Windows',
	name: 'maintenance',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	default: {},
	placeholder: 'Add Window',
	description:
		"Times in which nothing moves, in the workflow's time zone. Evaluation goes on and says what would happen.",
	options: [
		{
			displayName: 'Once',
			name: 'once',
			values: [
				{ displayName: 'From', name: 'from', type: 'dateTime', default: '' },
				networkTag,
				{ displayName: 'Until', name: 'until', type: 'dateTime', default: '' },
			],
		},
		{
			displayName: 'Weekly',
			name: 'weekly',
			values: [weekdaysProperty, fromProperty, networkTag, untilProperty],
		},
	],
};

const options: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add Option',
	default: {},
	options: [
		{
			displayName: 'Backup Must Be',
			name: 'backupMustBe',
			type: 'options',
			default: 'notLossy',
			description:
				'What a failover asks of the backup peer. Leaving a lossy backup always asks for Not Lossy.',
			options: [
				{ name: 'Anything', value: 'anything', description: 'The first backup, whatever its loss' },
				{ name: 'Measured Clean', value: 'measuredClean', description: 'Measured, and not lossy' },
				{
					name: 'Not Lossy',
					value: 'notLossy',
					description: 'Not lossy, or not measured, or clearly better than the active peer',
				},
			],
		},
		holdTagProperty,
		{
			displayName: 'Include Unchanged Networks',
			name: 'includeUnchanged',
			type: 'boolean',
			default: false,
			description: 'Whether Summary lists every network with its reason, also those where nothing happens',
		},
		{
			displayName: 'Judged Lossy When',
			name: 'lossyWhen',
			type: 'options',
			default: 'any',
			description: 'Where a peer is judged by several uplinks or tracked IPs: when it counts as lossy',
			options: [
				{ name: 'All Are Lossy', value: 'all' },
				{ name: 'Any Is Lossy', value: 'any' },
			],
		},
		{
			displayName: 'Judged Uplinks',
			name: 'judgedUplinks',
			type: 'multiOptions',
			default: [],
			description:
				'Judge these uplinks, whichever is in use. Leave empty to judge the active uplink, through which the tunnel runs.',
			options: [
				{ name: 'Cellular', value: 'cellular' },
				{ name: 'WAN 1', value: 'wan1' },
				{ name: 'WAN 2', value: 'wan2' },
				{ name: 'WAN 3', value: 'wan3' },
			],
		},
		{
			displayName: 'Mass Failover',
			name: 'aboveLimit',
			type: 'options',
			default: 'confirm',
			description: 'What happens when many branches would leave their primary peer at once',
			options: [
				{
					name: 'Confirm First',
					value: 'confirm',
					description: 'Each moves once 3 bad samples confirm the loss',
				},
				{ name: 'Off', value: 'noLimit', description: 'All move at once' },
				{ name: 'Stop and Alert', value: 'swapNone', description: 'None moves; an alert is sent' },
			],
		},
		{
			displayName: 'Mass Failover Share (%)',
			name: 'limitSharePercent',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			default: 25,
			description:
				'A mass failover is when more of the managed networks than this, and at least 4, would be off their primary peer',
		},
		{
			displayName: 'Repeat Messages Every (Hours)',
			name: 'repeatHours',
			type: 'number',
			typeOptions: { minValue: 0.25, maxValue: 168 },
			default: 4,
			description: 'What lasts is told again after this long',
		},
		requestsPerSecondProperty,
		{
			displayName: 'Swap Back Only Between',
			name: 'swapBackOnlyBetween',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			placeholder: 'Add Period',
			description:
				"Weekly times in which branches may swap back, in the workflow's time zone. Empty means at any time. Failovers are not affected.",
			options: [
				{ displayName: 'Weekly', name: 'weekly', values: [weekdaysProperty, fromProperty, untilProperty] },
			],
		},
		{
			displayName: 'Swap Backs per Run',
			name: 'swapBacksPerRun',
			type: 'number',
			typeOptions: { minValue: 1 },
			default: 100,
			description: 'The others follow in the next runs',
		},
		{
			displayName: 'Window (Minutes)',
			name: 'windowMinutes',
			type: 'number',
			typeOptions: { minValue: 3, maxValue: 5 },
			default: 5,
			description: "The time in which samples are counted. Meraki's data is two minutes old when it arrives.",
		},
	],
};

export const properties: INodeProperties[] = [
	operationProperty,
	organizationProperty,
	...decisionProperties,
	...trackedIpProperties,
	...networkProperties,
	maintenanceProperty,
	tagFormatProperty,
	...memoryProperties,
	options,
];
