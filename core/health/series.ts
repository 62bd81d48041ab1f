import { groupBy } from '../domain/groupBy';
import type { LossRow, LossSample } from '../domain/types';

export const MINUTE_MS = 60_000;
/** Meraki's loss data ends two minutes ago (uplinksLossAndLatency, parameter t1). */
export const DATA_LAG_MS = 2 * MINUTE_MS;

/** One appliance, uplink and destination with everything known about it, oldest sample first. */
export interface Series {
	readonly serial: string;
	readonly uplink: string;
	readonly ip: string;
	readonly samples: readonly LossSample[];
}

/**
 * Rows of one network merged by (serial, uplink, IP, ts) (R1.1). `older` are rows known from before (memory,
 * history): measured beats null, and among measured ones the newest answer wins. Inside one answer, where no order
 * can be trusted, the higher loss wins. Samples later than now are broken and left out.
 */
export function mergeRows(
	older: readonly LossRow[],
	newest: readonly LossRow[],
	now: number,
): readonly LossRow[] {
	if (older.length === 0 && isMerged(newest, now)) return newest;
	return mergeEach(older, newest, now);
}

/** Up to this many rows are compared pairwise. Real networks have fewer. */
const FEW_ROWS = 16;

/** Nothing to merge, sort or leave out, as nearly always: each row stands alone, oldest sample first. */
function isMerged(rows: readonly LossRow[], now: number): boolean {
	if (rows.length > FEW_ROWS) return false;
	return rows.every(
		(row, place) => isInOrder(row, now) && rows.findIndex((other) => isSameRow(row, other)) === place,
	);
}

function isInOrder(row: Series, now: number): boolean {
	let before = -Infinity;
	for (const { sampledAt } of row.samples) {
		if (!(sampledAt > before)) return false;
		before = sampledAt;
	}
	return before <= now;
}

function isSameRow(one: LossRow, other: LossRow): boolean {
	return one.ip === other.ip && one.uplink === other.uplink && one.serial === other.serial;
}

/** Slow path: merges rows that may overlap or arrive out of order. */
export function mergeEach(older: readonly LossRow[], newest: readonly LossRow[], now: number): LossRow[] {
	const merged = collect(older, now);
	for (const [key, entry] of collect(newest, now)) {
		const known = merged.get(key);
		if (known) for (const sample of entry.samples.values()) addSample(known.samples, sample, newestAnswer);
		else merged.set(key, entry);
	}
	return [...merged.values()].map(({ row, samples }) => ({
		networkId: row.networkId,
		serial: row.serial,
		uplink: row.uplink,
		ip: row.ip,
		samples: [...samples.values()].sort((one, other) => one.sampledAt - other.sampledAt),
	}));
}

interface Collected {
	readonly row: LossRow;
	readonly samples: Map<number, LossSample>;
}

function collect(rows: readonly LossRow[], now: number): Map<string, Collected> {
	const collected = new Map<string, Collected>();
	for (const row of rows) {
		const key = JSON.stringify([row.serial, row.uplink, row.ip]);
		const entry = collected.get(key) ?? { row, samples: new Map<number, LossSample>() };
		collected.set(key, entry);
		for (const sample of row.samples) {
			if (sample.sampledAt <= now) addSample(entry.samples, sample, higherLoss);
		}
	}
	return collected;
}

type Choose = (known: MeasuredSample, added: MeasuredSample) => LossSample;

const newestAnswer: Choose = (_known, added) => added;
const higherLoss: Choose = (known, added) => {
	if (added.lossPercent !== known.lossPercent) return added.lossPercent > known.lossPercent ? added : known;
	return (added.latencyMs ?? -1) > (known.latencyMs ?? -1) ? added : known;
};

function addSample(into: Map<number, LossSample>, sample: LossSample, choose: Choose): void {
	const known = into.get(sample.sampledAt);
	if (!known || !isMeasured(known)) {
		if (!known || isMeasured(sample)) into.set(sample.sampledAt, sample);
	} else if (isMeasured(sample)) {
		into.set(sample.sampledAt, choose(known, sample));
	}
}

/** A sample whose loss is a number from 0 to 100; the parser made everything else `null` (R1.2). */
export type MeasuredSample = LossSample & { readonly lossPercent: number };

export function isMeasured(sample: LossSample): sample is MeasuredSample {
	return sample.lossPercent !== null;
}

/** The samples of the default read: newer than now - 2 min - W (R2.1). */
export function samplesOfWindow(
	samples: readonly LossSample[],
	now: number,
	windowMinutes: number,
): LossSample[] {
	const since = windowStart(now, windowMinutes);
	return samples.filter((sample) => sample.sampledAt > since);
}

export function windowStart(now: number, windowMinutes: number): number {
	return now - DATA_LAG_MS - windowMinutes * MINUTE_MS;
}

/** The sample nearest to a time, within 30 s of it (R2.4). */
export function sampleNear(samples: readonly LossSample[], at: number): LossSample | undefined {
	let nearest: LossSample | undefined;
	for (const sample of samples) {
		const distanceMs = Math.abs(sample.sampledAt - at);
		if (distanceMs <= MINUTE_MS / 2 && (!nearest || distanceMs < Math.abs(nearest.sampledAt - at)))
			nearest = sample;
	}
	return nearest;
}

export function groupByNetwork(rows: readonly LossRow[]): Map<string, LossRow[]> {
	return groupBy(rows, (row) => row.networkId);
}
