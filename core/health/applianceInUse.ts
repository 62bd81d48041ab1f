import { MINUTE_MS } from '../domain/time';
import type { ApplianceStatus } from '../domain/types';

/** What the statuses say of a network: which appliance and uplink are in use (R1.3), or that it is offline (R4.5). */
export type ApplianceReading =
	| ApplianceInUse
	/** No appliance has an active uplink: it could not fetch a change. */
	| { readonly kind: 'offline' }
	/** It could not be read, or both of a pair of appliances are active and nothing tells which is in use. */
	| { readonly kind: 'unclear' };

export interface ApplianceInUse {
	readonly kind: 'online';
	readonly serial: string;
	readonly activeUplink: string;
}

/** R1.3: a warm spare that reported this much later is the one in use. */
const CLEARLY_LATER_MS = 5 * MINUTE_MS;

/** R1.3, for the statuses of one network. */
export function applianceInUse(appliances: readonly ApplianceStatus[]): ApplianceReading {
	const active = appliances.filter((appliance) => activeUplinks(appliance).length > 0);
	if (active.length === 0) return { kind: 'offline' };
	const chosen = preferred(active);
	const [activeUplink] = chosen ? activeUplinks(chosen) : [];
	if (!chosen || activeUplink === undefined) return { kind: 'unclear' };
	return { kind: 'online', serial: chosen.serial, activeUplink };
}

/** Of those with an active uplink. */
function preferred(active: readonly ApplianceStatus[]): ApplianceStatus | undefined {
	if (active.length === 1) return active[0];
	const [latest, next] = active.map(reportedAt).sort((one, other) => other - one);
	const isClearlyLater = latest !== undefined && next !== undefined && latest - next >= CLEARLY_LATER_MS;
	const [chosen, ...others] = isClearlyLater
		? active.filter((appliance) => reportedAt(appliance) === latest)
		: active.filter(({ role }) => role === 'primary');
	return others.length === 0 ? chosen : undefined;
}

/** One that never reported is not the one that reported more recently. */
function reportedAt({ lastReportedAt }: ApplianceStatus): number {
	return lastReportedAt ?? 0;
}

/** wan1 before wan2 before wan3 before cellular: R1.3 takes the lowest-numbered of several. */
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
