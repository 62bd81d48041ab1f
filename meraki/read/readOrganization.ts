import { isMerakiApiError } from '../http/merakiApiError';
import { MINUTE_MS } from '../../core/domain/time';
import { evaluateOrganization } from '../../core/evaluate/evaluateOrganization';
import type { Evaluation } from '../../core/evaluate/evaluateOrganization';
import { LOOKS_BACK_MS } from '../../core/evaluate/snapshot';
import type { Lookback, History, OrganizationSnapshot, DataRequests } from '../../core/evaluate/snapshot';
import type { OrganizationMemory } from '../../core/memory/memory';
import { windowStart } from '../../core/health/series';
import type { UnreadablePart } from '../../core/notify/organizationAlerts';
import type { Settings } from '../../core/settings/settings';
import type { TagGrammar } from '../../core/tags/tagFormat';
import type { KnownPeers } from '../../core/health/trackedIps';
import { tunnelsToLookUp } from '../../core/notify/tunnelAlerts';
import type { TunnelLook } from '../../core/notify/tunnelAlerts';
import type { ApplianceStatus, LossRow, Network } from '../../core/domain/types';
import { readOrReason } from '../http/result';
import type { MerakiClient } from '../client/client';
import { lookUpTunnels } from './readTunnels';

/** One organization as it was read, and what that means. */
export interface Observation {
	readonly snapshot: OrganizationSnapshot;
	readonly outcomes: Evaluation['outcomes'];
	/** To be remembered; `null` when they could not be read. */
	readonly peers: OrganizationMemory['peers'];
	/** What could not be read, in Meraki's words; the run went on without it. */
	readonly unreadable: readonly UnreadablePart[];
	/** What Meraki says of tunnels to active backups; missing where none was to be looked up (R8.5). */
	readonly tunnels: TunnelLook | undefined;
}

/** Peers are asked for again after this long, so that a quiet run costs two calls. */
const PEERS_KEPT_MS = 10 * MINUTE_MS;
/** Above this, the whole list costs fewer calls than asking by network. */
const MOST_NETWORKS_BY_ID = 50;
/** Whole seconds in `Date`, and the clocks of Meraki's servers. */
const CLOCK_TOLERANCE_MS = MINUTE_MS;
/** `t1` can be at most five minutes after `t0` (uplinksLossAndLatency). */
const LONGEST_READ_MS = 5 * MINUTE_MS;

/** What is to be read although no decision depends on it. */
export type MoreRequests = (
	outcomes: Evaluation['outcomes'],
	snapshot: OrganizationSnapshot,
	settings: Settings,
) => DataRequests;

const noMoreRequests: MoreRequests = () => ({ statusesOf: [], historyOf: [], lookbacksOf: [] });

/**
 * Rounds of reading: loss and networks first, then statuses and looks back together, then history for a swap back. A
 * readiness check may ask for more once. A pair that still asks for data is not judged in this run.
 */
const MAX_ROUNDS = 3;
const MAX_ROUNDS_WITH_MORE = 5;

/**
 * Reads what the evaluation of one organization needs, and no more: loss and networks always, peers when not
 * remembered, statuses and history only where a decision depends on them. Throws `MerakiApiError` when loss or
 * networks cannot be read: then nothing may be decided (R4.6).
 */
export async function observe(
	client: MerakiClient,
	organizationId: string,
	settings: Settings,
	grammar: TagGrammar,
	stored: OrganizationMemory | null,
	more: MoreRequests = noMoreRequests,
): Promise<Observation> {
	const { loss, networks } = await readLossAndNetworks(client, organizationId, grammar);
	const now = client.nowOrThrow();
	const memory = stored !== null && stored.evaluatedAt <= now + CLOCK_TOLERANCE_MS ? stored : null;
	const unreadable: UnreadablePart[] = [
		...loss.skipped.map((row) => ({ what: 'rows' as const, why: `${row.path} ${row.why}` })),
		...networks.skipped.map((row) => ({ what: 'networks' as const, why: `${row.path} ${row.why}` })),
	];
	const isManaged = networks.rows.some((network) => takesPart(network, grammar));
	const peers = await readPeers(client, organizationId, settings, memory, now, isManaged, unreadable);
	let snapshot: OrganizationSnapshot = {
		now,
		networks: networks.rows,
		rows: loss.rows,
		peers: peers.known,
		memory,
		statuses: new Map(),
		history: new Map(),
		lookbacks: new Map(),
	};
	let evaluation = evaluateOrganization(snapshot, settings, grammar);
	const maxRounds = more === noMoreRequests ? MAX_ROUNDS : MAX_ROUNDS_WITH_MORE;
	for (let round = 1; round < maxRounds; round += 1) {
		const { outcomes } = evaluation;
		const requests = asksForData(evaluation.requests)
			? evaluation.requests
			: more(outcomes, snapshot, settings);
		if (!asksForData(requests)) break;
		snapshot = await fetchMissing(client, organizationId, snapshot, requests, settings, unreadable);
		evaluation = evaluateOrganization(snapshot, settings, grammar);
	}
	const { outcomes } = evaluation;
	const toLookUp = tunnelsToLookUp(outcomes, snapshot);
	const tunnels = await lookUpTunnels(client, organizationId, toLookUp, networks.rows.length);
	return { snapshot, outcomes, peers: peers.remembered, unreadable, tunnels };
}

/**
 * Both requests run at once; neither is left behind when the other fails. An organization without any appliance that
 * takes part has no loss: there Meraki answers 404 or 400, which says nothing is wrong.
 */
async function readLossAndNetworks(client: MerakiClient, organizationId: string, grammar: TagGrammar) {
	const reading = client.lossAndLatency(organizationId, { kind: 'newest' });
	const listing = client.networks(organizationId);
	const [read] = await Promise.allSettled([reading, listing]);
	const networks = await listing;
	if (read.status === 'fulfilled') return { loss: read.value, networks };
	const isExpected =
		isMerakiApiError(read.reason) &&
		(read.reason.kind === 'notFound' || read.reason.kind === 'badRequest') &&
		!networks.rows.some((network) => takesPart(network, grammar));
	if (!isExpected) throw read.reason;
	return { loss: { rows: [], skipped: [] }, networks };
}

function takesPart({ hasAppliance, tags }: Network, grammar: TagGrammar): boolean {
	return hasAppliance && tags.some((tag) => grammar.read(tag) !== null);
}

function asksForData({ statusesOf, historyOf, lookbacksOf }: DataRequests): boolean {
	return statusesOf.length > 0 || historyOf.length > 0 || lookbacksOf.length > 0;
}

interface ReadPeers {
	readonly known: KnownPeers;
	readonly remembered: OrganizationMemory['peers'];
}

async function readPeers(
	client: MerakiClient,
	organizationId: string,
	settings: Settings,
	memory: OrganizationMemory | null,
	now: number,
	isManaged: boolean,
	unreadable: UnreadablePart[],
): Promise<ReadPeers> {
	const remembered = memory?.peers ?? null;
	if (settings.trackedIps.kind !== 'vpnPeers' || !isManaged)
		return { known: { kind: 'notReadable' }, remembered };
	const ageMs = remembered === null ? Infinity : now - remembered.readAt;
	if (remembered && ageMs >= 0 && ageMs < PEERS_KEPT_MS)
		return { known: { kind: 'known', peers: remembered.list }, remembered };
	const read = await readOrReason(client.vpnPeers(organizationId));
	if (read.kind === 'read') {
		const { rows: list, skipped } = read.value;
		for (const { path, why } of skipped) unreadable.push({ what: 'peerParts', why: `${path} ${why}` });
		return { known: { kind: 'known', peers: list }, remembered: { readAt: now, list } };
	}
	unreadable.push({ what: 'peers', why: read.why });
	return { known: { kind: 'notReadable' }, remembered: null };
}

/** Answers what the evaluation asked for; what Meraki refuses is answered with "not readable". */
async function fetchMissing(
	client: MerakiClient,
	organizationId: string,
	snapshot: OrganizationSnapshot,
	requests: DataRequests,
	settings: Settings,
	unreadable: UnreadablePart[],
): Promise<OrganizationSnapshot> {
	const statuses = new Map(snapshot.statuses);
	if (requests.statusesOf.length > 0) {
		const read = await readStatuses(client, organizationId, requests.statusesOf, snapshot.rows, unreadable);
		for (const [id, status] of read) statuses.set(id, status);
	}
	const history = new Map(snapshot.history);
	for (const { ip, since } of requests.historyOf) {
		// Into the default read, which is of at least three minutes and ends two minutes ago.
		const untilAt = windowStart(snapshot.now, settings.windowMinutes) + MINUTE_MS;
		history.set(ip, await readHistory(client, organizationId, ip, since, untilAt, unreadable));
	}
	const lookbacks = new Map(snapshot.lookbacks);
	for (const ip of requests.lookbacksOf) {
		lookbacks.set(ip, await lookBack(client, organizationId, ip, snapshot.now, unreadable));
	}
	return { ...snapshot, statuses, history, lookbacks };
}

async function readStatuses(
	client: MerakiClient,
	organizationId: string,
	networkIds: readonly string[],
	lossRows: readonly LossRow[],
	unreadable: UnreadablePart[],
): Promise<Map<string, ApplianceStatus[] | 'notReadable'>> {
	const asked = networkIds.length > MOST_NETWORKS_BY_ID ? 'all' : networkIds;
	const read = await readOrReason(client.uplinkStatuses(organizationId, asked));
	if (read.kind === 'failed') {
		unreadable.push({ what: 'statuses', why: read.why });
		return new Map(networkIds.map((id) => [id, 'notReadable']));
	}
	const { rows, skipped } = read.value;
	for (const { path, why } of skipped) unreadable.push({ what: 'statuses', why: `${path} ${why}` });
	const statuses = new Map<string, ApplianceStatus[]>(networkIds.map((id) => [id, []]));
	for (const status of rows) statuses.get(status.networkId)?.push(status);
	const inDoubt = skipped.length === 0 ? NOBODY : networksInDoubt(rows, lossRows);
	// A network without a row has told nothing: that is not the same as having no active uplink.
	return new Map(
		[...statuses].map(([id, own]) => [id, own.length > 0 && !inDoubt.has(id) ? own : 'notReadable']),
	);
}

const NOBODY: ReadonlySet<string> = new Set();

/** One of their appliances measures, and its status was not usable: the other must not be judged in its place. */
function networksInDoubt(
	statuses: readonly ApplianceStatus[],
	lossRows: readonly LossRow[],
): ReadonlySet<string> {
	const told = new Set(statuses.map(({ serial }) => serial));
	return new Set(lossRows.filter(({ serial }) => !told.has(serial)).map(({ networkId }) => networkId));
}

/** R4.7: the three looks back, which serve every network that asks for this destination. */
async function lookBack(
	client: MerakiClient,
	organizationId: string,
	ip: string,
	now: number,
	unreadable: UnreadablePart[],
): Promise<Lookback> {
	const looks = await Promise.all(
		LOOKS_BACK_MS.map(async (backMs) => {
			const untilAt = now - backMs;
			const window = { kind: 'between', fromAt: untilAt - LONGEST_READ_MS, untilAt, ip } as const;
			return await readOrReason(client.lossAndLatency(organizationId, window));
		}),
	);
	const failed = looks.filter((look) => look.kind === 'failed');
	for (const { why } of failed) unreadable.push({ what: 'history', why });
	const rows = looks.flatMap((look) => (look.kind === 'read' ? look.value.rows : []));
	return { rows, isIncomplete: failed.length > 0 };
}

/** As much as Meraki gives; a part that cannot be read is unmeasured, and unmeasured moves nothing. */
async function readHistory(
	client: MerakiClient,
	organizationId: string,
	ip: string,
	since: number,
	until: number,
	unreadable: UnreadablePart[],
): Promise<History> {
	const rows: LossRow[] = [];
	for (let fromAt = since; fromAt < until; fromAt += LONGEST_READ_MS) {
		const untilAt = Math.min(fromAt + LONGEST_READ_MS, until);
		const read = await readOrReason(
			client.lossAndLatency(organizationId, { kind: 'between', fromAt, untilAt, ip }),
		);
		if (read.kind === 'failed') {
			unreadable.push({ what: 'history', why: read.why });
			return { rows, knownSince: since };
		}
		for (const row of read.value.rows) rows.push(row);
	}
	return { rows, knownSince: since };
}
