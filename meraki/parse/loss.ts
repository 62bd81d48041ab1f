import type { LossRow, LossSample } from '../../core/types';
import { bad, fieldsFrom, kindOf, listFrom, parseEach, type Parsed, type Skipped, textFrom } from './fields';
import { parseTime } from './time';

/** Long enough for every time; what stands there may be anything. */
const MAX_QUOTED = 30;

/**
 * `uplinksLossAndLatency`. A row without its keys and a sample without its time cannot be placed: they are left out
 * and named. A broken number is unmeasured (R1.2); a missing series is a row without samples.
 */
export function parseLoss(body: unknown): Parsed<LossRow> {
	return parseEach(body, '', parseRow);
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
	const fields = fieldsFrom(value, path);
	const ts = fields.get('ts');
	return {
		sampledAt: parseTime(ts) ?? bad(`${path}.ts`, `is not a time: ${quoted(ts)}`),
		lossPercent: numberOrNull(fields.get('lossPercent'), 100),
		latencyMs: numberOrNull(fields.get('latencyMs'), Number.MAX_VALUE),
	};
}

function numberOrNull(value: unknown, max: number): number | null {
	return typeof value === 'number' && value >= 0 && value <= max ? value : null;
}

function quoted(value: unknown): string {
	return typeof value === 'string' ? JSON.stringify(value.slice(0, MAX_QUOTED)) : kindOf(value);
}
