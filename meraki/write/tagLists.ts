import type { Network } from '../../core/domain/types';
import { isMerakiApiError, MerakiApiError } from '../http/merakiApiError';
import { pathTo } from '../http/urls';
import { tryAsync } from '../http/result';
import { type BatchStore, MAX_TAG_AGE_MS } from './strategy';

/** Up to so many networks are looked at one by one: as quick, and the list of a big organization is megabytes. */
const FEW = 4;

/** What one look at the tags of some networks has shown. */
export interface TagLook {
	readonly networks: ReadonlyMap<string, Network>;
	/** Not there, or out of this key's sight. A network in neither could not be read. */
	readonly gone: ReadonlyMap<string, MerakiApiError>;
}

/** The tags of all networks of an organization. */
export interface TagSnapshot {
	readonly networks: ReadonlyMap<string, Network>;
	/** When the answer had arrived, on the clock of `elapsedMs`. */
	readonly readAtMs: number;
}

/** The newest list of an organization's networks. */
export interface TagReading {
	/** Young enough to write on; whoever asks at the same time shares one call. Throws `MerakiApiError`. */
	readonly fresh: () => Promise<TagSnapshot>;
	/** Something has happened since: what is asked for from now on is read from now on. */
	readonly forget: () => void;
}

/** Reads nothing yet. */
export function tagReading(store: BatchStore, organizationId: string): TagReading {
	let newest: Promise<TagSnapshot> | null = null;
	const read = async () => await (newest ??= listed(store, organizationId));
	return {
		fresh: async () => {
			const asked = newest;
			const snapshot = await read();
			if (asked === null || store.elapsedMs() - snapshot.readAtMs < MAX_TAG_AGE_MS) return snapshot;
			// Whoever came first has begun to read anew.
			if (newest === asked) newest = null;
			return await read();
		},
		forget: () => {
			newest = null;
		},
	};
}

/** Looks at networks that were written: one call for many. Throws `MerakiApiError`. */
export async function lookAt(
	store: BatchStore,
	organizationId: string,
	networkIds: readonly string[],
): Promise<TagLook> {
	return networkIds.length <= FEW
		? await eachOf(store, networkIds)
		: await listOf(store, organizationId, networkIds);
}

async function eachOf(store: BatchStore, networkIds: readonly string[]): Promise<TagLook> {
	const networks = new Map<string, Network>();
	const gone = new Map<string, MerakiApiError>();
	const look = async (id: string) => {
		const read = await tryAsync(async () => await store.network(id));
		if (read.kind === 'value') networks.set(id, read.value);
		else if (isMerakiApiError(read.error) && read.error.kind === 'notFound') gone.set(id, read.error);
	};
	await Promise.all(networkIds.map(look));
	return { networks, gone };
}

async function listOf(
	store: BatchStore,
	organizationId: string,
	networkIds: readonly string[],
): Promise<TagLook> {
	const { rows, skipped } = await store.networks(organizationId);
	const networks = new Map(rows.map((row) => [row.id, row]));
	// A row that cannot be read may be any network: then none is known to be gone.
	const absent = skipped.length > 0 ? [] : networkIds.filter((id) => !networks.has(id));
	return { networks, gone: new Map(absent.map((id) => [id, notListed(organizationId)])) };
}

async function listed(store: BatchStore, organizationId: string): Promise<TagSnapshot> {
	const { rows } = await store.networks(organizationId);
	return { networks: new Map(rows.map((row) => [row.id, row])), readAtMs: store.elapsedMs() };
}

function notListed(organizationId: string): MerakiApiError {
	const path = `${pathTo('organizations', organizationId)}/networks`;
	const message = `The network is no longer in the list of the organization's networks (GET ${path}). Check what this key may see.`;
	return new MerakiApiError({ kind: 'notFound', method: 'GET', path, message });
}
