import { canonicalHost } from '../../core/domain/ipAddress';
import type { VpnPeer } from '../../core/domain/types';
import { fieldsFrom, parseEach, type Parsed, tagsFrom, textFrom, textOrNull, type Fields } from './fields';

/** What a peer without the field lists (OpenAPI: "If not included, the default is ['all']"). */
const EVERY_NETWORK = ['all'];

/**
 * `thirdPartyVPNPeers`. The answer holds each peer's pre-shared secret in clear: only the fields named here are
 * copied, and what is skipped is described without any value.
 */
export function parsePeers(body: unknown): Parsed<VpnPeer> {
	return parseEach(fieldsFrom(body, '').get('peers'), 'peers', parsePeer);
}

function parsePeer(value: unknown, path: string): VpnPeer {
	const fields = fieldsFrom(value, path);
	return {
		name: textFrom(fields, 'name', path),
		publicIp: addressFrom(fields, 'publicIp'),
		publicHostname: addressFrom(fields, 'publicHostname'),
		networkTags: tagsFrom(fields, 'networkTags', path, EVERY_NETWORK),
		hasNativeFailover: isSet(fields, 'group') || isSet(fields, 'slaPolicy'),
	};
}

/** Empty text is seen in place of null. */
function addressFrom(fields: Fields, key: string): string | null {
	const text = textOrNull(fields, key)?.trim() ?? '';
	return text === '' ? null : canonicalHost(text);
}

function isSet(fields: Fields, key: string): boolean {
	return (fields.get(key) ?? null) !== null;
}
