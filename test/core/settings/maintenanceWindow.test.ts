import { excuseMaintenance } from '../../../core/health/excuseMaintenance';
import { MINUTE_MS } from '../../../core/domain/time';
import { isInside, isTimeZone, wallClockText, windowsFor } from '../../../core/settings/maintenanceWindow';
import type { MaintenanceWindow } from '../../../core/settings/maintenanceWindow';
import type { Series } from '../../../core/health/series';

const DAY_MS = 24 * 60 * MINUTE_MS;
/** Thursday. */
const THURSDAY = Date.UTC(2026, 0, 15);
const THURSDAYS = 4;

/** What was read of the clock is kept: every test looks at weeks of its own, and Tokyo has no summer time. */
let weeks = 0;
beforeEach(() => {
	weeks += 1;
});
const thursday = (hours: number, minutes = 0) =>
	THURSDAY + weeks * 7 * DAY_MS + (hours * 60 + minutes) * MINUTE_MS;

function weekly(from: number, until: number, changes: Partial<MaintenanceWindow> = {}): MaintenanceWindow {
	return {
		kind: 'weekly',
		networkTag: null,
		timeZone: 'UTC',
		weekdays: [THURSDAYS],
		fromMinute: from * 60,
		untilMinute: until * 60,
		...changes,
	} as MaintenanceWindow;
}

describe('R4.4 a weekly window', () => {
	const inside = (window: MaintenanceWindow, ...times: readonly number[]) =>
		times.map((at) => isInside(window, at));

	test('begins with its first minute and ends before its last', () => {
		const times = [thursday(10, -1), thursday(10), thursday(11, 59), thursday(12)];
		expect(inside(weekly(10, 12), ...times)).toEqual([false, true, true, false]);
		expect(isInside(weekly(10, 12), thursday(24 + 11))).toBe(false);
	});

	test('over midnight belongs to the day on which it begins', () => {
		const over = weekly(22, 2);
		const evening = [thursday(22, -1), thursday(22), thursday(23, 59)];
		expect(inside(over, ...evening)).toEqual([false, true, true]);
		expect(inside(over, thursday(24), thursday(26, -1), thursday(26))).toEqual([true, true, false]);
		expect(inside(over, thursday(1), thursday(24 + 23), thursday(12))).toEqual([false, false, false]);
	});

	test('that ends when it begins lasts a day', () => {
		const day = weekly(10, 10);
		expect(inside(day, thursday(10, -1), thursday(10), thursday(34, -1), thursday(34))).toEqual([
			false,
			true,
			true,
			false,
		]);
	});

	test.each([0, 1, 2, 3, 4, 5, 6])('on weekday %i, 0 is Sunday, also over midnight', (weekday) => {
		const at = thursday(12) + ((weekday - THURSDAYS + 7) % 7) * DAY_MS;
		expect(isInside(weekly(12, 13, { weekdays: [weekday] } as Partial<MaintenanceWindow>), at)).toBe(true);
		expect(
			isInside(weekly(12, 13, { weekdays: [(weekday + 1) % 7] } as Partial<MaintenanceWindow>), at),
		).toBe(false);
		const night = weekly(23, 1, { weekdays: [weekday] } as Partial<MaintenanceWindow>);
		expect(isInside(night, at + 12.5 * 60 * MINUTE_MS)).toBe(true);
	});

	test('goes by the clock of its time zone', () => {
		const tokyo = weekly(0, 1, { timeZone: 'Asia/Tokyo' });
		expect(isInside(tokyo, thursday(-9))).toBe(true);
		expect(isInside(tokyo, thursday(-9, -1))).toBe(false);
		expect(isInside(tokyo, thursday(0))).toBe(false);
	});
});

describe('R4.4 a window that is once', () => {
	test('begins with its first minute and ends before its last', () => {
		const from = wallClockText(thursday(22), 'UTC');
		const until = wallClockText(thursday(26), 'UTC');
		const window: MaintenanceWindow = { kind: 'once', networkTag: null, timeZone: 'UTC', from, until };
		const times = [thursday(22, -1), thursday(22), thursday(26, -1), thursday(26)];
		expect(times.map((at) => isInside(window, at))).toEqual([false, true, true, false]);
	});
});

describe('the clock on the wall', () => {
	test('is told to the minute, with the date of its time zone', () => {
		const at = thursday(23, 5) + 59_999;
		expect(wallClockText(at, 'UTC')).toBe(new Date(at).toISOString().slice(0, 16));
		expect(wallClockText(at, 'Asia/Tokyo')).toBe(
			new Date(at + 9 * 60 * MINUTE_MS).toISOString().slice(0, 16),
		);
		expect(wallClockText(thursday(0), 'UTC')).toMatch(/T00:00$/);
	});

	test('of a time zone that the host does not know is refused beforehand', () => {
		expect(isTimeZone('Asia/Tokyo')).toBe(true);
		expect(isTimeZone('Asia/Nowhere')).toBe(false);
	});
});

describe('R4.4 the networks of a window', () => {
	test('are all, or those with its tag', () => {
		const all = weekly(1, 2);
		const pilots = weekly(1, 2, { networkTag: 'pilot' });
		expect(windowsFor([all, pilots], ['office'])).toEqual([all]);
		expect(windowsFor([all, pilots], ['office', 'pilot'])).toEqual([all, pilots]);
	});
});

describe('R4.4 what was over in a window that has ended', () => {
	const row = (...times: number[]): Series => ({
		serial: 'S',
		uplink: 'wan1',
		ip: 'x',
		samples: times.map((sampledAt) => ({ sampledAt, lossPercent: 90, latencyMs: null })),
	});
	const excused = (now: number, windows: readonly MaintenanceWindow[], ...times: number[]) =>
		excuseMaintenance([row(...times)], windows, now)[0]?.samples.map(({ isExcused }) => isExcused === true);

	test('counts no more, from its first minute to one minute after', () => {
		const times = [thursday(10, -1), thursday(10), thursday(12), thursday(12, 1)];
		expect(excused(thursday(13), [weekly(10, 12)], ...times)).toEqual([false, true, true, false]);
	});

	test('counts as long as the window lasts, for then nothing moves anyhow', () => {
		expect(excused(thursday(11, 30), [weekly(10, 12)], thursday(11))).toEqual([false]);
	});

	test('is excused by one of several windows', () => {
		expect(excused(thursday(13), [weekly(1, 2), weekly(10, 12)], thursday(11))).toEqual([true]);
	});

	test('is left as it is where no window has ended', () => {
		const series = [row(thursday(11))];
		expect(excuseMaintenance(series, [], thursday(13))).toBe(series);
	});
});
