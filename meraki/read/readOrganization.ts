import { evaluate } from '../../core/evaluate/evaluateOrganization';
import type { Evaluation } from '../../core/evaluate/evaluateOrganization';
import { EARLIER_LOOKS_MS, MOST_ROUNDS } from '../../core/evaluate/snapshot';
import type { Earlier, History, Knowledge, Needs } from '../../core/evaluate/snapshot';
import type { OrganizationMemory } from '../../core/memory/memory';
import { MINUTE_MS, windowStart } from '../../core/health/series';
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
	readonly knowledge: Knowledge;
	readonly outcomes: Evaluation['outcomes'];
	readonly watch: Evaluation['watch'];
	/** To be remembered; `null` when they could not be read. */
	readonly peers: OrganizationMemory['peers'];
	/** What could not be read, in Meraki's words; the run went on without it. */
	readonly unreadable: readonly UnreadablePart[];
	/** What Meraki says of tunnels to active backups; missing where none was to be looked up (R8.2). */
	readonly tunnels: TunnelLook | undefined;
}

/** Peers are asked for again after this long (design: a quiet run costs two calls). */
const PEERS_KEPT_MS = 10 * MINUTE_MS;
/** Above this, the whole list costs fewer calls than asking by network. */
const MOST_NETWORKS_BY_ID = 50;
/** Whole seconds in `Date`, and the clocks of Meraki's servers. */
const CLOCK_TOLERANCE_MS = MINUTE_MS;
/** `t1` can be at most five minutes after `t0` (uplinksLossAndLatency). */
const LONGEST_READ_MS = 5 * MINUTE_MS;

/** What is to be read although no decision depends on it. */
export type MoreNeeds = (outcomes: Evaluation['outcomes'], knowledge: Knowledge, settings: Settings) => Needs;

const noMoreNeeds: MoreNeeds = () => ({ statusesOf: [], historyOf: [], earlierOf: [] });

/**
 * Reads what the evaluation of one organization needs, and no more: loss and networks always, peers when not
 * remembered, statuses and history only where a decision depends on them. Throws `MerakiApiError` when loss or
 * networks cannot be read: then nothing may be decided (R4.5).
 */
export async function observe(
	client: MerakiClient,
	organizationId: string,
	settings: Settings,
	grammar: TagGrammar,
	stored: OrganizationMemory | null,
	moreNeeds: MoreNeeds = noMoreNeeds,
): Promise<Observation> {
	const newest = { kind: 'newest' } as const;
	const [loss, networks] = await settleAll(
		client.lossAndLatency(organizationId, newest),
		client.networks(organizationId),
	);
	const now = client.nowOrThrow();
	const memory = stored !== null && stored.evaluatedAt <= now + CLOCK_TOLERANCE_MS ? stored : null;
	const unreadable: UnreadablePart[] = [
		...loss.skipped.map((row) => ({ what: 'rows' as const, why: `${row.path} ${row.why}` })),
		...networks.skipped.map((row) => ({ what: 'networks' as const, why: `${row.path} ${row.why}` })),
	];
	const takesPart = networks.rows.some((network) => hasVpnTag(network, grammar));
	const peers = await readPeers(client, organizationId, settings, memory, now, takesPart, unreadable);
	let knowledge: Knowledge = {
		now,
		networks: networks.rows,
		rows: loss.rows,
		peers: peers.known,
		memory,
		statuses: new Map(),
		history: new Map(),
		earlier: new Map(),
	};
	let evaluation = evaluate(knowledge, settings, grammar);
	for (let round = 1; round < MOST_ROUNDS; round += 1) {
		const { outcomes } = evaluation;
		const needs = hasNeeds(evaluation.needs) ? evaluation.needs : moreNeeds(outcomes, knowledge, settings);
		if (!hasNeeds(needs)) break;
		knowledge = await learn(client, organizationId, knowledge, needs, settings, unreadable);
		evaluation = evaluate(knowledge, settings, grammar);
	}
	const { outcomes, watch } = evaluation;
	const toLookUp = tunnelsToLookUp(outcomes, knowledge);
	const tunnels = await lookUpTunnels(client, organizationId, toLookUp, networks.rows.length);
	return { knowledge, outcomes, watch, peers: peers.remembered, unreadable, tunnels };
}

/** Both requests run at once; neither is left behind when the other fails. */
async function settleAll<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
	await Promise.allSettled([one, other]);
	return [await one, await other];
}

function hasVpnTag(network: Network, grammar: TagGrammar): boolean {
	return network.tags.some((tag) => grammar.read(tag) !== null);
}

function hasNeeds({ statusesOf, historyOf, earlierOf }: Needs): boolean {
	return statusesOf.length > 0 || historyOf.length > 0 || earlierOf.length > 0;
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
	takesPart: boolean,
	unreadable: UnreadablePart[],
): Promise<ReadPeers> {
	const remembered = memory?.peers ?? null;
	if (settings.trackedIps.kind !== 'vpnPeers' || !takesPart)
		return { known: { kind: 'notReadable' }, remembered };
	const ageMs = remembered === null ? Infinity : now - remembered.readAt;
	if (remembered && ageMs >= 0 && ageMs < PEERS_KEPT_MS)
		return { known: { kind: 'known', peers: remembered.list }, remembered };
	const read = await readOrReason(client.vpnPeers(organizationId));
	if (read.kind === 'read') {
		const list = read.value.rows;
		return { known: { kind: 'known', peers: list }, remembered: { readAt: now, list } };
	}
	unreadable.push({ what: 'peers', why: read.why });
	return { known: { kind: 'notReadable' }, remembered: null };
}

/** Answers what the evaluation asked for; what Meraki refuses is readOrReason with "not readable". */
async function learn(
	client: MerakiClient,
	organizationId: string,
	knowledge: Knowledge,
	needs: Needs,
	settings: Settings,
	unreadable: UnreadablePart[],
): Promise<Knowledge> {
	const statuses = new Map(knowledge.statuses);
	if (needs.statusesOf.length > 0) {
		const read = await readStatuses(client, organizationId, needs.statusesOf, knowledge.rows, unreadable);
		for (const [id, status] of read) statuses.set(id, status);
	}
	const history = new Map(knowledge.history);
	for (const { ip, since } of needs.historyOf) {
		// Into the default read, which is of at least three minutes and ends two minutes ago.
		const untilAt = windowStart(knowledge.now, settings.windowMinutes) + MINUTE_MS;
		history.set(ip, await readHistory(client, organizationId, ip, since, untilAt, unreadable));
	}
	const earlier = new Map(knowledge.earlier);
	for (const { ip, look } of needs.earlierOf) {
		earlier.set(ip, await lookEarlier(client, organizationId, ip, look, knowledge, unreadable));
	}
	return { ...knowledge, statuses, history, earlier };
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

/** R4.6: one look at an earlier time, which serves every network that asks for this destination. */
async function lookEarlier(
	client: MerakiClient,
	organizationId: string,
	ip: string,
	look: number,
	{ now, earlier }: Knowledge,
	unreadable: UnreadablePart[],
): Promise<Earlier> {
	const before = earlier.get(ip) ?? { rows: [], looks: 0, isIncomplete: false };
	const untilAt = now - (EARLIER_LOOKS_MS[look] ?? 0);
	const window = { kind: 'between', fromAt: untilAt - LONGEST_READ_MS, untilAt, ip } as const;
	const read = await readOrReason(client.lossAndLatency(organizationId, window));
	if (read.kind === 'failed') {
		unreadable.push({ what: 'history', why: read.why });
		return { rows: before.rows, looks: look + 1, isIncomplete: true };
	}
	return { rows: [...before.rows, ...read.value.rows], looks: look + 1, isIncomplete: before.isIncomplete };
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
			return { rows, knownSince: since, isIncomplete: true };
		}
		for (const row of read.value.rows) rows.push(row);
	}
	return { rows, knownSince: since, isIncomplete: false };
}
