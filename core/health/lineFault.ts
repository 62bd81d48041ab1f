/**
 * R4.8: a WAN problem at the branch. When the other tracked IPs of the same uplink suffer in the same minutes, moving
 * to another peer would not help.
 */
import { isBadSample, isBadByLatency, isBadByLoss } from './seriesHealth';
import { isMeasured, samplesOfWindow } from './series';
import type { MeasuredSample, Series } from './series';
import type { Settings } from '../settings/settings';

export type LineVerdict =
	| 'lineFault'
	| 'notTheLine'
	/** Nothing to compare with: the report says so. */
	| 'noReference';

/** R4.8: the nearest sample of a reference counts within this distance. */
const NEAREST_WITHIN_MS = 90_000;

/** Compares the bad minutes of the active peer (`measured`) with the same minutes of the references (R4.8). */
export function lineVerdict(
	measured: readonly Series[],
	references: readonly Series[],
	settings: Settings,
	now: number,
): LineVerdict {
	const badMinutes = measured.flatMap((row) =>
		samplesOfWindow(row.samples, now, settings.windowMinutes)
			.filter(isMeasured)
			.filter((sample) => isBadSample(sample, settings))
			.map((sample) => ({ sample, beside: references.filter((other) => isSameLine(other, row)) })),
	);
	if (badMinutes.every(({ beside }) => beside.length === 0)) return 'noReference';
	return badMinutes.every(({ sample, beside }) => suffersToo(sample, beside, settings, now))
		? 'lineFault'
		: 'notTheLine';
}

function isSameLine(one: Series, other: Series): boolean {
	return one.serial === other.serial && one.uplink === other.uplink;
}

/** A bad minute without any reference prevents the guard. */
function suffersToo(
	bad: MeasuredSample,
	beside: readonly Series[],
	settings: Settings,
	now: number,
): boolean {
	const nearest = beside.flatMap((row) => nearestMeasured(row, bad.sampledAt, settings, now) ?? []);
	if (nearest.length === 0) return false;
	const byLoss = nearest.every((sample) => sample.lossPercent >= bad.lossPercent / 2);
	const byLatency = nearest.every((sample) => isBadByLatency(sample, settings));
	// A minute that is bad by both must be matched in both: else more loss on the peer could prevent a move.
	return (byLoss || !isBadByLoss(bad, settings)) && (byLatency || !isBadByLatency(bad, settings));
}

/** Of the window alone: what only memory holds must decide nothing. */
function nearestMeasured(
	row: Series,
	at: number,
	settings: Settings,
	now: number,
): MeasuredSample | undefined {
	let nearest: MeasuredSample | undefined;
	for (const sample of samplesOfWindow(row.samples, now, settings.windowMinutes).filter(isMeasured)) {
		const distanceMs = Math.abs(sample.sampledAt - at);
		if (distanceMs <= NEAREST_WITHIN_MS && (!nearest || distanceMs < Math.abs(nearest.sampledAt - at)))
			nearest = sample;
	}
	return nearest;
}
