import { MINUTE_MS } from '../domain/time';

/** Times in which branches stay where they are (R4.4). Wall clock of one time zone: people mean 22:00, also in summer. */
export type MaintenanceWindow = {
	/** Only networks with this tag; `null` is all. */
	readonly networkTag: string | null;
	/** IANA name, for example `Europe/Berlin`. */
	readonly timeZone: string;
} & (
	| {
			readonly kind: 'weekly';
			/** The days on which it begins; 0 is Sunday. */
			readonly weekdays: readonly number[];
			/** Minutes since midnight. One that ends at or before it begins ends on the next day. */
			readonly fromMinute: number;
			readonly untilMinute: number;
	  }
	/** Wall clock as `2026-11-22T22:00`. */
	| { readonly kind: 'once'; readonly from: string; readonly until: string }
);

/** The windows that concern a network with these tags. */
export function windowsFor(
	windows: readonly MaintenanceWindow[],
	tags: readonly string[],
): MaintenanceWindow[] {
	return windows.filter(({ networkTag }) => networkTag === null || tags.includes(networkTag));
}

export function isInside(window: MaintenanceWindow, at: number): boolean {
	if (window.kind === 'once') {
		const now = wallClockText(at, window.timeZone);
		return window.from <= now && now < window.until;
	}
	const { weekday, minute } = wallClock(at, window.timeZone);
	const { weekdays, fromMinute, untilMinute } = window;
	const beginsOn = (day: number) => weekdays.includes((day + 7) % 7);
	if (fromMinute < untilMinute) return beginsOn(weekday) && fromMinute <= minute && minute < untilMinute;
	return (beginsOn(weekday) && fromMinute <= minute) || (beginsOn(weekday - 1) && minute < untilMinute);
}

/** `2026-11-22T22:00`, so that two of them can be compared. The time zone must be known. */
export function wallClockText(at: number, timeZone: string): string {
	const { date, minute } = wallClock(at, timeZone);
	return `${date}T${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}`;
}

interface WallClock {
	/** `2026-11-22`. */
	readonly date: string;
	readonly weekday: number;
	readonly minute: number;
}

const WEEKDAYS: readonly string[] = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Formatting is slow, and ten thousand branches ask for the same few minutes. Bounded. */
const knownMinutes = new Map<string, WallClock>();
const MOST_KNOWN_MINUTES = 1000;

function wallClock(at: number, timeZone: string): WallClock {
	const key = `${Math.floor(at / MINUTE_MS)} ${timeZone}`;
	const known = knownMinutes.get(key);
	if (known) return known;
	if (knownMinutes.size >= MOST_KNOWN_MINUTES) knownMinutes.clear();
	const read = readWallClock(at, timeZone);
	knownMinutes.set(key, read);
	return read;
}

function readWallClock(at: number, timeZone: string): WallClock {
	const format = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		weekday: 'short',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
	});
	const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
	const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
	return {
		date: `${part('year')}-${part('month')}-${part('day')}`,
		weekday: WEEKDAYS.indexOf(part('weekday')),
		minute: Number(part('hour')) * 60 + Number(part('minute')),
	};
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}

/** Whether the host knows the time zone. */
export function isTimeZone(timeZone: string): boolean {
	try {
		return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}
