import { dateTimeText, durationText, sinceText, timeText } from '../../../core/report/duration';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const NOW = Date.UTC(2024, 4, 2, 12, 12, 30);

describe('durationText', () => {
	const rows = [
		{ says: 'seconds below a minute', ms: 59_999, expect: '59 s' },
		{ says: 'minutes from one minute', ms: MINUTE_MS, expect: '1 min' },
		{ says: 'whole minutes only', ms: 8 * MINUTE_MS + 59 * SECOND_MS, expect: '8 min' },
		{ says: 'hours and minutes', ms: 2 * HOUR_MS + 5 * MINUTE_MS, expect: '2 h 5 min' },
		{ says: 'a full hour alone', ms: HOUR_MS, expect: '1 h' },
		{ says: 'days from one day', ms: 24 * HOUR_MS, expect: '1 d' },
		{ says: 'days and hours', ms: 76 * HOUR_MS, expect: '3 d 4 h' },
		{ says: 'a clock that went back is no negative time', ms: -5, expect: '0 s' },
		{ says: 'nonsense is no time', ms: NaN, expect: '0 s' },
	];
	test.each(rows)('$says', ({ ms, expect: expected }) => {
		expect(durationText(ms)).toBe(expected);
	});
});

describe('sinceText', () => {
	const rows = [
		{ says: 'the time alone on the same day', at: NOW - 8 * MINUTE_MS, expect: 'since 12:04 UTC' },
		{ says: 'with the day when it was yesterday', at: NOW - 13 * HOUR_MS, expect: 'since 1 May, 23:12 UTC' },
		{
			says: 'with the year when it was last year',
			at: Date.UTC(2023, 11, 31, 23, 58),
			expect: 'since 31 Dec 2023, 23:58 UTC',
		},
		{ says: 'a time beyond all calendars does not throw', at: 1e20, expect: 'since unknown time' },
		{ says: 'nor does one that is no number', at: NaN, expect: 'since unknown time' },
	];
	test.each(rows)('$says', ({ at, expect: expected }) => {
		expect(sinceText(at, NOW)).toBe(expected);
	});
});

test('a time and a date are in UTC, and nonsense does not throw', () => {
	expect(timeText(NOW)).toBe('12:12 UTC');
	expect(dateTimeText(NOW)).toBe('2 May 2024, 12:12 UTC');
	expect(dateTimeText(Infinity)).toBe('unknown time');
	expect(dateTimeText(0)).toBe('1 Jan 1970, 00:00 UTC');
	expect(timeText(-1)).toBe('unknown time');
	const endOfCalendars = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
	expect(dateTimeText(endOfCalendars)).toBe('31 Dec 9999, 23:59 UTC');
	expect(timeText(endOfCalendars + 1)).toBe('unknown time');
});
