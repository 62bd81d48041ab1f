import { MINUTE_MS } from '../../../core/domain/time';
import { EMPTY_ORGANIZATION_MEMORY } from '../../../core/memory/memory';
import type { OrganizationMemory } from '../../../core/memory/memory';
import type { Settings } from '../../../core/settings/settings';
import { compileTagFormat } from '../../../core/tags/tagFormat';
import { observe } from '../../../meraki/read/readOrganization';
import type { MoreRequests } from '../../../meraki/read/readOrganization';
import type { HttpRequest } from '../../../meraki/http/transport';
import { inWords, LONDON, LONDON_IP, ON_PRIMARY, PARIS_IP, settings } from '../../support/branch';
import { CLEAN, samples } from '../../support/series';
import { APPLIANCE, LOSS_ROW, NETWORK, PEER } from './examples';
import { answer, BASE_URL, DATE_AT, ok, scripted, type Reply } from './scripted';

export const ID = NETWORK.organizationId;

/** A row as Meraki sends it. */
export function lossRow(networkId: string, ip: string, series: string, untilAt = DATE_AT - 2 * MINUTE_MS) {
	const timeSeries = samples(series, { now: untilAt, lagMs: 0, offsetMs: 0 }).map((sample) => ({
		ts: new Date(sample.sampledAt).toISOString(),
		lossPercent: sample.lossPercent,
		latencyMs: sample.latencyMs,
	}));
	return { ...LOSS_ROW, networkId, ip, timeSeries };
}

interface Dashboard {
	readonly networks?: readonly (readonly [id: string, tags: readonly string[]])[];
	/** Rows of the list of networks that cannot be read. */
	readonly brokenNetworks?: readonly unknown[];
	readonly loss?: readonly unknown[];
	/** What a read of earlier minutes brings. */
	readonly between?: (asked: {
		readonly ip: string;
		readonly fromAt: number;
		readonly untilAt: number;
	}) => Reply;
	readonly peers?: Reply;
	readonly statuses?: (asked: readonly string[]) => Reply;
	readonly settings?: Partial<Settings>;
	readonly memory?: OrganizationMemory | null;
	readonly more?: MoreRequests;
}

const VPN_PEERS = ok({
	peers: [
		{ ...PEER, name: 'London hub', publicIp: LONDON_IP, networkTags: ['london_primary_up'] },
		{ ...PEER, name: 'Paris hub', publicIp: PARIS_IP, networkTags: ['paris_backup_up'] },
	],
});

export const online = (networkId: string) => ({ ...APPLIANCE, networkId });

/** Observes one organization; tells what was asked for, in order. */
export async function observed(dashboard: Dashboard) {
	const { networks = [['N_1', ON_PRIMARY]], loss = [], memory = null, more } = dashboard;
	const asked: string[] = [];
	const reply = (request: HttpRequest): Reply => {
		const { pathname, searchParams } = new URL(request.url);
		const path = pathname.replace(`${new URL(BASE_URL).pathname}/organizations/${ID}/`, '');
		switch (path) {
			case 'networks':
				asked.push('networks');
				return ok([
					...networks.map(([id, tags]) => ({ ...NETWORK, id, tags })),
					...(dashboard.brokenNetworks ?? []),
				]);
			case 'appliance/vpn/thirdPartyVPNPeers':
				asked.push('peers');
				return dashboard.peers ?? VPN_PEERS;
			case 'appliance/uplink/statuses': {
				const ids = searchParams.getAll('networkIds[]');
				asked.push(`statuses of ${ids.length === 0 ? 'all' : ids.join()}`);
				return dashboard.statuses?.(ids) ?? ok(networks.map(([id]) => online(id)));
			}
			case 'devices/uplinksLossAndLatency': {
				const times = ['t0', 't1'].map((name) => Date.parse(searchParams.get(name) ?? ''));
				const [fromAt = NaN, untilAt = NaN] = times;
				const ip = searchParams.get('ip');
				if (ip === null) {
					asked.push('loss');
					return ok(loss);
				}
				const ago = [fromAt, untilAt].map((at) => (DATE_AT - at) / MINUTE_MS).join(' to ');
				asked.push(`${ip} ${ago} minutes ago`);
				return dashboard.between?.({ ip, fromAt, untilAt }) ?? ok([]);
			}
			default:
				throw new Error(`Nobody expects ${path}`);
		}
	};
	const { client } = scripted({ replies: reply });
	const chosen = settings(dashboard.settings);
	const grammar = compileTagFormat(chosen.tagFormat);
	const observation = await observe(client, ID, chosen, grammar, memory, more);
	return { asked, verdicts: observation.outcomes.map(inWords), ...observation };
}

export const memory = (changes: Partial<OrganizationMemory> = {}): OrganizationMemory => ({
	...EMPTY_ORGANIZATION_MEMORY,
	evaluatedAt: DATE_AT - 30_000,
	peers: { readAt: DATE_AT - 60_000, list: [LONDON] },
	...changes,
});

export const forbidden = answer(403, { errors: ['Not for this key'] });
export const healthyThen = ({ ip, untilAt }: { ip: string; untilAt: number }) =>
	ok([lossRow('N_1', ip, CLEAN, untilAt)]);
