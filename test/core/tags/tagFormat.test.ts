import {
	compileTagFormat,
	DEFAULT_TAG_FORMAT,
	exampleTags,
	tagFormatProblems,
} from '../../../core/tags/tagFormat';
import type { TagFormat } from '../../../core/tags/tagFormat';

function format(changes: Partial<TagFormat>): TagFormat {
	return { ...DEFAULT_TAG_FORMAT, ...changes };
}

const ZSCALER = format({
	format: '{peer}_ZS_{role}_{state}',
	primaryWord: 'P',
	backupWord: 'B',
	upWord: 'UP',
	downWord: 'DOWN',
});

/** 'peer group role state' of a tag, or null. */
function read(tag: string, tagFormat: TagFormat = DEFAULT_TAG_FORMAT): string | null {
	const vpnTag = compileTagFormat(tagFormat).read(tag);
	if (!vpnTag) return null;
	const { peer, group, role, state } = vpnTag;
	const order = role.kind === 'primary' ? role.kind : `${role.kind} ${role.order}`;
	return [peer, ...(group === '' ? [] : [group]), order, state].join(', ');
}

describe('R7 the grammar of a VPN tag', () => {
	const rows: { says: string; tag: string; with?: TagFormat; expect: string | null }[] = [
		{ says: 'a primary tag', tag: 'london_primary_up', expect: 'london, primary, up' },
		{ says: 'a backup tag', tag: 'paris_backup_down', expect: 'paris, backup 1, down' },
		{ says: 'a second backup', tag: 'rome_backup2_down', expect: 'rome, backup 2, down' },
		{ says: 'a tenth and a 99th backup', tag: 'rome_backup99_up', expect: 'rome, backup 99, up' },
		{ says: 'backup1 is foreign: the first backup has no number', tag: 'rome_backup1_up', expect: null },
		{ says: 'backup0 is foreign', tag: 'rome_backup0_up', expect: null },
		{ says: 'backup02 is foreign', tag: 'rome_backup02_up', expect: null },
		{ says: 'backup100 is foreign', tag: 'rome_backup100_up', expect: null },
		{ says: 'other case is foreign', tag: 'london_Primary_up', expect: null },
		{ says: 'other case of the state is foreign', tag: 'london_primary_UP', expect: null },
		{ says: 'more behind it is foreign', tag: 'london_primary_up_2', expect: null },
		{ says: 'a blank behind it is foreign', tag: 'london_primary_up ', expect: null },
		{ says: 'a line break behind it is foreign', tag: 'london_primary_up\n', expect: null },
		{ says: 'a line break in it is foreign', tag: 'lon\ndon_primary_up', expect: null },
		{ says: 'no peer is foreign', tag: '_primary_up', expect: null },
		{ says: 'no peer and no separator is foreign', tag: 'primary_up', expect: null },
		{ says: 'an empty tag is foreign', tag: '', expect: null },
		{
			says: 'words in the name of the peer: matched from the right',
			tag: 'up_primary_down_primary_up',
			expect: 'up_primary_down, primary, up',
		},
		{
			says: 'a separator in the name of the peer',
			tag: 'st_gallen_backup_up',
			expect: 'st_gallen, backup 1, up',
		},
		{ says: 'a name of other scripts', tag: 'Łódź東京🏢_primary_up', expect: 'Łódź東京🏢, primary, up' },
		{ says: 'a name with half of a surrogate pair', tag: '\uD83D_primary_up', expect: '\uD83D, primary, up' },
		{ says: '__proto__ as a name', tag: '__proto___primary_up', expect: '__proto__, primary, up' },
		{
			says: 'UPTOWN is no state (trap 3: substring match)',
			tag: 'SITE_UPTOWN_ZS_P_UP',
			with: ZSCALER,
			expect: 'SITE_UPTOWN, primary, up',
		},
		{ says: 'words of one letter', tag: 'LON_ZS_B_DOWN', with: ZSCALER, expect: 'LON, backup 1, down' },
		{
			says: 'a second backup with words of one letter',
			tag: 'LON_ZS_B2_DOWN',
			with: ZSCALER,
			expect: 'LON, backup 2, down',
		},
		{ says: 'a similar tag of others', tag: 'LON_ZX_P_UP', with: ZSCALER, expect: null },
		{ says: 'the default words in another format', tag: 'london_primary_up', with: ZSCALER, expect: null },
		{
			says: 'a dash as separator',
			tag: 'st-gallen-primary-up',
			with: format({ format: '{peer}-{role}-{state}' }),
			expect: 'st-gallen, primary, up',
		},
		{
			says: 'a dash in a word',
			tag: 'paris_stand-by_up',
			with: format({ backupWord: 'stand-by' }),
			expect: 'paris, backup 1, up',
		},
		{
			says: 'a dot is a dot and not any character',
			tag: 'londonxprimaryxup',
			with: format({ format: '{peer}.{role}.{state}' }),
			expect: null,
		},
		{
			says: 'a dot as separator',
			tag: 'lon.don.primary.up',
			with: format({ format: '{peer}.{role}.{state}' }),
			expect: 'lon.don, primary, up',
		},
		{
			says: 'state before the peer',
			tag: 'vpn_up_primary_london',
			with: format({ format: 'vpn_{state}_{role}_{peer}' }),
			expect: 'london, primary, up',
		},
		{
			says: 'a group',
			tag: 'voice_london_primary_up',
			with: format({ format: '{group}_{peer}_{role}_{state}' }),
			expect: 'london, voice, primary, up',
		},
		{
			says: 'a group with a separator in it: the last part is the peer',
			tag: 'a_b_london_primary_up',
			with: format({ format: '{group}_{peer}_{role}_{state}' }),
			expect: 'london, a_b, primary, up',
		},
		{
			says: 'a group behind the peer',
			tag: 'london_voice_primary_up',
			with: format({ format: '{peer}_{group}_{role}_{state}' }),
			expect: 'london, voice, primary, up',
		},
		{
			says: 'a primary word that is the start of the backup word',
			tag: 'paris_pb2_up',
			with: format({ primaryWord: 'p', backupWord: 'pb' }),
			expect: 'paris, backup 2, up',
		},
		{
			says: 'a down word that ends in the up word',
			tag: 'paris_backup_not_up',
			with: format({ downWord: 'not_up' }),
			expect: 'paris, backup 1, down',
		},
		{
			says: 'a down tag of 255 characters',
			tag: `${'x'.repeat(242)}_primary_down`,
			expect: `${'x'.repeat(242)}, primary, down`,
		},
		{ says: 'a down tag of 256 characters as foreign', tag: `${'x'.repeat(243)}_primary_down`, expect: null },
		{
			says: 'an up tag that is too long once it is down as foreign',
			tag: `${'x'.repeat(243)}_primary_up`,
			expect: null,
		},
		{
			says: 'a tag that would name another peer once it is down as foreign: one result or none',
			tag: 'on-hold-london-primary',
			with: format({ format: '{state}-{peer}-{role}', upWord: 'on', downWord: 'on-hold' }),
			expect: null,
		},
		{
			says: 'a tag that would be of another group once it is down as foreign',
			tag: 'on-voice-london-primary',
			with: format({ format: '{state}-{group}-{peer}-{role}', upWord: 'on', downWord: 'on-hold' }),
			expect: null,
		},
		{
			says: 'a tag that would have another role once it is down as foreign',
			tag: 'on-p-london',
			with: format({
				format: '{state}-{role}-{peer}',
				primaryWord: 'p',
				backupWord: 'b-p',
				upWord: 'on',
				downWord: 'on-b',
			}),
			expect: null,
		},
		{
			says: 'a down tag that is too long once it is up as foreign',
			tag: `${'x'.repeat(244)}_primary_no`,
			with: format({ upWord: 'yes', downWord: 'no' }),
			expect: null,
		},
	];
	test.each(rows)('R7 reads $says', ({ tag, with: tagFormat, expect: expected }) => {
		expect(read(tag, tagFormat)).toBe(expected);
	});

	test('R7 only the state word differs between the two spellings of a tag', () => {
		const uptown = compileTagFormat(ZSCALER).read('SITE_UPTOWN_ZS_P_UP');
		expect([uptown?.upTag, uptown?.downTag]).toEqual(['SITE_UPTOWN_ZS_P_UP', 'SITE_UPTOWN_ZS_P_DOWN']);
		const dollars = compileTagFormat(DEFAULT_TAG_FORMAT).read('$&$1_{state}_backup2_down');
		expect([dollars?.upTag, dollars?.downTag]).toEqual([
			'$&$1_{state}_backup2_up',
			'$&$1_{state}_backup2_down',
		]);
	});
});

describe('R7 a tag format that cannot be used is refused by its part', () => {
	const rows: { says: string; with: Partial<TagFormat>; expect: string[] }[] = [
		{ says: 'the default has no problem', with: {}, expect: [] },
		{ says: 'the format of the original sample has none', with: ZSCALER, expect: [] },
		{ says: 'no peer', with: { format: 'x_{role}_{state}' }, expect: ['format'] },
		{ says: 'no role', with: { format: '{peer}_{state}' }, expect: ['format'] },
		{ says: 'no state', with: { format: '{peer}_{role}' }, expect: ['format'] },
		{ says: 'the role twice', with: { format: '{peer}_{role}_{role}_{state}' }, expect: ['format'] },
		{
			says: 'the group twice',
			with: { format: '{group}_{peer}_{group}_{role}_{state}' },
			expect: ['format'],
		},
		{ says: 'the group once is fine', with: { format: '{group}_{peer}_{role}_{state}' }, expect: [] },
		{
			says: 'nothing between two placeholders',
			with: { format: '{peer}{role}_{state}' },
			expect: ['format'],
		},
		{ says: 'a blank', with: { format: '{peer} {role} {state}' }, expect: ['format'] },
		{ says: 'an unknown placeholder', with: { format: '{site}_{peer}_{role}_{state}' }, expect: ['format'] },
		{
			says: 'nothing around the placeholders is fine',
			with: { format: '{state}_{role}_{peer}' },
			expect: [],
		},
		{ says: 'text around them is fine', with: { format: 'a.b-{peer}_{role}_{state}.c' }, expect: [] },
		{ says: 'an empty primary word', with: { primaryWord: '' }, expect: ['primaryWord'] },
		{ says: 'an empty backup word', with: { backupWord: '' }, expect: ['backupWord'] },
		{ says: 'an empty up word', with: { upWord: '' }, expect: ['upWord'] },
		{ says: 'an empty down word', with: { downWord: '' }, expect: ['downWord'] },
		{ says: 'a blank in a word', with: { upWord: 'is up' }, expect: ['upWord'] },
		{ says: 'one word for primary and backup', with: { backupWord: 'primary' }, expect: ['backupWord'] },
		{
			says: 'a primary word that is the second backup',
			with: { primaryWord: 'backup2' },
			expect: ['backupWord'],
		},
		{
			says: 'a primary word that is no backup, only as long and with a number',
			with: { primaryWord: 'primar2' },
			expect: [],
		},
		{
			says: 'a primary word that is more than a numbered backup',
			with: { primaryWord: 'backup2x' },
			expect: [],
		},
		{
			says: 'a primary word that puts something before the number',
			with: { primaryWord: 'backupx2' },
			expect: [],
		},
		{ says: 'one word for up and down', with: { downWord: 'up' }, expect: ['downWord'] },
	];
	test.each(rows)('R7 $says', ({ with: changes, expect: expected }) => {
		expect([...new Set(tagFormatProblems(format(changes)).map(({ setting }) => setting))]).toEqual(expected);
	});
});

test('R7 the example tags are what the grammar reads', () => {
	expect(exampleTags(DEFAULT_TAG_FORMAT, 'london')).toEqual({
		primaryUp: 'london_primary_up',
		backupDown: 'london_backup_down',
	});
	const grouped = exampleTags(format({ format: '{group}_{peer}_{role}_{state}' }), 'london');
	expect(grouped.primaryUp).toBe('A_london_primary_up');
});
