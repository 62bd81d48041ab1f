import { canonicalHost } from '../../core/domain/ipAddress';
import type { VpnPeer } from '../../core/domain/types';
import {
	fieldsFrom,
	kindOf,
	listFrom,
	parseEach,
	type Fields,
	type Parsed,
	type Skipped,
	textFrom,
	textOrNull,
} from './fields';

/** What a peer without the field lists (OpenAPI: "If not included, the default is ['all']"). */
const EVERY_NETWORK = ['all'];

/**
 * `thirdPartyVPNPeers`. The answer holds each peer's pre-shared secret in clear: only the fields named here are
 * copied, and what is skipped is described without any value.
 */
export function parsePeers(body: unknown): Parsed<VpnPeer> {
	return parseEach(fieldsFrom(body, '').get('peers'), 'peers', parsePeer);
}

function parsePeer(value: unknown, path: string, skipped: Skipped[]): VpnPeer {
	const fields = fieldsFrom(value, path);
	return {
		name: textFrom(fields, 'name', path),
		publicIp: addressFrom(fields, 'publicIp'),
		publicHostname: addressFrom(fields, 'publicHostname'),
		networkTags: networkTags(fields, path, skipped),
		hasNativeFailover: isSet(fields, 'group') || isSet(fields, 'slaPolicy'),
	};
}

/** Peers are only read, never written: a tag that is not text is left out and named, and the others still count. */
function networkTags(fields: Fields, path: string, skipped: Skipped[]): readonly string[] {
	const value = fields.get('networkTags') ?? null;
	if (value === null) return EVERY_NETWORK;
	const at = `${path}.networkTags`;
	return listFrom(value, at).flatMap((tag, index) => {
		if (typeof tag === 'string') return [tag];
		skipped.push({ path: `${at}[${index}]`, why: `is ${kindOf(tag)}, not text` });
		return [];
	});
}

/** Empty text is seen in place of null. */
function addressFrom(fields: Fields, key: string): string | null {
	const text = textOrNull(fields, key)?.trim() ?? '';
	return text === '' ? null : canonicalHost(text);
}

function isSet(fields: Fields, key: string): boolean {
	return (fields.get(key) ?? null) !== null;
}
