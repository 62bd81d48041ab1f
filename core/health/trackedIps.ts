import type { TrackedIpSource } from '../settings/settings';
import type { VpnTag } from '../tags/tagFormat';
import type { LossRow, VpnPeer } from '../domain/types';

/** The destinations by which a peer is judged, or why there are none. */
export type Tracking =
	| { readonly kind: 'tracked'; readonly ips: readonly string[] }
	| { readonly kind: 'untracked'; readonly why: UntrackedReason };

export type UntrackedReason =
	/** No VPN peer of the organization lists the tag: a typing error in the tag or in the peer. */
	| 'noPeerListsTag'
	| 'severalPeersListTag'
	/** The peer has a host name and no public IP, so no destination can be matched to it. */
	| 'peerHasOnlyHostname'
	/** The peer lists `all`: every network uses it, whatever its tags say. */
	| 'peerIsForAllNetworks'
	/** The key may not read VPN peers, or Meraki did not answer. */
	| 'peersNotReadable'
	/** Tracked IPs are listed by hand, and this peer is not among them. */
	| 'peerNotListed'
	/** "Every tracked IP except" says nothing of backups. */
	| 'backupNotTracked'
	/** The network tracks no destination but the excluded ones. */
	| 'noTrackedIp';

/** What is known of the organization's VPN peers. */
export type KnownPeers =
	| { readonly kind: 'known'; readonly peers: readonly VpnPeer[] }
	| { readonly kind: 'notReadable' };

/** A peer that lists this has every network on it (thirdPartyVPNPeers, `networkTags`). */
const ALL_NETWORKS = 'all';

/** Which destinations judge a member of a pair; `seenIps` are the destinations that the network's rows name. */
export function trackingOf(
	member: VpnTag,
	source: TrackedIpSource,
	peers: KnownPeers,
	seenIps: readonly string[],
): Tracking {
	switch (source.kind) {
		case 'vpnPeers':
			return peers.kind === 'known'
				? trackingByPeer(member, peers.peers)
				: { kind: 'untracked', why: 'peersNotReadable' };
		case 'listed': {
			const ips = source.ipsByPeer.get(member.peer) ?? [];
			return ips.length > 0 ? { kind: 'tracked', ips } : { kind: 'untracked', why: 'peerNotListed' };
		}
		case 'everyExcept': {
			if (member.role.kind !== 'primary') return { kind: 'untracked', why: 'backupNotTracked' };
			const ips = seenIps.filter((ip) => !source.excludedIps.includes(ip));
			return ips.length > 0 ? { kind: 'tracked', ips } : { kind: 'untracked', why: 'noTrackedIp' };
		}
	}
}

/** Tells for one organization which destinations judge a member of a pair; `rows` are those of the network. */
export type Tracker = (member: VpnTag, rows: readonly Pick<LossRow, 'ip'>[]) => Tracking;

/** {@link trackingOf} for all networks of an organization: they carry the same few tags. */
export function trackerFor(source: TrackedIpSource, peers: KnownPeers): Tracker {
	// What a network tracks differs from one to the next.
	if (source.kind === 'everyExcept') {
		return (member, rows) => trackingOf(member, source, peers, [...new Set(rows.map(({ ip }) => ip))]);
	}
	const known = new Map<string, Tracking>();
	return (member) => {
		const found = known.get(member.upTag) ?? trackingOf(member, source, peers, []);
		known.set(member.upTag, found);
		return found;
	};
}

function trackingByPeer(member: VpnTag, peers: readonly VpnPeer[]): Tracking {
	const listing = peers.filter((peer) => peer.networkTags.includes(member.upTag));
	const peer = listing[0];
	if (!peer) return { kind: 'untracked', why: 'noPeerListsTag' };
	if (listing.length > 1) return { kind: 'untracked', why: 'severalPeersListTag' };
	if (peer.networkTags.includes(ALL_NETWORKS)) return { kind: 'untracked', why: 'peerIsForAllNetworks' };
	if (peer.publicIp === null) return { kind: 'untracked', why: 'peerHasOnlyHostname' };
	return { kind: 'tracked', ips: [peer.publicIp] };
}

/** Whether, as far as is known, exactly one VPN peer would take a branch that carries the member's up tag. */
export function canTakeBranch(tracking: Tracking): boolean {
	if (tracking.kind === 'tracked') return true;
	switch (tracking.why) {
		case 'noPeerListsTag':
		case 'severalPeersListTag':
		case 'peerIsForAllNetworks':
			return false;
		case 'peerHasOnlyHostname':
		case 'peersNotReadable':
		case 'peerNotListed':
		case 'backupNotTracked':
		case 'noTrackedIp':
			return true;
	}
}

/** What is wrong and what to do, as a sentence that may follow "peer London:". */
export function untrackedSentence(why: UntrackedReason, member: VpnTag): string {
	switch (why) {
		case 'noPeerListsTag':
			return `no VPN peer lists the tag ${member.upTag}. Add it to the peer's availability, or correct the network's tag.`;
		case 'severalPeersListTag':
			return `more than one VPN peer lists the tag ${member.upTag}. Leave it on one.`;
		case 'peerHasOnlyHostname':
			return `the VPN peer with the tag ${member.upTag} has a host name and no public IP. Choose Listed IPs under Tracked IPs and name its address.`;
		case 'peerIsForAllNetworks':
			return `the VPN peer with the tag ${member.upTag} is available to all networks, so tags do not decide who uses it. Take "All networks" off the peer.`;
		case 'peersNotReadable':
			return "the VPN peers could not be read. Let the API key read the organization's VPN settings, or choose Listed IPs under Tracked IPs.";
		case 'peerNotListed':
			return `${member.peer} has no IP under Listed IPs. Add it, spelled as in the tag.`;
		case 'backupNotTracked':
			return 'backups are not measured with "Every Tracked IP Except". Choose From VPN Peers or Listed IPs to have them judged.';
		case 'noTrackedIp':
			return 'the network tracks no destination but the excluded ones. Add the public IP of the primary peer under SD-WAN & traffic shaping, Uplink statistics.';
	}
}
