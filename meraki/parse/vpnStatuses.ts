import { canonicalHost } from '../../core/domain/ipAddress';
import type { TunnelStatus, VpnStatus } from '../../core/domain/types';
import { fieldsFrom, listFrom, parseEach, type Parsed, type Skipped, textFrom, textOrNull } from './fields';

/** Longer than any word of Meraki's for a tunnel; what is remembered stays small. */
const LONGEST_WORD = 40;

/** `appliance/vpn/statuses`. A tunnel that is no object is left out and named; the network stays. */
export function parseVpnStatuses(body: unknown): Parsed<VpnStatus> {
	return parseEach(body, '', parseNetworkStatus);
}

function parseNetworkStatus(value: unknown, path: string, skipped: Skipped[]): VpnStatus {
	const fields = fieldsFrom(value, path);
	const networkId = textFrom(fields, 'networkId', path);
	const place = `${path}.thirdPartyVpnPeers`;
	const tunnels = parseEach(listFrom(fields.get('thirdPartyVpnPeers') ?? [], place), place, parseTunnel);
	for (const one of tunnels.skipped) skipped.push(one);
	return { networkId, tunnels: tunnels.rows };
}

function parseTunnel(value: unknown, path: string): TunnelStatus {
	const fields = fieldsFrom(value, path);
	const ip = textOrNull(fields, 'publicIp');
	const word = (textOrNull(fields, 'reachability') ?? '').trim().slice(0, LONGEST_WORD);
	return {
		peerName: textOrNull(fields, 'name'),
		publicIp: ip === null ? null : canonicalHost(ip),
		reachability: word === '' ? null : word,
	};
}
