import type { LossRow, LossSample } from '../../core/domain/types';
import {
	bad,
	fieldsFrom,
	isText,
	kindOf,
	listFrom,
	parseEach,
	type Parsed,
	readList,
	type Skipped,
	textFrom,
} from './fields';
import { type RowFields, type SampleFields, SteadyRow, SteadyRows } from './steadyRow';
import { parseTime } from './time';

/** Long enough for every time; what stands there may be anything. */
const MAX_QUOTED = 30;

/** How one answer is read: element by element while it arrives, and the rest in the end. */
export interface LossReading {
	readonly eachElement: (element: unknown) => unknown;
	readonly read: (body: unknown) => Parsed<LossRow>;
}

/**
 * {@link parseLoss} without making samples that nobody may ever look at: those of a steady row are made when they are
 * asked for. Ten thousand healthy branches have 200,000 of them.
 */
export function lossReading(): LossReading {
	const steadyRows = new SteadyRows();
	const readSteady = (element: unknown) => steadyRows.read(element);
	return {
		// What is not steady is left as it is: `read` knows its place in the list.
		eachElement: (element) => readSteady(element) ?? element,
		read: (body) =>
			readList(
				body,
				(element) => (element instanceof SteadyRow ? element : (readSteady(element) ?? readRow(element))),
				(element, path, skipped) =>
					element instanceof SteadyRow ? element : parseRow(element, path, skipped),
			),
	};
}

/** The same for an answer that has arrived as a whole. */
export function readLoss(body: unknown): Parsed<LossRow> {
	return lossReading().read(body);
}

/**
 * `uplinksLossAndLatency`. A row without its keys and a sample without its time cannot be placed: they are left out
 * and named. A broken number is unmeasured (R1.2); a missing series is a row without samples.
 */
export function parseLoss(body: unknown): Parsed<LossRow> {
	return readList(body, readRow, parseRow);
}

/** {@link parseRow} where nothing is amiss. */
function readRow(value: unknown): LossRow | null {
	if (typeof value !== 'object' || value === null) return null;
	const { networkId, serial, uplink, ip, timeSeries }: RowFields = value;
	if (!isText(networkId) || !isText(serial) || !isText(uplink) || !isText(ip)) return null;
	if (!Array.isArray(timeSeries)) return null;
	const samples = timeSeries.map(readSample);
	return samples.every((sample) => sample !== null) ? { networkId, serial, uplink, ip, samples } : null;
}

function parseRow(value: unknown, path: string, skipped: Skipped[]): LossRow {
	const fields = fieldsFrom(value, path);
	const row = {
		networkId: textFrom(fields, 'networkId', path),
		serial: textFrom(fields, 'serial', path),
		uplink: textFrom(fields, 'uplink', path),
		ip: textFrom(fields, 'ip', path),
	};
	const series = parseEach(
		listFrom(fields.get('timeSeries') ?? [], `${path}.timeSeries`),
		`${path}.timeSeries`,
		parseSample,
	);
	for (const one of series.skipped) skipped.push(one);
	return { ...row, samples: series.rows };
}

function parseSample(value: unknown, path: string): LossSample {
	return (
		readSample(value) ?? bad(`${path}.ts`, `is not a time: ${quoted(fieldsFrom(value, path).get('ts'))}`)
	);
}

/** `null` without a time: then it cannot be placed. No object of JSON inherits a field of one of these names. */
function readSample(value: unknown): LossSample | null {
	if (typeof value !== 'object' || value === null) return null;
	const { ts, lossPercent, latencyMs }: SampleFields = value;
	const sampledAt = parseTime(ts);
	if (sampledAt === null) return null;
	return {
		sampledAt,
		lossPercent: numberOrNull(lossPercent, 100),
		latencyMs: numberOrNull(latencyMs, Number.MAX_VALUE),
	};
}

function numberOrNull(value: unknown, max: number): number | null {
	return typeof value === 'number' && value >= 0 && value <= max ? value : null;
}

function quoted(value: unknown): string {
	return typeof value === 'string' ? JSON.stringify(value.slice(0, MAX_QUOTED)) : kindOf(value);
}
