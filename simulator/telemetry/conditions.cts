import { chance, seedOf } from '../chance.cjs';
import type { Network } from '../dashboard/network.cjs';
import type { Condition, UplinkName } from '../scenario/types.cjs';

/** A point of the network that an event may apply to; a field left out is not yet decided. */
export interface Place {
	readonly network: Network;
	readonly serial?: string;
	readonly uplink?: UplinkName;
	readonly ip?: string;
}

export interface TimedCondition {
	readonly id: string;
	readonly condition: Condition;
	/** Virtual epoch milliseconds: from (inclusive) until (exclusive). */
	readonly from: number;
	readonly until: number;
	readonly networks: ReadonlySet<string> | undefined;
}

/** What is wrong where and when, as the scenario or the control API said. Later entries win over earlier ones. */
export class Conditions {
	/** Another number means that something has changed. */
	revision = 0;
	private timed: TimedCondition[] = [];
	private added = 0;

	constructor(
		private readonly seed: number,
		private readonly startedAt: number,
	) {}

	add(condition: Condition, now: number): string {
		this.added += 1;
		this.revision += 1;
		const id = condition.id ?? `condition-${this.added}`;
		const networks = condition.where?.networks;
		this.timed.push({
			id,
			condition,
			from: condition.atMinutes === undefined ? now : this.at(condition.atMinutes),
			until: condition.untilMinutes === undefined ? Infinity : this.at(condition.untilMinutes),
			networks: networks === undefined ? undefined : new Set(networks),
		});
		return id;
	}

	/** Ends a condition at this moment; what it did before stays in the history. */
	end(id: string, now: number): boolean {
		const found = this.timed.some((timed) => timed.id === id && timed.until > now);
		this.revision += 1;
		this.timed = this.timed.map((timed) =>
			timed.id === id && timed.until > now ? { ...timed, until: now } : timed,
		);
		return found;
	}

	during(from: number, until: number): readonly TimedCondition[] {
		return this.timed.filter((timed) => timed.from <= until && timed.until > from);
	}

	at(minutes: number): number {
		return this.startedAt + minutes * 60_000;
	}

	narrow(timed: readonly TimedCondition[], place: Place): readonly TimedCondition[] {
		return timed.length === 0 ? timed : timed.filter((one) => this.applies(one, place));
	}

	private applies({ id, condition, networks }: TimedCondition, place: Place): boolean {
		const where = condition.where ?? {};
		const { network } = place;
		if (where.organization !== undefined && where.organization !== network.facts.organizationId) return false;
		if (networks !== undefined && !networks.has(network.id) && !networks.has(network.name)) return false;
		if (where.share !== undefined && chance(seedOf(this.seed, id, network.id)) >= where.share) return false;
		return (
			agrees(where.serial, place.serial) && agrees(where.uplink, place.uplink) && agrees(where.ip, place.ip)
		);
	}
}

export function isOn(timed: TimedCondition, at: number): boolean {
	return timed.from <= at && at < timed.until;
}

function agrees(wanted: string | undefined, actual: string | undefined): boolean {
	return wanted === undefined || actual === undefined || wanted === actual;
}
