import { backupSince } from '../memory/pairMemory';
/**
 * R8.5: whether the tunnel to a backup works 10 minutes after a move, as Meraki's VPN statuses tell. It is a report
 * only: nothing moves, and nothing stays, because of it.
 */
import type { JudgedPair, PairOutcome } from '../decide/outcome';
import { MINUTE_MS } from '../domain/time';
import { moveKey, rowOf } from './pairAlerts';
import { groupBy } from '../domain/groupBy';
import type { OrganizationSnapshot } from '../evaluate/snapshot';
import type { OrganizationMemory, RememberedTunnel } from '../memory/memory';
import type { Condition } from './dedup';
import { unreadableConditions } from './organizationAlerts';
import { pairKey } from '../tags/pairKey';
import type { KnownPeers } from '../health/trackedIps';
import type { Organization, TunnelStatus, VpnStatus } from '../domain/types';

/** What the look at the VPN statuses brought. */
export type TunnelLook =
	| { readonly kind: 'read'; readonly statuses: readonly VpnStatus[] }
	/** In Meraki's words. */
	| { readonly kind: 'failed'; readonly why: string };

/** R8.5: a backup that was just chosen may take this long to build its tunnel. */
const JUDGED_AFTER_MS = 10 * MINUTE_MS;
const LOOKED_UP_EVERY_MS = 10 * MINUTE_MS;
/** The only word for a working tunnel that Meraki shows (getOrganizationApplianceVpnStatuses, example). */
const REACHABLE = 'reachable';

/**
 * Networks whose VPN status is to be read in this run, each at most once in 10 minutes. None in a run that has found
 * a new move: the report must not keep it waiting.
 */
export function tunnelsToLookUp(
	outcomes: readonly PairOutcome[],
	{ now, memory }: Pick<OrganizationSnapshot, 'now' | 'memory'>,
): string[] {
	if (memory === null || outcomes.some((outcome) => isNewMove(outcome, memory))) return [];
	const known = new Map(Object.entries(memory.tunnels.seen));
	const watched = watchedPairs(outcomes, { now, memory });
	const lookedUp = new Set(
		watched
			.filter((outcome) => {
				const seen = known.get(keyOf(outcome));
				return seen !== undefined && now - seen.lookedUpAt < LOOKED_UP_EVERY_MS;
			})
			.map(({ network }) => network.id),
	);
	const due = watched.filter(({ network }) => !lookedUp.has(network.id));
	return [...new Set(due.map(({ network }) => network.id))];
}

/** What is known after this run's look, or without one: for {@link tunnelConditions}, and to be remembered. */
export function followTunnels(
	outcomes: readonly PairOutcome[],
	{ now, memory, peers }: Pick<OrganizationSnapshot, 'now' | 'memory' | 'peers'>,
	look: TunnelLook | undefined,
): OrganizationMemory['tunnels'] {
	const known = new Map(Object.entries(memory?.tunnels.seen ?? {}));
	const asked = look && new Set(tunnelsToLookUp(outcomes, { now, memory }));
	const statuses = look?.kind === 'read' ? groupBy(look.statuses, ({ networkId }) => networkId) : null;
	const seen = watchedPairs(outcomes, { now, memory }).flatMap((outcome): [string, RememberedTunnel][] => {
		const { active } = outcome.pair;
		const before = known.get(keyOf(outcome));
		const last = before?.peer === active.peer ? before : undefined;
		if (!look || !asked?.has(outcome.network.id)) return last ? [[keyOf(outcome), last]] : [];
		const reachability =
			statuses === null
				? (last?.reachability ?? null)
				: wordOf(outcome, peers, statuses.get(outcome.network.id) ?? []);
		return [[keyOf(outcome), { peer: active.peer, lookedUpAt: now, reachability }]];
	});
	const why = look?.kind === 'failed' ? look.why : look ? null : (memory?.tunnels.unread ?? null);
	return { seen: Object.fromEntries(seen), unread: seen.length > 0 ? why : null };
}

/** Tunnels that Meraki calls anything but reachable. A peer that is missing in its answer is not known to be down. */
export function tunnelConditions(
	organization: Pick<Organization, 'id'>,
	outcomes: readonly PairOutcome[],
	snapshot: Pick<OrganizationSnapshot, 'now' | 'memory'>,
	{ seen, unread }: OrganizationMemory['tunnels'],
): Condition[] {
	const known = new Map(Object.entries(seen));
	const down = watchedPairs(outcomes, snapshot).flatMap((outcome) => {
		const word = known.get(keyOf(outcome))?.reachability ?? null;
		return word === null || word.toLowerCase() === REACHABLE
			? []
			: [tunnelCondition(outcome, word, snapshot)];
	});
	const parts = unread === null ? [] : [{ what: 'tunnels' as const, why: unread }];
	return [...down, ...unreadableConditions(organization.id, parts)];
}

function tunnelCondition(
	outcome: JudgedPair,
	word: string,
	{ now, memory }: Pick<OrganizationSnapshot, 'now' | 'memory'>,
): Condition {
	const { network, pair } = outcome;
	const explanation = `Meraki's VPN status calls the tunnel to ${pair.active.peer} “${word}”.`;
	return {
		key: JSON.stringify(['tunnel', network.id, pair.pair]),
		fingerprint: pair.active.peer,
		tellAfterMs: 0,
		comesAndGoes: true,
		severity: 'warning',
		heading: 'Backup tunnel not reachable',
		nextStep:
			'Send traffic through it and look at the VPN status page: a tunnel may be down only because no traffic called it up. Nothing moves because of this.',
		incidentPeer: pair.primary.peer,
		row: { ...rowOf(outcome, explanation, null), durationMs: now - (backupSince(outcome, memory) ?? now) },
	};
}

function isNewMove(outcome: PairOutcome, memory: OrganizationMemory): boolean {
	return (
		outcome.kind === 'judged' &&
		outcome.verdict.kind === 'move' &&
		!Object.hasOwn(memory.told, moveKey(outcome.network.id, outcome.pair.pair))
	);
}

/** Pairs of which memory knows that the same backup has been active for long enough. */
function watchedPairs(
	outcomes: readonly PairOutcome[],
	{ now, memory }: Pick<OrganizationSnapshot, 'now' | 'memory'>,
): JudgedPair[] {
	return outcomes.filter((outcome): outcome is JudgedPair => {
		const since = outcome.kind === 'judged' ? backupSince(outcome, memory) : null;
		return since !== null && now - since >= JUDGED_AFTER_MS;
	});
}

function keyOf({ network, pair }: JudgedPair): string {
	return pairKey(network.id, pair.pair);
}

/** Meraki's word for the tunnel to the active peer; `null` where it says nothing, or not of which peer. */
function wordOf(outcome: JudgedPair, peers: KnownPeers, statuses: readonly VpnStatus[]): string | null {
	const tunnels = statuses.flatMap((status) => status.tunnels);
	const words = tunnelsTo(outcome, peers, tunnels).flatMap(({ reachability }) => reachability ?? []);
	return words.find((word) => word.toLowerCase() === REACHABLE) ?? words[0] ?? null;
}

/** By the name of the one VPN peer that lists the up tag, else by its public IP or by the IPs listed for it. */
function tunnelsTo(
	{ pair, peers: readings }: JudgedPair,
	peers: KnownPeers,
	tunnels: readonly TunnelStatus[],
): readonly TunnelStatus[] {
	const { tracking } = readings.active;
	const listed = tracking.kind === 'tracked' ? tracking.ips : [];
	if (peers.kind !== 'known') return tunnels.filter((tunnel) => isAt(tunnel, listed));
	const [peer, ...others] = peers.peers.filter((each) => each.networkTags.includes(pair.active.upTag));
	if (peer === undefined || others.length > 0) return [];
	const named = tunnels.filter(({ peerName }) => peerName === peer.name);
	return named.length > 0 ? named : tunnels.filter((tunnel) => isAt(tunnel, [peer.publicIp ?? '']));
}

function isAt({ publicIp }: TunnelStatus, ips: readonly string[]): boolean {
	return publicIp !== null && ips.includes(publicIp);
}
