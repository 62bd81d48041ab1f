import { Dashboard } from '../dashboard/dashboard.cjs';
import { Network } from '../dashboard/network.cjs';
import { Organization } from '../dashboard/organization.cjs';
import type { Appliance, Peer, Uplink } from '../dashboard/types.cjs';
import { generatedNetworks } from './generate.cjs';
import type {
	Scenario,
	ScenarioAppliance,
	ScenarioNetwork,
	ScenarioOrganization,
	ScenarioPeer,
	ScenarioUplink,
} from './types.cjs';
import type { UnknownAnswers } from './unknowns.cjs';

export function buildDashboard(scenario: Scenario): Dashboard {
	const listed = scenario.organizations ?? [];
	const organizations = [...listed, ...generatedOrganizations(scenario)];
	const unknowns = scenario.unknowns ?? {};
	return new Dashboard(organizations.map((each, position) => buildOrganization(each, position, unknowns)));
}

function generatedOrganizations(scenario: Scenario): ScenarioOrganization[] {
	const wanted = scenario.generateOrganizations;
	if (wanted === undefined) return [];
	return Array.from({ length: wanted.count }, (_, index) => ({
		...wanted.template,
		id: wanted.template.id.replaceAll('{n}', String(index + 1)),
		name: wanted.template.name.replaceAll('{n}', String(index + 1)),
	}));
}

function buildOrganization(
	organization: ScenarioOrganization,
	position: number,
	unknowns: UnknownAnswers,
): Organization {
	const facts = {
		id: organization.id,
		name: organization.name,
		apiEnabled: organization.apiEnabled ?? true,
		templateBoundTags: organization.templateBoundTags ?? 'writable',
		peers: (organization.peers ?? []).map(buildPeer),
		unknowns,
	};
	const networks = () =>
		[...(organization.networks ?? []), ...generatedNetworks(organization)].map((network, index) =>
			buildNetwork(network, organization.id, position, index),
		);
	return new Organization(facts, networks);
}

/** The secret is a canary: a search for `psk-canary` in what the product hands out must find nothing. */
function buildPeer(peer: ScenarioPeer, index: number): Peer {
	return {
		privateSubnets: [`10.${index + 1}.0.0/16`],
		// Documented default of networkTags: all networks.
		networkTags: ['all'],
		ikeVersion: '2',
		...peer,
		peerId: String(index + 1),
		secret: `psk-canary-${index + 1}`,
	};
}

function buildNetwork(
	network: ScenarioNetwork,
	organizationId: string,
	position: number,
	index: number,
): Network {
	const appliances = network.appliances ?? [{}];
	const facts = {
		id: network.id ?? `N_${organizationId}${String(index + 1).padStart(6, '0')}`,
		organizationId,
		productTypes: network.productTypes ?? ['appliance'],
		isBoundToConfigTemplate: network.isBoundToConfigTemplate ?? false,
		appliances: appliances.map((appliance, place) => buildAppliance(appliance, place, position, index)),
	};
	const settings = {
		name: network.name,
		timeZone: network.timeZone ?? 'Europe/London',
		tags: network.tags === undefined ? [] : network.tags,
		notes: network.notes ?? '',
	};
	// Every network starts with 8.8.8.8 (seen in Meraki's own example and in all published scripts).
	return new Network(facts, settings, network.destinations ?? ['8.8.8.8']);
}

function buildAppliance(
	appliance: ScenarioAppliance,
	place: number,
	position: number,
	index: number,
): Appliance {
	const uplinks = appliance.uplinks ?? [{ interface: 'wan1', status: 'active' }];
	return {
		serial: appliance.serial ?? serialNumber(place, position, index),
		model: appliance.model ?? 'MX68',
		role: appliance.role ?? (place === 0 ? 'primary' : 'spare'),
		uplinks: uplinks.map((uplink, order) => buildUplink(uplink, order, index)),
	};
}

function buildUplink(uplink: ScenarioUplink, order: number, index: number): Uplink {
	return {
		interface: uplink.interface,
		status: uplink.status ?? (order === 0 ? 'active' : 'ready'),
		// 100.64.0.0/10 is shared address space (RFC 6598): never a real branch.
		publicIp: uplink.publicIp ?? `100.${64 + order}.${Math.floor(index / 250) % 250}.${(index % 250) + 1}`,
		probed: uplink.probed ?? uplink.interface !== 'cellular',
	};
}

/** Of the shape of a Meraki serial number: Q2AB-CDEF-GHIJ. */
function serialNumber(place: number, position: number, index: number): string {
	const block = (value: number) => value.toString(36).toUpperCase().padStart(4, '0');
	return `Q2${place === 0 ? 'SM' : `S${place}`}-${block(position)}-${block(index)}`;
}
