import type { Network } from '../../core/domain/types';
import { isMerakiApiError, MerakiApiError } from '../http/merakiApiError';
import { pathTo } from '../http/urls';
import { settled } from '../http/settled';
import type { BatchStore } from './strategy';

/** Older tags are not written on: Meraki knows no compare-and-set, so the time in between must be short. */
const FRESH_MS = 10_000;
/** Up to so many networks are looked at one by one: as quick, and the list of a big organization is megabytes. */
const FEW = 4;

/** What one look at the tags of some networks has shown. */
export interface TagLook {
	readonly networks: ReadonlyMap<string, Network>;
	/** Not there, or out of this key's sight. A network in neither could not be read. */
	readonly gone: ReadonlyMap<string, MerakiApiError>;
}

/** The newest list of an organization's networks. */
export interface TagReading {
	/** At most ten seconds old; whoever asks at the same time shares one call. Throws `MerakiApiError`. */
	readonly fresh: () => Promise<ReadonlyMap<string, Network>>;
	/** Something has happened since: what is asked for from now on is read from now on. */
	readonly forget: () => void;
}

/** Reads nothing yet. */
export function tagReading(store: BatchStore, organizationId: string): TagReading {
	let newest: { readonly askedWithMs: number; readonly read: Promise<ReadonlyMap<string, Network>> } | null =
		null;
	return {
		fresh: async () => {
			if (newest === null || newest.askedWithMs - store.remainingMs() > FRESH_MS) {
				newest = { askedWithMs: store.remainingMs(), read: listed(store, organizationId) };
			}
			return await newest.read;
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
		const read = await settled(async () => await store.network(id));
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

async function listed(store: BatchStore, organizationId: string): Promise<ReadonlyMap<string, Network>> {
	const { rows } = await store.networks(organizationId);
	return new Map(rows.map((row) => [row.id, row]));
}

function notListed(organizationId: string): MerakiApiError {
	const path = `${pathTo('organizations', organizationId)}/networks`;
	const message = `The network is no longer in the list of the organization's networks (GET ${path}). Check what this key may see.`;
	return new MerakiApiError({ kind: 'notFound', method: 'GET', path, message });
}
