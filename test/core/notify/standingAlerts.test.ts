import {
	heldPairs,
	LONDON,
	LONDON_IP,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	ORGANIZATION,
	PARIS,
	row,
	settings,
} from '../../support/branch';
import { MINUTE_MS } from '../../../core/domain/time';
import { EMPTY_ORGANIZATION_MEMORY } from '../../../core/memory/memory';
import type { OrganizationMemory } from '../../../core/memory/memory';
import type { Condition } from '../../../core/notify/dedup';
import { organizationRow } from '../../../core/notify/organizationAlerts';
import { pairKey } from '../../../core/tags/pairKey';
import type { Settings } from '../../../core/settings/settings';
import { standingConditions } from '../../../core/notify/standingAlerts';
import type { LossRow, Network, VpnPeer } from '../../../core/domain/types';
import { NO_CALLS, runOnce } from '../../support/run';
import { CLEAN, NOW } from '../../support/series';

const ONE_BAD = '0 0 0 0 80';
const SOME = '0 0 2 0 0';

interface Standing {
	readonly networks: readonly Network[];
	readonly rows: readonly LossRow[];
	readonly peers?: readonly VpnPeer[];
	readonly memory?: Partial<OrganizationMemory>;
	readonly settings?: Partial<Settings>;
}

/** What stands after a run, of the kinds of which there is one key for the organization or for a branch off primary. */
function standing({ networks, rows, peers = [LONDON, PARIS], ...rest }: Standing): Condition[] {
	const memory = { ...EMPTY_ORGANIZATION_MEMORY, evaluatedAt: NOW - 30_000, ...rest.memory };
	const known = { peers: { kind: 'known' as const, peers } };
	const { outcomes } = runOnce({ networks, rows, memory, settings: rest.settings ?? {}, snapshot: known });
	const conditions = standingConditions({
		organization: ORGANIZATION,
		outcomes,
		settings: settings(rest.settings),
		snapshot: {
			now: NOW,
			networks,
			rows,
			memory,
			statuses: new Map(),
			history: new Map(),
			lookbacks: new Map(),
			...known,
		},
		conditions: [],
		warnings: [],
		api: NO_CALLS,
		isManual: false,
		peers: null,
	});
	return conditions.filter(({ key }) => /^\["(organization|off)"/.test(key));
}

function fleet(count: number, london: string) {
	const networks = Array.from({ length: count }, (_each, at) => network(ON_PRIMARY, { id: `N_${at}` }));
	return { networks, rows: networks.map(({ id }) => row(LONDON_IP, london, { networkId: id })) };
}

function ofOrganization(key: string, explanation: string) {
	return {
		key: JSON.stringify(['organization', key]),
		fingerprint: '',
		tellAfterMs: 0,
		incidentPeer: null,
		row: organizationRow(ORGANIZATION.id, explanation),
	};
}

describe('R5.1 a mass failover is one alert, however many networks wait', () => {
	const exceeded = {
		comesAndGoes: true,
		severity: 'critical',
		heading: 'Mass failover: being confirmed',
	};
	const limit = (above: 'confirm' | 'stop' | 'off') => ({
		massFailover: { sharePercent: 25, above },
	});

	test('Confirm First: with the samples that each takes', () => {
		const explanation =
			'london: 11 branches fail at once; more than 25 % would be off their primary. Each moves once 3 bad samples confirm the loss, usually in the next minute or two.';
		expect(standing({ ...fleet(11, ONE_BAD), settings: limit('confirm') })).toEqual([
			{
				...ofOrganization('limit', explanation),
				...exceeded,
				nextStep: 'Check the primary peer; nothing else to do.',
			},
		]);
	});

	test('Confirm First: not where a failover takes 3 bad samples or more anyway', () => {
		const changes = (failoverSamples: number) => ({ ...limit('confirm'), failoverSamples });
		expect(standing({ ...fleet(11, '0 0 0 80 80'), settings: changes(2) })).toHaveLength(1);
		expect(standing({ ...fleet(11, '0 0 80 80 80'), settings: changes(3) })).toEqual([]);
	});

	test('Stop and Alert: that none moves, and what to do', () => {
		const explanation =
			'london: 11 branches fail at once; more than 25 % would be off their primary. No branch is moved (Mass Failover: Stop and Alert).';
		expect(standing({ ...fleet(11, ONE_BAD), settings: limit('stop') })).toEqual([
			{
				...ofOrganization('limit', explanation),
				...exceeded,
				nextStep: 'Move them manually with Fail Over, or set Mass Failover to Confirm First.',
			},
		]);
	});

	test('is not told where it is not exceeded, nor of what something else stops', () => {
		expect(standing({ ...fleet(3, ONE_BAD), settings: limit('stop') })).toEqual([]);
		expect(standing({ ...fleet(11, ONE_BAD), settings: limit('off') })).toEqual([]);
		const held = fleet(11, ONE_BAD).networks.map((each) => ({
			...each,
			tags: [...each.tags, 'vpn_failover_hold'],
		}));
		expect(standing({ ...fleet(11, ONE_BAD), networks: held })).toEqual([]);
	});
});

describe('R8.5 loss data of the whole organization', () => {
	const noLossData = {
		...ofOrganization('noLossData', 'Meraki answers, but shows no current loss value for any of 3 branches.'),
		tellAfterMs: 300_000,
		comesAndGoes: true,
		severity: 'critical',
		heading: 'No loss data for the whole organization: no branch is moved',
		nextStep:
			'Check Uplink statistics of one branch in the dashboard and status.meraki.net. Branches stay where they are until loss data is back.',
	};

	test('an empty answer, or one that is frozen in the past, is one critical alert', () => {
		expect(standing({ networks: fleet(3, '').networks, rows: [] })).toEqual([noLossData]);
		expect(standing(fleet(3, '_ _ _ _ _'))).toEqual([noLossData]);
		const frozen = fleet(3, CLEAN).rows.map((each) => ({
			...each,
			samples: each.samples.map((sample) => ({ ...sample, sampledAt: sample.sampledAt - 600_000 })),
		}));
		expect(standing({ ...fleet(3, CLEAN), rows: frozen })).toEqual([noLossData]);
	});

	test('one value of any destination shows that Meraki measures; a single branch has causes of its own', () => {
		const elsewhere = [row('8.8.8.8', '_ _ _ _ 0', { networkId: 'N_0' })];
		expect(standing({ networks: fleet(3, '').networks, rows: elsewhere })).toEqual([]);
		expect(standing({ networks: fleet(1, '').networks, rows: [] })).toEqual([]);
	});
});

describe('R8.5 half of the networks gone', () => {
	test('is told with both numbers', () => {
		const memory = { managed: { count: 4, at: NOW - 30_000 } };
		expect(standing({ ...fleet(2, CLEAN), memory })).toEqual([
			{
				...ofOrganization('halved', '2 networks take part now; before it were 4.'),
				severity: 'critical',
				heading: 'Half of the managed networks are no longer visible',
				nextStep: 'Check the VPN tags, the Networks filter, and what the API key may see.',
			},
		]);
		expect(standing({ ...fleet(3, CLEAN), memory })).toEqual([]);
	});
});

describe("R8.5 Meraki's own failover on the same peer", () => {
	const native = (peer: VpnPeer, ...tags: string[]): VpnPeer => ({
		...peer,
		networkTags: [...peer.networkTags, ...tags],
		hasNativeFailover: true,
	});

	test('is told for each peer that a branch uses by one of its tags', () => {
		const peers = [native(LONDON, 'elsewhere'), native(PARIS)];
		const told = (name: string) => ({
			...ofOrganization(`native ${name}`, `The VPN peer ${name} has Meraki's own failover configured.`),
			severity: 'warning',
			heading: "Meraki's own failover is on for a peer",
			nextStep: 'Use one of the two: two controllers would fight over the tunnel.',
		});
		expect(standing({ ...fleet(1, CLEAN), peers })).toEqual([told(LONDON.name), told(PARIS.name)]);
	});

	test('is not told of a peer that no branch uses, or only one whose tags are out of order', () => {
		expect(
			standing({ ...fleet(1, CLEAN), peers: [LONDON, PARIS, native({ ...PARIS, networkTags: [] })] }),
		).toEqual([]);
		const networks = [network(['london_primary_up'])];
		expect(standing({ networks, rows: [], peers: [native(LONDON), PARIS] })).toEqual([]);
	});
});

describe('R8.5 off primary for an hour', () => {
	const since = (agoMs: number): Partial<OrganizationMemory> => ({
		pairs: heldPairs({
			[pairKey(NETWORK_ID, '')]: {
				role: 'backup',
				peer: 'paris',
				since: NOW - agoMs,
				seenAt: NOW - 30_000,
				how: 'asked',
			},
		}),
	});
	const branch = (tags: readonly string[], london: string, memory: Partial<OrganizationMemory>) =>
		standing({ networks: [network(tags)], rows: [row(LONDON_IP, london)], memory });
	const HOUR_MS = 60 * MINUTE_MS;

	test('is told from the hour on, with how long, and what keeps it there', () => {
		expect(branch(ON_BACKUP, SOME, since(HOUR_MS - 1))).toEqual([]);
		expect(branch(ON_BACKUP, SOME, since(HOUR_MS))).toEqual([
			{
				key: JSON.stringify(['off', NETWORK_ID, '']),
				fingerprint: 'recoveryPending',
				tellAfterMs: 0,
				comesAndGoes: true,
				severity: 'info',
				heading: 'On backup for more than an hour',
				nextStep: 'Where background loss keeps it there, raise the Recovery Threshold.',
				incidentPeer: 'london',
				row: expect.objectContaining({ from: 'paris', to: null, durationMs: HOUR_MS }),
			},
		]);
	});

	test('is not told where it is not known since when, nor of a branch on primary', () => {
		expect(branch(ON_BACKUP, SOME, { pairs: {} })).toEqual([]);
		expect(branch(ON_PRIMARY, CLEAN, since(HOUR_MS))).toEqual([]);
	});

	test('is not told where a hold keeps it there, which is told by itself, nor when it goes back', () => {
		expect(branch([...ON_BACKUP, 'vpn_failover_hold'], CLEAN, since(HOUR_MS))).toEqual([]);
		expect(branch(ON_BACKUP, CLEAN, since(HOUR_MS))).toEqual([]);
	});
});
