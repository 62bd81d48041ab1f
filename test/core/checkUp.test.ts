import { checkUp, countReady } from '../../core/checkUp/checkUp';
import { checkUpNeeds } from '../../core/checkUp/needs';
import { checkUpReport } from '../../core/checkUp/report';
import type { WriteAccess } from '../../core/checkUp/writeAccess';
import { evaluate } from '../../core/evaluate';
import type { Knowledge } from '../../core/knowledge';
import { MINUTE_MS } from '../../core/samples';
import type { Settings } from '../../core/settings';
import { compileTagFormat } from '../../core/tagFormat';
import type { LossRow, Network, VpnPeer } from '../../core/types';
import {
	appliance,
	DNS_IP,
	LONDON,
	LONDON_IP,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	ORGANIZATION,
	PARIS,
	PARIS_IP,
	PEERS,
	row,
	settings,
	THREE_ON_PRIMARY,
	vpnPeer,
} from '../support/branch';
import { NOW } from '../support/series';

const CLEAN = '0 0 0 0 0';
const DEAD = '100 100 100 100 100';
const ALL_CLEAN = [row(LONDON_IP, CLEAN), row(PARIS_IP, CLEAN), row(DNS_IP, CLEAN)];

interface Input {
	readonly networks?: readonly Network[];
	readonly rows?: readonly LossRow[];
	readonly peers?: readonly VpnPeer[];
	readonly knowledge?: Partial<Knowledge>;
	readonly settings?: Partial<Settings>;
	readonly writeAccess?: WriteAccess;
}

function judge(input: Input) {
	const networks = input.networks ?? [network(ON_PRIMARY)];
	const used = settings(input.settings);
	const knowledge: Knowledge = {
		now: NOW,
		networks,
		rows: input.rows ?? ALL_CLEAN,
		peers: { kind: 'known', peers: input.peers ?? PEERS },
		memory: null,
		statuses: new Map(networks.map(({ id }) => [id, [appliance(['wan1'], { networkId: id })]])),
		history: new Map(),
		earlier: new Map([LONDON_IP, PARIS_IP, DNS_IP].map((ip) => [ip, NOTHING_SEEN])),
		...input.knowledge,
	};
	const { outcomes } = evaluate(knowledge, used, compileTagFormat(used.tagFormat));
	return { outcomes, knowledge, used };
}

const NOTHING_SEEN = { rows: [], looks: 3, isIncomplete: false };

function check(input: Input = {}) {
	const { outcomes, knowledge, used } = judge(input);
	return checkUp(outcomes, knowledge, used, input.writeAccess ?? { kind: 'allowed' });
}

function found(input: Input = {}): string[] {
	const { networks, ofAll } = check(input);
	return [...ofAll, ...networks.flatMap(({ findings }) => findings)].map(
		({ kind, heading }) => `${kind}: ${heading}`,
	);
}

function report(input: Input = {}) {
	return checkUpReport(check(input), {
		organization: ORGANIZATION,
		unreadable: [],
		reportedAt: NOW,
		lossThresholdPercent: 30,
		tagFormat: settings().tagFormat,
	});
}

const held = (tags: readonly string[]) => network([...tags, 'vpn_failover_hold']);
const inNetwork = (id: string, rows: readonly LossRow[]) => rows.map((each) => ({ ...each, networkId: id }));

describe('what a check-up finds on a network', () => {
	const cases: readonly [string, Input, readonly string[]][] = [
		['nothing on one that is in order', {}, []],
		['nothing on one that is on backup and in order', { networks: [network(ON_BACKUP)] }, []],
		[
			'R4.1 tags that are not in order',
			{ networks: [network(['london_primary_up', 'paris_backup_up'])] },
			['prevents: VPN tags not in order'],
		],
		[
			'a primary whose IP is no tracked destination',
			{ rows: [row(PARIS_IP, CLEAN), row(DNS_IP, CLEAN)] },
			[`prevents: Not tracked: ${LONDON_IP} of london`],
		],
		[
			'R4.6 a primary that was never seen healthy',
			{ rows: [row(LONDON_IP, DEAD), row(PARIS_IP, CLEAN), row(DNS_IP, CLEAN)] },
			[`prevents: Never seen healthy: ${LONDON_IP} of london`],
		],
		[
			'R2.1 a primary without data now',
			{
				rows: [row(LONDON_IP, '_ _ _ _ _'), row(PARIS_IP, CLEAN), row(DNS_IP, CLEAN)],
				knowledge: {
					earlier: new Map([
						[
							LONDON_IP,
							{ rows: [row(LONDON_IP, CLEAN, { now: NOW - 60 * MINUTE_MS })], looks: 1, isIncomplete: false },
						],
					]),
				},
			},
			[`prevents: No data now: ${LONDON_IP} of london`],
		],
		[
			'a primary that no VPN peer lists',
			{ peers: [PARIS] },
			['prevents: london: no VPN peer lists the tag london_primary_up'],
		],
		[
			'a tag that two VPN peers list',
			{ peers: [LONDON, PARIS, vpnPeer('Copy', '203.0.113.99', 'london_primary_up')] },
			['prevents: london: more than one VPN peer lists the tag london_primary_up'],
		],
		[
			'a peer that has only a host name',
			{ peers: [vpnPeer('London hub', null, 'london_primary_up'), PARIS] },
			['prevents: london: the VPN peer with the tag london_primary_up has a host name and no public IP'],
		],
		[
			'a VPN peer of that name that was left available to all networks',
			{ peers: [vpnPeer('London', LONDON_IP, 'all'), PARIS] },
			['prevents: london: its VPN peer is available to all networks'],
		],
		[
			'VPN peers that cannot be read',
			{ knowledge: { peers: { kind: 'notReadable' } } },
			['prevents: london: the VPN peers could not be read', 'weakens: Backup not measured: paris'],
		],
		[
			'no backup that a branch could be sent to',
			{ peers: [LONDON] },
			['prevents: paris: no VPN peer lists the tag paris_backup_up'],
		],
		[
			'one of two backups that no peer takes, as a weakness',
			{
				networks: [network(THREE_ON_PRIMARY)],
				peers: [LONDON, PARIS],
			},
			['weakens: rome: no VPN peer lists the tag rome_backup2_up'],
		],
		[
			'R3.4 a backup that is not measured, as a weakness',
			{ rows: [row(LONDON_IP, CLEAN), row(DNS_IP, CLEAN)] },
			['weakens: Backup not measured: paris'],
		],
		[
			'R3.4 a backup that is not measured, where a measured one is asked for',
			{ rows: [row(LONDON_IP, CLEAN), row(DNS_IP, CLEAN)], settings: { backupMustBe: 'measuredClean' } },
			['prevents: Backup not measured: paris'],
		],
		[
			'R3.4 a backup that shows loss now',
			{ rows: [row(LONDON_IP, CLEAN), row(PARIS_IP, '0 0 0 80 80'), row(DNS_IP, CLEAN)] },
			['prevents: Every backup shows loss now: paris'],
		],
		[
			'a peer that lists a down tag: two peers at once',
			{ peers: [LONDON, vpnPeer('Paris hub', PARIS_IP, 'paris_backup_up', 'paris_backup_down')] },
			['prevents: Two peers at once: VPN peer Paris hub lists paris_backup_down'],
		],
		[
			'R4.7 a line with no other destination',
			{ rows: [row(LONDON_IP, CLEAN)] },
			['weakens: Backup not measured: paris', 'weakens: Nothing to tell the line from the peer'],
		],
		[
			'R4.7 a line whose only other destination was never seen healthy',
			{ rows: [row(LONDON_IP, CLEAN), row(DNS_IP, DEAD)] },
			['weakens: Backup not measured: paris', 'weakens: Nothing to tell the line from the peer'],
		],
		[
			"Meraki's own failover",
			{ peers: [{ ...LONDON, hasNativeFailover: true }, PARIS] },
			["weakens: Meraki's own failover is on: VPN peer London hub"],
		],
		['R4.2 a hold', { networks: [held(ON_PRIMARY)] }, ['prevents: Held by the tag vpn_failover_hold']],
		[
			'R4.4 an appliance that is offline',
			{ knowledge: { statuses: new Map([[NETWORK_ID, [appliance([])]]]) } },
			['prevents: The appliance has no active uplink'],
		],
		[
			'R1.3 an uplink in use that cannot be read',
			{ knowledge: { statuses: new Map([[NETWORK_ID, 'notReadable' as const]]) } },
			['prevents: The uplink in use is not known'],
		],
		[
			'a key that may not write',
			{ writeAccess: { kind: 'refused', why: 'Meraki says no.' } },
			['prevents: The API key may read, but probably not write'],
		],
		[
			'a key of which it could not be told',
			{ writeAccess: { kind: 'unknown', why: 'Meraki did not answer.' } },
			['weakens: Whether the API key may write could not be told'],
		],
	];
	test.each(cases)('%s', (_says, input, expected) => {
		expect(found(input)).toEqual(expected);
	});

	test('R4.3 a maintenance window', () => {
		const once = { kind: 'once', networkTag: null, timeZone: 'UTC' } as const;
		const maintenance = [{ ...once, from: '2020-01-01T00:00', until: '2100-01-01T00:00' }];
		expect(found({ settings: { maintenance } })).toEqual(['prevents: A maintenance window is on']);
	});

	test('says of each finding how to mend it', () => {
		for (const [, input] of cases) {
			const { networks, ofAll } = check(input);
			for (const { nextStep } of [...ofAll, ...networks.flatMap(({ findings }) => findings)])
				expect(nextStep).toMatch(/\.$/);
		}
	});
});

describe('what a check-up reads', () => {
	const needs = (input: Input) => {
		const { outcomes, knowledge, used } = judge(input);
		return checkUpNeeds(outcomes, knowledge, used);
	};

	test('the uplink in use of every network that takes part, also of those with nothing to decide', () => {
		expect(needs({ knowledge: { statuses: new Map() } })).toEqual({
			statusesOf: [NETWORK_ID],
			historyOf: [],
			earlierOf: [],
		});
	});

	test('R4.6 earlier days, only for a tracked destination without any health now', () => {
		const rows = [row(LONDON_IP, '_ _ _ _ _'), row(PARIS_IP, CLEAN)];
		expect(needs({ rows, knowledge: { earlier: new Map() } }).earlierOf).toEqual([
			{ ip: LONDON_IP, look: 0 },
		]);
		expect(needs({ rows: [row(PARIS_IP, CLEAN)], knowledge: { earlier: new Map() } }).earlierOf).toEqual([]);
		expect(needs({ rows }).earlierOf).toEqual([]);
	});
});

describe('the report of a check-up', () => {
	const three = [
		network(ON_PRIMARY, { id: 'N_1', name: 'Leeds' }),
		network(ON_PRIMARY, { id: 'N_2', name: 'York' }),
		network(['london_primary_up'], { id: 'N_3', name: 'Bath' }),
	];
	const rows = ['N_1', 'N_2', 'N_3'].flatMap((id) => inNetwork(id, ALL_CLEAN));

	test('names the healthy count first', () => {
		expect(report({ networks: three, rows }).title).toBe(
			'Acme: check-up: 2 of 3 networks would fail over; 1 would not',
		);
		expect(report().title).toBe('Acme: check-up: the one network would fail over');
		expect(report({ networks: [held(ON_PRIMARY)] }).title).toBe(
			'Acme: check-up: the one network would not fail over',
		);
		expect(report({ networks: [] }).title).toBe('Acme: check-up: no network takes part');
	});

	test('of nobody shows what a tag looks like', () => {
		expect(report({ networks: [] }).summary).toContain('such as london_primary_up and paris_backup_down');
	});

	test('counts no network where the key may not write', () => {
		const refused = check({ networks: three, rows, writeAccess: { kind: 'refused', why: '' } });
		expect(countReady(refused)).toEqual({ networks: 3, ready: 0 });
	});

	test('groups the networks that have the same, those that are prevented first', () => {
		const { sections, severity } = report({
			networks: three,
			rows: rows.filter(({ ip }) => ip !== PARIS_IP),
		});
		expect(
			sections.map(({ heading, rows: shown }) => [heading, shown.map(({ networkName }) => networkName)]),
		).toEqual([
			['VPN tags not in order', ['Bath']],
			['Backup not measured: paris', ['Leeds', 'York']],
		]);
		expect(severity).toBe('warning');
	});

	test('counts a network with two pairs once, and not as ready when one of them is not', () => {
		const tagFormat = { ...settings().tagFormat, format: '{group}_{peer}_{role}_{state}' };
		const tags = ['a_london_primary_up', 'a_paris_backup_down', 'b_london_primary_up'];
		const result = check({ networks: [network(tags)], settings: { tagFormat }, peers: [] });
		expect(countReady(result)).toEqual({ networks: 1, ready: 0 });
	});
});
