import type { TunnelLook } from '../../core/notify/tunnelAlerts';
import { readOrReason } from '../http/result';
import type { MerakiClient } from '../client/client';
import { NETWORKS_PER_CALL, VPN_STATUSES_PER_PAGE } from '../client/statusCalls';

/** Reads the VPN statuses of some of the organization's networks, in as few calls as possible; none for none. */
export async function lookUpTunnels(
	client: MerakiClient,
	organizationId: string,
	networkIds: readonly string[],
	networksThereAre: number,
): Promise<TunnelLook | undefined> {
	if (networkIds.length === 0) return undefined;
	const byId = Math.ceil(networkIds.length / NETWORKS_PER_CALL);
	const asked = byId <= Math.ceil(networksThereAre / VPN_STATUSES_PER_PAGE) ? networkIds : 'all';
	const read = await readOrReason(client.vpnStatuses(organizationId, asked));
	// What could not be used of an answer is as good as not said: it is only a report.
	return read.kind === 'read' ? { kind: 'read', statuses: read.value.rows } : read;
}
