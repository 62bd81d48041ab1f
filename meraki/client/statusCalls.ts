import type { ApplianceStatus, VpnStatus } from '../../core/domain/types';
import { CALL_MS, type Connection } from '../http/connection';
import { isMerakiApiError } from '../http/merakiApiError';
import { readPages } from '../http/pages';
import { pathTo, query } from '../http/urls';
import type { Parsed, Skipped } from '../parse/fields';
import { parseUplinkStatuses } from '../parse/uplinkStatuses';
import { parseVpnStatuses } from '../parse/vpnStatuses';
import { tryAsync } from '../http/result';

/** Keeps the address near 2,000 characters; the longest that Meraki accepts is not documented. */
export const NETWORKS_PER_CALL = 50;
/** The documented maximum. */
const UPLINK_STATUSES_PER_PAGE = 1000;
/** The documented maximum. */
export const VPN_STATUSES_PER_PAGE = 300;

/** `URI Too Long`. */
const TOO_LONG = 414;

/** Which networks to ask for: each by its id, 50 a call, or all that there are, page by page. */
export type AskedNetworks = readonly string[] | 'all';

/** What appliances tell of their uplinks and tunnels. */
export function statusCalls(connection: Connection) {
	const of = (organizationId: string, rest: string) => pathTo('organizations', organizationId) + rest;
	return {
		uplinkStatuses: async (id: string, networks: AskedNetworks): Promise<Parsed<ApplianceStatus>> => {
			const path = of(id, '/appliance/uplink/statuses');
			return await readStatuses(connection, path, UPLINK_STATUSES_PER_PAGE, networks, parseUplinkStatuses);
		},
		vpnStatuses: async (id: string, networks: AskedNetworks): Promise<Parsed<VpnStatus>> => {
			const path = of(id, '/appliance/vpn/statuses');
			return await readStatuses(connection, path, VPN_STATUSES_PER_PAGE, networks, parseVpnStatuses);
		},
	};
}

async function readStatuses<T>(
	connection: Connection,
	path: string,
	perPage: number,
	networks: AskedNetworks,
	parse: (body: unknown) => Parsed<T>,
): Promise<Parsed<T>> {
	const byId = await tryAsync(async () => await readGroups(connection, path, perPage, networks, parse));
	if (byId.kind === 'value') return byId.value;
	// How long an address may be is not documented: where it is too long, the whole list costs more calls, no more.
	if (networks === 'all' || !isMerakiApiError(byId.error) || byId.error.status !== TOO_LONG) throw byId.error;
	return await readGroups(connection, path, perPage, 'all', parse);
}

async function readGroups<T>(
	connection: Connection,
	path: string,
	perPage: number,
	networks: AskedNetworks,
	parse: (body: unknown) => Parsed<T>,
): Promise<Parsed<T>> {
	const rows: T[] = [];
	const skipped: Skipped[] = [];
	const groups = networks === 'all' ? [[]] : inGroups([...new Set(networks)]);
	for (const group of groups) {
		const parameters = group.map((id): [string, string] => ['networkIds[]', id]);
		const url = connection.baseUrl + path + query([['perPage', String(perPage)], ...parameters]);
		const part = await readPages(connection, { method: 'GET', url, timeoutMs: CALL_MS }, parse);
		for (const row of part.rows) rows.push(row);
		for (const one of part.skipped) skipped.push(one);
	}
	return { rows, skipped };
}

function inGroups(ids: readonly string[]): ReadonlyArray<readonly string[]> {
	const count = Math.ceil(ids.length / NETWORKS_PER_CALL);
	return Array.from({ length: count }, (_, n) =>
		ids.slice(n * NETWORKS_PER_CALL, (n + 1) * NETWORKS_PER_CALL),
	);
}
