import { MINUTE_MS } from '../domain/time';
import { isInside } from '../settings/maintenanceWindow';
import type { MaintenanceWindow } from '../settings/maintenanceWindow';
import type { Series } from './series';

/**
 * Once a window has ended, samples inside it, or up to one minute after it, no longer count as bad. They stay measured
 * and still prevent recovery (R4.4).
 */
export function excuseMaintenance(
	series: readonly Series[],
	windows: readonly MaintenanceWindow[],
	now: number,
): readonly Series[] {
	const ended = windows.filter((window) => !isInside(window, now));
	if (ended.length === 0) return series;
	const isExcused = (at: number) =>
		ended.some((window) => isInside(window, at) || isInside(window, at - MINUTE_MS));
	return series.map(({ serial, uplink, ip, samples }) => ({
		serial,
		uplink,
		ip,
		samples: samples.map((sample) => (isExcused(sample.sampledAt) ? { ...sample, isExcused: true } : sample)),
	}));
}
