import {
	ask,
	BACKUP_IP,
	organizationWith,
	PRIMARY_IP,
	putTags,
	scenarioWith,
	simulatorOf,
} from './dashboards.cjs';

const STATUSES = '/organizations/1/appliance/vpn/statuses';

describe('third-party VPN peers', () => {
	it('come with a canary for a secret, which a client must drop', async () => {
		const { body } = await ask(simulatorOf(), '/organizations/1/appliance/vpn/thirdPartyVPNPeers');
		expect(body).toMatchObject({
			peers: [
				{ name: 'london', publicIp: PRIMARY_IP, networkTags: ['london_primary_up'], secret: 'psk-canary-1' },
				{ name: 'paris', publicIp: BACKUP_IP, networkTags: ['paris_backup_up'], secret: 'psk-canary-2' },
			],
		});
	});

	it('can have a host name, native failover, and by default all networks', async () => {
		const peers = [
			{ name: 'cloud', publicHostname: 'vpn.example', group: { number: 1 }, slaPolicy: { id: '7' } },
		];
		const simulator = simulatorOf(scenarioWith({ organizations: [organizationWith({ peers })] }));
		const { body } = await ask(simulator, '/organizations/1/appliance/vpn/thirdPartyVPNPeers');
		expect(body).toMatchObject({ peers: [{ ...peers[0], networkTags: ['all'] }] });
		expect(JSON.stringify(body)).not.toContain('publicIp');
	});
});

describe('VPN statuses', () => {
	it('follow the tags of the network', async () => {
		const simulator = simulatorOf();
		expect((await ask(simulator, STATUSES)).body).toMatchObject([
			{
				networkId: 'N_1',
				deviceStatus: 'online',
				thirdPartyVpnPeers: [{ name: 'london', reachability: 'reachable' }],
			},
		]);
		await putTags(simulator, ['paris_backup_up']);
		const { body } = await ask(simulator, `${STATUSES}?networkIds[]=N_1`);
		expect(body).toMatchObject([{ thirdPartyVpnPeers: [{ name: 'paris' }] }]);
	});

	it.each([
		[
			'the peer does not answer at all',
			{ kind: 'loss' as const, where: { ip: PRIMARY_IP }, lossPercent: 100 },
		],
		['the tunnel is down although the peer answers', { kind: 'tunnelDown' as const, peer: 'london' }],
		['the appliance is gone', { kind: 'applianceOffline' as const }],
	])('say unreachable when %s', async (_says, event) => {
		const simulator = simulatorOf();
		const id = simulator.applyEvent(event);
		expect(await reachability(simulator)).toBe('unreachable');
		simulator.endEvent(id);
		expect(await reachability(simulator)).toBe('reachable');
	});

	it('treat the tags all and none as Meraki does', async () => {
		const peers = [
			{ name: 'everywhere', networkTags: ['all'] },
			{ name: 'nowhere', networkTags: ['none'] },
		];
		const simulator = simulatorOf(scenarioWith({ organizations: [organizationWith({ peers })] }));
		await putTags(simulator, ['none', 'other']);
		expect((await ask(simulator, STATUSES)).body).toMatchObject([
			{ thirdPartyVpnPeers: [{ name: 'everywhere' }] },
		]);
	});
});

async function reachability(simulator: ReturnType<typeof simulatorOf>): Promise<unknown> {
	const { body } = await ask(simulator, STATUSES);
	return (body as Array<{ thirdPartyVpnPeers: Array<{ reachability: string }> }>)[0]?.thirdPartyVpnPeers[0]
		?.reachability;
}
