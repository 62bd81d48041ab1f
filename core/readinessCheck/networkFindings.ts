/** Everything that a readiness check finds on one pair of one network. */
import type { JudgedPair, PairOutcome } from '../decide/outcome';
import { applianceInUse } from '../health/applianceInUse';
import { sightingOf } from '../evaluate/seenHealthy';
import type { Sighting } from '../evaluate/seenHealthy';
import type { OrganizationSnapshot } from '../evaluate/snapshot';
import { isInside, windowsFor } from '../settings/maintenanceWindow';
import { groupByNetwork } from '../health/series';
import type { Settings } from '../settings/settings';
import type { LossRow } from '../domain/types';
import { tagProblemSentence } from '../notify/explain';
import type { Finding } from './finding';
import { prevents, weakens } from './finding';
import { backupFindings, nativeFailoverFindings, primaryFindings, sharedPeerFindings } from './peerFindings';
import type { SightingOf } from './peerFindings';

export function networkFindings(
	outcome: PairOutcome,
	snapshot: OrganizationSnapshot,
	settings: Settings,
): Finding[] {
	if (outcome.kind === 'inconsistent') return [tagsFinding(outcome)];
	const sightingOfPeer: SightingOf = (peer) =>
		peer.tracking.kind === 'tracked'
			? sightingOfAny(outcome, peer.tracking.ips, snapshot, settings)
			: 'neverHealthy';
	const { peers: known, now } = snapshot;
	return [
		...standstillFindings(outcome, snapshot, settings),
		...primaryFindings(outcome, known, sightingOfPeer, settings, now),
		...backupFindings(outcome, known, sightingOfPeer, settings),
		...sharedPeerFindings(outcome, known),
		...referenceFindings(outcome, snapshot, settings),
		...nativeFailoverFindings(outcome, known),
	];
}

function tagsFinding({ pair }: Extract<PairOutcome, { kind: 'inconsistent' }>): Finding {
	return prevents(
		'VPN tags are inconsistent',
		'Correct the tags in the dashboard under Organization, Overview. They are never repaired by guessing.',
		tagProblemSentence(pair),
	);
}

/** R4.2 to R4.5: what would stop any move of the network at this moment. */
function standstillFindings(
	{ network }: JudgedPair,
	snapshot: OrganizationSnapshot,
	settings: Settings,
): Finding[] {
	const findings: Finding[] = [];
	if (network.tags.includes(settings.holdTag))
		findings.push(
			prevents(`Held by the tag ${settings.holdTag}`, 'Use Release Hold when these networks may move again.'),
		);
	const windows = windowsFor(settings.maintenance, network.tags);
	if (windows.some((window) => isInside(window, snapshot.now)))
		findings.push(prevents('A maintenance window is on', 'Nothing, if that is meant: it ends by itself.'));
	return [...findings, ...applianceFindings(snapshot.statuses.get(network.id))];
}

function applianceFindings(statuses: ReturnType<OrganizationSnapshot['statuses']['get']>): Finding[] {
	if (statuses === undefined || statuses === 'notReadable')
		return [
			prevents(
				'The uplink in use is not known',
				'Let the API key read appliance uplink statuses, and check that the network has an appliance.',
			),
		];
	switch (applianceInUse(statuses).kind) {
		case 'online':
			return [];
		case 'offline':
			return [
				prevents('The appliance has no active uplink', "Check the branch's WAN uplinks and its power."),
			];
		case 'unclear':
			return [
				prevents(
					'Which of two appliances is in use is not known',
					'Both have an active uplink, and not one of them is called primary: check the warm spare under Security & SD-WAN, Appliance status.',
				),
			];
	}
}

/** R4.8: without another destination on the same line its fault looks like the peer's. */
function referenceFindings(
	outcome: JudgedPair,
	snapshot: OrganizationSnapshot,
	settings: Settings,
): Finding[] {
	const { primary } = outcome.peers;
	if (primary.tracking.kind !== 'tracked' || primary.rows.length === 0) return [];
	const { ips } = primary.tracking;
	const onTheLine = outcome.series.filter(
		(row) =>
			!ips.includes(row.ip) &&
			primary.rows.some((judged) => judged.serial === row.serial && judged.uplink === row.uplink),
	);
	const isReference = (ip: string) => sightingOfAny(outcome, [ip], snapshot, settings) === 'seenHealthy';
	if (onTheLine.some((row) => isReference(row.ip))) return [];
	return [
		weakens(
			'Nothing to tell the line from the peer',
			'Track another destination, such as 8.8.8.8, on the same uplink: otherwise a WAN problem at the branch moves it.',
		),
	];
}

/** Seen healthy when one of the destinations was. */
export function sightingOfAny(
	{ network, series }: JudgedPair,
	ips: readonly string[],
	snapshot: OrganizationSnapshot,
	settings: Settings,
): Sighting {
	const context = {
		networkId: network.id,
		series,
		lookbackRows: lookbackRows(network.id, snapshot),
		snapshot,
		settings,
	};
	const answers = ips.map((ip) => sightingOf(ip, context));
	if (answers.includes('seenHealthy')) return 'seenHealthy';
	return answers.includes('unknown') ? 'unknown' : 'neverHealthy';
}

function lookbackRows(
	networkId: string,
	{ lookbacks }: OrganizationSnapshot,
): Map<string, readonly LossRow[]> {
	const rowsOf = (rows: readonly LossRow[]) => groupByNetwork(rows).get(networkId) ?? [];
	return new Map([...lookbacks].map(([ip, { rows }]) => [ip, rowsOf(rows)]));
}
