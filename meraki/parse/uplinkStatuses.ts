import type { ApplianceStatus, UplinkStatus } from '../../core/types';
import { fieldsFrom, listFrom, parseEach, type Parsed, type Skipped, textFrom, textOrNull } from './fields';
import { parseTime } from './time';

/** `appliance/uplink/statuses`. An uplink without name or status is left out and named; the appliance stays. */
export function parseUplinkStatuses(body: unknown): Parsed<ApplianceStatus> {
	return parseEach(body, '', parseAppliance);
}

function parseAppliance(value: unknown, path: string, skipped: Skipped[]): ApplianceStatus {
	const fields = fieldsFrom(value, path);
	const networkId = textFrom(fields, 'networkId', path);
	const serial = textFrom(fields, 'serial', path);
	const availability = fieldsFrom(fields.get('highAvailability') ?? {}, `${path}.highAvailability`);
	const uplinks = parseEach(
		listFrom(fields.get('uplinks') ?? [], `${path}.uplinks`),
		`${path}.uplinks`,
		parseUplink,
	);
	for (const one of uplinks.skipped) skipped.push(one);
	return {
		networkId,
		serial,
		role: textOrNull(availability, 'role'),
		lastReportedAt: parseTime(fields.get('lastReportedAt')),
		uplinks: uplinks.rows,
	};
}

function parseUplink(value: unknown, path: string): UplinkStatus {
	const fields = fieldsFrom(value, path);
	return { uplink: textFrom(fields, 'interface', path), status: textFrom(fields, 'status', path) };
}
