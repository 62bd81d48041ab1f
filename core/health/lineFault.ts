/**
 * R4.7: the branch's own line. When the other tracked IPs of the same uplink suffer in the same minutes, moving to
 * another peer would not help.
 */
import { isOver, isOverLatency, isOverLoss } from './seriesHealth';
import { isMeasured, samplesOfWindow } from './series';
import type { MeasuredSample, Series } from './series';
import type { Settings } from '../settings/settings';

export type LineVerdict =
	| 'lineFault'
	| 'notTheLine'
	/** Nothing to compare with: the report says so. */
	| 'noReference';

/** R4.7: the nearest sample of a reference counts within this distance. */
const NEAREST_WITHIN_MS = 90_000;

/** `judged`: the rows of the active peer; `references`: rows that may speak against the line. */
export function judgeLine(
	judged: readonly Series[],
	references: readonly Series[],
	settings: Settings,
	now: number,
): LineVerdict {
	const overMinutes = judged.flatMap((row) =>
		samplesOfWindow(row.samples, now, settings.windowMinutes)
			.filter(isMeasured)
			.filter((sample) => isOver(sample, settings))
			.map((sample) => ({ sample, beside: references.filter((other) => isSameLine(other, row)) })),
	);
	if (overMinutes.every(({ beside }) => beside.length === 0)) return 'noReference';
	return overMinutes.every(({ sample, beside }) => suffersToo(sample, beside, settings, now))
		? 'lineFault'
		: 'notTheLine';
}

function isSameLine(one: Series, other: Series): boolean {
	return one.serial === other.serial && one.uplink === other.uplink;
}

/** An over minute without any reference prevents the veto. */
function suffersToo(
	over: MeasuredSample,
	beside: readonly Series[],
	settings: Settings,
	now: number,
): boolean {
	const nearest = beside.flatMap((row) => nearestMeasured(row, over.sampledAt, settings, now) ?? []);
	if (nearest.length === 0) return false;
	const byLoss = nearest.every((sample) => sample.lossPercent >= over.lossPercent / 2);
	const byLatency = nearest.every((sample) => isOverLatency(sample, settings));
	// A minute over by both must be matched in both: else more loss on the peer could turn a move into none.
	return (byLoss || !isOverLoss(over, settings)) && (byLatency || !isOverLatency(over, settings));
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
