import type { Network } from '../dashboard/network.cjs';
import type { Organization } from '../dashboard/organization.cjs';
import type { Peer } from '../dashboard/types.cjs';
import type { Simulation } from '../simulation.cjs';
import { isOn } from './conditions.cjs';
import type { UplinkState } from './uplinkStates.cjs';

export interface PeerState {
	readonly peer: Peer;
	readonly isReachable: boolean;
}

export interface VpnState {
	readonly serial: string;
	readonly isOnline: boolean;
	readonly uplinks: readonly UplinkState[];
	readonly peers: readonly PeerState[];
}

/** The tunnels of a network's acting appliance; undefined where there is no appliance. */
export function vpnStateOf(
	simulation: Simulation,
	organization: Organization,
	network: Network,
	now: number,
): VpnState | undefined {
	const states = simulation.uplinks.of(network, now);
	const acting = states.find(({ uplinks }) => uplinks.some(({ status }) => status === 'active')) ?? states[0];
	if (acting === undefined) return undefined;
	const active = acting.uplinks.find(({ status }) => status === 'active');
	const here = simulation.conditions
		.narrow(simulation.conditions.during(now, now), {
			network,
			serial: acting.appliance.serial,
			...(active === undefined ? {} : { uplink: active.uplink.interface }),
		})
		.filter((timed) => isOn(timed, now))
		.map(({ condition }) => condition);
	const isReachable = (peer: Peer) =>
		active !== undefined &&
		!here.some((condition) => {
			if (condition.kind === 'tunnelDown') return condition.peer === peer.name;
			return (
				condition.kind === 'loss' &&
				condition.lossPercent >= 100 &&
				(condition.where?.ip ?? peer.publicIp) === peer.publicIp
			);
		});
	const matched = organization.peersFor(network.tags);
	const shown = simulation.unknowns.unmatchedPeers === 'shown' ? organization.facts.peers : matched;
	return {
		serial: acting.appliance.serial,
		isOnline: acting.isOnline,
		uplinks: acting.uplinks.filter(({ status }) => status !== 'not connected'),
		peers: shown.map((peer) => ({ peer, isReachable: matched.includes(peer) && isReachable(peer) })),
	};
}
