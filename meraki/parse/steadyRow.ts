import type { LossRow, LossSample, Steady } from '../../core/types';
import { isText } from './fields';
import { parseTime } from './time';

/**
 * The numbers of all steady rows of one answer, one behind the other: time, loss and latency of each sample. The answer
 * itself, many times as big, is not needed any more.
 */
export class SampleColumns {
	private numbers = new Float64Array(ROOM_AT_FIRST);
	private used = 0;

	/** How many there are. */
	get count(): number {
		return this.used / 3;
	}

	add(sampledAt: number, lossPercent: number, latencyMs: number | null): void {
		if (this.used === this.numbers.length) this.makeRoom();
		this.numbers[this.used] = sampledAt;
		this.numbers[this.used + 1] = lossPercent;
		this.numbers[this.used + 2] = latencyMs ?? NaN;
		this.used += 3;
	}

	/** Forgets all but the first `count`. */
	cutTo(count: number): void {
		this.used = count * 3;
	}

	private makeRoom(): void {
		const { numbers } = this;
		this.numbers = new Float64Array(numbers.length * 2);
		this.numbers.set(numbers);
	}

	sample(place: number): LossSample {
		const [sampledAt = NaN, lossPercent = NaN, latencyMs = NaN] = this.numbers.subarray(
			place * 3,
			place * 3 + 3,
		);
		return { sampledAt, lossPercent, latencyMs: Number.isNaN(latencyMs) ? null : latencyMs };
	}
}

/** Of a thousand samples; doubled whenever it is full. */
const ROOM_AT_FIRST = 3000;

/** A row whose samples are made when somebody asks for them. */
export class SteadyRow implements LossRow {
	private made: readonly LossSample[] | null = null;

	constructor(
		readonly networkId: string,
		readonly serial: string,
		readonly uplink: string,
		readonly ip: string,
		readonly steady: Steady,
		private readonly columns: SampleColumns,
		private readonly firstPlace: number,
	) {}

	get samples(): readonly LossSample[] {
		this.made ??= Array.from({ length: this.steady.count }, (_, at) =>
			this.columns.sample(this.firstPlace + at),
		);
		return this.made;
	}
}

type RowFields = Partial<Readonly<Record<'networkId' | 'serial' | 'uplink' | 'ip' | 'timeSeries', unknown>>>;
type SampleFields = Partial<Readonly<Record<'ts' | 'lossPercent' | 'latencyMs', unknown>>>;

/** `null` for every row that is not steady. No object of JSON inherits a field of one of these names. */
export function steadyRow(value: unknown, columns: SampleColumns): SteadyRow | null {
	if (typeof value !== 'object' || value === null) return null;
	const { networkId, serial, uplink, ip, timeSeries }: RowFields = value;
	if (!isText(networkId) || !isText(serial) || !isText(uplink) || !isText(ip)) return null;
	if (!Array.isArray(timeSeries) || !timeSeries.every(isObject)) return null;
	const firstPlace = columns.count;
	const steady = steadyOf(timeSeries, columns);
	if (steady !== null) return new SteadyRow(networkId, serial, uplink, ip, steady, columns, firstPlace);
	columns.cutTo(firstPlace);
	return null;
}

function isObject(value: unknown): value is SampleFields {
	return typeof value === 'object' && value !== null;
}

const MINUTE_MS = 60_000;
/** A sample belongs to the minute that is nearest to it (R2.4). */
const NEAREST_MS = MINUTE_MS / 2;

/** A sample a minute, each within half a minute of where the newest one would have it; all measured, oldest first. */
function steadyOf(series: readonly SampleFields[], columns: SampleColumns): Steady | null {
	const oldestAt = parseTime(series[0]?.ts);
	if (oldestAt === null) return null;
	let newestAt = -Infinity;
	let latestMs = 0;
	let earliestMs = 0;
	let highestLossPercent = 0;
	let highestLatencyMs: number | null = null;
	for (let place = 0; place < series.length; place += 1) {
		const { ts, lossPercent, latencyMs } = series[place] ?? {};
		const sampledAt = parseTime(ts);
		if (sampledAt === null || sampledAt <= newestAt) return null;
		if (typeof lossPercent !== 'number' || !(lossPercent >= 0 && lossPercent <= 100)) return null;
		newestAt = sampledAt;
		const driftMs = sampledAt - oldestAt - place * MINUTE_MS;
		if (driftMs > latestMs) latestMs = driftMs;
		if (driftMs < earliestMs) earliestMs = driftMs;
		if (lossPercent > highestLossPercent) highestLossPercent = lossPercent;
		const latency = latencyMs ?? null;
		if (latency !== null) {
			if (typeof latency !== 'number' || !(latency >= 0 && latency <= Number.MAX_VALUE)) return null;
			if (highestLatencyMs === null || latency > highestLatencyMs) highestLatencyMs = latency;
		}
		columns.add(sampledAt, lossPercent, latency);
	}
	if (latestMs - earliestMs > NEAREST_MS) return null;
	return { count: series.length, oldestAt, newestAt, highestLossPercent, highestLatencyMs };
}
