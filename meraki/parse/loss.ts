import { canonicalHost } from '../../core/domain/ipAddress';
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
import { timeReader } from './time';

/** Long enough for every time; what stands there may be anything. */
const MAX_QUOTED = 30;

/** How one answer is read: element by element while it arrives, and the rest at the end. */
export interface LossReading {
	readonly eachElement: (element: unknown) => unknown;
	readonly read: (body: unknown) => Parsed<LossRow>;
}

/** An element that was parsed as it arrived, so that its JSON need not be kept. */
class ParsedRow {
	constructor(readonly row: LossRow) {}
}

/**
 * Reads `uplinksLossAndLatency`. A row without its keys and a sample without its time cannot be placed: they are left
 * out and named. A broken loss value is unmeasured (R1.2) and named; a missing series is a row without samples.
 */
export function lossReading(): LossReading {
	const read: Readers = { time: timeReader(), host: cached(canonicalHost) };
	return {
		// A broken element is left as it is: `read` knows its place in the list.
		eachElement: (element) => {
			const row = readRow(element, read);
			return row === null ? element : new ParsedRow(row);
		},
		read: (body) =>
			readList(
				body,
				(element) => (element instanceof ParsedRow ? element.row : readRow(element, read)),
				(element, path, skipped) =>
					element instanceof ParsedRow ? element.row : parseRow(element, path, skipped, read),
			),
	};
}

/** {@link lossReading} for an answer that has arrived as a whole. */
export function parseLoss(body: unknown): Parsed<LossRow> {
	return lossReading().read(body);
}

/** Readers of what thousands of rows of one answer share. */
interface Readers {
	readonly time: (value: unknown) => number | null;
	readonly host: (text: string) => string;
}

function cached(read: (text: string) => string): (text: string) => string {
	const known = new Map<string, string>();
	return (text) => {
		const value = known.get(text) ?? read(text);
		known.set(text, value);
		return value;
	};
}

/** Whatever is in the fields of a row and of a sample. No object of JSON inherits a field of one of these names. */
type RowFields = Partial<Readonly<Record<'networkId' | 'serial' | 'uplink' | 'ip' | 'timeSeries', unknown>>>;
type SampleFields = Partial<Readonly<Record<'ts' | 'lossPercent' | 'latencyMs', unknown>>>;

/** {@link parseRow} for a row in which nothing is wrong; `null` for any other. */
function readRow(value: unknown, read: Readers): LossRow | null {
	if (typeof value !== 'object' || value === null) return null;
	const { networkId, serial, uplink, ip, timeSeries }: RowFields = value;
	if (!isText(networkId) || !isText(serial) || !isText(uplink) || !isText(ip)) return null;
	if (!Array.isArray(timeSeries)) return null;
	const samples: LossSample[] = [];
	for (const each of timeSeries) {
		const sample = readSample(each, read);
		if (sample === null || !hasUsableLoss(each)) return null;
		samples.push(sample);
	}
	return { networkId, serial, uplink, ip: read.host(ip), samples };
}

function parseRow(value: unknown, path: string, skipped: Skipped[], read: Readers): LossRow {
	const fields = fieldsFrom(value, path);
	const row = {
		networkId: textFrom(fields, 'networkId', path),
		serial: textFrom(fields, 'serial', path),
		uplink: textFrom(fields, 'uplink', path),
		ip: read.host(textFrom(fields, 'ip', path)),
	};
	const series = parseEach(
		listFrom(fields.get('timeSeries') ?? [], `${path}.timeSeries`),
		`${path}.timeSeries`,
		(sample, at) => parseSample(sample, at, read),
	);
	for (const one of series.skipped) skipped.push(one);
	const unreadable = firstUnreadableLoss(fields.get('timeSeries'), `${path}.timeSeries`);
	if (unreadable !== null) skipped.push(unreadable);
	return { ...row, samples: series.rows };
}

/** Null is how Meraki says "not measured"; anything else that is no number from 0 to 100 is unreadable, and named. */
function hasUsableLoss(sample: object): boolean {
	const { lossPercent }: SampleFields = sample;
	return lossPercent === null || numberOrNull(lossPercent, 100) !== null;
}

/** One per row is enough to name the fault; its sample counts as unmeasured (R1.2). */
function firstUnreadableLoss(series: unknown, path: string): Skipped | null {
	if (!Array.isArray(series)) return null;
	const index = series.findIndex(
		(sample: unknown) => typeof sample === 'object' && sample !== null && !hasUsableLoss(sample),
	);
	if (index < 0) return null;
	const lossPercent = fieldsFrom(series[index], path).get('lossPercent');
	const found = typeof lossPercent === 'number' ? String(lossPercent) : kindOf(lossPercent);
	return { path: `${path}[${index}].lossPercent`, why: `is ${found}, not a number from 0 to 100` };
}

function parseSample(value: unknown, path: string, read: Readers): LossSample {
	return (
		readSample(value, read) ??
		bad(`${path}.ts`, `is not a time: ${quoted(fieldsFrom(value, path).get('ts'))}`)
	);
}

/** `null` without a time: then it cannot be placed. */
function readSample(value: unknown, read: Readers): LossSample | null {
	if (typeof value !== 'object' || value === null) return null;
	const { ts, lossPercent, latencyMs }: SampleFields = value;
	const sampledAt = read.time(ts);
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
