import type {
	ApplianceStatus,
	LossRow,
	Network,
	Organization,
	VpnPeer,
	VpnStatus,
} from '../../core/domain/types';
import { batchCalls, type BatchProgress, type TagChange } from './batchCalls';
import {
	AUTOMATIC_REQUESTS_PER_SECOND,
	type Budget,
	budgetOfSeconds,
	createRateLimit,
	type RateLimit,
	remainingMs,
	REQUESTS_PER_SECOND_SHARED,
} from '../http/budget';
import { type Call, CALL_MS, type Connection, type Usage } from '../http/connection';
import type { MerakiApiError } from '../http/merakiApiError';
import { noClock } from '../http/errorMessages';
import { type LossWindow, lossQuery, pathTo } from '../http/urls';
import { read, readPages } from '../http/pages';
import { type Parsed, withId } from '../parse/fields';
import type { ActionBatch } from '../parse/actionBatches';
import { lossReading } from '../parse/loss';
import { neededOfNetwork, parseNetwork, parseNetworks } from '../parse/networks';
import { type Identity, parseIdentity, parseOrganization, parseOrganizations } from '../parse/organizations';
import { parsePeers } from '../parse/peers';
import { type AskedNetworks, statusCalls } from './statusCalls';
import type { Runtime } from '../http/transport';
import { pause } from '../http/throttle';

export interface MerakiClientOptions {
	/** From `resolveBaseUrl`. */
	readonly baseUrl: string;
	readonly runtime: Runtime;
	/** For this client, which is for one organization [5]. */
	readonly requestsPerSecond?: number;
	/** Of the whole run [60 s from now]. */
	readonly budget?: Budget;
	/** Pass the same one to all clients of a run that use the same credential [one of its own]. */
	readonly sharedLimit?: RateLimit;
	/** Takes the key out of a text from outside, should Meraki or a proxy echo it [only texts that look like keys]. */
	readonly redact?: (text: string) => string;
}

/**
 * The Dashboard API as this product uses it. One client is for the calls of one organization in one run: the request
 * limit, the usage and the clock are its own. Every method throws `MerakiApiError`, and only that. Reads are sent
 * again after faults that pass; lists are read to their last page and say what was skipped.
 */
export interface MerakiClient {
	identity(): Promise<Identity>;
	organizations(): Promise<Parsed<Organization>>;
	organization(organizationId: string): Promise<Organization>;
	networks(organizationId: string): Promise<Parsed<Network>>;
	network(networkId: string): Promise<Network>;
	/**
	 * Replaces the whole list of tags, once: after an error with `outcomeUnknown` read the network again; after any
	 * other, too, since the list may be stale. Throws `stale` when it cannot be sent before `sendBeforeMs` (of
	 * `elapsedMs`) [any time]. Use a `WriteStrategy`, which does all that.
	 */
	writeTags(networkId: string, tags: readonly string[], sendBeforeMs?: number): Promise<Network>;
	/**
	 * Changes the tags of up to 20 networks, all or none, once: an error with `outcomeUnknown` says that nobody knows.
	 * `sendBeforeMs` as for `writeTags`. Use a `WriteStrategy`, which finds out.
	 */
	createBatch(
		organizationId: string,
		changes: readonly TagChange[],
		sendBeforeMs?: number,
	): Promise<BatchProgress>;
	/** Stores a preview that nothing carries out (unconfirmed), once; its id, to delete it by. */
	storeBatch(organizationId: string, change: TagChange): Promise<string>;
	/** Takes a stored preview away; a confirmed one is refused. */
	deleteBatch(organizationId: string, batchId: string): Promise<void>;
	batch(organizationId: string, batchId: string): Promise<BatchProgress>;
	/** Everybody's batches that are not carried out yet, stored previews included. */
	pendingBatches(organizationId: string): Promise<Parsed<ActionBatch>>;
	lossAndLatency(organizationId: string, window: LossWindow): Promise<Parsed<LossRow>>;
	/** For many networks, `all` costs less: one call a thousand appliances, instead of one for fifty networks. */
	uplinkStatuses(organizationId: string, networks: AskedNetworks): Promise<Parsed<ApplianceStatus>>;
	/** The same at 300 networks a page. A report only: decisions never read it (R8.5). */
	vpnStatuses(organizationId: string, networks: AskedNetworks): Promise<Parsed<VpnStatus>>;
	vpnPeers(organizationId: string): Promise<Parsed<VpnPeer>>;
	/** The API's clock, as of its newest answer, in milliseconds since 1970; `undefined` before the first. */
	now(): number | undefined;
	/** The same; throws `badAnswer` when no answer told the time: without it no decision can be judged (R6). */
	nowOrThrow(): number;
	usage(): Usage;
	/** Milliseconds of the runtime, only ever subtracted from each other. */
	elapsedMs(): number;
	/** How many requests a second this client may send. */
	readonly requestsPerSecond: number;
	/** Milliseconds left of the run. */
	remainingMs(): number;
	/** Waits; `false` when the run was cancelled. */
	pause(ms: number): Promise<boolean>;
	/** Waits `ms` to twice as long, so that overlapping runs do not meet again. */
	pauseAbout(ms: number): Promise<boolean>;
	isCancelled(): boolean;
}

/** Networks and loss come in one answer each: 10,000 sites are tens of megabytes. */
const BIG_READ_MS = 60_000;
const DEFAULT_BUDGET_SECONDS = 60;
/** The documented maximum: one call lists every network, so that a quiet run costs two calls at any size. */
const NETWORKS_PER_PAGE = 100_000;

/** Makes a client; calls nothing yet. */
export function createMerakiClient(options: MerakiClientOptions): MerakiClient {
	const { runtime, requestsPerSecond = AUTOMATIC_REQUESTS_PER_SECOND.reading } = options;
	const connection: Connection = {
		baseUrl: options.baseUrl,
		runtime,
		budget: options.budget ?? budgetOfSeconds(DEFAULT_BUDGET_SECONDS, runtime),
		ownLimit: createRateLimit(requestsPerSecond),
		sharedLimit: options.sharedLimit ?? createRateLimit(REQUESTS_PER_SECOND_SHARED),
		redact: options.redact ?? ((text) => text),
		usage: { calls: 0, waits: 0, rateLimited: 0 },
		newestAnswerAt: undefined,
		rateLimitedBy: null,
	};
	return {
		...organizationCalls(connection),
		...networkCalls(connection),
		...statusCalls(connection),
		...batchCalls(connection),
		now: () => connection.newestAnswerAt,
		nowOrThrow: () => connection.newestAnswerAt ?? raise(noClock(connection)),
		usage: () => connection.usage,
		elapsedMs: () => runtime.elapsedMs(),
		requestsPerSecond,
		remainingMs: () => remainingMs(connection.budget, runtime),
		pause: async (ms) => await pause(ms, runtime),
		pauseAbout: async (ms) => await pause(ms * (1 + runtime.random()), runtime),
		isCancelled: () => runtime.isCancelled(),
	};
}

function organizationCalls(connection: Connection) {
	const of = (organizationId: string, rest: string) => pathTo('organizations', organizationId) + rest;
	return {
		identity: async () =>
			await read(connection, get(connection, '/administered/identities/me'), parseIdentity),
		organizations: async () =>
			await readPages(connection, get(connection, '/organizations'), parseOrganizations),
		organization: async (id: string) =>
			await read(connection, get(connection, of(id, '')), (body) => withId(parseOrganization(body), id)),
		networks: async (id: string) => {
			const path = of(id, `/networks?perPage=${NETWORKS_PER_PAGE}`);
			const call = { ...get(connection, path, BIG_READ_MS), eachElement: neededOfNetwork };
			return onePerId(await readPages(connection, call, parseNetworks));
		},
		lossAndLatency: async (id: string, window: LossWindow) => {
			const path = of(id, `/devices/uplinksLossAndLatency${lossQuery(window)}`);
			const { eachElement, read: readRows } = lossReading();
			return await read(connection, { ...get(connection, path, BIG_READ_MS), eachElement }, readRows);
		},
		vpnPeers: async (id: string) =>
			await read(connection, get(connection, of(id, '/appliance/vpn/thirdPartyVPNPeers')), parsePeers),
	};
}

function networkCalls(connection: Connection) {
	const parse = (id: string) => (body: unknown) => withId(parseNetwork(body), id);
	return {
		network: async (id: string) => await read(connection, get(connection, pathTo('networks', id)), parse(id)),
		writeTags: async (id: string, tags: readonly string[], sendBeforeMs?: number) => {
			const url = connection.baseUrl + pathTo('networks', id);
			// Nothing but the tags: what is not sent stays (other fields must not travel through us).
			const call: Call = { method: 'PUT', url, body: { tags }, timeoutMs: CALL_MS };
			return await read(connection, sendBeforeMs === undefined ? call : { ...call, sendBeforeMs }, parse(id));
		},
	};
}

function get(connection: Connection, path: string, timeoutMs = CALL_MS): Call {
	return { method: 'GET', url: connection.baseUrl + path, timeoutMs };
}

function raise(error: MerakiApiError): never {
	throw error;
}

/** A list that grows while its pages are read can name a network twice: the later reading counts. */
function onePerId(list: Parsed<Network>): Parsed<Network> {
	return { rows: [...new Map(list.rows.map((row) => [row.id, row])).values()], skipped: list.skipped };
}
