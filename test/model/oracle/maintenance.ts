/** R4.4: which maintenance windows concern a branch, and when they are. */
import { MINUTE } from '../input';
import type { Branch, Maintenance, Rules, Zone } from '../input';

export function windowsOf({ tags }: Branch, { maintenance }: Rules): Maintenance[] {
	return maintenance.filter(({ tag }) => tag === null || tags.includes(tag));
}

/** In January. */
const MINUTES_AHEAD: Readonly<Record<Zone, number>> = {
	UTC: 0,
	'Asia/Kolkata': 330,
	'America/New_York': -300,
};

export function isInside({ zone, when }: Maintenance, at: number): boolean {
	const local = new Date(at + MINUTES_AHEAD[zone] * MINUTE);
	if (when.kind === 'once') {
		const text = local.toISOString().slice(0, 16);
		return when.from <= text && text < when.until;
	}
	const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
	const today = when.days.includes(local.getUTCDay());
	const yesterday = when.days.includes((local.getUTCDay() + 6) % 7);
	if (when.fromMinute < when.untilMinute)
		return today && minute >= when.fromMinute && minute < when.untilMinute;
	return (today && minute >= when.fromMinute) || (yesterday && minute < when.untilMinute);
}
