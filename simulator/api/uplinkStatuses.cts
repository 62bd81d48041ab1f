import type { Network } from '../dashboard/network.cjs';
import { isoSeconds } from '../telemetry/sampleTimes.cjs';
import type { ApplianceState, UplinkState } from '../telemetry/uplinkStates.cjs';
import { maySee } from './access.cjs';
import { organizationOf, type Answer, type Call } from './call.cjs';
import { pageOf } from './pagination.cjs';

// getOrganizationApplianceUplinkStatuses: "Default is 1000".
const DEFAULT_PER_PAGE = 1000;

export function listUplinkStatuses(call: Call): Answer {
	const { networkIds, serials, iccids } = call.query;
	const states = organizationOf(call)
		.networks.filter(({ id }) => networkIds?.includes(id) ?? true)
		.filter((network) => maySee(call.key, network, call.now))
		.flatMap((network) =>
			call.simulation.uplinks
				.of(network, call.simulation.statusTime(call.now))
				.map((state) => ({ network, ...state })),
		)
		// No simulated appliance has a SIM card, so an ICCID matches none.
		.filter(({ appliance }) => (serials?.includes(appliance.serial) ?? true) && iccids === undefined)
		.sort((one, other) => (one.appliance.serial < other.appliance.serial ? -1 : 1));
	const page = pageOf(states, ({ appliance }) => appliance.serial, call.query, DEFAULT_PER_PAGE, call.url);
	return { body: page.items.map(statusAnswer), link: page.link };
}

function statusAnswer({
	network,
	appliance,
	lastReportedAt,
	uplinks,
}: ApplianceState & { network: Network }) {
	return {
		networkId: network.id,
		serial: appliance.serial,
		model: appliance.model,
		lastReportedAt: isoSeconds(lastReportedAt),
		highAvailability: { enabled: network.facts.appliances.length > 1, role: appliance.role },
		uplinks: uplinks.map(uplinkAnswer),
	};
}

function uplinkAnswer({ uplink, status }: UplinkState) {
	const { publicIp } = uplink;
	if (status === 'not connected') return { interface: uplink.interface, status };
	return {
		interface: uplink.interface,
		status,
		ip: publicIp,
		gateway: publicIp.replace(/\d+$/, '254'),
		publicIp,
		primaryDns: '8.8.8.8',
		secondaryDns: '8.8.4.4',
		ipAssignedBy: 'static',
	};
}
