import { DEFAULT_TAG_FORMAT, compileTagFormat } from '../../../core/tags/tagFormat';
import type { TagFormat } from '../../../core/tags/tagFormat';
import {
	memberWithRole,
	membersOf,
	readPairs,
	tagsWith,
	tagsWithActive,
	tagsWithout,
} from '../../../core/tags/pairs';
import { consistentPair, judged } from '../../support/branch';

const GROUPED: TagFormat = { ...DEFAULT_TAG_FORMAT, format: '{group}_{peer}_{role}_{state}' };

/** 'active of primary > backups', or the problem, for every pair. */
function pairs(tags: readonly string[], tagFormat: TagFormat = DEFAULT_TAG_FORMAT): string[] {
	return readPairs(tags, compileTagFormat(tagFormat)).map((pair) =>
		pair.kind === 'inconsistent'
			? pair.problem
			: `${pair.active.peer} of ${[pair.primary, ...pair.backups].map((each) => each.peer).join(' > ')}`,
	);
}

describe('R4.1 tags in order', () => {
	const rows: { says: string; tags: string[]; expect: string[] }[] = [
		{
			says: 'primary active',
			tags: ['london_primary_up', 'paris_backup_down'],
			expect: ['london of london > paris'],
		},
		{
			says: 'backup active',
			tags: ['london_primary_down', 'paris_backup_up'],
			expect: ['paris of london > paris'],
		},
		{
			says: 'tags anywhere among others (trap 2: fixed positions)',
			tags: ['z', 'paris_backup_down', 'a', 'b', 'london_primary_up', 'c'],
			expect: ['london of london > paris'],
		},
		{
			says: 'backups in the order of their numbers',
			tags: ['x_backup10_down', 'y_backup2_down', 'z_primary_up', 'w_backup_down'],
			expect: ['z of z > w > y > x'],
		},
		{
			says: 'exact duplicates of ours count once',
			tags: ['london_primary_up', 'paris_backup_down', 'london_primary_up'],
			expect: ['london of london > paris'],
		},
		{ says: 'foreign tags alone: takes no part', tags: ['a', 'b'], expect: [] },
		{ says: 'no tags at all: takes no part', tags: [], expect: [] },
		{ says: 'half a pair: no backup', tags: ['london_primary_up'], expect: ['noBackup'] },
		{ says: 'half a pair: no primary', tags: ['paris_backup_up'], expect: ['noPrimary'] },
		{
			says: 'two backups and no primary',
			tags: ['paris_backup_up', 'rome_backup2_down'],
			expect: ['noPrimary'],
		},
		{ says: 'no active role', tags: ['london_primary_down', 'paris_backup_down'], expect: ['noActiveRole'] },
		{
			says: 'two active roles',
			tags: ['london_primary_up', 'paris_backup_up'],
			expect: ['severalActiveRoles'],
		},
		{
			says: 'two active backups',
			tags: ['london_primary_down', 'paris_backup_up', 'rome_backup2_up'],
			expect: ['severalActiveRoles'],
		},
		{
			says: 'the same role twice by two peers',
			tags: ['london_primary_up', 'leeds_primary_down', 'paris_backup_down'],
			expect: ['sameRoleTwice'],
		},
		{
			says: 'the same tag up and down',
			tags: ['london_primary_up', 'london_primary_down', 'paris_backup_down'],
			expect: ['sameRoleTwice'],
		},
		{
			says: 'two second backups',
			tags: ['london_primary_up', 'a_backup_down', 'b_backup2_down', 'c_backup2_down'],
			expect: ['sameRoleTwice'],
		},
		{
			says: 'two of ours that differ only in case',
			tags: ['london_primary_up', 'London_primary_up', 'paris_backup_down'],
			expect: ['differOnlyInCase'],
		},
		{
			says: 'two of ours that differ in case and in their state',
			tags: ['london_primary_up', 'paris_backup_down', 'PARIS_backup_up'],
			expect: ['differOnlyInCase'],
		},
		{
			says: 'a tag that equals one of ours in all but case',
			tags: ['london_primary_up', 'paris_backup_down', 'PARIS_BACKUP_UP'],
			expect: ['differOnlyInCase'],
		},
		{
			says: 'a tag that equals one of ours, were it down, in all but case',
			tags: ['london_primary_up', 'paris_backup_down', 'LONDON_PRIMARY_DOWN'],
			expect: ['differOnlyInCase'],
		},
		{
			says: 'peers that differ only in case in two roles are two tags',
			tags: ['london_primary_up', 'London_backup_down'],
			expect: ['london of london > London'],
		},
	];
	test.each(rows)('R4.1 $says', ({ tags, expect: expected }) => {
		expect(pairs(tags)).toEqual(expected);
	});

	test('R4.1 is asked before health, hold and status', () => {
		const tags = ['london_primary_up', 'paris_backup_up', 'vpn_failover_hold'];
		const dead = '100 100 100 100 100';
		expect(judged({ tags, london: dead, paris: dead, statuses: 'notReadable' })).toBe(
			'tagsInconsistent: severalActiveRoles',
		);
	});

	test('R4.1 one pair out of order does not stop the other pair of the network', () => {
		const tags = ['a_london_primary_up', 'b_london_primary_up', 'b_paris_backup_down'];
		expect(pairs(tags, GROUPED)).toEqual(['noBackup', 'london of london > paris']);
	});

	test('R4.1 an out-of-order pair names its own tags, in the order of their roles', () => {
		const [pair] = readPairs(
			['x', 'rome_backup2_up', 'london_primary_up', 'x', 'rome_backup2_up'],
			compileTagFormat(DEFAULT_TAG_FORMAT),
		);
		expect(pair).toEqual({
			kind: 'inconsistent',
			pair: '',
			problem: 'severalActiveRoles',
			tags: ['london_primary_up', 'rome_backup2_up'],
			offendingTags: ['london_primary_up', 'rome_backup2_up'],
		});
	});

	test('R4.1 two tags of one role are named in the order in which they stand', () => {
		for (const tags of [
			['paris_backup_down', 'london_primary_up', 'leeds_primary_down'],
			['london_primary_up', 'leeds_primary_down', 'paris_backup_down'],
		]) {
			expect(readPairs(tags, compileTagFormat(DEFAULT_TAG_FORMAT))).toMatchObject([
				{ problem: 'sameRoleTwice', tags: ['london_primary_up', 'leeds_primary_down', 'paris_backup_down'] },
			]);
		}
	});

	test('R7 pairs come in the order of their groups, each with its own members', () => {
		const tags = ['b_x_primary_up', 'a_y_backup_up', 'b_z_backup_down', 'a_w_primary_down'];
		expect(pairs(tags, GROUPED)).toEqual(['y of w > y', 'x of x > z']);
		expect(readPairs(tags, compileTagFormat(GROUPED)).map(({ pair }) => pair)).toEqual(['a', 'b']);
	});
});

describe('R7 writing tags', () => {
	test('R7 only the state words of the pair change (trap 1: foreign tags lost)', () => {
		const tags = ['Store.12', 'london_primary_up', 'site uk', 'Store.12', 'paris_backup_down', '', 'zzz'];
		expect(tagsWithActive(tags, consistentPair(tags), { kind: 'backup', order: 1 })).toEqual([
			'Store.12',
			'london_primary_down',
			'site uk',
			'Store.12',
			'paris_backup_up',
			'',
			'zzz',
		]);
	});

	test('R7 all copies of ours flip', () => {
		const tags = ['london_primary_up', 'paris_backup_down', 'london_primary_up', 'paris_backup_down'];
		expect(tagsWithActive(tags, consistentPair(tags), { kind: 'backup', order: 1 })).toEqual([
			'london_primary_down',
			'paris_backup_up',
			'london_primary_down',
			'paris_backup_up',
		]);
	});

	test('R7 SITE_UPTOWN stays UPTOWN (trap 3: replace-all)', () => {
		const format = {
			format: '{peer}_ZS_{role}_{state}',
			primaryWord: 'P',
			backupWord: 'B',
			upWord: 'UP',
			downWord: 'DOWN',
		};
		const tags = ['SITE_UPTOWN_ZS_P_UP', 'DOWNTOWN_ZS_B_DOWN', 'BACKUP_UP', 'SITE_UPTOWN_ZS_P_UPS'];
		expect(tagsWithActive(tags, consistentPair(tags, format), { kind: 'backup', order: 1 })).toEqual([
			'SITE_UPTOWN_ZS_P_DOWN',
			'DOWNTOWN_ZS_B_UP',
			'BACKUP_UP',
			'SITE_UPTOWN_ZS_P_UPS',
		]);
	});

	test('R7 of three roles exactly the wanted one is up', () => {
		const tags = ['london_primary_down', 'paris_backup_up', 'rome_backup2_down'];
		const pair = consistentPair(tags);
		const to = (order: number) => tagsWithActive(tags, pair, { kind: 'backup', order });
		expect(to(2)).toEqual(['london_primary_down', 'paris_backup_down', 'rome_backup2_up']);
		expect(to(1)).toEqual(tags);
		expect(tagsWithActive(tags, pair, { kind: 'primary' })).toEqual([
			'london_primary_up',
			'paris_backup_down',
			'rome_backup2_down',
		]);
	});

	test('R7 the tags of another pair stay as they are', () => {
		const tags = ['a_x_primary_up', 'a_y_backup_down', 'b_x_primary_up', 'b_y_backup_down'];
		const pair = consistentPair(tags, GROUPED);
		expect(tagsWithActive(tags, pair, { kind: 'backup', order: 1 })).toEqual([
			'a_x_primary_down',
			'a_y_backup_up',
			'b_x_primary_up',
			'b_y_backup_down',
		]);
	});

	test('a tag is added once at the end, and taken off in every copy', () => {
		expect(tagsWith(['a', 'b'], 'hold')).toEqual(['a', 'b', 'hold']);
		expect(tagsWith(['hold', 'a'], 'hold')).toEqual(['hold', 'a']);
		expect(tagsWithout(['hold', 'a', 'hold', 'Hold'], 'hold')).toEqual(['a', 'Hold']);
		expect(tagsWithout(['a'], 'hold')).toEqual(['a']);
	});

	test('a member is found by its role', () => {
		const pair = consistentPair(['london_primary_up', 'rome_backup2_down']);
		expect(membersOf(pair).map(({ peer }) => peer)).toEqual(['london', 'rome']);
		expect(memberWithRole(pair, { kind: 'backup', order: 2 })?.peer).toBe('rome');
		expect(memberWithRole(pair, { kind: 'backup', order: 1 })).toBeUndefined();
	});
});
