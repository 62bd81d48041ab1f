import { MINUTE_MS } from '../../core/domain/time';
import { readinessCheck } from '../../core/readinessCheck/readinessCheck';
import { readinessCheckReport } from '../../core/readinessCheck/report';
import type { Decision } from '../../core/swap/decision';
import { evaluateOrganization } from '../../core/evaluate/evaluateOrganization';
import type { OrganizationSnapshot } from '../../core/evaluate/snapshot';
import { EMPTY_ORGANIZATION_MEMORY } from '../../core/memory/memory';
import type { OrganizationMemory } from '../../core/memory/memory';
import type { ReportModel } from '../../core/report/model';
import { compileTagFormat } from '../../core/tags/tagFormat';
import type { SwapOrder } from '../../core/swap/plan';
import type { SwapResult, SwapRecord } from '../../core/swap/result';
import { swapReport } from '../../core/notify/swapReport';
import type { LossRow, Network } from '../../core/domain/types';
import {
	appliance,
	DNS_IP,
	LONDON_IP,
	network,
	ON_BACKUP,
	ON_PRIMARY,
	ORGANIZATION,
	PARIS_IP,
	PEERS,
	row,
	settings,
} from './branch';
import { asEvaluated, backToLondon, explicit, swapRecord } from './decisions';
import { runOnce } from './run';
import { CLEAN, NOW } from './series';

/** One message of each kind, as the core makes it, for looking at and for tests of what must hold of all. */

const SITES = ['Leeds', 'York', 'Bath', 'Kingston upon Hull Distribution Centre', 'Truro', 'Bristol'];
const FAILING = [0, 0, 0, 2, 35, 80, 100, 100];
const RECOVERED = [80, 100, 100, 100, 60, 0, 0, 0, 0, 0, 0, 0];
const REFUSED =
	"Meraki denied access (PUT /networks/N_3, status 403). Meraki says: “You do not have permission to write to this resource”. Check the role of the key's administrator.";

const failing: Partial<Decision> = {
	wantedSince: NOW - 4 * MINUTE_MS,
	lossPercents: FAILING,
	explanation: 'london (203.0.113.10 on wan1): 4 of 5 samples at or over 30 %, newest 100 % at 11:57 UTC.',
};

function records(
	count: number,
	order: SwapOrder,
	outcome: SwapResult,
	change: Partial<SwapRecord> = {},
): SwapRecord[] {
	return Array.from({ length: count }, (_, at) => {
		const name = SITES[at] ?? `Branch ${at + 1}`;
		const networkUrl = `https://n1.meraki.com/${encodeURIComponent(name)}/n/abc/manage/usage/list`;
		return swapRecord({ order, outcome, networkId: `N_${at + 1}`, networkName: name, networkUrl, ...change });
	});
}

function report(of: readonly SwapRecord[], notes: readonly string[] = []): ReportModel {
	const model = swapReport(of, ORGANIZATION, NOW, notes);
	if (model === null) throw new Error('Nothing is told');
	return model;
}

const swappedBack = backToLondon({
	offPrimarySince: NOW - 42 * MINUTE_MS,
	outage: { startedAt: NOW - 45 * MINUTE_MS, endedAt: NOW - 9 * MINUTE_MS, peakLossPercent: 100 },
	lossPercents: RECOVERED,
	explanation:
		'london has been at or under 0 % loss for 5 min. london was lossy for 36 min (11:15 to 11:51 UTC), up to 100 %.',
});
const backwards = { from: 'paris', to: 'london', tagsBefore: ON_BACKUP, tagsAfter: ON_PRIMARY };

function failuresMix(): ReportModel {
	const failed = { kind: 'failed', why: REFUSED, isRefusal: true } as const;
	const gone = {
		kind: 'gone',
		why: 'Meraki found nothing that this key can see (GET /networks/N_9, status 404).',
	} as const;
	const next = {
		kind: 'nextRun',
		why: 'The time of this run was over before this network was written.',
	} as const;
	return report([
		...records(3, asEvaluated(failing), { kind: 'done' }),
		...records(2, asEvaluated(failing), failed),
		...records(1, asEvaluated(failing), gone, { networkName: 'Hull' }),
		...records(1, asEvaluated(failing), next, { networkName: 'Oslo', tagsBefore: [], tagsAfter: [] }),
	]);
}

const clean = (id: string): LossRow[] =>
	[LONDON_IP, PARIS_IP, DNS_IP].map((ip) => row(ip, CLEAN, { networkId: id }));

function alertRun(memory: OrganizationMemory | null, networks: readonly Network[], rows: readonly LossRow[]) {
	const { alert } = runOnce({ networks, rows, memory });
	if (alert === null) throw new Error('Nothing is told');
	return alert;
}

/** Held and failing, a line fault, no data, tags out of order. */
function severalConditions(): ReportModel {
	const networks = [
		network([...ON_PRIMARY, 'vpn_failover_hold'], { id: 'N_1', name: 'Leeds' }),
		network(ON_PRIMARY, { id: 'N_2', name: 'York' }),
		network(['london_primary_up', 'paris_backup_up'], { id: 'N_3', name: 'Bath' }),
		network(ON_PRIMARY, { id: 'N_4', name: 'Truro' }),
	];
	const rows = [
		...[row(LONDON_IP, '0 0 35 80 100', { networkId: 'N_1' }), row(DNS_IP, CLEAN, { networkId: 'N_1' })],
		...[LONDON_IP, PARIS_IP, DNS_IP].map((ip) => row(ip, '0 0 70 90 95', { networkId: 'N_2' })),
		...clean('N_3'),
		...[LONDON_IP, PARIS_IP].map((ip) => row(ip, '100 100 100 100 100', { networkId: 'N_4' })),
	];
	return alertRun(EMPTY_MEMORY, networks, rows);
}

const EMPTY_MEMORY: OrganizationMemory = { ...EMPTY_ORGANIZATION_MEMORY, evaluatedAt: NOW - 30_000 };

function overNow(): ReportModel {
	const told = {
		fingerprint: '',
		since: NOW - 60 * MINUTE_MS,
		toldAt: NOW - 60 * MINUTE_MS,
		title: 'Not moved: WAN problem at the branch',
	};
	const memory = { ...EMPTY_MEMORY, told: { one: told, two: told } };
	return alertRun(memory, [network(ON_PRIMARY)], clean('N_1'));
}

function readinessCheckMessage(count: number): ReportModel {
	const networks = Array.from({ length: count }, (_, at) => {
		const tags = at === 1 ? ['london_primary_up', 'paris_backup_up'] : ON_PRIMARY;
		return network(at === 2 ? [...tags, 'vpn_failover_hold'] : tags, {
			id: `N_${at + 1}`,
			name: SITES[at] ?? `Branch ${at + 1}`,
		});
	});
	const rows = networks.flatMap(({ id }, at) =>
		clean(id).filter(({ ip }) => (at === 0 ? ip !== LONDON_IP : at !== 3 || ip !== PARIS_IP)),
	);
	const snapshot: OrganizationSnapshot = {
		now: NOW,
		networks,
		rows,
		peers: { kind: 'known', peers: PEERS },
		memory: null,
		statuses: new Map(networks.map(({ id }) => [id, [appliance(['wan1'], { networkId: id })]])),
		history: new Map(),
		lookbacks: new Map(),
	};
	const used = settings();
	const { outcomes } = evaluateOrganization(snapshot, used, compileTagFormat(used.tagFormat));
	return readinessCheckReport(readinessCheck(outcomes, snapshot, used, { kind: 'allowed' }), {
		organization: ORGANIZATION,
		unreadable: [],
		reportedAt: NOW,
		lossThresholdPercent: used.lossThresholdPercent,
		tagFormat: used.tagFormat,
	});
}

export const SAMPLE_MESSAGES: Readonly<Record<string, () => ReportModel>> = {
	failover: () => report(records(3, asEvaluated(failing), { kind: 'done' })),
	'failover-from-a-backup': () =>
		report(
			records(
				1,
				asEvaluated({
					...failing,
					have: { role: { kind: 'backup', order: 1 }, peer: 'paris' },
					explanation:
						'paris (203.0.113.20 on wan1): 5 of 5 samples at or over 30 %, newest 100 % at 11:57 UTC.',
				}),
				{ kind: 'done' },
				{ from: 'paris', to: 'rome' },
			),
		),
	'swap-back': () => report(records(3, swappedBack, { kind: 'done' }, backwards)),
	'dry-run': () => report(records(3, asEvaluated(failing), { kind: 'dryRun' })),
	failures: failuresMix,
	alert: severalConditions,
	'over-now': overNow,
	'readiness-check': () => readinessCheckMessage(50),
	'explicit-with-hold': () =>
		report(
			records(
				2,
				explicit('failover', true),
				{ kind: 'done' },
				{ tagsAfter: [...ON_BACKUP, 'vpn_failover_hold'] },
			),
		),
	'thousand-sites': () => report(records(1000, asEvaluated(failing), { kind: 'done' })),
};
