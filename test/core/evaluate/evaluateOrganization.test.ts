import { MINUTE_MS } from '../../../core/domain/time';
import { applianceInUse } from '../../../core/health/applianceInUse';
import { evaluateOrganization } from '../../../core/evaluate/evaluateOrganization';
import type { OrganizationSnapshot } from '../../../core/evaluate/snapshot';
import type { Settings } from '../../../core/settings/settings';
import { compileTagFormat, DEFAULT_TAG_FORMAT } from '../../../core/tags/tagFormat';
import type { Network } from '../../../core/domain/types';
import {
	appliance,
	DNS_IP,
	evaluateBranch,
	inWords,
	judged,
	judgedPair,
	LONDON,
	LONDON_IP,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS_IP,
	PEERS,
	row,
	settings,
} from '../../support/branch';
import type { Branch } from '../../support/branch';
import { CLEAN, DEAD, NOW } from '../../support/series';

const SPARE = 'Q2BB-BBBB-BBBB';

interface Row extends Branch {
	readonly says: string;
	readonly expect: string;
}

function check(rows: readonly Row[]): void {
	test.each(rows)('$says', ({ expect: expected, ...branch }) => {
		expect(judged(branch)).toBe(expected);
	});
}

describe('R1.3 which appliance is judged', () => {
	const primary = { serial: 'A', role: 'primary', lastReportedAt: NOW };
	const spare = { serial: 'B', role: 'spare', lastReportedAt: NOW };
	const later = NOW + 5 * MINUTE_MS;
	const rows = [
		{ says: 'the only one', list: [appliance(['wan1'], primary)], expect: 'A wan1' },
		{
			says: 'the one that alone has an active uplink, be it the spare',
			list: [appliance([], { ...primary, lastReportedAt: later }), appliance(['wan1'], spare)],
			expect: 'B wan1',
		},
		{
			says: 'of two with one, primary',
			list: [appliance(['wan2'], spare), appliance(['wan1'], primary)],
			expect: 'A wan1',
		},
		{
			says: 'the spare where it reported exactly 5 minutes more recently',
			list: [appliance(['wan1'], primary), appliance(['wan1'], { ...spare, lastReportedAt: later })],
			expect: 'B wan1',
		},
		{
			says: 'primary where the spare reported a millisecond less than that more recently',
			list: [appliance(['wan1'], primary), appliance(['wan1'], { ...spare, lastReportedAt: later - 1 })],
			expect: 'A wan1',
		},
		{
			says: 'primary where it reported long after the spare',
			list: [appliance(['wan1'], spare), appliance(['wan1'], { ...primary, lastReportedAt: later })],
			expect: 'A wan1',
		},
		{
			says: 'neither where Meraki names no role',
			list: [appliance(['wan1'], { ...spare, role: null }), appliance(['wan1'], { ...primary, role: null })],
			expect: 'unclear',
		},
		{ says: 'wan1 before wan2', list: [appliance(['wan2', 'wan1'], primary)], expect: 'A wan1' },
		{ says: 'wan3 before cellular', list: [appliance(['cellular', 'wan3'], primary)], expect: 'A wan3' },
		{
			says: 'wan2 where wan1 has failed',
			list: [appliance(['wan2'], { ...primary, failed: ['wan1'] })],
			expect: 'A wan2',
		},
		{
			says: 'cellular where nothing else is active',
			list: [appliance(['cellular'], { ...primary, failed: ['wan1', 'wan2'] })],
			expect: 'A cellular',
		},
		{
			says: 'offline without an active uplink',
			list: [appliance([], { ...primary, failed: ['wan1'] })],
			expect: 'offline',
		},
		{
			says: 'offline with two appliances without an active uplink',
			list: [appliance([], spare), appliance([], primary)],
			expect: 'offline',
		},
		{ says: 'offline where no appliance is known', list: [], expect: 'offline' },
	];
	test.each(rows)('R1.3 $says', ({ list, expect: expected }) => {
		const found = applianceInUse(list);
		const words = found.kind === 'online' ? `${found.serial} ${found.activeUplink}` : found.kind;
		expect(words).toBe(expected);
		const reversed = applianceInUse([...list].reverse());
		expect(reversed).toEqual(found);
	});
});

describe('R1.3 which rows are judged', () => {
	const wan2 = (ip: string, series: string) => row(ip, series, { uplink: 'wan2' });
	const spare = (ip: string, series: string) => row(ip, series, { serial: SPARE });
	const chosen = (lossyWhen: 'any' | 'all', ...uplinks: string[]): Partial<Settings> => ({
		judgedUplinks: { kind: 'chosen', uplinks },
		lossyWhen,
	});
	check([
		{
			says: 'R1.3 8.8.8.8 is not the peer: its loss moves nobody (trap 8: 8.8.8.8 judged as a peer)',
			tags: ON_PRIMARY,
			london: CLEAN,
			rows: [row(DNS_IP, DEAD)],
			expect: 'stays: healthy',
		},
		{
			says: 'R1.3 a clean 8.8.8.8 does not hide a dead peer',
			tags: ON_PRIMARY,
			london: DEAD,
			rows: [row(DNS_IP, CLEAN)],
			expect: 'failover to paris',
		},
		{
			says: 'R1.3 8.8.8.8 alone is no measurement of the peer',
			tags: ON_PRIMARY,
			rows: [row(DNS_IP, DEAD)],
			expect: 'stays: noData',
		},
		{
			says: 'R1.3 the active uplink is judged, not wan1 (trap 9: only wan1)',
			tags: ON_PRIMARY,
			london: CLEAN,
			rows: [wan2(LONDON_IP, DEAD)],
			statuses: [appliance(['wan2'])],
			expect: 'failover to paris',
		},
		{
			says: 'R1.3 loss on an uplink that is not in use moves nobody',
			tags: ON_PRIMARY,
			london: CLEAN,
			rows: [wan2(LONDON_IP, DEAD)],
			statuses: [appliance(['wan1'])],
			expect: 'stays: healthy',
		},
		{
			says: 'R1.3 of several active uplinks the lowest-numbered is judged',
			tags: ON_PRIMARY,
			london: CLEAN,
			rows: [wan2(LONDON_IP, DEAD)],
			statuses: [appliance(['wan2', 'wan1'])],
			expect: 'stays: healthy',
		},
		{
			says: 'R1.3 rows of the spare that is not in use move nobody',
			tags: ON_PRIMARY,
			london: CLEAN,
			rows: [spare(LONDON_IP, DEAD)],
			statuses: [appliance(['wan1']), appliance(['wan1'], { serial: SPARE, role: 'spare' })],
			expect: 'stays: healthy',
		},
		{
			says: 'R1.3 rows of the spare that took over are judged',
			tags: ON_PRIMARY,
			london: CLEAN,
			rows: [spare(LONDON_IP, DEAD)],
			statuses: [appliance([]), appliance(['wan1'], { serial: SPARE, role: 'spare' })],
			expect: 'failover to paris',
		},
		{
			says: 'R1.3 one row swaps and the next does not swap back in the same run (trap 6: decision per row)',
			tags: ON_PRIMARY,
			london: DEAD,
			rows: [wan2(LONDON_IP, CLEAN), spare(LONDON_IP, CLEAN)],
			expect: 'failover to paris',
		},
		{
			says: 'R1.3 without a readable status nothing moves',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			statuses: 'notReadable',
			expect: 'noStatus stops failover',
		},
		{
			says: 'R1.3 without a readable status no swap back either',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: CLEAN,
			statuses: 'notReadable',
			expect: 'noStatus stops swapBack',
		},
		{
			says: 'R1.3 without a readable status a swap back that hangs on history is stopped as well',
			tags: ON_BACKUP,
			london: '. 0 0 0 0 _',
			statuses: 'notReadable',
			expect: 'noStatus stops swapBack',
		},
		{
			says: 'R1.3 with two active appliances of which none is called primary nothing moves',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			statuses: [appliance(['wan1'], { role: null }), appliance(['wan1'], { serial: SPARE, role: null })],
			expect: 'noStatus stops failover',
		},
		{
			says: 'R1.3 loss on any uplink asks for the status',
			tags: ON_PRIMARY,
			london: CLEAN,
			rows: [wan2(LONDON_IP, DEAD)],
			statuses: 'notAsked',
			expect: 'needs status',
		},
		{
			says: 'R1.3 a clean network asks for no status',
			tags: ON_PRIMARY,
			london: CLEAN,
			rows: [wan2(LONDON_IP, '0 0 0')],
			statuses: 'notAsked',
			expect: 'stays: healthy',
		},
		{
			says: 'R1.3 old loss asks for no status',
			tags: ON_PRIMARY,
			london: '80 80 80 0 0',
			statuses: 'notAsked',
			expect: 'stays: watching',
		},
		{
			says: 'R1.3 chosen, any: one lossy uplink moves',
			tags: ON_PRIMARY,
			london: CLEAN,
			rows: [wan2(LONDON_IP, DEAD)],
			settings: chosen('any', 'wan1', 'wan2'),
			expect: 'failover to paris',
		},
		{
			says: 'R1.3 chosen, all: one lossy uplink does not',
			tags: ON_PRIMARY,
			london: CLEAN,
			rows: [wan2(LONDON_IP, DEAD)],
			settings: chosen('all', 'wan1', 'wan2'),
			expect: 'stays: healthy',
		},
		{
			says: 'R1.3 chosen, all: both lossy uplinks move',
			tags: ON_PRIMARY,
			london: DEAD,
			rows: [wan2(LONDON_IP, DEAD)],
			settings: chosen('all', 'wan1', 'wan2'),
			expect: 'failover to paris',
		},
		{
			says: 'R1.3 chosen: an uplink that was not chosen is not looked at',
			tags: ON_PRIMARY,
			london: DEAD,
			rows: [wan2(LONDON_IP, CLEAN)],
			settings: chosen('any', 'wan2'),
			expect: 'stays: healthy',
		},
		{
			says: 'R1.3 chosen: an uplink without rows does not count',
			tags: ON_PRIMARY,
			london: DEAD,
			settings: chosen('all', 'wan1', 'wan2'),
			expect: 'failover to paris',
		},
		{
			says: 'R1.3 chosen: rows of the idle spare are not mixed in',
			tags: ON_PRIMARY,
			london: DEAD,
			rows: [spare(LONDON_IP, CLEAN)],
			settings: chosen('all', 'wan1'),
			statuses: [appliance(['wan1']), appliance([], { serial: SPARE, role: 'spare' })],
			expect: 'failover to paris',
		},
		{
			says: 'R1.3 chosen, any: back only when both uplinks are clean',
			tags: ON_BACKUP,
			london: CLEAN,
			rows: [wan2(LONDON_IP, '0 0 4 0 0')],
			settings: chosen('any', 'wan1', 'wan2'),
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R1.3 chosen, all: back when one uplink is clean',
			tags: ON_BACKUP,
			london: CLEAN,
			rows: [wan2(LONDON_IP, DEAD)],
			settings: chosen('all', 'wan1', 'wan2'),
			expect: 'swapBack to london',
		},
		{
			says: 'R3.4 chosen: clearly better must hold for every row',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: '40 0 0 0 0',
			rows: [wan2(PARIS_IP, '90 90 90 90 90')],
			settings: chosen('any', 'wan1', 'wan2'),
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R3.4 chosen: clearly better than every row',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: '40 0 0 0 0',
			rows: [wan2(PARIS_IP, '50 0 0 0 0')],
			settings: chosen('any', 'wan1', 'wan2'),
			expect: 'failover to paris',
		},
		{
			says: 'R4.5 an appliance without an active uplink is not moved: chosen uplinks',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: chosen('any', 'wan1'),
			statuses: [appliance([], { failed: ['wan1'] })],
			expect: 'offline stops failover',
		},
		{
			says: 'R4.5 an appliance without an active uplink is not moved, and the reason says so',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			statuses: [appliance([], { failed: ['wan1'] })],
			expect: 'offline stops failover',
		},
		{
			says: 'R4.5 nor is it swapped back',
			tags: ON_BACKUP,
			london: CLEAN,
			statuses: [appliance([], { failed: ['wan1'] })],
			expect: 'offline stops swapBack',
		},
	]);

	test('R1.3 the status is asked for only where a decision depends on it', () => {
		const networks: Network[] = [
			network(ON_PRIMARY, { id: 'N_clean' }),
			network(ON_PRIMARY, { id: 'N_dead' }),
			network(['none'], { id: 'N_foreign' }),
			network(['london_primary_up'], { id: 'N_half' }),
		];
		const snapshot: OrganizationSnapshot = {
			now: NOW,
			networks,
			rows: networks.map(({ id }) => row(LONDON_IP, id === 'N_clean' ? CLEAN : DEAD, { networkId: id })),
			peers: { kind: 'known', peers: PEERS },
			memory: null,
			statuses: new Map(),
			history: new Map(),
			lookbacks: new Map(),
		};
		const { requests, outcomes } = evaluateOrganization(
			snapshot,
			settings(),
			compileTagFormat(DEFAULT_TAG_FORMAT),
		);
		// The look back is read together with the status.
		expect(requests).toEqual({ statusesOf: ['N_dead'], historyOf: [], lookbacksOf: [LONDON_IP] });
		expect(outcomes.map((outcome) => `${outcome.network.id} ${inWords(outcome)}`)).toEqual([
			'N_clean stays: healthy',
			'N_half tagsInconsistent: noBackup',
		]);
	});

	test('R1.3 no decision while the status is still to be read', () => {
		const { outcomes, requests } = evaluateBranch({ tags: ON_PRIMARY, london: DEAD, statuses: 'notAsked' });
		expect(outcomes).toEqual([]);
		expect(requests.statusesOf).toEqual([NETWORK_ID]);
	});
});

describe('R2.4 what the window does not hold', () => {
	const ten: Partial<Settings> = { recoveryMinutes: 10 };
	const older = (series: string) => [row(LONDON_IP, series)];
	check([
		{
			says: 'R2.4 history is asked for when only it can tell',
			tags: ON_BACKUP,
			london: CLEAN,
			settings: ten,
			history: 'notAsked',
			expect: 'needs history',
		},
		{
			says: 'R2.4 clean history swaps back',
			tags: ON_BACKUP,
			london: CLEAN,
			settings: ten,
			remembered: [],
			history: older('0 0 0 0 0 0 0 0 0 0 0'),
			expect: 'swapBack to london',
		},
		{
			says: 'R2.4 lossy history does not',
			tags: ON_BACKUP,
			london: CLEAN,
			settings: ten,
			history: older('0 80 0 0 0 0 0 0 0 0'),
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R2.4 history that Meraki does not have is unmeasured',
			tags: ON_BACKUP,
			london: CLEAN,
			settings: ten,
			history: [],
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R2.4 memory serves as well as history',
			tags: ON_BACKUP,
			london: CLEAN,
			settings: ten,
			remembered: older('0 0 0 0 0 0 0 0 0 0'),
			history: 'notAsked',
			expect: 'swapBack to london',
		},
		{
			says: 'R2.4 loss in memory is known without history',
			tags: ON_BACKUP,
			london: CLEAN,
			settings: ten,
			remembered: older('0 0 0 3 0 . . . . .'),
			history: 'notAsked',
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R2.4 a gap in memory is asked for',
			tags: ON_BACKUP,
			london: CLEAN,
			settings: ten,
			remembered: older('0 0 0 . 0 0 0 0 0 0'),
			history: 'notAsked',
			expect: 'needs history',
		},
		{
			says: 'R2.4 no history is asked for while primary is lossy',
			tags: ON_BACKUP,
			london: '0 0 0 0 80',
			settings: ten,
			history: 'notAsked',
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R2.4 no history is asked for on primary',
			tags: ON_PRIMARY,
			london: CLEAN,
			settings: ten,
			history: 'notAsked',
			expect: 'stays: healthy',
		},
		{
			says: 'R2.4 no history is asked for a failover from a backup',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: DEAD,
			settings: ten,
			history: 'notAsked',
			expect: 'failover to london',
		},
		{
			says: 'R2.2 loss that only memory knows, outside of the window, is not lossy',
			tags: ON_PRIMARY,
			london: CLEAN,
			remembered: older('100 100 100 0 0 0 0 0'),
			expect: 'stays: healthy',
		},
		{
			says: 'R1.1 loss that memory measured in the window counts where the newest answer says null',
			tags: ON_PRIMARY,
			london: '0 0 0 0 _',
			remembered: older('0 0 0 0 90'),
			expect: 'failover to paris',
		},
	]);

	test('R2.4 each primary IP is asked for once, as far back as R minutes need', () => {
		const networks = ['N_1', 'N_2', 'N_3'].map((id) => network(ON_BACKUP, { id }));
		const snapshot: OrganizationSnapshot = {
			now: NOW,
			networks,
			rows: networks.map(({ id }) => row(LONDON_IP, CLEAN, { networkId: id })),
			peers: { kind: 'known', peers: PEERS },
			memory: null,
			statuses: new Map(networks.map(({ id }) => [id, [appliance(['wan1'], { networkId: id })]])),
			history: new Map(),
			lookbacks: new Map(),
		};
		const { requests } = evaluateOrganization(snapshot, settings(ten), compileTagFormat(DEFAULT_TAG_FORMAT));
		expect(requests.historyOf.map(({ ip }) => ip)).toEqual([LONDON_IP]);
		const [asked] = requests.historyOf;
		// The oldest slot is 9 minutes before a sample that may be 4 minutes old, and may be found 30 s before that.
		expect(asked?.since).toBeLessThanOrEqual(NOW - 13.5 * MINUTE_MS);
	});

	test('R2.4 answered history ends the asking, whatever it says', () => {
		for (const history of ['', '0', '_ _ _ _ _ _ _ _ _ _', '0 0 0 0 0 . . . . .']) {
			const { requests } = evaluateBranch({
				tags: ON_BACKUP,
				london: '. 0 0 0 0 _',
				settings: { recoveryMinutes: 60 },
				history: [row(LONDON_IP, history)],
			});
			expect(requests.historyOf).toEqual([]);
		}
	});
});

describe('a missing measurement moves nobody', () => {
	check([
		{
			says: 'R4.6 an empty series on primary is not healthy and not failing (trap 5: empty series counts as healthy)',
			tags: ON_PRIMARY,
			london: '',
			expect: 'stays: noData',
		},
		{
			says: 'R4.6 an empty series of primary is no recovery (trap 5)',
			tags: ON_BACKUP,
			london: '',
			paris: CLEAN,
			expect: 'stays: noData',
		},
		{
			says: 'R4.6 all nulls on primary move nobody (trap 4: null loss)',
			tags: ON_PRIMARY,
			london: '_ _ _ _ _',
			expect: 'stays: noData',
		},
		{
			says: 'R4.6 all nulls are no recovery (trap 4)',
			tags: ON_BACKUP,
			london: '_ _ _ _ _',
			expect: 'stays: noData',
		},
		{
			says: 'R4.6 data that stopped after loss is not still failing for ever',
			tags: ON_PRIMARY,
			london: '80 80 80 . . . .',
			expect: 'stays: noData',
		},
		{ says: 'R4.6 no row at all', tags: ON_PRIMARY, expect: 'stays: noData' },
		{
			says: 'R2.2 one bad minute of five moves by default (trap 7: settings)',
			tags: ON_PRIMARY,
			london: '0 0 0 0 100',
			expect: 'failover to paris',
		},
		{
			says: 'R2.2 one bad minute moves nobody where more are asked for (trap 7)',
			tags: ON_PRIMARY,
			london: '0 0 0 0 100',
			settings: { failoverSamples: 2 },
			expect: 'stays: healthy',
		},
		{
			says: 'R2.2 a distant site is not dropped for its latency (trap 7)',
			tags: ON_PRIMARY,
			london: '0/300 0/300 0/300 0/300 0/300',
			expect: 'stays: healthy',
		},
	]);
});

describe('which destination is the peer', () => {
	const listed = (...entries: [string, string[]][]): Partial<Settings> => ({
		trackedIps: { kind: 'listed', ipsByPeer: new Map(entries) },
	});
	const except = (...excludedIps: string[]): Partial<Settings> => ({
		trackedIps: { kind: 'everyExcept', excludedIps },
	});
	const OTHER_IP = '198.51.100.7';
	check([
		{
			says: 'R1.3 listed: the listed IP of the peer is judged',
			tags: ON_PRIMARY,
			london: CLEAN,
			rows: [row(OTHER_IP, DEAD)],
			settings: listed(['london', [OTHER_IP]]),
			expect: 'failover to paris',
		},
		{
			says: 'R1.3 listed: names are matched in exact case',
			tags: ON_PRIMARY,
			london: DEAD,
			settings: listed(['London', [LONDON_IP]]),
			expect: 'stays: untracked',
		},
		{
			says: 'R1.3 listed: several IPs, any lossy',
			tags: ON_PRIMARY,
			london: CLEAN,
			rows: [row(OTHER_IP, DEAD)],
			settings: listed(['london', [LONDON_IP, OTHER_IP]]),
			expect: 'failover to paris',
		},
		{
			says: 'R1.3 listed: several IPs, all lossy asked for',
			tags: ON_PRIMARY,
			london: CLEAN,
			rows: [row(OTHER_IP, DEAD)],
			settings: { ...listed(['london', [LONDON_IP, OTHER_IP]]), lossyWhen: 'all' },
			expect: 'stays: healthy',
		},
		{
			says: 'R1.3 listed: a peer with an empty list is untracked',
			tags: ON_PRIMARY,
			london: DEAD,
			settings: listed(['london', []], ['paris', [PARIS_IP]]),
			expect: 'stays: untracked',
		},
		{
			says: 'R1.3 every IP but the excluded: 8.8.8.8 is not judged',
			tags: ON_PRIMARY,
			rows: [row(OTHER_IP, CLEAN), row(DNS_IP, DEAD)],
			settings: except(DNS_IP),
			expect: 'stays: healthy',
		},
		{
			says: 'R1.3 every IP but the excluded: the rest is',
			tags: ON_PRIMARY,
			rows: [row(OTHER_IP, DEAD), row(DNS_IP, CLEAN)],
			settings: except(DNS_IP),
			expect: 'failover to paris',
		},
		{
			says: 'R1.3 every IP but the excluded: nothing left is untracked',
			tags: ON_PRIMARY,
			rows: [row(DNS_IP, DEAD)],
			settings: except(DNS_IP),
			expect: 'stays: untracked',
		},
		{
			says: 'R1.3 every IP but the excluded: backups are unmeasured and may be taken',
			tags: ON_BACKUP,
			rows: [row(OTHER_IP, CLEAN)],
			remembered: [],
			settings: except(DNS_IP),
			expect: 'swapBack to london',
		},
		{
			says: 'R1.3 without the VPN peers nothing is judged',
			tags: ON_PRIMARY,
			london: DEAD,
			peers: { kind: 'notReadable' },
			expect: 'stays: untracked',
		},
		{
			says: 'R1.3 a primary that no VPN peer lists is untracked',
			tags: ON_PRIMARY,
			london: DEAD,
			peers: { kind: 'known', peers: PEERS.slice(1) },
			expect: 'stays: untracked',
		},
		{
			says: 'R1.3 a primary with a host name only is untracked',
			tags: ON_PRIMARY,
			london: DEAD,
			peers: { kind: 'known', peers: [{ ...LONDON, publicIp: null, publicHostname: 'vpn.example' }] },
			expect: 'stays: untracked',
		},
		{
			says: 'R3.4 a backup that no VPN peer lists is no candidate',
			tags: ON_PRIMARY,
			london: DEAD,
			peers: { kind: 'known', peers: [LONDON] },
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R3.4 nor is it under Anything',
			tags: ON_PRIMARY,
			london: DEAD,
			settings: { backupMustBe: 'anything' },
			peers: { kind: 'known', peers: [LONDON] },
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R3.4 a backup that two VPN peers list is no candidate',
			tags: ON_PRIMARY,
			london: DEAD,
			peers: { kind: 'known', peers: [...PEERS, { ...LONDON, name: 'x', networkTags: ['paris_backup_up'] }] },
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R3.4 a backup on a peer for all networks is no candidate',
			tags: ON_PRIMARY,
			london: DEAD,
			peers: { kind: 'known', peers: [LONDON, { ...LONDON, networkTags: ['all', 'paris_backup_up'] }] },
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R3.4 a backup with a host name only may be taken unmeasured',
			tags: ON_PRIMARY,
			london: DEAD,
			peers: {
				kind: 'known',
				peers: [LONDON, { ...LONDON, publicIp: null, networkTags: ['paris_backup_up'] }],
			},
			expect: 'failover to paris',
		},
		{
			says: 'R7 a peer that lists the tag in other case does not take it',
			tags: ON_PRIMARY,
			london: DEAD,
			peers: { kind: 'known', peers: [{ ...LONDON, networkTags: ['London_primary_up'] }] },
			expect: 'stays: untracked',
		},
		{
			says: 'R1.3 the up tag names the peer also while it is down',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: CLEAN,
			expect: 'swapBack to london',
		},
	]);
});

describe('networks', () => {
	const filter = (networks: Settings['networks']): Partial<Settings> => ({ networks });
	check([
		{
			says: 'R7 a network without VPN tags is left alone (trap 10: networks without tags written)',
			tags: ['a', 'b'],
			london: DEAD,
			expect: '',
		},
		{
			says: 'R4.1 half a pair is reported and not moved (trap 10)',
			tags: ['london_primary_up'],
			london: DEAD,
			expect: 'tagsInconsistent: noBackup',
		},
		{
			says: 'a network without the pilot tag takes no part',
			tags: ON_PRIMARY,
			london: DEAD,
			settings: filter({ kind: 'withTag', tag: 'pilot' }),
			expect: '',
		},
		{
			says: 'a network with the pilot tag does',
			tags: [...ON_PRIMARY, 'pilot'],
			london: DEAD,
			settings: filter({ kind: 'withTag', tag: 'pilot' }),
			expect: 'failover to paris',
		},
		{
			says: 'a listed network takes part',
			tags: ON_PRIMARY,
			london: DEAD,
			settings: filter({ kind: 'listed', networkIds: [NETWORK_ID] }),
			expect: 'failover to paris',
		},
		{
			says: 'a network that is not listed does not',
			tags: ON_PRIMARY,
			london: DEAD,
			settings: filter({ kind: 'listed', networkIds: ['N_2'] }),
			expect: '',
		},
		{
			says: 'rows of another network are not judged here',
			tags: ON_PRIMARY,
			rows: [row(LONDON_IP, DEAD, { networkId: 'N_2' })],
			expect: 'stays: noData',
		},
	]);

	test('each network is judged by its own tags, peers and samples (trap 16: variables kept from the previous network)', () => {
		const networks = [
			network(['leeds_primary_up', 'paris_backup_down'], { id: 'N_1' }),
			network(['london_primary_up'], { id: 'N_2' }),
			network(['x'], { id: 'N_3' }),
			network(ON_PRIMARY, { id: 'N_4' }),
			network(ON_BACKUP, { id: 'N_5' }),
		];
		const snapshot: OrganizationSnapshot = {
			now: NOW,
			networks,
			rows: [
				row(LONDON_IP, '0 0 0 80 80', { networkId: 'N_1' }),
				row(LONDON_IP, '0 0 0 80 80', { networkId: 'N_4' }),
				row(LONDON_IP, CLEAN, { networkId: 'N_5' }),
			],
			peers: { kind: 'known', peers: PEERS },
			memory: null,
			statuses: new Map(networks.map(({ id }) => [id, [appliance(['wan1'], { networkId: id })]])),
			history: new Map([[LONDON_IP, { rows: [], knownSince: 0 }]]),
			lookbacks: new Map(),
		};
		const { outcomes } = evaluateOrganization(snapshot, settings(), compileTagFormat(DEFAULT_TAG_FORMAT));
		expect(outcomes.map((outcome) => `${outcome.network.id} ${inWords(outcome)}`)).toEqual([
			'N_1 stays: untracked',
			'N_2 tagsInconsistent: noBackup',
			'N_4 failover to paris',
			'N_5 stays: recoveryPending',
		]);
	});

	test('R7 two pairs of one network are judged by themselves', () => {
		const tagFormat = { ...DEFAULT_TAG_FORMAT, format: '{group}_{peer}_{role}_{state}' };
		const tags = ['a_london_primary_up', 'a_paris_backup_down', 'b_paris_primary_up', 'b_london_backup_down'];
		const peers = [
			{ ...LONDON, networkTags: ['a_london_primary_up', 'b_london_backup_up'] },
			{ ...LONDON, publicIp: PARIS_IP, networkTags: ['a_paris_backup_up', 'b_paris_primary_up'] },
		];
		expect(
			judged({ tags, london: DEAD, paris: CLEAN, settings: { tagFormat }, peers: { kind: 'known', peers } }),
		).toBe('failover to paris | stays: healthy');
	});

	test('the verdict names the readings it was made from', () => {
		const { peers, pair } = judgedPair({ tags: ON_PRIMARY, london: DEAD, paris: CLEAN });
		expect(peers.primary.member).toBe(pair.primary);
		expect(peers.active).toBe(peers.primary);
		expect(peers.backups.map((peer) => peer.rows.map(({ ip }) => ip))).toEqual([[PARIS_IP]]);
	});
});
