import type { LossRow, LossSample, Steady } from '../../core/types';
import { isText } from './fields';
import { parseTime } from './time';

/** A row whose samples are the answer's own until somebody asks for them. */
class SteadyRow implements LossRow {
	private made: readonly LossSample[] | null = null;

	constructor(
		readonly networkId: string,
		readonly serial: string,
		readonly uplink: string,
		readonly ip: string,
		readonly steady: Steady,
		private readonly series: readonly SampleFields[],
	) {}

	get samples(): readonly LossSample[] {
		this.made ??= this.series.map(({ ts, lossPercent, latencyMs }) => ({
			sampledAt: parseTime(ts) ?? NaN,
			lossPercent: Number(lossPercent),
			latencyMs: typeof latencyMs === 'number' ? latencyMs : null,
		}));
		return this.made;
	}
}

type RowFields = Partial<Readonly<Record<'networkId' | 'serial' | 'uplink' | 'ip' | 'timeSeries', unknown>>>;
type SampleFields = Partial<Readonly<Record<'ts' | 'lossPercent' | 'latencyMs', unknown>>>;

/** `null` for every row that is not steady. No object of JSON inherits a field of one of these names. */
export function steadyRow(value: unknown): LossRow | null {
	if (typeof value !== 'object' || value === null) return null;
	const { networkId, serial, uplink, ip, timeSeries }: RowFields = value;
	if (!isText(networkId) || !isText(serial) || !isText(uplink) || !isText(ip)) return null;
	if (!Array.isArray(timeSeries) || !timeSeries.every(isObject)) return null;
	const steady = steadyOf(timeSeries);
	return steady && new SteadyRow(networkId, serial, uplink, ip, steady, timeSeries);
}

function isObject(value: unknown): value is SampleFields {
	return typeof value === 'object' && value !== null;
}

const MINUTE_MS = 60_000;
/** A sample belongs to the minute that is nearest to it (R2.4). */
const NEAREST_MS = MINUTE_MS / 2;

/** A sample a minute, each within half a minute of where the newest one would have it; all measured, oldest first. */
function steadyOf(series: readonly SampleFields[]): Steady | null {
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
		if (latencyMs === null || latencyMs === undefined) continue;
		if (typeof latencyMs !== 'number' || !(latencyMs >= 0 && latencyMs <= Number.MAX_VALUE)) return null;
		if (highestLatencyMs === null || latencyMs > highestLatencyMs) highestLatencyMs = latencyMs;
	}
	if (latestMs - earliestMs > NEAREST_MS) return null;
	return { count: series.length, oldestAt, newestAt, highestLossPercent, highestLatencyMs };
}
