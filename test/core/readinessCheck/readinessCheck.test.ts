import { MINUTE_MS } from '../../../core/domain/time';
import { readinessCheckRequests } from '../../../core/readinessCheck/needs';
import {
	appliance,
	DNS_IP,
	LONDON,
	LONDON_IP,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS,
	PARIS_IP,
	row,
	THREE_ON_PRIMARY,
	vpnPeer,
} from '../../support/branch';
import { readinessCheckOf, findingsOf, held, judgeForReadinessCheck } from '../../support/readinessChecks';
import type { ReadinessCheckInput } from '../../support/readinessChecks';
import { CLEAN, DEAD, NOW } from '../../support/series';

const TWO_SPARES = ['Q2AA-AAAA-AAAA', 'Q2BB-BBBB-BBBB'].map((serial) =>
	appliance(['wan1'], { serial, role: 'spare' }),
);

describe('what a readiness check finds on a network', () => {
	const cases: readonly [string, ReadinessCheckInput, readonly string[]][] = [
		['nothing on one that is in order', {}, []],
		['nothing on one that is on backup and in order', { networks: [network(ON_BACKUP)] }, []],
		[
			'R4.1 tags that are not in order',
			{ networks: [network(['london_primary_up', 'paris_backup_up'])] },
			['prevents: VPN tags are inconsistent'],
		],
		[
			'a primary whose IP is no tracked destination',
			{ rows: [row(PARIS_IP, CLEAN), row(DNS_IP, CLEAN)] },
			[`prevents: Not tracked: ${LONDON_IP} of london`],
		],
		[
			'R4.7 a primary that was never seen healthy',
			{ rows: [row(LONDON_IP, DEAD), row(PARIS_IP, CLEAN), row(DNS_IP, CLEAN)] },
			[`prevents: Never seen healthy: ${LONDON_IP} of london`],
		],
		[
			'R2.1 a primary without data now',
			{
				rows: [row(LONDON_IP, '_ _ _ _ _'), row(PARIS_IP, CLEAN), row(DNS_IP, CLEAN)],
				snapshot: {
					lookbacks: new Map([
						[
							LONDON_IP,
							{ rows: [row(LONDON_IP, CLEAN, { now: NOW - 60 * MINUTE_MS })], isIncomplete: false },
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
			{ snapshot: { peers: { kind: 'notReadable' } } },
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
			'R4.8 a line with no other destination',
			{ rows: [row(LONDON_IP, CLEAN)] },
			['weakens: Backup not measured: paris', 'weakens: Nothing to tell the line from the peer'],
		],
		[
			'R4.8 a line whose only other destination was never seen healthy',
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
			'R4.5 an appliance that is offline',
			{ snapshot: { statuses: new Map([[NETWORK_ID, [appliance([])]]]) } },
			['prevents: The appliance has no active uplink'],
		],
		[
			'R1.3 an uplink in use that cannot be read',
			{ snapshot: { statuses: new Map([[NETWORK_ID, 'notReadable' as const]]) } },
			['prevents: The uplink in use is not known'],
		],
		[
			'R1.3 two active appliances of which none is called primary',
			{ snapshot: { statuses: new Map([[NETWORK_ID, TWO_SPARES]]) } },
			['prevents: Which of two appliances is in use is not known'],
		],
		[
			'R1.3 an uplink in use of which nothing was said',
			{ snapshot: { statuses: new Map() } },
			['prevents: The uplink in use is not known'],
		],
		[
			'R4.8 another destination that is measured on another uplink only',
			{ rows: [row(LONDON_IP, CLEAN), row(DNS_IP, CLEAN, { uplink: 'wan2' })] },
			['weakens: Backup not measured: paris', 'weakens: Nothing to tell the line from the peer'],
		],
		[
			'R4.8 another destination that only another appliance measures',
			{ rows: [row(LONDON_IP, CLEAN), row(DNS_IP, CLEAN, { serial: 'Q2BB-BBBB-BBBB' })] },
			['weakens: Backup not measured: paris', 'weakens: Nothing to tell the line from the peer'],
		],
		[
			'R4.8 another destination on one of two judged uplinks is enough',
			{
				rows: [row(LONDON_IP, CLEAN), row(DNS_IP, CLEAN), row(LONDON_IP, CLEAN, { uplink: 'wan2' })],
				settings: { judgedUplinks: { kind: 'chosen', uplinks: ['wan1', 'wan2'] } },
			},
			['weakens: Backup not measured: paris'],
		],
		['nothing where there was no network to try writing on', { writeAccess: { kind: 'notAsked' } }, []],
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
		expect(findingsOf(input)).toEqual(expected);
	});

	test('R4.4 a maintenance window', () => {
		const once = { kind: 'once', networkTag: null, timeZone: 'UTC' } as const;
		const maintenance = [{ ...once, from: '2020-01-01T00:00', until: '2100-01-01T00:00' }];
		expect(readinessCheckOf({ settings: { maintenance } }).networks[0]?.findings).toEqual([
			{
				kind: 'prevents',
				heading: 'A maintenance window is on',
				nextStep: 'Nothing, if that is meant: it ends by itself.',
				explanation: '',
			},
		]);
	});

	test('R1.3 says where to look at two appliances', () => {
		const { networks } = readinessCheckOf({ snapshot: { statuses: new Map([[NETWORK_ID, TWO_SPARES]]) } });
		expect(networks[0]?.findings.map(({ nextStep }) => nextStep)).toContain(
			'Both have an active uplink, and not one of them is called primary: check the warm spare under Security & SD-WAN, Appliance status.',
		);
	});

	test('says of each finding how to mend it', () => {
		for (const [, input] of cases) {
			const { networks, ofAll } = readinessCheckOf(input);
			for (const { nextStep } of [...ofAll, ...networks.flatMap(({ findings }) => findings)])
				expect(nextStep).toMatch(/\.$/);
		}
	});
});

describe('what a readiness check reads', () => {
	const needs = (input: ReadinessCheckInput) => {
		const { outcomes, snapshot, used } = judgeForReadinessCheck(input);
		return readinessCheckRequests(outcomes, snapshot, used);
	};

	test('the uplink in use of every network that takes part, also of those with nothing to decide', () => {
		expect(needs({ snapshot: { statuses: new Map() } })).toEqual({
			statusesOf: [NETWORK_ID],
			historyOf: [],
			lookbacksOf: [],
		});
	});

	test('nothing of a network whose uplink is known, whose tags are not in order, or whose peers nobody tracks', () => {
		const nothing = { statusesOf: [], historyOf: [], lookbacksOf: [] };
		const unasked = { statuses: new Map(), lookbacks: new Map() };
		expect(needs({})).toEqual(nothing);
		expect(needs({ networks: [network(['london_primary_up'])], snapshot: unasked })).toEqual(nothing);
		expect(needs({ peers: [], snapshot: { lookbacks: new Map() } })).toEqual(nothing);
	});

	test('R4.7 earlier days, only for a tracked destination without any health now', () => {
		const rows = [row(LONDON_IP, '_ _ _ _ _'), row(PARIS_IP, CLEAN)];
		expect(needs({ rows, snapshot: { lookbacks: new Map() } }).lookbacksOf).toEqual([LONDON_IP]);
		expect(needs({ rows: [row(PARIS_IP, CLEAN)], snapshot: { lookbacks: new Map() } }).lookbacksOf).toEqual(
			[],
		);
		expect(needs({ rows }).lookbacksOf).toEqual([]);
	});
});
