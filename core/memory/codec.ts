import { asFields, asFiniteNumber, asList, asText, asTexts, field, oneOf } from '../domain/untrusted';
import type { Fields } from '../domain/untrusted';
import { EMPTY_MEMORY, MEMORY_VERSION } from './memory';
import type {
	AskedMove,
	Failures,
	Incident,
	HeldBackup,
	LoadedMemory,
	Memory,
	OrganizationMemory,
	Told,
	PairMemory,
	SeenHealthy,
	RememberedTunnel,
	RememberedTunnels,
} from './memory';
import type { LossRow, LossSample, VpnPeer } from '../domain/types';

/** Stored values become memory, or a fresh start. One damaged organization does not cost the others theirs. */
export function loadMemory(stored: unknown): LoadedMemory {
	const fields = asFields(stored);
	if (stored === undefined || stored === null || (fields && Object.keys(fields).length === 0)) {
		return { kind: 'fresh', memory: EMPTY_MEMORY };
	}
	const organizations = asFields(field(fields, 'organizations'));
	if (field(fields, 'version') !== MEMORY_VERSION || !organizations)
		return { kind: 'damaged', memory: EMPTY_MEMORY };
	const entries = Object.entries(organizations).map(([id, value]) => [id, readOrganization(value)] as const);
	const usable = entries.filter((entry): entry is [string, OrganizationMemory] => entry[1] !== undefined);
	return {
		kind: usable.length === entries.length ? 'loaded' : 'damaged',
		memory: { version: MEMORY_VERSION, organizations: Object.fromEntries(usable) },
	};
}

function readOrganization(value: unknown): OrganizationMemory | undefined {
	const fields = asFields(value);
	const evaluatedAt = asFiniteNumber(field(fields, 'evaluatedAt'));
	const rows = readAll(field(fields, 'rows'), readRow);
	const pairs = readRecord(field(fields, 'pairs'), readPair);
	const told = readRecord(field(fields, 'told'), readTold);
	const incidents = readRecord(field(fields, 'incidents'), readIncident);
	const seenHealthy = readRecord(field(fields, 'seenHealthy'), readSeenHealthy);
	if (evaluatedAt === undefined || !rows || !pairs || !seenHealthy || !told || !incidents) return undefined;
	const failures = readFailures(asFields(field(fields, 'failures')));
	return {
		evaluatedAt,
		rows,
		pairs,
		seenHealthy,
		managed: readManaged(asFields(field(fields, 'managed'))),
		told,
		tunnels: readTunnels(asFields(field(fields, 'tunnels'))),
		incidents,
		failures,
		name: asText(field(fields, 'name')) ?? null,
		peers: readPeers(asFields(field(fields, 'peers'))),
	};
}

function readAll<T>(value: unknown, read: (each: unknown) => T | undefined): T[] | undefined {
	const all = asList(value)?.map(read);
	return all?.every((each): each is T & {} => each !== undefined) ? all : undefined;
}

function readRecord<T>(
	value: unknown,
	read: (fields: Fields) => T | undefined,
): Record<string, T> | undefined {
	return readEntries(value, (each) => read(asFields(each) ?? {}));
}

/** Each entry, or nothing at all where one cannot be read. */
function readEntries<T>(
	value: unknown,
	read: (each: unknown) => T | undefined,
): Record<string, T> | undefined {
	const fields = asFields(value);
	if (!fields) return undefined;
	const entries = Object.entries(fields).map(([key, each]) => [key, read(each)] as const);
	const areAllRead = entries.every((entry): entry is [string, T & {}] => entry[1] !== undefined);
	return areAllRead ? Object.fromEntries(entries) : undefined;
}

/** Stored as [networkId, serial, uplink, ip, [[sampledAt, loss, latency], ...]] to stay small. */
function readRow(value: unknown): LossRow | undefined {
	const [networkId, serial, uplink, ip, samples] = asList(value) ?? [];
	const texts = asTexts([networkId, serial, uplink, ip]);
	const read = readAll(samples, readSample);
	if (!texts || !read) return undefined;
	const [network = '', device = '', wan = '', destination = ''] = texts;
	return { networkId: network, serial: device, uplink: wan, ip: destination, samples: read };
}

function readSample(value: unknown): LossSample | undefined {
	const [at, loss, latency] = asList(value) ?? [];
	const sampledAt = asFiniteNumber(at);
	if (sampledAt === undefined || !isNumberOrNull(loss) || !isNumberOrNull(latency)) return undefined;
	if (loss !== null && (loss < 0 || loss > 100)) return undefined;
	return { sampledAt, lossPercent: loss, latencyMs: latency };
}

function isNumberOrNull(value: unknown): value is number | null {
	return value === null || asFiniteNumber(value) !== undefined;
}

function readPair(fields: Fields): PairMemory | undefined {
	const asked = readAll(field(fields, 'asked'), (each) => readAsked(asFields(each)));
	const failoversAt = readAll(field(fields, 'failoversAt'), asFiniteNumber);
	const seenAt = asFiniteNumber(field(fields, 'seenAt'));
	const held = field(fields, 'held') === null ? null : readHeld(asFields(field(fields, 'held')));
	if (!asked || !failoversAt || seenAt === undefined || held === undefined) return undefined;
	return { held, asked, failoversAt, seenAt };
}

function readHeld(fields: Fields | undefined): HeldBackup | undefined {
	const role = asText(field(fields, 'role'));
	const peer = asText(field(fields, 'peer'));
	const since = asFiniteNumber(field(fields, 'since'));
	const how = oneOf(field(fields, 'how'), ['asked', 'seen', 'byHand'] as const);
	if (role === undefined || peer === undefined || since === undefined || !how) return undefined;
	return { role, peer, since, how };
}

function readAsked(fields: Fields | undefined): AskedMove | undefined {
	const role = asText(field(fields, 'role'));
	const peer = asText(field(fields, 'peer'));
	const action = oneOf(field(fields, 'action'), ['failover', 'swapBack'] as const);
	const at = asFiniteNumber(field(fields, 'at'));
	if (role === undefined || peer === undefined || !action || at === undefined) return undefined;
	return { role, peer, action, at };
}

function readSeenHealthy(fields: Fields): SeenHealthy | undefined {
	const at = asFiniteNumber(field(fields, 'at'));
	const kind = oneOf(field(fields, 'kind'), ['yes', 'never'] as const);
	if (kind === 'never') return at === undefined ? undefined : { kind, at };
	return kind && { kind };
}

function readManaged(fields: Fields | undefined): OrganizationMemory['managed'] {
	const count = asFiniteNumber(field(fields, 'count'));
	const at = asFiniteNumber(field(fields, 'at'));
	return count !== undefined && at !== undefined ? { count, at } : null;
}

function readTold(fields: Fields): Told | undefined {
	const fingerprint = field(fields, 'fingerprint');
	const title = field(fields, 'title');
	const since = asFiniteNumber(field(fields, 'since'));
	const toldAt = field(fields, 'toldAt');
	if (typeof fingerprint !== 'string' || typeof title !== 'string' || since === undefined) return undefined;
	const seenAt = asFiniteNumber(field(fields, 'seenAt'));
	if (!isNumberOrNull(toldAt)) return undefined;
	return { fingerprint, since, toldAt, title, ...(seenAt === undefined ? {} : { seenAt }) };
}

/** Missing in memory of versions that did not look at tunnels; a damaged one costs a look and a repeated notice. */
function readTunnels(fields: Fields | undefined): RememberedTunnels {
	const seen = readRecord(field(fields, 'seen'), readTunnel) ?? {};
	return { seen, unread: asText(field(fields, 'unread')) ?? null };
}

function readTunnel(fields: Fields): RememberedTunnel | undefined {
	const peer = asText(field(fields, 'peer'));
	const lookedUpAt = asFiniteNumber(field(fields, 'lookedUpAt'));
	const reachability = asText(field(fields, 'reachability')) ?? null;
	return peer === undefined || lookedUpAt === undefined ? undefined : { peer, lookedUpAt, reachability };
}

function readIncident(fields: Fields): Incident | undefined {
	const id = asText(field(fields, 'id'));
	const startedAt = asFiniteNumber(field(fields, 'startedAt'));
	const seenAt = asFiniteNumber(field(fields, 'seenAt'));
	return id !== undefined && startedAt !== undefined && seenAt !== undefined
		? { id, startedAt, seenAt }
		: undefined;
}

function readFailures(fields: Fields | undefined): Failures | null {
	const count = asFiniteNumber(field(fields, 'count'));
	const since = asFiniteNumber(field(fields, 'since'));
	const toldAt = field(fields, 'toldAt');
	return count !== undefined && since !== undefined && isNumberOrNull(toldAt)
		? { count, since, toldAt }
		: null;
}

function readPeers(fields: Fields | undefined): OrganizationMemory['peers'] {
	const readAt = asFiniteNumber(field(fields, 'readAt'));
	const list = readAll(field(fields, 'list'), readPeer);
	return readAt !== undefined && list ? { readAt, list } : null;
}

/** Field by field, so that nothing else that a peer brings can be stored. */
function readPeer(value: unknown): VpnPeer | undefined {
	const fields = asFields(value);
	const name = field(fields, 'name');
	const networkTags = asTexts(field(fields, 'networkTags'));
	if (typeof name !== 'string' || !networkTags) return undefined;
	return {
		name,
		networkTags,
		publicIp: asText(field(fields, 'publicIp')) ?? null,
		publicHostname: asText(field(fields, 'publicHostname')) ?? null,
		hasNativeFailover: field(fields, 'hasNativeFailover') === true,
	};
}

/** The JSON that is stored: what {@link loadMemory} reads back. */
export function storedMemory(memory: Memory): Record<string, unknown> {
	const organizations = Object.entries(memory.organizations).map(([id, organization]) => [
		id,
		{ ...organization, rows: organization.rows.map(storedRow) },
	]);
	return { version: memory.version, organizations: Object.fromEntries(organizations) };
}

function storedRow({ networkId, serial, uplink, ip, samples }: LossRow): unknown[] {
	return [
		networkId,
		serial,
		uplink,
		ip,
		samples.map(({ sampledAt, lossPercent, latencyMs }) => [sampledAt, lossPercent, latencyMs]),
	];
}
