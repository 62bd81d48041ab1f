import { chance } from '../chance.cjs';
import type { Uplink } from '../dashboard/types.cjs';
import type { NoDataForm } from '../scenario/types.cjs';
import type { TimedCondition } from './conditions.cjs';

export interface Reading {
	readonly lossPercent: number | null;
	readonly latencyMs: number | null;
}

/** Loss without any event: in so many of 100 minutes, up to so much. */
export interface Background {
	readonly minutesPercent: number;
	readonly lossPercent: number;
}

/** One minute of one row under the conditions of that minute; undefined: the appliance sent nothing. */
export function measure(
	rowSeed: number,
	at: number,
	uplink: Uplink,
	conditions: readonly TimedCondition[],
	background: Background,
): Reading | undefined {
	const minute = Math.floor(at / 60_000);
	let reading: Reading = healthy(rowSeed, minute, background);
	let form: NoDataForm | undefined;
	let status = uplink.status;
	for (const { condition } of conditions) {
		if (condition.kind === 'applianceOffline') return undefined;
		if (condition.kind === 'uplinkStatus') status = condition.status;
		if (condition.kind === 'noData') form = condition.form;
		if (condition.kind === 'loss') {
			const { lossPercent } = condition;
			const latencyMs = lossPercent >= 100 ? null : reading.latencyMs;
			reading = {
				lossPercent,
				latencyMs: condition.latencyMs === undefined ? latencyMs : condition.latencyMs,
			};
		}
	}
	// An unplugged uplink probes nothing, unless the scenario says in which form it shows.
	if (form === undefined && status === 'not connected') return undefined;
	return shown(form, reading);
}

function shown(form: NoDataForm | undefined, reading: Reading): Reading | undefined {
	switch (form) {
		case 'noRow':
		case 'emptySeries':
		case 'missingSeries':
			return undefined;
		case 'allNull':
			return { lossPercent: null, latencyMs: null };
		case 'nullLoss':
			return { lossPercent: null, latencyMs: reading.latencyMs };
		case 'fullLossNullLatency':
			return { lossPercent: 100, latencyMs: null };
		case 'trailingNull':
		case undefined:
			return reading;
	}
}

function healthy(rowSeed: number, minute: number, background: Background): Reading {
	const isLossy = chance(rowSeed, minute * 3) * 100 < background.minutesPercent;
	const lossPercent = isLossy ? oneDecimal(chance(rowSeed, minute * 3 + 1) * background.lossPercent) : 0;
	const distanceMs = 8 + chance(rowSeed) * 40;
	return { lossPercent, latencyMs: oneDecimal(distanceMs + chance(rowSeed, minute * 3 + 2) * 4) };
}

function oneDecimal(value: number): number {
	return Math.round(value * 10) / 10;
}
