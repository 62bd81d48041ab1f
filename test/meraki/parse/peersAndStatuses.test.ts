import { parsePeers } from '../../../meraki/parse/peers';
import { parseUplinkStatuses } from '../../../meraki/parse/uplinkStatuses';
import { parseVpnStatuses } from '../../../meraki/parse/vpnStatuses';
import { APPLIANCE, PEER, SECRET_CANARY, VPN_STATUS } from '../support/examples';

describe('peers', () => {
	const one = (more: object) =>
		parsePeers({ peers: [{ ...PEER, group: null, slaPolicy: undefined, ...more }] }).rows[0];

	it.each([
		{ says: 'neither', more: {}, is: false },
		{ says: 'a group', more: { group: { number: 1 } }, is: true },
		{ says: 'an SLA policy', more: { slaPolicy: { id: '1' } }, is: true },
	])('native failover: $says', ({ more, is }) => {
		expect(one(more)?.hasNativeFailover).toBe(is);
	});

	it('by host name', () => {
		expect(one({ publicIp: undefined, publicHostname: 'a.test' })).toMatchObject({
			publicIp: null,
			publicHostname: 'a.test',
		});
	});

	it('without tags is for every network, the documented default', () => {
		expect(one({ networkTags: undefined })?.networkTags).toEqual(['all']);
		expect(one({ networkTags: ['none'] })?.networkTags).toEqual(['none']);
	});

	it('that is broken is named without any of its values', () => {
		const peers = [
			{ ...PEER, name: [SECRET_CANARY] },
			SECRET_CANARY,
			{ ...PEER, networkTags: [{ a: SECRET_CANARY }] },
			PEER,
		];
		const { rows, skipped } = parsePeers({ peers });
		expect(rows.map(({ networkTags }) => networkTags)).toEqual([[], PEER.networkTags ?? ['all']]);
		expect(skipped).toEqual([
			{ path: 'peers[0].name', why: 'is a list, not text' },
			{ path: 'peers[1]', why: 'is a text, not an object' },
			{ path: 'peers[2].networkTags[0]', why: 'is an object, not text' },
		]);
	});

	it('with a tag that is not text keeps its other tags, and the fault is named', () => {
		const { rows, skipped } = parsePeers({ peers: [{ ...PEER, networkTags: ['london_primary_up', null] }] });
		expect(rows[0]?.networkTags).toEqual(['london_primary_up']);
		expect(skipped).toEqual([{ path: 'peers[0].networkTags[1]', why: 'is null, not text' }]);
	});

	it('a body that is no list of peers is an error', () => {
		expect(() => parsePeers({})).toThrow('peers is missing, not a list');
		expect(() => parsePeers([PEER])).toThrow('the answer is a list, not an object');
	});
});

describe('uplink statuses', () => {
	const one = (more: object) => parseUplinkStatuses([{ ...APPLIANCE, ...more }]);

	it.each([
		{ says: 'no warm spare', more: { highAvailability: undefined }, is: { role: null } },
		{ says: 'never reported', more: { lastReportedAt: null }, is: { lastReportedAt: null } },
		{ says: 'no uplinks', more: { uplinks: undefined }, is: { uplinks: [] } },
		{
			says: 'a status that nobody has heard of',
			more: { uplinks: [{ interface: 'wan1', status: 'odd' }] },
			is: { uplinks: [{ uplink: 'wan1', status: 'odd' }] },
		},
	])('$says', ({ more, is }) => {
		expect(one(more)).toMatchObject({ rows: [is], skipped: [] });
	});

	it.each([
		{ says: 'no serial', more: { serial: undefined }, path: '[0].serial' },
		{ says: 'a role that is nowhere', more: { highAvailability: 'primary' }, path: '[0].highAvailability' },
		{ says: 'uplinks that are none', more: { uplinks: {} }, path: '[0].uplinks' },
	])('left out: $says', ({ more, path }) => {
		expect(one(more)).toMatchObject({ rows: [], skipped: [{ path }] });
	});

	it.each([
		{
			says: 'an uplink without a name',
			more: { uplinks: [{ status: 'active' }, ...APPLIANCE.uplinks] },
			path: '.uplinks[0].interface',
		},
		{
			says: 'an uplink without a status',
			more: { uplinks: [{ interface: 'wan1' }] },
			path: '.uplinks[0].status',
		},
		{ says: 'an uplink that is none', more: { uplinks: [null] }, path: '.uplinks[0]' },
		{
			says: 'a role that is no text',
			more: { highAvailability: { role: 5 } },
			path: '.highAvailability.role',
		},
		{ says: 'a time that is none', more: { lastReportedAt: 'yesterday' }, path: '.lastReportedAt' },
	])('R1.3 $says leaves the appliance out: another would be judged in its place', ({ more, path }) => {
		const { rows, skipped } = one(more);
		expect(rows).toEqual([]);
		expect(skipped.map((each) => each.path)).toEqual([`[0]${path}`]);
	});

	it('R1.3 an appliance that says nothing of its role or its last report is one without', () => {
		expect(one({ highAvailability: { role: null }, lastReportedAt: null }).rows).toMatchObject([
			{ role: null, lastReportedAt: null },
		]);
		expect(one({ highAvailability: undefined, lastReportedAt: undefined }).rows).toMatchObject([
			{ role: null, lastReportedAt: null },
		]);
	});
});

describe('VPN statuses', () => {
	const one = (more: object) => parseVpnStatuses([{ ...VPN_STATUS, ...more }]);
	const tunnel = (more: object) =>
		one({ thirdPartyVpnPeers: [{ ...VPN_STATUS.thirdPartyVpnPeers[0], ...more }] }).rows[0]?.tunnels[0];

	it('without third-party peers are those of a network without tunnels', () => {
		expect(one({ thirdPartyVpnPeers: undefined })).toMatchObject({ rows: [{ tunnels: [] }], skipped: [] });
	});

	it.each([
		{ says: 'no name', more: { name: undefined }, is: { peerName: null } },
		{ says: 'a host name only', more: { publicIp: undefined }, is: { publicIp: null } },
		{ says: 'no word', more: { reachability: null }, is: { reachability: null } },
		{ says: 'an empty word', more: { reachability: ' ' }, is: { reachability: null } },
		{ says: 'an unknown word', more: { reachability: 'dormant' }, is: { reachability: 'dormant' } },
		{ says: 'a long word', more: { reachability: 'x'.repeat(99) }, is: { reachability: 'x'.repeat(40) } },
	])('a tunnel with $says', ({ more, is }) => {
		expect(tunnel(more)).toMatchObject(is);
	});

	it('a tunnel that is none is left out, the network stays', () => {
		const { rows, skipped } = one({ thirdPartyVpnPeers: ['x', ...VPN_STATUS.thirdPartyVpnPeers] });
		expect(rows[0]?.tunnels).toHaveLength(1);
		expect(skipped).toEqual([{ path: '[0].thirdPartyVpnPeers[0]', why: 'is a text, not an object' }]);
	});
});
