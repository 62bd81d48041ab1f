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

	sampledAt(place: number): number {
		return this.numbers[place * 3] ?? NaN;
	}

	lossPercent(place: number): number {
		return this.numbers[place * 3 + 1] ?? NaN;
	}

	latencyMs(place: number): number | null {
		const latencyMs = this.numbers[place * 3 + 2] ?? NaN;
		return Number.isNaN(latencyMs) ? null : latencyMs;
	}
}

/** Of a thousand samples; doubled whenever it is full. */
const ROOM_AT_FIRST = 3000;

/** A row that is its own outline. Its samples are made when somebody asks for them. */
export class SteadyRow implements LossRow, Steady {
	private made: readonly LossSample[] | null = null;

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
		return this.columns.sampledAt(this.firstPlace + this.count - 1);
	}

	get highestLossPercent(): number {
		let highest = 0;
		for (let at = 0; at < this.count; at += 1) {
			highest = Math.max(highest, this.columns.lossPercent(this.firstPlace + at));
		}
		return highest;
	}

	get highestLatencyMs(): number | null {
		let highest: number | null = null;
		for (let at = 0; at < this.count; at += 1) {
			const latencyMs = this.columns.latencyMs(this.firstPlace + at);
			if (latencyMs !== null && (highest === null || latencyMs > highest)) highest = latencyMs;
		}
		return highest;
	}

	get samples(): readonly LossSample[] {
		this.made ??= Array.from({ length: this.count }, (_, at) => this.sample(this.firstPlace + at));
		return this.made;
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

type RowFields = Partial<Readonly<Record<'networkId' | 'serial' | 'uplink' | 'ip' | 'timeSeries', unknown>>>;
type SampleFields = Partial<Readonly<Record<'ts' | 'lossPercent' | 'latencyMs', unknown>>>;

/** `null` for every row that is not steady. No object of JSON inherits a field of one of these names. */
export function steadyRow(value: unknown, columns: SampleColumns): SteadyRow | null {
	if (typeof value !== 'object' || value === null) return null;
	const { networkId, serial, uplink, ip, timeSeries }: RowFields = value;
	if (!isText(networkId) || !isText(serial) || !isText(uplink) || !isText(ip)) return null;
	if (!Array.isArray(timeSeries) || !timeSeries.every(isObject)) return null;
	const firstPlace = columns.count;
	if (addSteady(timeSeries, columns))
		return new SteadyRow(networkId, serial, uplink, ip, timeSeries.length, columns, firstPlace);
	columns.cutTo(firstPlace);
	return null;
}

function isObject(value: unknown): value is SampleFields {
	return typeof value === 'object' && value !== null;
}

const MINUTE_MS = 60_000;
/** A sample belongs to the minute that is nearest to it (R2.4). */
const NEAREST_MS = MINUTE_MS / 2;

/** Whether it is a sample a minute, each within half a minute of where the newest one would have it; all measured, oldest first. */
function addSteady(series: readonly SampleFields[], columns: SampleColumns): boolean {
	const oldestAt = parseTime(series[0]?.ts);
	if (oldestAt === null) return false;
	let newestAt = -Infinity;
	let latestMs = 0;
	let earliestMs = 0;
	for (let place = 0; place < series.length; place += 1) {
		const { ts, lossPercent, latencyMs } = series[place] ?? {};
		const sampledAt = parseTime(ts);
		if (sampledAt === null || sampledAt <= newestAt) return false;
		if (typeof lossPercent !== 'number' || !(lossPercent >= 0 && lossPercent <= 100)) return false;
		const latency = latencyMs ?? null;
		if (latency !== null && !isLatency(latency)) return false;
		newestAt = sampledAt;
		const driftMs = sampledAt - oldestAt - place * MINUTE_MS;
		if (driftMs > latestMs) latestMs = driftMs;
		if (driftMs < earliestMs) earliestMs = driftMs;
		columns.add(sampledAt, lossPercent, latency);
	}
	return latestMs - earliestMs <= NEAREST_MS;
}

function isLatency(value: unknown): value is number {
	return typeof value === 'number' && value >= 0 && value <= Number.MAX_VALUE;
}
