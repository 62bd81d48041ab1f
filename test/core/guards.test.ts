import type { OrganizationMemory } from '../../core/memory/memory';
import {
	heldPairs,
	appliance,
	DNS_IP,
	evaluateBranch,
	inWords,
	judged,
	LONDON_IP,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS_IP,
	row,
	THREE_ON_PARIS,
} from '../support/branch';
import { MINUTE_MS } from '../../core/domain/time';
import { isInside, wallClockText } from '../../core/settings/maintenanceWindow';
import type { MaintenanceWindow } from '../../core/settings/maintenanceWindow';
import { followRefusals, loadRefusals, pausedUntil, storedRefusals } from '../../core/swap/refusalBackoff';
import type { Settings } from '../../core/settings/settings';
import type { Branch } from '../support/branch';
import { runOnce } from '../support/run';
import { CLEAN, DEAD, NOW } from '../support/series';

interface Row extends Branch {
	readonly says: string;
	readonly expect: string;
}

function check(rows: readonly Row[]): void {
	test.each(rows)('$says', ({ expect: expected, ...branch }) => {
		expect(judged(branch)).toBe(expected);
	});
}

describe('R4.4 maintenance', () => {
	// NOW is Thursday, 15 January 2026, 12:00 UTC.
	const weekly = (
		fromMinute: number,
		untilMinute: number,
		changes: Partial<{ weekdays: number[]; networkTag: string; timeZone: string }> = {},
	): MaintenanceWindow => ({
		kind: 'weekly',
		networkTag: null,
		timeZone: 'UTC',
		weekdays: [4],
		fromMinute,
		untilMinute,
		...changes,
	});
	const during = (...maintenance: MaintenanceWindow[]): Partial<Settings> => ({ maintenance });
	const minute = (hours: number, minutes = 0) => hours * 60 + minutes;
	const once = (from: string, until: string): MaintenanceWindow => ({
		kind: 'once',
		networkTag: null,
		timeZone: 'UTC',
		from,
		until,
	});

	check([
		{
			says: 'R4.4 a failover in a window is stopped, and says what would have happened',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: during(weekly(minute(11), minute(13))),
			expect: 'maintenance stops failover',
		},
		{
			says: 'R4.4 an escape is stopped as well',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: DEAD,
			settings: during(weekly(minute(11), minute(13))),
			expect: 'maintenance stops failover',
		},
		{
			says: 'R4.4 a swap back is stopped as well',
			tags: ON_BACKUP,
			london: CLEAN,
			settings: during(weekly(minute(11), minute(13))),
			expect: 'maintenance stops swapBack',
		},
		{
			says: 'R4 hold is asked before maintenance',
			tags: [...ON_PRIMARY, 'vpn_failover_hold'],
			london: DEAD,
			paris: CLEAN,
			settings: during(weekly(minute(11), minute(13))),
			expect: 'hold stops failover',
		},
		{
			says: 'R4 maintenance is asked before noStatus',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			statuses: 'notReadable',
			settings: during(weekly(minute(11), minute(13))),
			expect: 'maintenance stops failover',
		},
		{
			says: 'R4.4 the first minute of a window is in it',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: during(weekly(minute(12), minute(13))),
			expect: 'maintenance stops failover',
		},
		{
			says: 'R4.4 a window of another day does not stop it',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: during(weekly(minute(11), minute(13), { weekdays: [3, 5] })),
			expect: 'failover to paris',
		},
		{
			says: 'R4.4 a window for tagged networks does not stop others',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: during(weekly(minute(11), minute(13), { networkTag: 'nights' })),
			expect: 'failover to paris',
		},
		{
			says: 'R4.4 but those',
			tags: [...ON_PRIMARY, 'nights'],
			london: DEAD,
			paris: CLEAN,
			settings: during(weekly(minute(11), minute(13), { networkTag: 'nights' })),
			expect: 'maintenance stops failover',
		},
		{
			says: 'R4.4 times are the wall clock of the time zone',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: during(weekly(minute(21), minute(22), { timeZone: 'Asia/Tokyo' })),
			expect: 'maintenance stops failover',
		},
		{
			says: 'R4.4 a window that began yesterday',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: during(weekly(minute(22), minute(12, 1), { weekdays: [3] })),
			expect: 'maintenance stops failover',
		},
		{
			says: 'R4.4 a one-off window',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: during(once('2026-01-15T12:00', '2026-01-15T12:01')),
			expect: 'maintenance stops failover',
		},
		{
			says: 'R4.4 a one-off window that is to come',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: during(once('2026-01-15T12:01', '2026-01-15T13:00')),
			expect: 'failover to paris',
		},
		// Samples of 11:57:43, 11:56:43, 11:55:43 and so on.
		{
			says: 'R4.4 loss in a window that has ended moves nobody',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: during(weekly(minute(11), minute(11, 58))),
			expect: 'stays: healthy',
		},
		{
			says: 'R4.4 loss up to a minute after it moves nobody either',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: during(weekly(minute(11), minute(11, 57))),
			expect: 'stays: healthy',
		},
		{
			says: 'R4.4 loss later than that does',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			settings: during(weekly(minute(11), minute(11, 56))),
			expect: 'failover to paris',
		},
		{
			says: 'R4.4 loss in it still prevents recovery',
			tags: ON_BACKUP,
			london: '0 0 100 0 0',
			settings: during(weekly(minute(11), minute(11, 58))),
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R4.4 loss in it is no loss of the backup',
			tags: ON_PRIMARY,
			london: '0 0 0 0 90',
			paris: '90 0 0 0 0',
			rows: [row(DNS_IP, CLEAN)],
			settings: during(weekly(minute(11), minute(11, 54))),
			expect: 'failover to paris',
		},
	]);

	test('R4.4 22:00 is 22:00 in winter and in summer', () => {
		const night: MaintenanceWindow = {
			kind: 'weekly',
			networkTag: null,
			timeZone: 'Europe/Berlin',
			weekdays: [0, 1, 2, 3, 4, 5, 6],
			fromMinute: minute(22),
			untilMinute: minute(23),
		};
		expect(isInside(night, Date.UTC(2026, 0, 15, 21, 0))).toBe(true);
		expect(isInside(night, Date.UTC(2026, 0, 15, 20, 59, 59))).toBe(false);
		expect(isInside(night, Date.UTC(2026, 6, 15, 20, 0))).toBe(true);
		expect(isInside(night, Date.UTC(2026, 6, 15, 21, 0))).toBe(false);
		expect(wallClockText(Date.UTC(2026, 6, 15, 22, 5), 'Europe/Berlin')).toBe('2026-07-16T00:05');
	});
});

describe('R4.7 arming', () => {
	const never = [
		row(LONDON_IP, DEAD, { now: NOW - 60 * MINUTE_MS }),
		row(PARIS_IP, DEAD, { now: NOW - 60 * MINUTE_MS }),
	];
	check([
		{
			says: 'R4.7 a peer that never answered does not move its branches',
			tags: ON_PRIMARY,
			london: DEAD,
			earlier: [],
			expect: 'neverHealthy stops failover',
		},
		{
			says: 'R4.7 nor one that was dead in every look',
			tags: ON_PRIMARY,
			london: DEAD,
			earlier: never,
			expect: 'neverHealthy stops failover',
		},
		{
			says: 'R4.7 one healthy sample in the window is enough',
			tags: ON_PRIMARY,
			london: '0 100 100 100 100',
			earlier: [],
			expect: 'failover to paris',
		},
		{
			says: 'R4.7 earlier days are asked for only where the window is wholly over',
			tags: ON_PRIMARY,
			london: '0 100 100 100 100',
			earlier: 'notAsked',
			expect: 'failover to paris',
		},
		{
			says: 'R4.7 and then they are',
			tags: ON_PRIMARY,
			london: DEAD,
			earlier: 'notAsked',
			expect: 'needs earlier days',
		},
		{
			says: 'R4.7 not for a network that is held',
			tags: [...ON_PRIMARY, 'vpn_failover_hold'],
			london: DEAD,
			earlier: 'notAsked',
			expect: 'hold stops failover',
		},
		{
			says: 'R4.7 a failover from a backup needs it as well',
			tags: ON_BACKUP,
			london: '0 0 1 0 0',
			paris: DEAD,
			earlier: [],
			expect: 'neverHealthy stops failover',
		},
		{
			says: 'R4.7 and R3.5 an active backup that was never seen healthy counts as unmeasured: back to a recovered primary',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: DEAD,
			earlier: [],
			expect: 'swapBack to london',
		},
		{
			says: 'R4.7 a backup that was never seen healthy counts as unmeasured',
			tags: ON_PRIMARY,
			london: '0 90 90 90 90',
			paris: DEAD,
			earlier: [],
			expect: 'failover to paris',
		},
		{
			says: 'R4.7 that it was armed is remembered',
			tags: ON_PRIMARY,
			london: DEAD,
			remembered: [],
			memory: { seenHealthy: { [JSON.stringify([NETWORK_ID, LONDON_IP])]: { kind: 'yes' } } },
			earlier: 'notAsked',
			expect: 'failover to paris',
		},
		{
			says: 'R4.7 that it was not is remembered',
			tags: ON_PRIMARY,
			london: DEAD,
			remembered: [],
			memory: {
				seenHealthy: { [JSON.stringify([NETWORK_ID, LONDON_IP])]: { kind: 'never', at: NOW - MINUTE_MS } },
			},
			earlier: 'notAsked',
			expect: 'neverHealthy stops failover',
		},
	]);
});

describe('R4.8 line fault', () => {
	const dns = (series: string, changes: Parameters<typeof row>[2] = {}) => [row(DNS_IP, series, changes)];
	check([
		{
			says: 'R4.8 the reference suffers in every over minute: the line',
			tags: ON_PRIMARY,
			london: '0 0 0 80 80',
			rows: dns('0 0 0 40 40'),
			expect: 'lineFault stops failover',
		},
		{
			says: 'R4.8 it lost less than half as much in one minute: not the line',
			tags: ON_PRIMARY,
			london: '0 0 0 80 80',
			rows: dns('0 0 0 39 80'),
			expect: 'failover to paris',
		},
		{
			says: 'R4.8 a clean reference: not the line',
			tags: ON_PRIMARY,
			london: DEAD,
			rows: dns(CLEAN),
			expect: 'failover to paris',
		},
		{
			says: 'R4.8 one clean reference of two is enough',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: CLEAN,
			rows: dns(DEAD),
			expect: 'failover to paris',
		},
		{ says: 'R4.8 no reference, no veto', tags: ON_PRIMARY, london: DEAD, expect: 'failover to paris' },
		{
			says: 'R4.8 a reference on another uplink is none',
			tags: ON_PRIMARY,
			london: DEAD,
			rows: dns(DEAD, { uplink: 'wan2' }),
			expect: 'failover to paris',
		},
		{
			says: 'R4.8 a reference of the other appliance is none',
			tags: ON_PRIMARY,
			london: DEAD,
			rows: dns(DEAD, { serial: 'Q2BB' }),
			expect: 'failover to paris',
		},
		{
			says: 'R4.8 an over minute without any reference prevents the veto',
			tags: ON_PRIMARY,
			london: '0 90 0 0 90',
			rows: dns('. . . 0 90'),
			expect: 'failover to paris',
		},
		{
			says: 'R4.8 a reference within 90 s is of that minute',
			tags: ON_PRIMARY,
			london: '0 0 0 0 90',
			rows: dns('0 0 90 90 .'),
			expect: 'lineFault stops failover',
		},
		{
			says: 'R4.8 the active peer is no reference to itself',
			tags: ON_PRIMARY,
			london: DEAD,
			earlier: [row(LONDON_IP, CLEAN, { now: NOW - 60 * MINUTE_MS })],
			expect: 'failover to paris',
		},
		{
			says: 'R4.8 for a failover from a backup the primary is no reference',
			tags: THREE_ON_PARIS,
			london: DEAD,
			paris: DEAD,
			rome: CLEAN,
			expect: 'failover to rome',
		},
		{
			says: 'R4.8 for a failover from a backup another backup is',
			tags: THREE_ON_PARIS,
			london: '0 0 1 0 0',
			paris: '0 0 0 0 90',
			rome: '0 0 0 0 90',
			expect: 'lineFault stops failover',
		},
		{
			says: 'R4.8 a reference that was never seen healthy is ignored',
			tags: ON_PRIMARY,
			london: '0 0 0 90 90',
			rows: dns(DEAD),
			earlier: [],
			expect: 'failover to paris',
		},
		{
			says: 'R4.8 a minute over by latency alone counts only where the reference is over its latency too',
			tags: ON_PRIMARY,
			london: '0/1 0/1 0/1 0/1 0/900',
			rows: dns('0/1 0/1 0/1 0/1 90/10'),
			settings: { latencyThresholdMs: 200 },
			expect: 'failover to paris',
		},
		{
			says: 'R4.8 and then it does',
			tags: ON_PRIMARY,
			london: '0/1 0/1 0/1 0/1 0/900',
			rows: dns('0/1 0/1 0/1 0/1 0/900'),
			settings: { latencyThresholdMs: 200 },
			expect: 'lineFault stops failover',
		},
		{
			says: 'R4.8 it never stops a swap back',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: DEAD.replace(/100$/, '0').replace(/100 0$/, '0 0'),
			rows: dns(DEAD),
			expect: 'swapBack to london',
		},
		{
			says: 'R4 line fault is asked before noCandidate',
			tags: ON_PRIMARY,
			london: DEAD,
			paris: DEAD,
			expect: 'lineFault stops failover',
		},
	]);
});

describe('R2.5 backoff', () => {
	const key = JSON.stringify([NETWORK_ID, '']);
	const onParis = (hoursAgo: readonly number[]): Partial<OrganizationMemory> => ({
		pairs: {
			[key]: {
				held: { role: 'backup', peer: 'paris', since: NOW - 20 * MINUTE_MS, how: 'asked' },
				asked: [],
				failoversAt: [...hoursAgo.map((hours) => NOW - hours * 60 * MINUTE_MS), NOW - 20 * MINUTE_MS],
				seenAt: NOW - 30_000,
			},
		},
	});
	const minutes = (count: number) => Array.from({ length: count }, () => '0').join(' ');
	/** The primary has been clean for so many minutes, and was dead before. */
	const clean = (count: number) => [row(LONDON_IP, `100 ${minutes(count)}`)];
	check([
		{
			says: 'R2.5 the first failover asks for the setting',
			tags: ON_BACKUP,
			london: CLEAN,
			remembered: clean(5),
			memory: onParis([]),
			expect: 'swapBack to london',
		},
		{
			says: 'R2.5 one earlier failover within 6 hours asks for three times as long',
			tags: ON_BACKUP,
			london: CLEAN,
			remembered: clean(14),
			memory: onParis([5.9]),
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R2.5 and no longer',
			tags: ON_BACKUP,
			london: CLEAN,
			remembered: clean(15),
			memory: onParis([5.9]),
			expect: 'swapBack to london',
		},
		{
			says: 'R2.5 one that is 6 hours old does not count',
			tags: ON_BACKUP,
			london: CLEAN,
			remembered: clean(5),
			memory: onParis([6]),
			expect: 'swapBack to london',
		},
		{
			says: 'R2.5 two earlier failovers ask for nine times as long',
			tags: ON_BACKUP,
			london: CLEAN,
			remembered: clean(44),
			memory: onParis([2, 1]),
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R2.5 never longer than an hour',
			tags: ON_BACKUP,
			london: CLEAN,
			remembered: clean(60),
			memory: onParis([4, 3, 2, 1]),
			expect: 'swapBack to london',
		},
		{
			says: 'R2.5 without memory the setting is tripled: the history is read',
			tags: ON_BACKUP,
			london: CLEAN,
			history: [row(LONDON_IP, `100 ${minutes(14)}`)],
			expect: 'stays: recoveryPending',
		},
		{
			says: 'R2.5 it never delays a failover from a backup',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: '0 0 0 0 90',
			remembered: clean(5),
			memory: onParis([2, 1]),
			expect: 'failover to london',
		},
	]);
});

describe('R4.10 a move by hand stands until primary is lossy, on the uplink in use', () => {
	const handMoved = {
		tags: ON_BACKUP,
		rows: [row(LONDON_IP, '0 0 2 0 0'), row(LONDON_IP, '80 80 80 80 80', { uplink: 'wan2' })],
		remembered: [],
		memory: { pairs: {} },
	};
	const judgedOn = (statuses: Branch['statuses']) =>
		evaluateBranch({ ...handMoved, statuses }).outcomes.map(
			(each) => each.kind === 'judged' && each.unknownMove === 'byHand',
		);

	test('R1.3 it is asked for where the uplinks do not agree, though none wants a move', () => {
		const { requests } = evaluateBranch({ ...handMoved, statuses: 'notAsked' });
		expect(requests.statusesOf).toEqual([NETWORK_ID]);
	});

	test('R4.10 a clean uplink in use keeps it, a lossy one ends it, an unknown one keeps it', () => {
		expect(judgedOn([appliance(['wan1'])])).toEqual([true]);
		expect(judgedOn([appliance(['wan2'])])).toEqual([false]);
		expect(judgedOn('notReadable')).toEqual([true]);
	});
});

describe('R4.10 hand moves', () => {
	const key = JSON.stringify([NETWORK_ID, '']);
	const clean = [row(LONDON_IP, '0 0 0 0 0 0')];
	const known = (how: 'asked' | 'seen' | 'byHand', peer = 'paris', role = 'backup') => ({
		pairs: heldPairs({ [key]: { role, peer, since: NOW - MINUTE_MS, seenAt: NOW, how } }),
	});
	check([
		{
			says: 'R4.10 a backup that memory neither held nor asked for stays',
			tags: ON_BACKUP,
			london: CLEAN,
			remembered: clean,
			memory: { pairs: {} },
			expect: 'handMove stops swapBack',
		},
		{
			says: 'R4.10 one that was asked for is swapped back',
			tags: ON_BACKUP,
			london: CLEAN,
			remembered: clean,
			memory: known('asked'),
			expect: 'swapBack to london',
		},
		{
			says: 'R4.10 one that was seen before is swapped back',
			tags: ON_BACKUP,
			london: CLEAN,
			remembered: clean,
			memory: known('seen'),
			expect: 'swapBack to london',
		},
		{
			says: 'R4.10 one that stands by hand stays',
			tags: ON_BACKUP,
			london: CLEAN,
			remembered: clean,
			memory: known('byHand'),
			expect: 'handMove stops swapBack',
		},
		{
			says: 'R4.10 another backup than the one asked for was moved by hand',
			tags: ON_BACKUP,
			london: CLEAN,
			remembered: clean,
			memory: known('asked', 'rome', 'backup2'),
			expect: 'handMove stops swapBack',
		},
		{
			says: 'R4.10 without memory a recovery swaps back',
			tags: ON_BACKUP,
			london: CLEAN,
			expect: 'swapBack to london',
		},
		{
			says: 'R4.10 it never stops a failover from a backup',
			tags: ON_BACKUP,
			london: CLEAN,
			paris: '0 0 0 0 90',
			remembered: clean,
			memory: { pairs: {} },
			expect: 'failover to london',
		},
	]);

	test('R4.10 a hand move stands until primary was lossy, and not after', () => {
		const at = (london: string, memory: ReturnType<typeof runOnce>['memory'], now: number) =>
			runOnce({ now, networks: [network(ON_BACKUP)], rows: [row(LONDON_IP, london, { now })], memory });
		const before = runOnce({ networks: [network(ON_PRIMARY)], rows: [row(LONDON_IP, CLEAN)] });
		const moved = at(CLEAN, before.memory, NOW + 30_000);
		expect(moved.outcomes.map(inWords)).toEqual(['handMove stops swapBack']);
		const still = at(CLEAN, moved.memory, NOW + 60_000);
		expect(still.outcomes.map(inWords)).toEqual(['handMove stops swapBack']);
		const lossy = at('0 0 0 0 90', still.memory, NOW + 90_000);
		expect(lossy.outcomes.map(inWords)).toEqual(['stays: recoveryPending']);
		const back = at(CLEAN, lossy.memory, NOW + 12 * MINUTE_MS);
		expect(back.outcomes.map(inWords)).toEqual(['swapBack to london']);
	});

	test('R4.10 a branch that has been on backup for days and is missing in one answer is no hand move after it', () => {
		const since = NOW - 2 * 24 * 60 * MINUTE_MS;
		const memory = runOnce({ networks: [network(ON_BACKUP)], rows: [row(LONDON_IP, DEAD)] }).memory;
		const days = {
			...memory,
			pairs: heldPairs({
				[key]: { role: 'backup', peer: 'paris', since, seenAt: NOW, how: 'asked' as const },
			}),
		};
		const without = runOnce({ now: NOW + 30_000, networks: [], rows: [], memory: days });
		const again = runOnce({
			now: NOW + 60_000,
			networks: [network(ON_BACKUP)],
			rows: [row(LONDON_IP, CLEAN, { now: NOW + 60_000 })],
			memory: without.memory,
		});
		expect(again.outcomes.map(inWords)).toEqual(['swapBack to london']);
	});
});

describe('R5 over the whole batch', () => {
	const networks = (count: number, tags: readonly string[] = ON_PRIMARY, from = 0) =>
		Array.from({ length: count }, (_each, at) => network(tags, { id: `N_${from + at}` }));
	const moved = (failing: number, healthy: number, series: string, changes: Partial<Settings> = {}) => {
		const all = networks(failing + healthy);
		const { swapsNeeded } = runOnce({
			networks: all,
			rows: all.map(({ id }, at) => row(LONDON_IP, at < failing ? series : CLEAN, { networkId: id })),
			settings: changes,
		});
		return swapsNeeded.length;
	};
	const ONE = '0 0 0 0 90';
	const above = (choice: Settings['massFailover']['above']): Partial<Settings> => ({
		massFailover: { sharePercent: 25, above: choice },
	});
	const rows: {
		says: string;
		failing: number;
		healthy: number;
		series: string;
		with?: Partial<Settings>;
		expect: number;
	}[] = [
		{ says: 'R5.1 three networks are fewer than four', failing: 3, healthy: 0, series: ONE, expect: 3 },
		{ says: 'R5.1 four of four are a mass failover', failing: 4, healthy: 0, series: ONE, expect: 0 },
		{ says: 'R5.1 four of sixteen are not more than 25 %', failing: 4, healthy: 12, series: ONE, expect: 4 },
		{ says: 'R5.1 four of fifteen are', failing: 4, healthy: 11, series: ONE, expect: 0 },
		{
			says: 'R5.1 eleven of forty-four are not more than 25 %',
			failing: 11,
			healthy: 33,
			series: ONE,
			expect: 11,
		},
		{
			says: 'R5.1 eleven of forty-three are: one bad minute moves none of them',
			failing: 11,
			healthy: 32,
			series: ONE,
			expect: 0,
		},
		{ says: 'R5.1 three over samples confirm', failing: 11, healthy: 0, series: '0 0 90 90 90', expect: 11 },
		{ says: 'R5.1 two do not', failing: 11, healthy: 0, series: '0 0 0 90 90', expect: 0 },
		{
			says: 'R5.1 F samples confirm where F is larger',
			failing: 11,
			healthy: 0,
			series: '0 90 90 90 90',
			with: { failoverSamples: 4 },
			expect: 11,
		},
		{
			says: 'R5.1 Stop and Alert moves none',
			failing: 11,
			healthy: 0,
			series: DEAD,
			with: above('stop'),
			expect: 0,
		},
		{
			says: 'R5.1 Off moves all',
			failing: 11,
			healthy: 0,
			series: ONE,
			with: above('off'),
			expect: 11,
		},
	];
	test.each(rows)('$says', ({ failing, healthy, series, with: changes, expect: expected }) => {
		expect(moved(failing, healthy, series, changes)).toBe(expected);
	});

	test('R5.1 networks that are off primary already count', () => {
		const off = networks(10, ON_BACKUP);
		const failing = networks(1, ON_PRIMARY, 10);
		const { outcomes } = runOnce({
			networks: [...off, ...failing],
			rows: [row(LONDON_IP, ONE, { networkId: 'N_10' })],
		});
		expect(inWords(outcomes.at(-1) ?? fail())).toBe('massFailover stops failover');
	});

	test('R5.1 a network whose tags are out of order is not off primary', () => {
		const { outcomes } = runOnce({
			networks: [...networks(10, ['london_primary_up']), ...networks(1, ON_PRIMARY, 10)],
			rows: [row(LONDON_IP, ONE, { networkId: 'N_10' })],
		});
		expect(inWords(outcomes.at(-1) ?? fail())).toBe('failover to paris');
	});

	test('R5.1 failovers from a backup are never limited', () => {
		const off = networks(20, ON_BACKUP);
		const { swapsNeeded } = runOnce({
			networks: off,
			rows: off.flatMap(({ id }) => [
				row(LONDON_IP, CLEAN, { networkId: id }),
				row(PARIS_IP, ONE, { networkId: id }),
			]),
		});
		expect(swapsNeeded).toHaveLength(20);
	});

	test('R5.1 a failover from a backup to the primary takes its network off the count', () => {
		const off = networks(10, ON_BACKUP);
		const failing = networks(1, ON_PRIMARY, 10);
		const { outcomes } = runOnce({
			networks: [...off, ...failing],
			rows: [
				...off.flatMap(({ id }) => [
					row(LONDON_IP, CLEAN, { networkId: id }),
					row(PARIS_IP, ONE, { networkId: id }),
				]),
				row(LONDON_IP, ONE, { networkId: 'N_10' }),
			],
		});
		expect(outcomes.map(inWords)).toEqual([
			...Array<string>(10).fill('failover to london'),
			'failover to paris',
		]);
	});

	test('R5.1 a swap back takes its network off the count', () => {
		const off = networks(10, ON_BACKUP);
		const failing = networks(1, ON_PRIMARY, 10);
		const { outcomes } = runOnce({
			networks: [...off, ...failing],
			rows: [
				...off.map(({ id }) => row(LONDON_IP, CLEAN, { networkId: id })),
				row(LONDON_IP, ONE, { networkId: 'N_10' }),
			],
		});
		expect(inWords(outcomes.at(-1) ?? fail())).toBe('failover to paris');
	});

	test('R5.1 and R1.3 with All, the row with the fewest over samples confirms', () => {
		const all = networks(11);
		const uplinks = ['wan1', 'wan2'] as const;
		const run = (wan1: string, wan2: string, lossyWhen: Settings['lossyWhen']) =>
			runOnce({
				networks: all,
				rows: all.flatMap(({ id }) =>
					uplinks.map((uplink) => row(LONDON_IP, uplink === 'wan1' ? wan1 : wan2, { networkId: id, uplink })),
				),
				settings: { lossyWhen, judgedUplinks: { kind: 'chosen', uplinks } },
			}).swapsNeeded.length;
		const THREE = '0 0 90 90 90';
		expect(run(THREE, ONE, 'all')).toBe(0);
		expect(run(THREE, THREE, 'all')).toBe(11);
		expect(run(THREE, ONE, 'any')).toBe(11);
		expect(run(THREE, '_ _ _ _ _', 'all')).toBe(11);
	});

	test('R5.1 the networks that wait are one notice', () => {
		const all = networks(11);
		const { alert } = runOnce({
			networks: all,
			rows: all.map(({ id }) => row(LONDON_IP, ONE, { networkId: id })),
			isManual: true,
		});
		expect(alert?.sections.map(({ heading, rows: each }) => `${heading} (${each.length})`)).toEqual([
			'Mass failover: being confirmed (1)',
		]);
	});

	test('R5.2 swap backs have a rate, the rest follow', () => {
		const off = networks(120, ON_BACKUP);
		const { swapsNeeded, summary } = runOnce({
			networks: off,
			rows: off.map(({ id }) => row(LONDON_IP, CLEAN, { networkId: id })),
		});
		expect(swapsNeeded).toHaveLength(100);
		expect(summary.reasons).toEqual({ primaryRecovered: 100, swapBackRate: 20 });
	});

	function fail(): never {
		throw new Error('nothing was judged');
	}
});

describe('R8.7 a refused write is tried again after 1, 5, 15, then 60 minutes', () => {
	test('R8.7 the pauses grow, and end at an hour', () => {
		let refusals = followRefusals(new Map(), { refused: ['N_1'], written: [] }, NOW);
		const pauses = [1, 2, 3, 4, 5].map(() => {
			const until = pausedUntil(refusals.get('N_1'), NOW) ?? NOW;
			refusals = followRefusals(refusals, { refused: ['N_1'], written: [] }, NOW);
			return (until - NOW) / MINUTE_MS;
		});
		expect(pauses).toEqual([1, 5, 15, 60, 60]);
	});

	test('R8.7 it ends to the millisecond, with a write, after a day, and does not touch others', () => {
		const refusals = followRefusals(new Map(), { refused: ['N_1'], written: [] }, NOW);
		expect(pausedUntil(refusals.get('N_1'), NOW + MINUTE_MS - 1)).toBe(NOW + MINUTE_MS);
		expect(pausedUntil(refusals.get('N_1'), NOW + MINUTE_MS)).toBeNull();
		expect(pausedUntil(refusals.get('N_2'), NOW)).toBeNull();
		expect(followRefusals(refusals, { refused: [], written: ['N_1'] }, NOW).size).toBe(0);
		expect(followRefusals(refusals, { refused: [], written: [] }, NOW + 24 * 60 * MINUTE_MS).size).toBe(0);
	});

	test('R8.7 a stamp from the future is no reason to wait, and damage only means an earlier try', () => {
		expect(pausedUntil({ count: 4, at: NOW + 1 }, NOW)).toBeNull();
		const refusals = followRefusals(new Map(), { refused: ['N_1', '__proto__'], written: [] }, NOW);
		expect(loadRefusals(JSON.parse(JSON.stringify(storedRefusals(refusals))))).toEqual(refusals);
		expect(loadRefusals({ a: 1, b: {}, c: { count: 0, at: 1 }, d: { count: 1.5, at: 2 } })).toEqual(
			new Map([['d', { count: 1, at: 2 }]]),
		);
		expect(loadRefusals('x').size + loadRefusals(null).size + loadRefusals([1]).size).toBe(0);
	});
});

describe('R8.7 refusals that are remembered', () => {
	const DAY_MS = 24 * 60 * MINUTE_MS;
	const before = new Map([
		['N_1', { count: 2, at: NOW - DAY_MS + 1 }],
		['N_2', { count: 2, at: NOW - DAY_MS }],
	]);

	test('are forgotten after a day without another', () => {
		const after = followRefusals(before, { refused: [], written: [] }, NOW);
		expect([...after]).toEqual([['N_1', { count: 2, at: NOW - DAY_MS + 1 }]]);
	});

	test('that cannot be read mean an earlier try', () => {
		const stored = { N_1: { count: 1, at: 5 }, N_2: { at: 5 }, N_3: { count: 1 }, N_4: { count: 0, at: 5 } };
		expect([...loadRefusals(stored)]).toEqual([['N_1', { count: 1, at: 5 }]]);
	});
});
