/** What the VPN peers and the tracked IPs of one pair would do to a failover. */
import type { PeerReading, PeerReadings } from '../decide/situation';
import type { JudgedPair } from '../decide/outcome';
import type { Sighting } from '../evaluate/seenHealthy';
import { samplesOfWindow } from '../health/series';
import type { Settings } from '../settings/settings';
import type { VpnTag } from '../tags/tagFormat';
import { membersOf } from '../tags/pairs';
import { canTakeBranch, untrackedSentence } from '../health/trackedIps';
import type { KnownPeers, UntrackedReason } from '../health/trackedIps';
import type { VpnPeer } from '../domain/types';
import type { Finding } from './finding';
import { prevents, weakens } from './finding';

/** What is asked about a pair: the destination of the primary peer was seen healthy, never, or nobody knows. */
export type SightingOf = (peer: PeerReading) => Sighting;

export function primaryFindings(
	{ peers: { primary }, series }: JudgedPair,
	known: KnownPeers,
	sightingOfPeer: SightingOf,
	settings: Settings,
	now: number,
): Finding[] {
	if (primary.tracking.kind === 'untracked')
		return [untracked(primary.member, primary.tracking.why, known, prevents)];
	const { ips } = primary.tracking;
	const addresses = ips.join(', ');
	if (!series.some((row) => ips.includes(row.ip)))
		return [
			prevents(
				`Not tracked: ${addresses} of ${primary.member.peer}`,
				`Add ${addresses} under Security & SD-WAN, SD-WAN & traffic shaping, Uplink statistics of these networks.`,
			),
		];
	if (sightingOfPeer(primary) !== 'seenHealthy')
		return [
			prevents(
				`Never seen healthy: ${addresses} of ${primary.member.peer}`,
				'Let the peer answer ICMP from the branches, or track another address of it: one that never answers looks dead for ever, so it moves nobody.',
			),
		];
	return primary.health.kind === 'measured' ? [] : [noData(primary, addresses, settings, now)];
}

function noData(primary: PeerReading, addresses: string, settings: Settings, now: number): Finding {
	const measured = primary.rows.flatMap((row) => samplesOfWindow(row.samples, now, settings.windowMinutes));
	const why = measured.length === 0 ? 'No sample on the uplink in use.' : 'Too few measured samples.';
	return prevents(
		`No data now: ${addresses} of ${primary.member.peer}`,
		'Check that the appliance is online. Meraki does not measure over integrated cellular uplinks.',
		why,
	);
}

/** At least one backup must be able to take the branch; what is wrong with the others weakens. */
export function backupFindings(
	{ peers }: JudgedPair,
	known: KnownPeers,
	sightingOfPeer: SightingOf,
	{ backupMustBe }: Settings,
): Finding[] {
	const { backups } = peers;
	const usable = backups.filter((backup) => canTakeBranch(backup.tracking));
	const say = usable.length === 0 ? prevents : weakens;
	const unreachable = backups.flatMap(({ tracking, member }) =>
		tracking.kind === 'untracked' && !canTakeBranch(tracking)
			? [untracked(member, tracking.why, known, say)]
			: [],
	);
	const needsMeasuring = backupMustBe === 'measuredClean';
	const isUnmeasured = (backup: PeerReading) =>
		backup.health.kind === 'noData' || sightingOfPeer(backup) !== 'seenHealthy';
	const unmeasured = usable.filter(isUnmeasured).map((backup) => notMeasured(backup, needsMeasuring));
	const twins = usable.filter((backup) => sharesAddress(backup, peers.primary)).map(sameAddress);
	return [...unreachable, ...twins, ...unmeasured, ...allLossy(usable, peers, isUnmeasured, backupMustBe)];
}

function sharesAddress({ tracking }: PeerReading, primary: PeerReading): boolean {
	const own = tracking.kind === 'tracked' ? tracking.ips : [];
	const primarys = primary.tracking.kind === 'tracked' ? primary.tracking.ips : [];
	return own.some((ip) => primarys.includes(ip));
}

function sameAddress({ member }: PeerReading): Finding {
	return prevents(
		`Same address as the primary peer: ${member.peer}`,
		'A failover would end at the same endpoint. Correct the public IP of one of the two VPN peers.',
	);
}

function notMeasured({ member, tracking }: PeerReading, needsMeasuring: boolean): Finding {
	const addresses = tracking.kind === 'tracked' ? tracking.ips.join(', ') : 'its public IP';
	const nextStep =
		tracking.kind === 'untracked' && tracking.why === 'backupNotTracked'
			? 'Choose From VPN Peers or Listed IPs under Tracked IPs to have backups judged.'
			: `Track ${addresses} as well (Uplink statistics), and let it answer ICMP: else a branch may move to a dead backup.`;
	const heading = `Backup not measured: ${member.peer}`;
	return needsMeasuring
		? prevents(heading, `${nextStep} Backup Must Be asks for a measured one.`)
		: weakens(heading, nextStep);
}

function allLossy(
	usable: readonly PeerReading[],
	{ primary, active }: PeerReadings,
	isUnmeasured: (backup: PeerReading) => boolean,
	backupMustBe: Settings['backupMustBe'],
): Finding[] {
	const isLossy = (peer: PeerReading) =>
		peer.health.kind === 'measured' && peer.health.loss !== 'clean' && !isUnmeasured(peer);
	if (active !== primary || backupMustBe === 'anything') return [];
	if (usable.length === 0 || !usable.every(isLossy)) return [];
	const names = usable.map(({ member }) => member.peer).join(', ');
	return [
		prevents(
			`Every backup shows loss now: ${names}`,
			'Check the backup peers: a branch moves to a lossy one only if it is clearly better than primary.',
		),
	];
}

/** A peer that lists a `down` tag, or every network, has the branch whatever the swap says. */
export function sharedPeerFindings({ pair }: JudgedPair, known: KnownPeers): Finding[] {
	if (known.kind !== 'known') return [];
	return membersOf(pair).flatMap((member) =>
		known.peers
			.filter((peer) => peer.networkTags.includes(member.downTag))
			.map((peer) =>
				prevents(
					`Two peers at once: VPN peer ${peer.name} lists ${member.downTag}`,
					`Take ${member.downTag} off the peer's availability and leave ${member.upTag} there.`,
				),
			),
	);
}

export function nativeFailoverFindings({ pair }: JudgedPair, known: KnownPeers): Finding[] {
	if (known.kind !== 'known') return [];
	const used = membersOf(pair).map((member) => member.upTag);
	return known.peers
		.filter((peer) => peer.hasNativeFailover && peer.networkTags.some((tag) => used.includes(tag)))
		.map((peer) =>
			weakens(
				`Meraki's own failover is on: VPN peer ${peer.name}`,
				'Use one of the two: two controllers would fight over the tunnel.',
			),
		);
}

type Say = (heading: string, nextStep: string) => Finding;

function untracked(member: VpnTag, why: UntrackedReason, known: KnownPeers, say: Say): Finding {
	const isNamesake = (peer: VpnPeer) => peer.name.toLowerCase() === member.peer.toLowerCase();
	if (why === 'noPeerListsTag' && known.kind === 'known' && known.peers.filter(isForAll).some(isNamesake))
		return say(
			`${member.peer}: its VPN peer is available to all networks`,
			`Make the peer available to the tag ${member.upTag} alone.`,
		);
	const [what = '', ...how] = untrackedSentence(why, member).split(/(?<=\.) /);
	return say(`${member.peer}: ${what.replace(/\.$/, '')}`, how.join(' '));
}

function isForAll(peer: VpnPeer): boolean {
	return peer.networkTags.includes('all');
}
