/** ISO 8601 with its zone, as Meraki writes times. `Date.parse` alone would guess a zone, or accept `5`. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970, or `null` when it is no time. */
export function parseTime(value: unknown): number | null {
	if (typeof value !== 'string') return null;
	return usualTime(value) ?? anyTime(value);
}

function anyTime(text: string): number | null {
	if (!ISO_TIME.test(text)) return null;
	const at = Date.parse(text);
	return Number.isFinite(at) ? at : null;
}

const [DASH, COLON, T, Z] = ['-', ':', 'T', 'Z'].map((sign) => sign.charCodeAt(0));

/**
 * The one form in which all samples of a read come, hundreds of thousands of them (`2026-01-05T07:53:04Z`): counted
 * digit by digit. `null` for any other form, and for leap days: {@link anyTime} judges those.
 */
function usualTime(text: string): number | null {
	if (text.length !== 20 || text.charCodeAt(10) !== T || text.charCodeAt(19) !== Z) return null;
	if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return null;
	if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return null;
	const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
	const month = twoDigits(text, 5);
	const day = twoDigits(text, 8);
	const hour = twoDigits(text, 11);
	const minute = twoDigits(text, 14);
	const second = twoDigits(text, 17);
	const isUsualDay = year >= 1970 && day >= 1 && day <= (DAYS_OF_MONTHS[month - 1] ?? 0);
	if (!(isUsualDay && hour <= 23 && minute <= 59 && second <= 59)) return null;
	return (((daysSince1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1000;
}

/** Without the leap day. */
const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Not a number where one of the two is no digit. */
function twoDigits(text: string, at: number): number {
	const tens = text.charCodeAt(at) - 48;
	const ones = text.charCodeAt(at + 1) - 48;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/** From a day that is 0 when counted as below. */
const DAYS_TO_1970 = 719_469;

/** The Gregorian calendar counted from March, so that the leap day is the last day of a year. */
function daysSince1970(year: number, month: number, day: number): number {
	const years = month > 2 ? year : year - 1;
	const leapDays = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
	const monthsSinceMarch = (month + 9) % 12;
	const daysOfMonths = Math.floor((153 * monthsSinceMarch + 2) / 5);
	return years * 365 + leapDays + daysOfMonths + day - DAYS_TO_1970;
}
