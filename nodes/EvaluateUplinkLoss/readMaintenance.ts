import { asFields, asFiniteNumber, asList, asText, field } from '../../core/domain/untrusted';
import type { Fields } from '../../core/domain/untrusted';
import { wallClockText } from '../../core/settings/maintenanceWindow';
import type { MaintenanceWindow } from '../../core/settings/maintenanceWindow';

/** The windows as entered; what cannot be read becomes a value that the settings refuse by name. */
export function readMaintenance(value: unknown, timeZone: string): MaintenanceWindow[] {
	const fields = asFields(value);
	const weekly = asList(field(fields, 'weekly')) ?? [];
	const once = asList(field(fields, 'once')) ?? [];
	return [
		...weekly.map((each) => readWeekly(asFields(each), timeZone)),
		...once.map((each) => readOnce(asFields(each), timeZone)),
	];
}

function readWeekly(fields: Fields | undefined, timeZone: string): MaintenanceWindow {
	const days = (asList(field(fields, 'weekdays')) ?? []).flatMap((day) => asFiniteNumber(day) ?? []);
	return {
		kind: 'weekly',
		networkTag: readTag(fields),
		timeZone,
		weekdays: days.filter((day) => Number.isInteger(day) && day >= 0 && day <= 6),
		fromMinute: readMinute(field(fields, 'from')),
		untilMinute: readMinute(field(fields, 'until')),
	};
}

function readOnce(fields: Fields | undefined, timeZone: string): MaintenanceWindow {
	return {
		kind: 'once',
		networkTag: readTag(fields),
		timeZone,
		from: readWallClock(field(fields, 'from'), timeZone),
		until: readWallClock(field(fields, 'until'), timeZone),
	};
}

function readTag(fields: Fields | undefined): string | null {
	return asText(field(fields, 'networkTag'))?.trim() || null;
}

function readMinute(value: unknown): number {
	const time = typeof value === 'string' ? /^([0-9]{1,2}):([0-5][0-9])$/.exec(value.trim()) : null;
	return time ? Number(time[1]) * 60 + Number(time[2]) : NaN;
}

/** n8n's date field gives wall clock without an offset; an expression may give an instant. */
function readWallClock(value: unknown, timeZone: string): string {
	const text = typeof value === 'string' ? value.trim() : '';
	const local = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(\.\d+)?)?$/.exec(text);
	if (local) return `${local[1]}T${local[2]}`;
	const at = Date.parse(text);
	return Number.isNaN(at) ? '' : wallClockText(at, timeZone);
}
