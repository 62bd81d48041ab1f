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
			value: 'readinessCheck',
			action: 'Check what would prevent a failover',
			description:
				'Reports on Alert what would prevent a failover, network by network, and how to mend it. Moves nothing, remembers nothing.',
		},
		{
			name: 'Evaluate',
			value: 'evaluate',
			action: 'Find branches that should change their VPN peer',
			description: 'Finds branches that should move now, and hands them to Swap Needed',
		},
	],
};

/** A readiness check asks about leaving primary, not about coming back. */
const evaluateOnly = { show: { operation: ['evaluate'] } };

const decisionProperties: INodeProperties[] = [
	{
		displayName: 'Loss Threshold (%)',
		name: 'lossThresholdPercent',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 100 },
		default: 30,
		description:
			'A one-minute sample at or over it counts against the peer. One such sample of the last 5 minutes is enough by default.',
	},
	{
		displayName: 'Swap Back',
		name: 'swapBack',
		displayOptions: evaluateOnly,
		type: 'options',
		default: 'automatic',
		description: 'Who moves a branch back to its primary peer',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description: 'Once the primary peer has been clean for the time below',
			},
			{ name: 'Manual', value: 'manual', description: 'Says when it is possible; an operator swaps back' },
		],
	},
	{
		displayName: 'Swap Back After (Minutes)',
		name: 'recoveryMinutes',
		displayOptions: evaluateOnly,
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 60 },
		default: 5,
		description: 'How long the primary peer must have been clean',
	},
	{
		displayName: 'Recovery Threshold (%)',
		name: 'recoveryThresholdPercent',
		displayOptions: evaluateOnly,
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: 0,
		description: 'A sample above it is not clean: the minutes of Swap Back After begin anew',
		hint: 'With 0 %, a background loss of 1 % keeps most branches on backup for hours: use 5 % then',
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
			values: [
				{
					displayName: 'Days',
					name: 'weekdays',
					type: 'multiOptions',
					default: [],
					description: 'The days on which the window begins',
					options: [
						{ name: 'Friday', value: 5 },
						{ name: 'Monday', value: 1 },
						{ name: 'Saturday', value: 6 },
						{ name: 'Sunday', value: 0 },
						{ name: 'Thursday', value: 4 },
						{ name: 'Tuesday', value: 2 },
						{ name: 'Wednesday', value: 3 },
					],
				},
				{ displayName: 'From', name: 'from', type: 'string', default: '22:00', placeholder: 'e.g. 22:00' },
				networkTag,
				{
					displayName: 'Until',
					name: 'until',
					type: 'string',
					default: '02:00',
					placeholder: 'e.g. 02:00',
					description: 'At or before From means on the next day',
				},
			],
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
		{
			displayName: 'Bad Samples to Fail Over',
			name: 'failoverSamples',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 5 },
			default: 1,
			description:
				'How many one-minute samples of the window must be at or over a threshold before a branch fails over. More is slower and calmer.',
		},
		{
			displayName: 'Failover Limit (Networks)',
			name: 'limitNetworks',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 10,
			description:
				'The limit is exceeded when more networks than this, and more than the share, would be off primary',
		},
		{
			displayName: 'Failover Limit Exceeded',
			name: 'aboveLimit',
			type: 'options',
			default: 'confirm',
			description: 'What happens when more branches would move at once than the limit allows',
			options: [
				{ name: 'Confirm', value: 'confirm', description: 'Each moves once 3 samples show the loss' },
				{ name: 'No Limit', value: 'noLimit', description: 'All move at once' },
				{ name: 'Swap None', value: 'swapNone', description: 'None moves; people are told' },
			],
		},
		{
			displayName: 'Failover Limit Share (%)',
			name: 'limitSharePercent',
			type: 'number',
			typeOptions: { minValue: 0, maxValue: 100 },
			default: 25,
			description:
				'Of the networks that take part. The limit is exceeded only when both this and the number are.',
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
			displayName: 'Latency Threshold (Ms)',
			name: 'latencyThresholdMs',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 0,
			description: 'A sample at or over it counts against the peer, too. 0 is off.',
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
