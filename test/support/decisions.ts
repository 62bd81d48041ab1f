import type { Decision, DecisionItem } from '../../core/swap/decision';
import { DEFAULT_TAG_FORMAT } from '../../core/tags/tagFormat';
import type { SwapOrder } from '../../core/swap/plan';
import type { SwapRecord } from '../../core/swap/result';
import { NETWORK_ID, ON_BACKUP, ON_PRIMARY } from './branch';
import { NOW } from './series';

/** *Decision Valid For* by default. */
export const VALID_FOR_MS = 180_000;

export const PRIMARY_ROLE = { kind: 'primary' } as const;
export const BACKUP_ROLE = { kind: 'backup', order: 1 } as const;

/** London to Paris on one network, made now. */
export function decision(changes: Partial<Decision> = {}): Decision {
	return {
		organizationId: '1001',
		organizationName: 'Acme',
		networkId: NETWORK_ID,
		networkName: 'Leeds',
		pair: '',
		action: 'failover',
		have: { role: PRIMARY_ROLE, peer: 'london' },
		want: { role: BACKUP_ROLE, peer: 'paris' },
		explanation: 'london lost 80 %.',
		lossPercents: [0, 80],
		decidedAt: NOW,
		wantedSince: NOW - 120_000,
		offPrimarySince: null,
		outage: null,
		notify: 'new',
		incidentId: '1001-london-20260115T1150Z',
		isContinued: false,
		tagFormat: DEFAULT_TAG_FORMAT,
		holdTag: 'vpn_failover_hold',
		lossThresholdPercent: 30,
		...changes,
	};
}

export function asEvaluated(changes: Partial<Decision> = {}): SwapOrder {
	return { kind: 'asEvaluated', decision: decision(changes) };
}

/** Back to London. */
export function backToLondon(changes: Partial<Decision> = {}): SwapOrder {
	return asEvaluated({
		action: 'swapBack',
		have: { role: BACKUP_ROLE, peer: 'paris' },
		want: { role: PRIMARY_ROLE, peer: 'london' },
		...changes,
	});
}

export function explicit(
	action: 'failover' | 'swapBack' | 'releaseHold',
	holdAfterwards = false,
): Extract<SwapOrder, { kind: 'explicit' }> {
	return {
		kind: 'explicit',
		action,
		tagFormat: DEFAULT_TAG_FORMAT,
		holdTag: 'vpn_failover_hold',
		holdAfterwards,
	};
}

/** A whole item, as Evaluate makes it. */
export function decisionItem(changes: Partial<DecisionItem> = {}): DecisionItem {
	const at = new Date(NOW).toISOString();
	const peer = (name: string, role: string) => ({
		peer: name,
		role,
		ip: '203.0.113.10',
		health: 'failing' as const,
		latestLossPercent: 80,
		latestLatencyMs: null,
		samples: [
			{ sampledAt: at, lossPercent: 80, latencyMs: null },
			{ sampledAt: at, lossPercent: null, latencyMs: null },
		],
	});
	return {
		kind: 'merakiVpnDecision',
		schema: 1,
		organizationId: '1001',
		organizationName: 'Acme',
		networkId: NETWORK_ID,
		networkName: 'Leeds',
		networkUrl: null,
		pair: '',
		action: 'failover',
		have: { role: 'primary', peer: 'london' },
		want: { role: 'backup', peer: 'paris' },
		reason: 'primaryFailing',
		explanation: 'london lost 80 %.',
		primary: peer('london', 'primary'),
		backups: [peer('paris', 'backup')],
		tags: { before: ON_PRIMARY, after: ON_BACKUP },
		newestSampleAt: at,
		decidedAt: at,
		wantedSince: new Date(NOW - 120_000).toISOString(),
		offPrimarySince: null,
		outage: null,
		notify: 'new',
		incidentId: 'i',
		incidentContinued: false,
		tagFormat: DEFAULT_TAG_FORMAT,
		holdTag: 'vpn_failover_hold',
		lossThresholdPercent: 30,
		...changes,
	};
}

export function swapRecord(changes: Partial<SwapRecord> = {}): SwapRecord {
	return {
		order: asEvaluated(),
		itemIndex: 0,
		organizationId: '1001',
		networkId: NETWORK_ID,
		networkName: 'Leeds',
		networkUrl: 'https://n1.meraki.com/Leeds/n/abc/manage',
		from: 'london',
		to: 'paris',
		outcome: { kind: 'done' },
		tagsBefore: ON_PRIMARY,
		tagsAfter: ON_BACKUP,
		sideEffects: [],
		...changes,
	};
}
