import { readinessCheck } from '../../core/readinessCheck/readinessCheck';
import { readinessCheckReport } from '../../core/readinessCheck/report';
import type { WriteAccess } from '../../core/readinessCheck/writeAccess';
import { evaluateOrganization } from '../../core/evaluate/evaluateOrganization';
import type { OrganizationSnapshot } from '../../core/evaluate/snapshot';
import type { Condition } from '../../core/notify/dedup';
import type { Settings } from '../../core/settings/settings';
import { compileTagFormat } from '../../core/tags/tagFormat';
import type { LossRow, Network, VpnPeer } from '../../core/domain/types';
import {
	appliance,
	DNS_IP,
	LONDON_IP,
	network,
	ON_PRIMARY,
	ORGANIZATION,
	PARIS_IP,
	PEERS,
	row,
	settings,
} from './branch';
import { CLEAN, NOW } from './series';

export const ALL_CLEAN = [row(LONDON_IP, CLEAN), row(PARIS_IP, CLEAN), row(DNS_IP, CLEAN)];

/** A branch that is in order, but for what is named. */
export interface ReadinessCheckInput {
	readonly networks?: readonly Network[];
	readonly rows?: readonly LossRow[];
	readonly peers?: readonly VpnPeer[];
	readonly snapshot?: Partial<OrganizationSnapshot>;
	readonly settings?: Partial<Settings>;
	readonly writeAccess?: WriteAccess;
}

export function judgeForReadinessCheck(input: ReadinessCheckInput) {
	const networks = input.networks ?? [network(ON_PRIMARY)];
	const used = settings(input.settings);
	const snapshot: OrganizationSnapshot = {
		now: NOW,
		networks,
		rows: input.rows ?? ALL_CLEAN,
		peers: { kind: 'known', peers: input.peers ?? PEERS },
		memory: null,
		statuses: new Map(networks.map(({ id }) => [id, [appliance(['wan1'], { networkId: id })]])),
		history: new Map(),
		lookbacks: new Map([LONDON_IP, PARIS_IP, DNS_IP].map((ip) => [ip, NOTHING_SEEN])),
		...input.snapshot,
	};
	const { outcomes } = evaluateOrganization(snapshot, used, compileTagFormat(used.tagFormat));
	return { outcomes, snapshot, used };
}

/** Lookback days were looked at, and showed nothing. */
export const NOTHING_SEEN = { rows: [], isIncomplete: false };

export function readinessCheckOf(input: ReadinessCheckInput = {}) {
	const { outcomes, snapshot, used } = judgeForReadinessCheck(input);
	return readinessCheck(outcomes, snapshot, used, input.writeAccess ?? { kind: 'allowed' });
}

export function findingsOf(input: ReadinessCheckInput = {}): string[] {
	const { networks, ofAll } = readinessCheckOf(input);
	return [...ofAll, ...networks.flatMap(({ findings }) => findings)].map(
		({ kind, heading }) => `${kind}: ${heading}`,
	);
}

export function reportOf(input: ReadinessCheckInput = {}, unreadable: readonly Condition[] = []) {
	return readinessCheckReport(readinessCheckOf(input), {
		organization: ORGANIZATION,
		unreadable,
		reportedAt: NOW,
		lossThresholdPercent: 30,
		tagFormat: settings().tagFormat,
	});
}

export const held = (tags: readonly string[]) => network([...tags, 'vpn_failover_hold']);
export const inNetwork = (id: string, rows: readonly LossRow[]) =>
	rows.map((each) => ({ ...each, networkId: id }));
