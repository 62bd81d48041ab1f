import type { LossRow, LossSample, Steady } from '../../core/domain/types';
import { isText } from './fields';
import { SampleColumns } from './sampleColumns';
import { parseTime } from './time';

/** A row that is its own outline. Its samples are made when somebody asks for them. */
export class SteadyRow implements LossRow, Steady {
	private made: readonly LossSample[] | null = null;

	/** Behind its samples the columns hold one more, of the newest time and the highest numbers. */
	constructor(
		readonly networkId: string,
		readonly serial: string,
		readonly uplink: string,
		readonly ip: string,
		readonly count: number,
		private readonly columns: SampleColumns,
		private readonly firstPlace: number,
	) {}

	get steady(): Steady {
		return this;
	}

	get oldestAt(): number {
		return this.columns.sampledAt(this.firstPlace);
	}

	get newestAt(): number {
		return this.columns.sampledAt(this.firstPlace + this.count);
	}

	get highestLossPercent(): number {
		return this.columns.lossPercent(this.firstPlace + this.count);
	}

	get highestLatencyMs(): number | null {
		return this.columns.latencyMs(this.firstPlace + this.count);
	}

	get samples(): readonly LossSample[] {
		this.made ??= Array.from({ length: this.count }, (_, at) => this.sample(this.firstPlace + at));
		return this.made;
	}

	/** The time of the sample at this place of the series. */
	sampledAt(at: number): number {
		return this.columns.sampledAt(this.firstPlace + at);
	}

	private sample(place: number): LossSample {
		const { columns } = this;
		return {
			sampledAt: columns.sampledAt(place),
			lossPercent: columns.lossPercent(place),
			latencyMs: columns.latencyMs(place),
		};
	}
}

/** A row and a sample of any origin: whatever stands in their fields. */
export type RowFields = Partial<
	Readonly<Record<'networkId' | 'serial' | 'uplink' | 'ip' | 'timeSeries', unknown>>
>;
export type SampleFields = Partial<Readonly<Record<'ts' | 'lossPercent' | 'latencyMs', unknown>>>;

/** A row with its series as Meraki sent it. */
interface Sent {
	readonly row: SteadyRow;
	readonly series: readonly SampleFields[];
}

/**
 * Reads the steady rows of one answer, in their order. The rows of an appliance stand together and tell the same times:
 * what the row before tells as well is neither kept nor read again.
 */
export class SteadyRows {
	private readonly columns = new SampleColumns();
	private before: Sent | null = null;

	/** `null` for every row that is not steady. No object of JSON inherits a field of one of these names. */
	read(value: unknown): SteadyRow | null {
		if (typeof value !== 'object' || value === null) return null;
		const { networkId, serial, uplink, ip, timeSeries }: RowFields = value;
		if (!isText(networkId) || !isText(serial) || !isText(uplink) || !isText(ip)) return null;
		if (!Array.isArray(timeSeries) || !timeSeries.every(isObject)) return null;
		const { columns, before } = this;
		const firstPlace = columns.count;
		if (!addSteady(timeSeries, before, columns)) {
			columns.cutTo(firstPlace);
			return null;
		}
		const row = new SteadyRow(
			networkId === before?.row.networkId ? before.row.networkId : networkId,
			serial === before?.row.serial ? before.row.serial : serial,
			uplink,
			ip,
			timeSeries.length,
			columns,
			firstPlace,
		);
		this.before = { row, series: timeSeries };
		return row;
	}
}

function isObject(value: unknown): value is SampleFields {
	return typeof value === 'object' && value !== null;
}

const MINUTE_MS = 60_000;
/** A sample belongs to the minute that is nearest to it (R2.4). */
const NEAREST_MS = MINUTE_MS / 2;

/** Whether it is a sample a minute, each within half a minute of where the newest one would have it; all measured, oldest first. */
function addSteady(series: readonly SampleFields[], before: Sent | null, columns: SampleColumns): boolean {
	const known = before !== null && tellsSameTimes(series, before.series) ? before.row : null;
	let oldestAt = NaN;
	let newestAt = -Infinity;
	let latestMs = 0;
	let earliestMs = 0;
	let highestLossPercent = 0;
	let highestLatencyMs = NaN;
	for (let place = 0; place < series.length; place += 1) {
		const { ts, lossPercent, latencyMs } = series[place] ?? {};
		const sampledAt = known ? known.sampledAt(place) : (parseTime(ts) ?? NaN);
		if (!(sampledAt > newestAt)) return false;
		if (typeof lossPercent !== 'number' || !(lossPercent >= 0 && lossPercent <= 100)) return false;
		const latency = latencyFrom(latencyMs);
		if (latency < 0) return false;
		if (place === 0) oldestAt = sampledAt;
		newestAt = sampledAt;
		const driftMs = sampledAt - oldestAt - place * MINUTE_MS;
		if (driftMs > latestMs) latestMs = driftMs;
		if (driftMs < earliestMs) earliestMs = driftMs;
		if (lossPercent > highestLossPercent) highestLossPercent = lossPercent;
		if (latency >= 0 && !(latency <= highestLatencyMs)) highestLatencyMs = latency;
		columns.add(sampledAt, lossPercent, latency);
	}
	columns.add(newestAt, highestLossPercent, highestLatencyMs);
	return series.length > 0 && latestMs - earliestMs <= NEAREST_MS;
}

function tellsSameTimes(series: readonly SampleFields[], before: readonly SampleFields[]): boolean {
	for (let place = 0; place < series.length; place += 1) {
		if (series[place]?.ts !== before[place]?.ts) return false;
	}
	return true;
}

/** Not a number where it was not measured, below 0 where it is none. */
function latencyFrom(value: unknown): number {
	if (value === null || value === undefined) return NaN;
	return typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE ? value : -1;
}
