import { MINUTE_MS } from '../../core/domain/time';
import type { Verdict } from '../../core/decide/verdict';
import type { JudgedPair, PairOutcome } from '../../core/decide/outcome';
import { evaluateOrganization } from '../../core/evaluate/evaluateOrganization';
import type { Evaluation } from '../../core/evaluate/evaluateOrganization';
import { LOOKS_BACK_MS } from '../../core/evaluate/snapshot';
import type { Lookback, History, OrganizationSnapshot } from '../../core/evaluate/snapshot';
import { EMPTY_ORGANIZATION_MEMORY } from '../../core/memory/memory';
import type { HeldBackup, OrganizationMemory, PairMemory } from '../../core/memory/memory';
import { PRESETS } from '../../core/settings/presets';
import { DEFAULT_SETTINGS } from '../../core/settings/settings';
import type { Settings } from '../../core/settings/settings';
import { compileTagFormat, DEFAULT_TAG_FORMAT } from '../../core/tags/tagFormat';
import type { TagFormat, VpnTag } from '../../core/tags/tagFormat';
import { readPairs } from '../../core/tags/pairs';
import type { ConsistentPair } from '../../core/tags/pairs';
import type { ApplianceStatus, LossRow, Network, VpnPeer } from '../../core/domain/types';
import { NOW, samples } from './series';
import type { SeriesTimes } from './series';

export const ORGANIZATION = { id: '1001', name: 'Acme' };
export const NETWORK_ID = 'N_1';
export const SERIAL = 'Q2AA-AAAA-AAAA';

export const LONDON_IP = '203.0.113.10';
export const PARIS_IP = '203.0.113.20';
export const ROME_IP = '203.0.113.30';
export const DNS_IP = '8.8.8.8';

export const ON_PRIMARY = ['site-uk', 'london_primary_up', 'paris_backup_down', 'Store.12'];
export const ON_BACKUP = ['site-uk', 'london_primary_down', 'paris_backup_up', 'Store.12'];
/** London, then Paris, then Rome. */
export const THREE_ON_PRIMARY = ['london_primary_up', 'paris_backup_down', 'rome_backup2_down'];
export const THREE_ON_PARIS = ['london_primary_down', 'paris_backup_up', 'rome_backup2_down'];
export const THREE_ON_ROME = ['london_primary_down', 'paris_backup_down', 'rome_backup2_up'];

/** The published pattern, in which one bad sample is enough: the shortest series say the most. */
export function settings(changes: Partial<Settings> = {}): Settings {
	return { ...DEFAULT_SETTINGS, ...PRESETS.ciscoSample, ...changes };
}

export function network(tags: readonly string[], changes: Partial<Network> = {}): Network {
	return {
		id: NETWORK_ID,
		organizationId: ORGANIZATION.id,
		name: 'Leeds',
		url: 'https://n1.meraki.com/Leeds/n/abc/manage',
		tags,
		hasAppliance: true,
		timeZone: 'Europe/London',
		notes: null,
		...changes,
	};
}

export function vpnPeer(name: string, publicIp: string | null, ...networkTags: string[]): VpnPeer {
	return { name, publicIp, publicHostname: null, networkTags, hasNativeFailover: false };
}

export const LONDON = vpnPeer('London hub', LONDON_IP, 'london_primary_up');
export const PARIS = vpnPeer('Paris hub', PARIS_IP, 'paris_backup_up');
export const ROME = vpnPeer('Rome hub', ROME_IP, 'rome_backup2_up');
export const PEERS: readonly VpnPeer[] = [LONDON, PARIS, ROME];

/** One row of loss data: the destination and its series in shorthand. */
export function row(
	ip: string,
	series: string,
	{ now, lagMs, offsetMs, ...keys }: Partial<Omit<LossRow, 'samples'>> & SeriesTimes = {},
): LossRow {
	const times = {
		...(now === undefined ? {} : { now }),
		...(lagMs === undefined ? {} : { lagMs }),
		...(offsetMs === undefined ? {} : { offsetMs }),
	};
	return {
		networkId: NETWORK_ID,
		serial: SERIAL,
		uplink: 'wan1',
		ip,
		...keys,
		samples: samples(series, times),
	};
}

/** `online('wan1')`: an appliance with these uplinks active. */
export function appliance(
	active: readonly string[],
	changes: Partial<ApplianceStatus> & { readonly failed?: readonly string[] } = {},
): ApplianceStatus {
	const { failed = [], ...rest } = changes;
	return {
		networkId: NETWORK_ID,
		serial: SERIAL,
		role: 'primary',
		lastReportedAt: NOW,
		uplinks: [
			...active.map((uplink) => ({ uplink, status: 'active' })),
			...failed.map((uplink) => ({ uplink, status: 'failed' })),
		],
		...rest,
	};
}

export interface Branch {
	readonly tags: readonly string[];
	/** Series of the three peers on wan1; a peer without one has no row. */
	readonly london?: string;
	readonly paris?: string;
	readonly rome?: string;
	/** Further rows. */
	readonly rows?: readonly LossRow[];
	readonly now?: number;
	readonly settings?: Partial<Settings>;
	readonly peers?: OrganizationSnapshot['peers'];
	/** Default: one appliance with wan1 active. `notAsked`: what the evaluation needs is not answered. */
	readonly statuses?: readonly ApplianceStatus[] | 'notReadable' | 'notAsked';
	/** Rows that memory kept; its runs were close to each other. Without them nothing is remembered. */
	readonly remembered?: readonly LossRow[];
	/** More of the memory; counts only with `remembered`. */
	readonly memory?: Partial<OrganizationMemory>;
	/** What Meraki answers when history is asked for, by default clean minutes; `notAsked`: it is not; `notAnswered`: Meraki does not. */
	readonly history?: readonly LossRow[] | 'notAsked' | 'notAnswered';
	/** What looks at earlier days bring (R4.7); by default every destination was healthy then. */
	readonly earlier?: readonly LossRow[] | 'notAsked';
}

/** Judges one branch, answering what the evaluation asks for as a run would. */
export function evaluateBranch(branch: Branch): Evaluation {
	const chosen = settings(branch.settings ?? {});
	const now = branch.now ?? NOW;
	const grammar = compileTagFormat(chosen.tagFormat);
	let snapshot: OrganizationSnapshot = {
		now,
		networks: [network(branch.tags)],
		rows: [...peerRows(branch, now), ...(branch.rows ?? [])],
		peers: branch.peers ?? { kind: 'known', peers: PEERS },
		memory: null,
		statuses: new Map(),
		history: new Map(),
		lookbacks: new Map(),
	};
	snapshot = { ...snapshot, memory: memoryOf(branch, snapshot) };
	let evaluation = evaluateOrganization(snapshot, chosen, grammar);
	for (let round = 1; round <= 2; round += 1) {
		snapshot = answer(branch, snapshot, evaluation);
		evaluation = evaluateOrganization(snapshot, chosen, grammar);
	}
	return evaluation;
}

function memoryOf({ remembered, memory }: Branch, { now }: OrganizationSnapshot): OrganizationMemory | null {
	if (remembered === undefined) return null;
	return {
		...EMPTY_ORGANIZATION_MEMORY,
		evaluatedAt: now - 30_000,
		rows: remembered,
		pairs: HELD,
		...memory,
	};
}

/** A backup that was active when a pair was last seen. */
export type HeldRole = HeldBackup & { readonly seenAt: number };

/** The memory of pairs that hold these backups; an own failover led to those that were asked for. */
export function heldPairs(roles: Readonly<Record<string, HeldRole>>): Record<string, PairMemory> {
	return Object.fromEntries(
		Object.entries(roles).map(([key, { seenAt, ...held }]) => [
			key,
			{ held, asked: [], failoversAt: held.how === 'asked' ? [held.since] : [], seenAt },
		]),
	);
}

/** Every backup role was seen before, so that nothing looks like a manual move. */
const HELD = heldPairs({
	[JSON.stringify([NETWORK_ID, ''])]: { role: 'backup', peer: 'paris', since: 0, seenAt: NOW, how: 'seen' },
});

/** More than an hour of clean minutes of every destination. */
function cleanHistory({ networks, now }: OrganizationSnapshot): LossRow[] {
	const minutes = Array.from({ length: 80 }, () => '0').join(' ');
	return networks.flatMap(({ id }) =>
		[LONDON_IP, PARIS_IP, ROME_IP].map((ip) => row(ip, minutes, { now: now - 5 * MINUTE_MS, networkId: id })),
	);
}

/** Answers what an evaluation asked for, once. */
export function answer(
	branch: Pick<Branch, 'statuses' | 'history' | 'earlier'>,
	snapshot: OrganizationSnapshot,
	{ requests }: Evaluation,
): OrganizationSnapshot {
	const { statuses = [appliance(['wan1'])], history = cleanHistory(snapshot), earlier } = branch;
	const statusesOf = statuses === 'notAsked' ? [] : requests.statusesOf.map((id) => [id, statuses] as const);
	const historyOf =
		history === 'notAsked'
			? []
			: requests.historyOf.map(({ ip, since }): [string, History] => [
					ip,
					{
						rows: history === 'notAnswered' ? [] : history.filter((each) => each.ip === ip),
						knownSince: since,
					},
				]);
	const lookbacksOf =
		earlier === 'notAsked'
			? []
			: requests.lookbacksOf.map((ip): [string, Lookback] => {
					const at = snapshot.now - (LOOKS_BACK_MS[0] ?? 0);
					const healthy = snapshot.networks.map(({ id }) => row(ip, '0 0 0 0 0', { now: at, networkId: id }));
					const rows = earlier ?? healthy;
					return [ip, { rows: rows.filter((each) => each.ip === ip), isIncomplete: false }];
				});
	return {
		...snapshot,
		statuses: new Map([...snapshot.statuses, ...statusesOf]),
		history: new Map([...snapshot.history, ...historyOf]),
		lookbacks: new Map([...snapshot.lookbacks, ...lookbacksOf]),
	};
}

function peerRows({ london, paris, rome }: Branch, now: number): LossRow[] {
	return [
		...(london === undefined ? [] : [row(LONDON_IP, london, { now })]),
		...(paris === undefined ? [] : [row(PARIS_IP, paris, { now })]),
		...(rome === undefined ? [] : [row(ROME_IP, rome, { now })]),
	];
}

/** What becomes of the branch, in words: 'failover to paris', 'hold stops failover', 'stays: healthy'. */
export function judged(branch: Branch): string {
	const { outcomes, requests } = evaluateBranch(branch);
	if (requests.statusesOf.length > 0) return 'needs status';
	if (requests.historyOf.length > 0) return 'needs history';
	if (requests.lookbacksOf.length > 0) return 'needs earlier days';
	return outcomes.map(inWords).join(' | ');
}

export function inWords(outcome: PairOutcome): string {
	if (outcome.kind === 'inconsistent') return `tagsInconsistent: ${outcome.pair.problem}`;
	return verdictInWords(outcome.verdict);
}

export function verdictInWords(verdict: Verdict): string {
	switch (verdict.kind) {
		case 'move':
			return `${verdict.action} to ${verdict.to.peer}`;
		case 'vetoed':
			return `${verdict.reason} stops ${verdict.action}`;
		case 'stay':
			return `stays: ${verdict.reason}`;
		case 'needs':
			return verdict.need.kind === 'history' ? 'needs history' : 'needs earlier days';
	}
}

/** The one judged pair of a branch. */
export function judgedPair(branch: Branch): JudgedPair {
	const found = evaluateBranch(branch).outcomes.find((outcome) => outcome.kind === 'judged');
	if (!found) throw new Error('The branch has no judged pair');
	return found;
}

/** The one consistent pair of a tag list. */
export function consistentPair(
	tags: readonly string[],
	format: TagFormat = DEFAULT_TAG_FORMAT,
): ConsistentPair {
	const [pair] = readPairs(tags, compileTagFormat(format));
	if (pair?.kind !== 'consistent') throw new Error(`No consistent pair in ${tags.join(', ')}`);
	return pair;
}

export function vpnTag(tag: string, format: TagFormat = DEFAULT_TAG_FORMAT): VpnTag {
	const read = compileTagFormat(format).read(tag);
	if (!read) throw new Error(`${tag} is no VPN tag`);
	return read;
}
