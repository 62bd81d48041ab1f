import { MINUTE_MS } from './samples';
import type { ApplianceStatus } from './types';

/** What the statuses say of a network: which appliance and uplink to judge (R1.3), or that it is offline (R4.4). */
export type JudgedAppliance =
	| ApplianceInUse
	/** No appliance has an active uplink: it could not fetch a change. */
	| { readonly kind: 'offline' };

export interface ApplianceInUse {
	readonly kind: 'online';
	readonly serial: string;
	readonly activeUplink: string;
}

/** R1.3: a warm spare that reported this much later is the one in use. */
const CLEARLY_LATER_MS = 5 * MINUTE_MS;

/** R1.3, for the statuses of one network. */
export function judgedAppliance(appliances: readonly ApplianceStatus[]): JudgedAppliance {
	const judged = preferred(appliances.filter((appliance) => activeUplinks(appliance).length > 0));
	const activeUplink = judged ? activeUplinks(judged)[0] : undefined;
	if (!judged || activeUplink === undefined) return { kind: 'offline' };
	return { kind: 'online', serial: judged.serial, activeUplink };
}

function preferred(appliances: readonly ApplianceStatus[]): ApplianceStatus | undefined {
	const byReport = [...appliances].sort((one, other) => reportedAt(other) - reportedAt(one));
	const [latest, next] = byReport;
	if (!latest || !next) return latest;
	if (reportedAt(latest) - reportedAt(next) >= CLEARLY_LATER_MS) return latest;
	const bySerial = [...appliances].sort((one, other) => (one.serial < other.serial ? -1 : 1));
	return bySerial.find((appliance) => appliance.role === 'primary') ?? bySerial[0];
}

function reportedAt(appliance: ApplianceStatus): number {
	return appliance.lastReportedAt ?? 0;
}

/** wan1 before wan2 before wan3 before cellular: R1.3 judges the lowest-numbered of several. */
function activeUplinks(appliance: ApplianceStatus): string[] {
	return appliance.uplinks
		.filter((uplink) => uplink.status === 'active')
		.map((uplink) => uplink.uplink)
		.sort((one, other) => uplinkOrder(one) - uplinkOrder(other));
}

function uplinkOrder(uplink: string): number {
	const number = /^wan([0-9])$/.exec(uplink)?.[1];
	return number === undefined ? 10 : Number(number);
}
