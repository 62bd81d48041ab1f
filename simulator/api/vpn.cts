import type { Network } from '../dashboard/network.cjs';
import { vpnStateOf } from '../telemetry/vpnState.cjs';
import { checkPeers, maySee } from './access.cjs';
import { organizationOf, type Answer, type Call } from './call.cjs';
import { pageOf } from './pagination.cjs';

// getOrganizationApplianceVpnStatuses: "Acceptable range is 3 - 300. Default is 300".
const DEFAULT_PER_PAGE = 300;

/** Answers each peer's secret in clear, as Meraki does: a client must drop it. */
export function listVpnPeers(call: Call): Answer {
	checkPeers(call.key);
	return { body: { peers: organizationOf(call).facts.peers } };
}

export function listVpnStatuses(call: Call): Answer {
	const networks = organizationOf(call)
		.networks.filter(({ id }) => call.query.networkIds?.includes(id) ?? true)
		.filter((network) => maySee(call.key, network, call.now) && network.facts.appliances.length > 0);
	const page = pageOf(networks, ({ id }) => id, call.query, DEFAULT_PER_PAGE, call.url);
	return { body: page.items.flatMap((network) => statusAnswer(call, network)), link: page.link };
}

function statusAnswer(call: Call, network: Network) {
	const state = vpnStateOf(
		call.simulation,
		organizationOf(call),
		network,
		call.simulation.statusTime(call.now),
	);
	if (state === undefined) return [];
	return [
		{
			networkId: network.id,
			networkName: network.name,
			deviceSerial: state.serial,
			deviceStatus: state.isOnline ? 'online' : 'offline',
			uplinks: state.uplinks.map(({ uplink }) => ({
				interface: uplink.interface,
				publicIp: uplink.publicIp,
			})),
			vpnMode: 'spoke',
			exportedSubnets: [],
			merakiVpnPeers: [],
			thirdPartyVpnPeers: state.peers.map(({ peer, isReachable }) => ({
				name: peer.name,
				...(peer.publicIp === undefined ? {} : { publicIp: peer.publicIp }),
				reachability: isReachable ? 'reachable' : (call.simulation.unknowns.tunnelDownWord ?? 'unreachable'),
			})),
		},
	];
}
