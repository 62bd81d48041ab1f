/** Answers as the official contract shows them (OpenAPI, examples), cut to what matters here. */

/** Stands where the pre-shared secret stands; it may turn up nowhere. */
export const SECRET_CANARY = ['canary', '7f3a'].join('-');

export const ORGANIZATION = {
	id: '2930418',
	name: 'My organization',
	url: 'https://dashboard.meraki.com/o/VjjsAd/manage/organization/overview',
	api: { enabled: true },
	management: { details: [{ name: 'MSP ID', value: '123456' }] },
};

export const NETWORK = {
	id: 'N_24329156',
	organizationId: '2930418',
	name: 'Main Office',
	productTypes: ['appliance', 'switch', 'wireless'],
	timeZone: 'America/Los_Angeles',
	tags: ['tag1', 'london_primary_up', 'paris_backup_down'],
	enrollmentString: 'my-enrollment-string',
	url: 'https://n1.meraki.com//n//manage/nodes/list',
	notes: 'Additional description of the network',
	isBoundToConfigTemplate: false,
};

export const LOSS_ROW = {
	networkId: 'N_24329156',
	serial: 'Q234-ABCD-5678',
	uplink: 'wan1',
	ip: '1.2.3.4',
	timeSeries: [{ ts: '2019-01-31T18:46:13Z', lossPercent: 5.3, latencyMs: 194.9 }],
};

export const PEER = {
	peerId: '1234',
	name: 'Peer Name',
	publicIp: '123.123.123.1',
	remoteId: 'miles@meraki.com',
	localId: 'myMXId@meraki.com',
	secret: SECRET_CANARY,
	privateSubnets: ['192.168.1.0/24', '192.168.128.0/24'],
	ipsecPolicies: { ikeCipherAlgo: ['tripledes'], ikeLifetime: 28800 },
	slaPolicy: { id: '1234' },
	ikeVersion: '1',
	networkTags: ['all'],
	network: { names: ['Network 1'], ids: ['N_1'] },
	priorityInGroup: 1,
	group: { number: 1, failover: { directToInternet: true }, activeActiveTunnel: true },
};

export const APPLIANCE = {
	networkId: 'N_24329156',
	serial: 'Q234-ABCD-5678',
	model: 'MX68C',
	lastReportedAt: '2018-02-11T00:00:00Z',
	highAvailability: { enabled: true, role: 'primary' },
	uplinks: [
		{ interface: 'wan1', status: 'active', ip: '1.2.3.4', publicIp: '123.123.123.1' },
		{ interface: 'cellular', status: 'ready', ip: '1.2.3.4', signalStat: { rsrp: '-120' } },
	],
};

export const VPN_STATUS = {
	networkId: 'N_24329156',
	networkName: 'Main Office',
	deviceSerial: 'Q234-ABCD-5678',
	deviceStatus: 'online',
	uplinks: [{ interface: 'wan1', publicIp: '123.123.123.1' }],
	vpnMode: 'hub',
	exportedSubnets: [{ subnet: '192.168.1.0/24', name: 'MyVLAN' }],
	merakiVpnPeers: [{ networkId: 'N_12345', networkName: 'San Jose', reachability: 'reachable', priority: 1 }],
	thirdPartyVpnPeers: [{ name: 'Peer Name', publicIp: '123.123.123.1', reachability: 'reachable' }],
};

export const IDENTITY = {
	name: 'Miles Meraki',
	email: 'miles@meraki.com',
	authentication: { mode: 'email' },
};

/** The contract's own example (OpenAPI, createOrganizationActionBatch), with an action on a network. */
export const ACTION_BATCH = {
	id: '1234',
	organizationId: '2930418',
	confirmed: true,
	synchronous: false,
	status: { completed: true, failed: false, errors: [], createdResources: [] },
	actions: [
		{ resource: '/devices/QXXX-XXXX-XXXX/switch/ports/3', operation: 'update', body: { enabled: false } },
		{ resource: '/networks/N_1', operation: 'update', body: { tags: [] } },
	],
};
