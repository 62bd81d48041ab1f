import { parseLoss } from '../../../meraki/parse/loss';
import { parseNetworks } from '../../../meraki/parse/networks';
import { parseIdentity, parseOrganizations } from '../../../meraki/parse/organizations';
import { parsePeers } from '../../../meraki/parse/peers';
import { parseUplinkStatuses } from '../../../meraki/parse/uplinkStatuses';
import { parseVpnStatuses } from '../../../meraki/parse/vpnStatuses';
import { APPLIANCE, IDENTITY, LOSS_ROW, NETWORK, ORGANIZATION, PEER, VPN_STATUS } from '../support/examples';

const AT = Date.UTC(2019, 0, 31, 18, 46, 13);

describe("the contract's own examples", () => {
	it('become domain words', () => {
		expect(parseIdentity(IDENTITY)).toEqual({ name: 'Miles Meraki', email: 'miles@meraki.com' });
		expect(parseOrganizations([ORGANIZATION]).rows).toEqual([
			{ id: '2930418', name: 'My organization', apiEnabled: true },
		]);
		expect(parseNetworks([NETWORK]).rows).toEqual([
			{
				id: 'N_24329156',
				organizationId: '2930418',
				name: 'Main Office',
				url: 'https://n1.meraki.com//n//manage/nodes/list',
				tags: ['tag1', 'london_primary_up', 'paris_backup_down'],
				hasAppliance: true,
				timeZone: 'America/Los_Angeles',
				notes: 'Additional description of the network',
			},
		]);
		expect(parseLoss([LOSS_ROW]).rows).toEqual([
			{
				networkId: 'N_24329156',
				serial: 'Q234-ABCD-5678',
				uplink: 'wan1',
				ip: '1.2.3.4',
				samples: [{ sampledAt: AT, lossPercent: 5.3, latencyMs: 194.9 }],
			},
		]);
		expect(parsePeers({ peers: [PEER] }).rows).toEqual([
			{
				name: 'Peer Name',
				publicIp: '123.123.123.1',
				publicHostname: null,
				networkTags: ['all'],
				hasNativeFailover: true,
			},
		]);
		expect(parseUplinkStatuses([APPLIANCE]).rows).toEqual([
			{
				networkId: 'N_24329156',
				serial: 'Q234-ABCD-5678',
				role: 'primary',
				lastReportedAt: Date.UTC(2018, 1, 11),
				uplinks: [
					{ uplink: 'wan1', status: 'active' },
					{ uplink: 'cellular', status: 'ready' },
				],
			},
		]);
		expect(parseVpnStatuses([VPN_STATUS]).rows).toEqual([
			{
				networkId: 'N_24329156',
				tunnels: [{ peerName: 'Peer Name', publicIp: '123.123.123.1', reachability: 'reachable' }],
			},
		]);
	});
});

describe('a body that is no list', () => {
	it.each([
		{ says: 'an error object', body: { errors: ['no'] }, why: 'the answer is an object, not a list' },
		{ says: 'a text', body: 'x', why: 'the answer is a text, not a list' },
		{ says: 'null', body: null, why: 'the answer is null, not a list' },
		{ says: 'nothing', body: undefined, why: 'the answer is missing, not a list' },
	])('$says', ({ body, why }) => {
		for (const parse of [
			parseLoss,
			parseNetworks,
			parseOrganizations,
			parseUplinkStatuses,
			parseVpnStatuses,
		]) {
			expect(() => parse(body)).toThrow(why);
		}
	});

	it('a fault of ours in a parser is not taken for a bad field', () => {
		const trap = {
			get id(): string {
				throw new TypeError('ours');
			},
		};
		expect(() => parseNetworks([trap])).toThrow(TypeError);
	});
});
