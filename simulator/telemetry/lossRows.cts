import { seedOf } from '../chance.cjs';
import type { Network } from '../dashboard/network.cjs';
import type { Appliance, Uplink } from '../dashboard/types.cjs';
import type { NoDataForm, UplinkName } from '../scenario/types.cjs';
import { Conditions, isOn, type TimedCondition } from './conditions.cjs';
import type { LossWindow } from './lossWindow.cjs';
import { measure, type Background } from './measure.cjs';
import { isoSeconds, sampleTimes } from './sampleTimes.cjs';

export interface Sample {
	readonly ts: string;
	readonly lossPercent: number | null;
	readonly latencyMs: number | null;
}

export interface LossRow {
	readonly networkId: string;
	readonly serial: string;
	readonly uplink: UplinkName;
	readonly ip: string;
	/** Left out in one of the no-data forms. */
	readonly timeSeries?: readonly Sample[];
}

interface SampleTime {
	readonly at: number;
	readonly ts: string;
}

export interface RowFilter {
	readonly uplink?: UplinkName;
	readonly ip?: string;
}

/** What the appliances' probes measured: one row per serial, uplink and destination. */
export class LossReadings {
	private newest: { readonly key: string; readonly rows: readonly LossRow[] } | undefined;

	constructor(
		private readonly seed: number,
		private readonly conditions: Conditions,
		private readonly background: Background,
	) {}

	/** The same list as before where nothing can have changed: a big one is then checked and spelled only once. */
	rows(networks: readonly Network[], window: LossWindow, filter: RowFilter = {}): readonly LossRow[] {
		// Samples are taken at whole seconds; what is wrong meanwhile may begin and end at any time.
		const unitMs = this.conditions.during(window.from, window.until).length === 0 ? 1000 : 1;
		const seen = [window.from, window.until].map((at) => Math.floor(at / unitMs));
		const ids = networks.map(({ id, destinations }) => `${id} ${destinations.map(({ ip }) => ip).join(' ')}`);
		const key = JSON.stringify([this.conditions.revision, unitMs, seen, filter, ids]);
		if (this.newest?.key !== key) this.newest = { key, rows: this.measured(networks, window, filter) };
		return this.newest.rows;
	}

	private measured(networks: readonly Network[], window: LossWindow, filter: RowFilter): LossRow[] {
		const during = this.conditions.during(window.from, window.until);
		return networks.flatMap((network) => {
			const here = this.conditions.narrow(during, { network });
			return network.facts.appliances.flatMap((appliance) =>
				this.applianceRows(network, appliance, window, filter, here),
			);
		});
	}

	private applianceRows(
		network: Network,
		appliance: Appliance,
		window: LossWindow,
		filter: RowFilter,
		here: readonly TimedCondition[],
	): LossRow[] {
		const times = sampleTimes(this.seed, appliance.serial, window).map((at) => ({ at, ts: isoSeconds(at) }));
		const uplinks = appliance.uplinks.filter(
			(uplink) => uplink.probed && (filter.uplink ?? uplink.interface) === uplink.interface,
		);
		const destinations = network.destinations.filter(({ ip }) => (filter.ip ?? ip) === ip);
		return uplinks.flatMap((uplink) =>
			destinations.flatMap(({ ip }) => {
				const place = { network, serial: appliance.serial, uplink: uplink.interface, ip };
				const conditions = this.conditions.narrow(here, place);
				const series = this.series(
					`${appliance.serial} ${uplink.interface} ${ip}`,
					uplink,
					times,
					conditions,
				);
				return rowOf(
					{ networkId: network.id, serial: appliance.serial, uplink: uplink.interface, ip },
					withTrailingNulls(series, window, conditions),
					conditions,
				);
			}),
		);
	}

	private series(
		name: string,
		uplink: Uplink,
		times: readonly SampleTime[],
		conditions: readonly TimedCondition[],
	): Sample[] {
		const rowSeed = seedOf(this.seed, name);
		const samples: Sample[] = [];
		for (const { at, ts } of times) {
			const active = conditions.filter((timed) => isOn(timed, at));
			const reading = measure(rowSeed, at, uplink, active, this.background);
			if (reading !== undefined) samples.push({ ts, ...reading });
		}
		return samples;
	}
}

/** Late data: the newest samples of this answer are null, and measured when asked for again later. */
function withTrailingNulls(
	series: readonly Sample[],
	window: LossWindow,
	conditions: readonly TimedCondition[],
): readonly Sample[] {
	let newest = 0;
	for (const timed of conditions) {
		const { condition } = timed;
		if (condition.kind === 'noData' && condition.form === 'trailingNull' && isOn(timed, window.until)) {
			newest = condition.newest ?? 2;
		}
	}
	return series.map((sample, index) =>
		index >= series.length - newest ? { ts: sample.ts, lossPercent: null, latencyMs: null } : sample,
	);
}

/** Without any sample the row looks as the no-data form says; without a form there is no row. */
function rowOf(
	row: Omit<LossRow, 'timeSeries'>,
	timeSeries: readonly Sample[],
	conditions: readonly TimedCondition[],
): LossRow[] {
	if (timeSeries.length > 0) return [{ ...row, timeSeries }];
	const forms = new Set<NoDataForm>();
	for (const { condition } of conditions) {
		if (condition.kind === 'noData') forms.add(condition.form);
	}
	if (forms.has('emptySeries')) return [{ ...row, timeSeries: [] }];
	return forms.has('missingSeries') ? [row] : [];
}
