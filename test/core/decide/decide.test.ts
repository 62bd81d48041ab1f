import type { Settings } from '../../../core/settings/settings';
import {
	DNS_IP,
	judged,
	ON_BACKUP,
	ON_PRIMARY,
	row,
	THREE_ON_PARIS,
	THREE_ON_PRIMARY,
	THREE_ON_ROME,
} from '../../support/branch';
import type { Branch } from '../../support/branch';
import { CLEAN, DEAD } from '../../support/series';

/** Another destination on the same uplink: the line is not at fault (R4.8). */
const CLEAN_LINE = [row(DNS_IP, CLEAN)];
const LOSSY = '80 80 80 0 0';
const FAILING = '0 0 0 80 80';
const UNMEASURED = '_ _ _ _ _';

interface Row extends Branch {
	readonly says: string;
	readonly expect: string;
}

function check(rows: readonly Row[]): void {
	test.each(rows)('$says', ({ expect: expected, ...branch }) => {
		expect(judged(branch)).toBe(expected);
	});
}

describe('R3.1 failover', () => {
	check([
		{
			says: 'R3.1 a clean primary stays',
			tags: ON_PRIMARY,
			london: CLEAN,
			paris: CLEAN,
			expect: 'stays: healthy',
		},
		{
			says: 'R3.1 a failing primary fails over',
			tags: ON_PRIMARY,
			london: FAILING,
			paris: CLEAN,
			expect: 'failover to paris',
		},
		{
			says: 'R2.3 a primary that was lossy and is clean now is watched',
			tags: ON_PRIMARY,
			london: LOSSY,
			paris: CLEAN,
			expect: 'stays: watching',
		},
		{
			says: 'R4.6 an unmeasured primary is never left',
			tags: ON_PRIMARY,
			london: UNMEASURED,
			paris: CLEAN,
			expect: 'stays: noData',
		},
		{
			says: 'R4.6 a primary without a row is never left',
			tags: ON_PRIMARY,
			paris: CLEAN,
			expect: 'stays: noData',
		},
		{
			says: 'R4.6 a primary with two over samples only is never left',
			tags: ON_PRIMARY,
			london: '. . . 100 100',
			paris: CLEAN,
			expect: 'stays: noData',
		},
		{
			says: 'R3.3 a clean backup does not draw a branch off a clean primary',
			tags: ON_PRIMARY,
			london: '20 20 20 20 20',
			paris: CLEAN,
			expect: 'stays: healthy',
		},
		{
			says: 'R3.1 the first of two clean backups is taken',
			tags: THREE_ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			rome: CLEAN,
			expect: 'failover to paris',
		},
		{
			says: 'R3.4 a lossy backup is passed over',
			tags: THREE_ON_PRIMARY,
			london: FAILING,
			paris: FAILING,
			rome: CLEAN,
			expect: 'failover to rome',
		},
		{
			says: 'R3.4 a backup that was lossy and is clean now is passed over as well',
			tags: THREE_ON_PRIMARY,
			london: '30 30 30 30 30',
			paris: '50 50 50 0 29',
			rome: CLEAN,
			expect: 'failover to rome',
		},
		{
			says: 'R3.4 an unmeasured backup may be taken',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: UNMEASURED,
			expect: 'failover to paris',
		},
		{
			says: 'R3.4 a backup without a row may be taken',
			tags: ON_PRIMARY,
			london: DEAD,
			expect: 'failover to paris',
		},
		{
			says: 'R3.4 a lossy but clearly better backup is taken',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: '40 0 0 0 0',
			expect: 'failover to paris',
		},
		{
			says: 'R4.9 without a candidate nothing moves',
			rows: CLEAN_LINE,
			tags: ON_PRIMARY,
			london: DEAD,
			paris: DEAD,
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R4.9 with every backup lossy nothing moves',
			rows: CLEAN_LINE,
			tags: THREE_ON_PRIMARY,
			london: DEAD,
			paris: DEAD,
			rome: DEAD,
			expect: 'noCandidate stops failover',
		},
	]);
});

describe('R3.2 escape', () => {
	check([
		{
			says: 'R3.2 a failing backup is left for a primary that is not lossy',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: FAILING,
			expect: 'failover to london',
		},
		{
			says: 'R3.2 primary needs no recovery for an escape',
			tags: ON_BACKUP,
			london: '20 20 20 20 20',
			paris: FAILING,
			expect: 'failover to london',
		},
		{
			says: 'R3.2 a lossy primary is no escape',
			tags: ON_BACKUP,
			london: LOSSY,
			paris: FAILING,
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R3.2 a primary without data is no escape',
			tags: ON_BACKUP,
			london: UNMEASURED,
			paris: FAILING,
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R3.2 a failing primary is no escape',
			tags: ON_BACKUP,
			london: DEAD,
			paris: FAILING,
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R3.2 another backup is the second choice',
			tags: THREE_ON_PARIS,
			london: LOSSY,
			paris: FAILING,
			rome: CLEAN,
			expect: 'failover to rome',
		},
		{
			says: 'R3.2 the first backup is the choice of the second',
			tags: THREE_ON_ROME,
			london: DEAD,
			paris: CLEAN,
			rome: DEAD,
			expect: 'failover to paris',
		},
		{
			says: 'R3.4 an unmeasured other backup may be escaped to',
			tags: THREE_ON_PARIS,
			london: DEAD,
			paris: DEAD,
			expect: 'failover to rome',
		},
		{
			says: 'R3.4 an failover to a clearly better but lossy backup is none',
			tags: THREE_ON_PARIS,
			london: DEAD,
			paris: DEAD,
			rome: '40 0 0 0 0',
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R2.3 a backup that was lossy and is clean now is not left',
			tags: THREE_ON_PARIS,
			london: DEAD,
			paris: LOSSY,
			rome: CLEAN,
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R4.6 an unmeasured backup is not left for another one',
			tags: THREE_ON_PARIS,
			london: DEAD,
			paris: UNMEASURED,
			rome: CLEAN,
			expect: 'stays: recoveryPending',
		},
	]);
});

describe('R3.3 swap back', () => {
	check([
		{
			says: 'R3.3 a recovered primary is swapped back to',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: CLEAN,
			expect: 'swapBack to london',
		},
		{
			says: 'R3.3 also from an unmeasured backup',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: UNMEASURED,
			expect: 'swapBack to london',
		},
		{
			says: 'R3.3 also from a backup that was lossy and is clean now',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: LOSSY,
			expect: 'swapBack to london',
		},
		{
			says: 'R3.3 a primary with a trace of loss is waited for',
			tags: ON_BACKUP,
			london: '0 0 1 0 0',
			paris: CLEAN,
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R2.4 a lossy primary has not recovered',
			tags: ON_BACKUP,
			london: LOSSY,
			paris: CLEAN,
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R4.6 a primary without data is not swapped back to',
			tags: ON_BACKUP,
			london: UNMEASURED,
			paris: CLEAN,
			expect: 'stays: noData',
		},
		{
			says: 'R3.3 from the second backup to primary, not to the first',
			tags: THREE_ON_ROME,
			london: CLEAN,
			paris: CLEAN,
			rome: CLEAN,
			expect: 'swapBack to london',
		},
		{
			says: 'R3.3 never from one backup to another by preference',
			tags: THREE_ON_ROME,
			london: DEAD,
			paris: CLEAN,
			rome: CLEAN,
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R3.3 never from one backup to a better one',
			tags: THREE_ON_PARIS,
			london: DEAD,
			paris: '25 25 25 25 25',
			rome: CLEAN,
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R3.2 a failing backup makes it an escape, not a swap back',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: DEAD,
			expect: 'failover to london',
		},
	]);
});

describe('R3.4 Backup Must Be', () => {
	const clean: Partial<Settings> = { backupMustBe: 'measuredClean' };
	const anything: Partial<Settings> = { backupMustBe: 'anything' };
	check([
		{
			says: 'R3.4 Measured Clean: a clean backup is taken',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: clean,
			expect: 'failover to paris',
		},
		{
			says: 'R3.4 Measured Clean: an unmeasured one is not',
			tags: ON_PRIMARY,
			london: DEAD,
			settings: clean,
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R3.4 Measured Clean: clearly better is not enough',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: '40 0 0 0 0',
			settings: clean,
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R3.4 Measured Clean: the unmeasured first is passed over',
			tags: THREE_ON_PRIMARY,
			london: DEAD,
			rome: CLEAN,
			settings: clean,
			expect: 'failover to rome',
		},
		{
			says: 'R3.4 Measured Clean holds for escapes too',
			tags: THREE_ON_PARIS,
			london: DEAD,
			paris: DEAD,
			settings: clean,
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R3.4 Measured Clean: an failover to a clean backup',
			tags: THREE_ON_PARIS,
			london: DEAD,
			paris: DEAD,
			rome: CLEAN,
			settings: clean,
			expect: 'failover to rome',
		},
		{
			says: 'R3.4 Anything: the first backup, dead or not',
			tags: THREE_ON_PRIMARY,
			london: FAILING,
			paris: DEAD,
			rome: CLEAN,
			settings: anything,
			expect: 'failover to paris',
		},
		{
			says: 'R3.4 Anything: an escape still needs Not Lossy',
			rows: CLEAN_LINE,
			tags: THREE_ON_PARIS,
			london: DEAD,
			paris: DEAD,
			rome: DEAD,
			settings: anything,
			expect: 'noCandidate stops failover',
		},
		{
			says: 'R3.4 Anything: an failover to an unmeasured backup',
			tags: THREE_ON_PARIS,
			london: DEAD,
			paris: DEAD,
			settings: anything,
			expect: 'failover to rome',
		},
	]);
});

describe('R4 what stops a move', () => {
	const held = (tags: readonly string[]) => [...tags, 'vpn_failover_hold'];
	const manual: Partial<Settings> = { moves: 'failoversOnly' };
	check([
		{
			says: 'R4.2 the hold tag stops a failover',
			tags: held(ON_PRIMARY),
			london: DEAD,
			paris: CLEAN,
			expect: 'hold stops failover',
		},
		{
			says: 'R4.2 the hold tag stops an escape',
			tags: held(ON_BACKUP),
			london: CLEAN,
			paris: DEAD,
			expect: 'hold stops failover',
		},
		{
			says: 'R4.2 the hold tag stops a swap back',
			tags: held(ON_BACKUP),
			london: CLEAN,
			paris: CLEAN,
			expect: 'hold stops swapBack',
		},
		{
			says: 'R4.2 hold is asked only where the health wants a move',
			tags: held(ON_PRIMARY),
			london: CLEAN,
			expect: 'stays: healthy',
		},
		{
			says: 'R4.2 a hold tag in other case holds nobody',
			tags: [...ON_PRIMARY, 'VPN_Failover_Hold'],
			london: DEAD,
			paris: CLEAN,
			expect: 'failover to paris',
		},
		{
			says: 'R4.2 the hold tag is a setting',
			tags: [...ON_PRIMARY, 'frozen'],
			london: DEAD,
			paris: CLEAN,
			settings: { holdTag: 'frozen' },
			expect: 'hold stops failover',
		},
		{
			says: 'R4.2 a longer tag that holds the hold tag is none',
			tags: [...ON_PRIMARY, 'vpn_failover_hold_2'],
			london: DEAD,
			paris: CLEAN,
			expect: 'failover to paris',
		},
		{
			says: 'R4 hold is asked before noStatus',
			tags: held(ON_PRIMARY),
			london: DEAD,
			paris: CLEAN,
			statuses: 'notReadable',
			expect: 'hold stops failover',
		},
		{
			says: 'R4 hold is asked before noCandidate',
			tags: held(ON_PRIMARY),
			london: DEAD,
			paris: DEAD,
			expect: 'hold stops failover',
		},
		{
			says: 'R4 noStatus is asked before noCandidate',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: DEAD,
			statuses: 'notReadable',
			expect: 'noStatus stops failover',
		},
		{
			says: 'R4.10 Swap Back: Manual stops a swap back',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: CLEAN,
			settings: manual,
			expect: 'paused stops swapBack',
		},
		{
			says: 'R4.10 Swap Back: Manual never stops a failover',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: manual,
			expect: 'failover to paris',
		},
		{
			says: 'R4.10 Swap Back: Manual never stops an escape',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: DEAD,
			settings: manual,
			expect: 'failover to london',
		},
		{
			says: 'R4 hold is asked before manual',
			tags: held(ON_BACKUP),
			london: CLEAN,
			paris: CLEAN,
			settings: manual,
			expect: 'hold stops swapBack',
		},
		{
			says: 'R4 noStatus is asked before manual',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: CLEAN,
			settings: manual,
			statuses: 'notReadable',
			expect: 'noStatus stops swapBack',
		},
	]);
});
