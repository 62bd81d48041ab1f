import { createBatch, deleteBatch, listBatches, readBatch, updateBatch } from './actionBatches.cjs';
import type { Operation } from './call.cjs';
import { readDestinations, updateDestinations } from './destinations.cjs';
import { readLossAndLatency } from './lossAndLatency.cjs';
import { listNetworks, readNetwork } from './networks.cjs';
import { listOrganizations, readIdentity, readOrganization } from './organizations.cjs';
import { updateNetwork } from './updateNetwork.cjs';
import { listUplinkStatuses } from './uplinkStatuses.cjs';
import { listVpnPeers, listVpnStatuses } from './vpn.cjs';

/** By the operation ids of Meraki's own document; each has its contract in `contract/`. */
export const operations: Readonly<Record<string, Operation>> = {
	getAdministeredIdentitiesMe: readIdentity,
	getOrganizations: listOrganizations,
	getOrganization: readOrganization,
	getOrganizationNetworks: listNetworks,
	getNetwork: readNetwork,
	updateNetwork,
	getOrganizationDevicesUplinksLossAndLatency: readLossAndLatency,
	getOrganizationApplianceUplinkStatuses: listUplinkStatuses,
	getOrganizationApplianceVpnThirdPartyVPNPeers: listVpnPeers,
	getOrganizationApplianceVpnStatuses: listVpnStatuses,
	getNetworkApplianceConnectivityMonitoringDestinations: readDestinations,
	updateNetworkApplianceConnectivityMonitoringDestinations: updateDestinations,
	createOrganizationActionBatch: createBatch,
	getOrganizationActionBatches: listBatches,
	getOrganizationActionBatch: readBatch,
	updateOrganizationActionBatch: updateBatch,
	deleteOrganizationActionBatch: deleteBatch,
};
