import { canTakeBranch, trackerFor, trackingOf, untrackedSentence } from '../../../core/health/trackedIps';
import type { KnownPeers, Tracking, UntrackedReason } from '../../../core/health/trackedIps';
import { DNS_IP, LONDON, LONDON_IP, PARIS, PARIS_IP, vpnPeer, vpnTag } from '../../support/branch';

const PRIMARY = vpnTag('london_primary_up');
const BACKUP = vpnTag('paris_backup_down');
const VPN_PEERS = { kind: 'vpnPeers' } as const;
const known = (...peers: ReturnType<typeof vpnPeer>[]): KnownPeers => ({ kind: 'known', peers });
const tracked = (...ips: string[]): Tracking => ({ kind: 'tracked', ips });
const rowsTo = (...ips: string[]) => ips.map((ip) => ({ ip }));
const untracked = (why: UntrackedReason): Tracking => ({ kind: 'untracked', why });

describe('R1.3 the destinations of a peer', () => {
	test.each([
		['the public IP of the VPN peer that lists the up tag', known(LONDON, PARIS), tracked(LONDON_IP)],
		['none that lists it', known(PARIS), untracked('noPeerListsTag')],
		[
			'one that lists only the down tag',
			known(vpnPeer('x', '192.0.2.1', 'london_primary_down')),
			untracked('noPeerListsTag'),
		],
		[
			'two that list it',
			known(LONDON, vpnPeer('x', '192.0.2.1', 'london_primary_up')),
			untracked('severalPeersListTag'),
		],
		[
			'one with a host name only',
			known(vpnPeer('x', null, 'london_primary_up')),
			untracked('peerHasOnlyHostname'),
		],
		[
			'one for all networks',
			known(vpnPeer('x', LONDON_IP, 'london_primary_up', 'all')),
			untracked('peerIsForAllNetworks'),
		],
		['peers that are not readable', { kind: 'notReadable' } as const, untracked('peersNotReadable')],
	])('From VPN Peers: %s', (_says, peers, expected) => {
		expect(trackingOf(PRIMARY, VPN_PEERS, peers, [])).toEqual(expected);
		expect(trackerFor(VPN_PEERS, peers)(PRIMARY, [])).toEqual(expected);
	});

	test.each([
		['those of its name', 'london', tracked(LONDON_IP, DNS_IP)],
		['none of another case', 'London', untracked('peerNotListed')],
		['none of an empty list', 'empty', untracked('peerNotListed')],
	])('Listed IPs: %s', (_says, peer, expected) => {
		const ipsByPeer = new Map([
			['london', [LONDON_IP, DNS_IP]],
			['empty', []],
		]);
		const member = vpnTag(`${peer}_primary_up`);
		expect(trackingOf(member, { kind: 'listed', ipsByPeer }, { kind: 'notReadable' }, [])).toEqual(expected);
	});

	test.each([
		[
			'all that the network tracks but the excluded ones',
			PRIMARY,
			[LONDON_IP, DNS_IP, PARIS_IP],
			tracked(LONDON_IP, PARIS_IP),
		],
		['none where it tracks no other', PRIMARY, [DNS_IP], untracked('noTrackedIp')],
		['none of a backup', BACKUP, [PARIS_IP], untracked('backupNotTracked')],
	])('Every Tracked IP Except: %s', (_says, member, seenIps, expected) => {
		const source = { kind: 'everyExcept', excludedIps: [DNS_IP] } as const;
		expect(trackingOf(member, source, known(), seenIps)).toEqual(expected);
		expect(trackerFor(source, known())(member, rowsTo(...seenIps, ...seenIps.slice(0, 1)))).toEqual(expected);
	});

	test('what one network tracks is not taken for another: Every Tracked IP Except', () => {
		const tracker = trackerFor({ kind: 'everyExcept', excludedIps: [] }, known());
		expect(tracker(PRIMARY, rowsTo(LONDON_IP))).toEqual(tracked(LONDON_IP));
		expect(tracker(PRIMARY, rowsTo(PARIS_IP))).toEqual(tracked(PARIS_IP));
	});

	test('each tag has its own peer, asked in any order', () => {
		const tracker = trackerFor(VPN_PEERS, known(LONDON, PARIS));
		const asked = [PRIMARY, BACKUP, PRIMARY].map((member) => tracker(member, []));
		expect(asked).toEqual([tracked(LONDON_IP), tracked(PARIS_IP), tracked(LONDON_IP)]);
	});
});

describe('R3.4 what is not known of a peer, and whether a branch may be sent to it', () => {
	test.each<[UntrackedReason, boolean, string]>([
		[
			'noPeerListsTag',
			false,
			"no VPN peer lists the tag paris_backup_up. Add it to the peer's availability, or correct the network's tag.",
		],
		['severalPeersListTag', false, 'more than one VPN peer lists the tag paris_backup_up. Leave it on one.'],
		[
			'peerIsForAllNetworks',
			false,
			'the VPN peer with the tag paris_backup_up is available to all networks, so tags do not decide who uses it. Take "All networks" off the peer.',
		],
		[
			'peerHasOnlyHostname',
			true,
			'the VPN peer with the tag paris_backup_up has a host name and no public IP. Choose Listed IPs under Tracked IPs and name its address.',
		],
		[
			'peersNotReadable',
			true,
			"the VPN peers could not be read. Let the API key read the organization's VPN settings, or choose Listed IPs under Tracked IPs.",
		],
		['peerNotListed', true, 'paris has no IP under Listed IPs. Add it, spelled as in the tag.'],
		[
			'backupNotTracked',
			true,
			'backups are not measured with "Every Tracked IP Except". Choose From VPN Peers or Listed IPs to have them judged.',
		],
		[
			'noTrackedIp',
			true,
			'the network tracks no destination but the excluded ones. Add the public IP of the primary peer under SD-WAN & traffic shaping, Uplink statistics.',
		],
	])('%s: %s', (why, canTake, sentence) => {
		expect(canTakeBranch(untracked(why))).toBe(canTake);
		expect(untrackedSentence(why, BACKUP)).toBe(sentence);
	});

	test('a branch may be sent to a peer that is tracked', () => {
		expect(canTakeBranch(tracked(PARIS_IP))).toBe(true);
	});
});
