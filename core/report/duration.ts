const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The end of the year 9999: later years have a sign and six digits (ECMA-262, "Date Time String Format"). */
const LATEST_TIME_MS = Date.UTC(10_000, 0) - 1;

/** `45 s`, `8 min`, `2 h 5 min`, `3 d 4 h`: the two largest units are enough to act on. */
export function durationText(durationMs: number): string {
	const ms = Number.isFinite(durationMs) ? Math.max(0, durationMs) : 0;
	if (ms < MINUTE_MS) return `${Math.floor(ms / SECOND_MS)} s`;
	if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
	if (ms < DAY_MS) return twoUnits(ms, HOUR_MS, 'h', MINUTE_MS, 'min');
	return twoUnits(ms, DAY_MS, 'd', HOUR_MS, 'h');
}

/** `12:04 UTC`. */
export function timeText(at: number): string {
	return isTime(at) ? `${new Date(at).toISOString().slice(11, 16)} UTC` : 'unknown time';
}

/** `2 May 2024, 12:04 UTC`. */
export function dateTimeText(at: number): string {
	return isTime(at) ? `${dayText(at)} ${new Date(at).getUTCFullYear()}, ${timeText(at)}` : timeText(at);
}

/** `since 12:04 UTC` on the same day, `since 1 May, 23:58 UTC` in the same year, else with the year. */
export function sinceText(startedAt: number, now: number): string {
	if (!isTime(startedAt) || !isTime(now)) return `since ${timeText(startedAt)}`;
	const start = new Date(startedAt).toISOString();
	const today = new Date(now).toISOString();
	if (start.slice(0, 10) === today.slice(0, 10)) return `since ${timeText(startedAt)}`;
	if (start.slice(0, 4) === today.slice(0, 4)) return `since ${dayText(startedAt)}, ${timeText(startedAt)}`;
	return `since ${dateTimeText(startedAt)}`;
}

function twoUnits(ms: number, largeMs: number, large: string, smallMs: number, small: string): string {
	const rest = Math.floor((ms % largeMs) / smallMs);
	return `${Math.floor(ms / largeMs)} ${large}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}

function dayText(at: number): string {
	const date = new Date(at);
	return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`;
}

function isTime(at: number): boolean {
	return at >= 0 && at <= LATEST_TIME_MS;
}
