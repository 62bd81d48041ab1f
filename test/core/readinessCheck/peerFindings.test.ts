import { MINUTE_MS } from '../../../core/domain/time';
import type { Settings } from '../../../core/settings/settings';
import {
	DNS_IP,
	LONDON,
	LONDON_IP,
	network,
	ON_BACKUP,
	PARIS,
	PARIS_IP,
	PEERS,
	ROME_IP,
	row,
	THREE_ON_PRIMARY,
	vpnPeer,
} from '../../support/branch';
import { readinessCheckOf, findingsOf } from '../../support/readinessChecks';
import type { ReadinessCheckInput } from '../../support/readinessChecks';
import { CLEAN, DEAD, NOW } from '../../support/series';

/** What one network's only finding says. */
function finding(input: ReadinessCheckInput) {
	const { networks } = readinessCheckOf(input);
	const findings = networks.flatMap((each) => each.findings);
	expect(findings).toHaveLength(1);
	return findings[0];
}

const DNS = row(DNS_IP, CLEAN);
const LONDON_CLEAN = row(LONDON_IP, CLEAN);
/** An hour ago the destination was healthy. */
const healthyAnHourAgo = (ip: string) => ({
	lookbacks: new Map([[ip, { rows: [row(ip, CLEAN, { now: NOW - 60 * MINUTE_MS })], isIncomplete: false }]]),
});
const listed = (ipsByPeer: [string, string[]][]): Partial<Settings> => ({
	trackedIps: { kind: 'listed', ipsByPeer: new Map(ipsByPeer) },
});

describe('the primary peer in a readiness check', () => {
	test.each([
		[
			'samples that stand on another uplink',
			[row(LONDON_IP, CLEAN, { uplink: 'wan2' })],
			'No sample on the uplink in use.',
		],
		[
			'samples that are too old',
			[row(LONDON_IP, CLEAN, { lagMs: 20 * MINUTE_MS })],
			'No sample on the uplink in use.',
		],
		['samples that are not measured', [row(LONDON_IP, '_ _ _ _ _')], 'Too few measured samples.'],
	])('R2.1 no data: %s', (_says, rows, explanation) => {
		const input = { rows: [...rows, row(PARIS_IP, CLEAN), DNS], snapshot: healthyAnHourAgo(LONDON_IP) };
		const found = readinessCheckOf(input).networks.flatMap(({ findings }) => findings);
		expect(found).toContainEqual({
			kind: 'prevents',
			heading: `No data now: ${LONDON_IP} of london`,
			nextStep:
				'Check that the appliance is online. Meraki does not measure over integrated cellular uplinks.',
			explanation,
		});
	});

	test('R1.3 of several listed destinations all are named', () => {
		const settings = listed([
			['london', [LONDON_IP, '203.0.113.11']],
			['paris', [PARIS_IP]],
		]);
		expect(findingsOf({ rows: [row(PARIS_IP, CLEAN), DNS], settings })).toEqual([
			'prevents: Not tracked: 203.0.113.10, 203.0.113.11 of london',
		]);
	});

	const unlisted = 'prevents: london: no VPN peer lists the tag london_primary_up';
	test.each([
		['a peer of that name that lists another tag', [vpnPeer('London', LONDON_IP, 'other'), PARIS], unlisted],
		['a peer for all networks that has another name', [vpnPeer('Oslo', LONDON_IP, 'all'), PARIS], unlisted],
		[
			'two peers with the tag beside one of that name for all networks',
			[
				LONDON,
				vpnPeer('Copy', '203.0.113.99', 'london_primary_up'),
				vpnPeer('London', '203.0.113.98', 'all'),
				PARIS,
			],
			'prevents: london: more than one VPN peer lists the tag london_primary_up',
		],
	])('is not told to be available to all networks: %s', (_says, peers, expected) => {
		expect(findingsOf({ peers })).toEqual([expected]);
	});

	test('what is wrong stands first, what to do next to it, also where the tag has a dot', () => {
		const input = { networks: [network(['st.ives_primary_up', 'paris_backup_down'])], peers: [PARIS] };
		expect(finding(input)).toEqual({
			kind: 'prevents',
			heading: 'st.ives: no VPN peer lists the tag st.ives_primary_up',
			nextStep: "Add it to the peer's availability, or correct the network's tag.",
			explanation: '',
		});
	});
});

describe('the backup peers in a readiness check', () => {
	test.each([
		{
			says: 'R4.7 that answers nobody',
			input: { rows: [LONDON_CLEAN, row(PARIS_IP, DEAD), DNS] },
			nextStep: `Track ${PARIS_IP} as well (Uplink statistics), and let it answer ICMP: else a branch may move to a dead backup.`,
		},
		{
			says: 'R2.1 that was healthy an hour ago, and is not measured now',
			input: {
				rows: [LONDON_CLEAN, row(PARIS_IP, '_ _ _ _ _'), DNS],
				snapshot: healthyAnHourAgo(PARIS_IP),
			},
			nextStep: `Track ${PARIS_IP} as well (Uplink statistics), and let it answer ICMP: else a branch may move to a dead backup.`,
		},
		{
			says: 'of which several destinations are listed',
			input: {
				rows: [LONDON_CLEAN, DNS],
				settings: listed([
					['london', [LONDON_IP]],
					['paris', [PARIS_IP, '203.0.113.21']],
				]),
			},
			nextStep:
				'Track 203.0.113.20, 203.0.113.21 as well (Uplink statistics), and let it answer ICMP: else a branch may move to a dead backup.',
		},
		{
			says: 'that has a host name only',
			input: { rows: [LONDON_CLEAN, DNS], peers: [LONDON, vpnPeer('Paris hub', null, 'paris_backup_up')] },
			nextStep:
				'Track its public IP as well (Uplink statistics), and let it answer ICMP: else a branch may move to a dead backup.',
		},
		{
			says: 'that Every Tracked IP Except says nothing of',
			input: {
				rows: [LONDON_CLEAN, DNS],
				settings: { trackedIps: { kind: 'everyExcept', excludedIps: [DNS_IP] } } as const,
			},
			nextStep: 'Choose From VPN Peers or Listed IPs under Tracked IPs to have backups judged.',
		},
	])('R3.4 one $says is not measured', ({ input, nextStep }) => {
		expect(finding(input)).toEqual({
			kind: 'weakens',
			heading: 'Backup not measured: paris',
			nextStep,
			explanation: '',
		});
	});

	test('R3.4 that must be measured clean, says whose wish that is', () => {
		const input = { rows: [LONDON_CLEAN, DNS], settings: { backupMustBe: 'measuredClean' } as const };
		expect(finding(input)?.nextStep).toMatch(/dead backup\. Backup Must Be asks for a measured one\.$/);
	});

	const LOSSY = '0 0 0 80 80';
	const lossy = (...ips: string[]) => ips.map((ip) => row(ip, LOSSY));
	const cases: readonly [string, ReadinessCheckInput, readonly string[]][] = [
		[
			'all of them',
			{ networks: [network(THREE_ON_PRIMARY)], rows: [LONDON_CLEAN, DNS, ...lossy(PARIS_IP, ROME_IP)] },
			['prevents: Every backup shows loss now: paris, rome'],
		],
		[
			'one of two: the other takes the branch',
			{
				networks: [network(THREE_ON_PRIMARY)],
				rows: [LONDON_CLEAN, DNS, row(PARIS_IP, CLEAN), ...lossy(ROME_IP)],
			},
			[],
		],
		[
			'the one that the branch is on: the next question is an escape',
			{ networks: [network(ON_BACKUP)], rows: [LONDON_CLEAN, DNS, ...lossy(PARIS_IP)] },
			[],
		],
		[
			'the only one, where Backup Must Be is Anything',
			{ rows: [LONDON_CLEAN, DNS, ...lossy(PARIS_IP)], settings: { backupMustBe: 'anything' } },
			[],
		],
	];
	test.each(cases)('R3.4 loss on %s', (_says, input, expected) => {
		expect(findingsOf(input)).toEqual(expected);
	});
});

describe("Meraki's own failover in a readiness check", () => {
	const native = (...tags: string[]) => ({
		...vpnPeer('Hub', '203.0.113.99', ...tags),
		hasNativeFailover: true,
	});
	test('counts on a peer that lists one of our up tags, whatever else it lists', () => {
		const peers = [...PEERS.slice(1), native('store', 'london_primary_up')];
		expect(findingsOf({ peers, rows: [row('203.0.113.99', CLEAN), row(PARIS_IP, CLEAN)] })).toEqual([
			"weakens: Meraki's own failover is on: VPN peer Hub",
		]);
	});

	test('does not count on a peer that takes other networks only', () => {
		expect(findingsOf({ peers: [...PEERS, native('store', 'london_primary_down2')] })).toEqual([]);
	});
});
