import { compareRoles, isSameRole, parseRoleName, roleName } from '../../../core/domain/roles';
import type { Role } from '../../../core/domain/types';
import { explainOutcome } from '../../../core/notify/explain';
import {
	appliance,
	evaluateBranch,
	LONDON,
	LONDON_IP,
	ON_BACKUP,
	ON_PRIMARY,
	PEERS,
	row,
	settings,
} from '../../support/branch';
import type { Branch } from '../../support/branch';
import { CLEAN, DEAD, NOW } from '../../support/series';

describe('the sentences that say why', () => {
	const held = (tags: readonly string[]) => [...tags, 'vpn_failover_hold'];
	const known = (...peers: (typeof PEERS)[number][]) => ({ kind: 'known', peers }) as const;
	const rows: (Branch & { says: string; expect: RegExp })[] = [
		{
			says: 'R3.1 a failover names the numbers',
			tags: ON_PRIMARY,
			london: '0 0 0 80 80',
			paris: CLEAN,
			expect:
				/^london \(203\.0\.113\.10 on wan1\): 2 of 5 samples at or over 30 %, newest 80 % at 11:57 UTC\./,
		},
		{
			says: 'R3.1 with latency',
			tags: ON_PRIMARY,
			london: '0/10 0/10 0/900.04',
			paris: CLEAN,
			settings: { latencyThresholdMs: 200 },
			expect: /1 of 3 samples at or over 30 % or 200 ms, newest 0 %, 900 ms/,
		},
		{
			says: 'R3.4 an unmeasured backup',
			tags: ON_PRIMARY,
			london: DEAD,
			expect: /Backup paris is not measured\./,
		},
		{
			says: 'R3.3 a swap back',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: CLEAN,
			expect: /^london has been at or under 0 % loss for 15 min\.$/,
		},
		{ says: 'R2 healthy', tags: ON_PRIMARY, london: CLEAN, expect: /0 of 5 samples.*Nothing to do\.$/ },
		{
			says: 'R2.3 watching',
			tags: ON_PRIMARY,
			london: '80 80 0 0 0',
			expect: /2 of 5 samples.*newest two are under it/,
		},
		{
			says: 'R2.4 waiting',
			tags: ON_BACKUP,
			london: '0 0 2.25 0 0',
			expect:
				/Back on london at 12:12 UTC at the earliest, after 15 min at or under 0 % loss \(backoff; the setting is 5 min\)\.$/,
		},
		{
			says: 'R4.2 hold',
			tags: held(ON_PRIMARY),
			london: DEAD,
			paris: CLEAN,
			expect: /5 of 5.*Held by the tag vpn_failover_hold/,
		},
		{
			says: 'R4.2 hold of a swap back',
			tags: held(ON_BACKUP),
			london: CLEAN,
			expect: /^london has been.*Held by the tag/,
		},
		{
			says: 'R1.3 no status',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			statuses: 'notReadable',
			expect: /Meraki did not say which uplink is in use/,
		},
		{
			says: 'R4.5 offline',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			statuses: [appliance([])],
			expect: /no active uplink/,
		},
		{
			says: 'R4.9 no candidate',
			tags: ON_PRIMARY,
			london: DEAD,
			rows: [row('8.8.8.8', CLEAN)],
			peers: known(LONDON),
			expect: /no peer to move to/,
		},
		{
			says: 'R4.3 paused',
			tags: ON_BACKUP,
			london: CLEAN,
			settings: { moves: 'failoversOnly' },
			expect: /Moves is set to Failovers Only/,
		},
		{ says: 'R4.6 no row', tags: ON_PRIMARY, expect: /^london: no measurement of 203\.0\.113\.10\./ },
		{
			says: 'R4.6 too few samples',
			tags: ON_PRIMARY,
			london: '80 80',
			expect: /80 % at|fewer than 3 measured samples/,
		},
		{
			says: 'R4.6 old samples',
			tags: ON_PRIMARY,
			rows: [row(LONDON_IP, '0 0 0', { lagMs: 300_000, offsetMs: 1_000 })],
			settings: { windowMinutes: 5 },
			expect: /fewer than 3|more than 5 min old|london/,
		},
		{ says: 'R4.1 tags', tags: ['london_primary_up'], expect: /^No backup tag beside london_primary_up\./ },
		{ says: 'R4.1 no primary', tags: ['paris_backup_up'], expect: /^No primary tag beside/ },
		{
			says: 'R4.1 no role up',
			tags: ['london_primary_down', 'paris_backup_down'],
			expect: /^No peer is up:/,
		},
		{
			says: 'R4.1 two roles up',
			tags: ['london_primary_up', 'paris_backup_up'],
			expect: /^More than one peer is up: london_primary_up, paris_backup_up\./,
		},
		{
			says: 'R4.1 a role twice',
			tags: ['london_primary_up', 'paris_backup_down', 'xparis_backup_down'],
			expect: /^One role has two tags: paris_backup_down, xparis_backup_down\. Remove/,
		},
		{
			says: 'R4.1 case',
			tags: ['london_primary_up', 'LONDON_primary_up'],
			expect: /^These tags differ only in upper and lower case: london_primary_up, LONDON_primary_up/,
		},
		{
			says: 'R4.1 a foreign tag that differs from one of ours only in case',
			tags: [...ON_PRIMARY, 'PARIS_BACKUP_UP'],
			expect: /^These tags differ only in upper and lower case: paris_backup_down, PARIS_BACKUP_UP\./,
		},
		{
			says: 'R4.1 the tag that is missing is there, but misspelled',
			tags: ['LONDON_PRIMARY_UP', 'paris_backup_down'],
			expect:
				/^No primary tag beside paris_backup_down\..* LONDON_PRIMARY_UP does not count: upper and lower case matter/,
		},
		{
			says: 'no VPN peer lists the tag',
			tags: ON_PRIMARY,
			peers: known(),
			expect: /^london: no VPN peer lists the tag london_primary_up\./,
		},
		{
			says: 'two VPN peers list the tag',
			tags: ON_PRIMARY,
			peers: known(LONDON, LONDON),
			expect: /more than one VPN peer lists/,
		},
		{
			says: 'a host name only',
			tags: ON_PRIMARY,
			peers: known({ ...LONDON, publicIp: null }),
			expect: /host name and no public IP/,
		},
		{
			says: 'a peer for all networks',
			tags: ON_PRIMARY,
			peers: known({ ...LONDON, networkTags: ['all', 'london_primary_up'] }),
			expect: /available to all networks/,
		},
		{
			says: 'peers not readable',
			tags: ON_PRIMARY,
			peers: { kind: 'notReadable' },
			expect: /could not be read/,
		},
		{
			says: 'not listed',
			tags: ON_PRIMARY,
			settings: { trackedIps: { kind: 'listed', ipsByPeer: new Map([['x', ['y']]]) } },
			expect: /london has no IP under Listed IPs/,
		},
		{
			says: 'nothing left to track',
			tags: ON_PRIMARY,
			settings: { trackedIps: { kind: 'everyExcept', excludedIps: [] } },
			expect: /tracks no destination but the excluded ones/,
		},
	];
	test.each(rows)('$says', ({ expect: expected, ...branch }) => {
		const [outcome] = evaluateBranch(branch).outcomes;
		if (!outcome) throw new Error('nothing was judged');
		expect(explainOutcome(outcome, settings(branch.settings ?? {}), NOW)).toMatch(expected);
	});

	test('of several rows the worst one is told', () => {
		const [outcome] = evaluateBranch({
			tags: ON_PRIMARY,
			london: '0 0 0 0 30',
			rows: [row(LONDON_IP, DEAD, { uplink: 'wan2' })],
			settings: { judgedUplinks: { kind: 'chosen', uplinks: ['wan1', 'wan2'] } },
		}).outcomes;
		if (!outcome) throw new Error('nothing was judged');
		expect(explainOutcome(outcome, settings(), NOW)).toMatch(/on wan2\): 5 of 5/);
	});
});

describe('roles', () => {
	const backup = (order: number): Role => ({ kind: 'backup', order });
	test('R7 names and numbers are read back', () => {
		for (const role of [{ kind: 'primary' } as const, backup(1), backup(2), backup(99)]) {
			expect(parseRoleName(roleName(role))).toEqual(role);
		}
		expect([roleName(backup(1)), roleName(backup(2))]).toEqual(['backup', 'backup2']);
	});

	test('R7 other texts are no role', () => {
		for (const text of [
			'',
			'Primary',
			'backup0',
			'backup1',
			'backup01',
			'backup100',
			'primary2',
			' backup',
		]) {
			expect(parseRoleName(text)).toBeNull();
		}
	});

	test('R3.4 primary comes first, then the backups by their numbers', () => {
		const sorted = [backup(10), backup(2), { kind: 'primary' } as const, backup(1)].sort(compareRoles);
		expect(sorted.map(roleName)).toEqual(['primary', 'backup', 'backup2', 'backup10']);
		expect(isSameRole(backup(1), { kind: 'primary' })).toBe(false);
		expect(isSameRole(backup(2), backup(2))).toBe(true);
	});
});
