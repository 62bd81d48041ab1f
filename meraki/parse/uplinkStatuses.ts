import type { ApplianceStatus, UplinkStatus } from '../../core/domain/types';
import { bad, fieldsFrom, kindOf, listFrom, parseEach, type Parsed, textFrom, type Fields } from './fields';
import { parseTime } from './time';

/**
 * `appliance/uplink/statuses`. An appliance of which anything that R1.3 compares is broken is left out and named: read
 * in part, another appliance or uplink would be judged in its place.
 */
export function parseUplinkStatuses(body: unknown): Parsed<ApplianceStatus> {
	return parseEach(body, '', parseAppliance);
}

function parseAppliance(value: unknown, path: string): ApplianceStatus {
	const fields = fieldsFrom(value, path);
	const availability = fieldsFrom(fields.get('highAvailability') ?? {}, `${path}.highAvailability`);
	return {
		networkId: textFrom(fields, 'networkId', path),
		serial: textFrom(fields, 'serial', path),
		role: roleFrom(availability, `${path}.highAvailability`),
		lastReportedAt: timeFrom(fields, path),
		uplinks: listFrom(fields.get('uplinks') ?? [], `${path}.uplinks`).map((uplink, at) =>
			parseUplink(uplink, `${path}.uplinks[${at}]`),
		),
	};
}

function roleFrom(availability: Fields, path: string): string | null {
	return (availability.get('role') ?? null) === null ? null : textFrom(availability, 'role', path);
}

/** `null` for an appliance that never reported. */
function timeFrom(fields: Fields, path: string): number | null {
	const value = fields.get('lastReportedAt') ?? null;
	if (value === null) return null;
	return parseTime(value) ?? bad(`${path}.lastReportedAt`, `is ${kindOf(value)}, not a time`);
}

function parseUplink(value: unknown, path: string): UplinkStatus {
	const fields = fieldsFrom(value, path);
	return { uplink: textFrom(fields, 'interface', path), status: textFrom(fields, 'status', path) };
}
