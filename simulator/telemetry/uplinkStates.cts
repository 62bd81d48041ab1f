import type { Network } from '../dashboard/network.cjs';
import type { Appliance, Uplink } from '../dashboard/types.cjs';
import type { UplinkStatus } from '../scenario/types.cjs';
import { Conditions, isOn, type TimedCondition } from './conditions.cjs';
import { sampleTimes } from './sampleTimes.cjs';

export interface UplinkState {
	readonly uplink: Uplink;
	readonly status: UplinkStatus;
}

export interface ApplianceState {
	readonly appliance: Appliance;
	readonly isOnline: boolean;
	readonly lastReportedAt: number;
	readonly uplinks: readonly UplinkState[];
}

/** How the appliances of a network and their uplinks stand at one moment. */
export class UplinkStates {
	constructor(
		private readonly seed: number,
		private readonly conditions: Conditions,
	) {}

	of(network: Network, now: number): readonly ApplianceState[] {
		const here = this.conditions.narrow(this.conditions.during(now, now), { network });
		return network.facts.appliances.map((appliance) => {
			const conditions = this.conditions
				.narrow(here, { network, serial: appliance.serial })
				.filter((timed) => isOn(timed, now));
			return this.applianceState(network, appliance, conditions, now);
		});
	}

	private applianceState(
		network: Network,
		appliance: Appliance,
		conditions: readonly TimedCondition[],
		now: number,
	): ApplianceState {
		const offline = conditions.find(({ condition }) => condition.kind === 'applianceOffline');
		const uplinks = appliance.uplinks.map((uplink) => {
			const place = { network, serial: appliance.serial, uplink: uplink.interface };
			return { uplink, status: statusOf(uplink, this.conditions.narrow(conditions, place)) };
		});
		const heardAt = Math.min(now, offline?.from ?? now);
		const [reportedAt = heardAt] = sampleTimes(this.seed, appliance.serial, {
			from: heardAt - 62_000,
			until: heardAt,
		}).slice(-1);
		return { appliance, isOnline: offline === undefined, lastReportedAt: reportedAt, uplinks };
	}
}

function statusOf(uplink: Uplink, conditions: readonly TimedCondition[]): UplinkStatus {
	let { status } = uplink;
	for (const { condition } of conditions) {
		if (condition.kind === 'uplinkStatus') status = condition.status;
		if (condition.kind === 'applianceOffline' && condition.uplinks !== 'asLastReported')
			status = 'not connected';
	}
	return status;
}
