/** How long primary was lossy before it recovered, and how badly: what a swap back tells. */
import { MINUTE_MS } from '../domain/time';
import { isBadSample } from './seriesHealth';
import { durationText, timeText } from '../report/duration';
import { isMeasured } from './series';
import type { MeasuredSample, Series } from './series';
import type { Settings } from '../settings/settings';

/** Bad samples that are further apart than this belong to two outages. */
export const OUTAGE_GAP_MS = 5 * MINUTE_MS;

export interface Outage {
	/** The first bad sample, as far back as samples are known. */
	readonly startedAt: number;
	/** The end of the last bad minute. */
	readonly endedAt: number;
	/** The highest loss that is known of it. */
	readonly peakLossPercent: number;
}

/** The last outage in these rows; `null` when no sample is bad. */
export function lastOutage(rows: readonly Series[], settings: Settings): Outage | null {
	const bad = rows
		.flatMap(({ samples }) => samples.filter(isMeasured).filter((sample) => isBadSample(sample, settings)))
		.sort((one, other) => other.sampledAt - one.sampledAt);
	const [newest] = bad;
	if (!newest) return null;
	const minutes: MeasuredSample[] = [];
	let startedAt = newest.sampledAt;
	for (const sample of bad) {
		if (startedAt - sample.sampledAt > OUTAGE_GAP_MS) break;
		startedAt = sample.sampledAt;
		minutes.push(sample);
	}
	return {
		startedAt,
		endedAt: newest.sampledAt + MINUTE_MS,
		peakLossPercent: Math.max(...minutes.map(({ lossPercent }) => lossPercent)),
	};
}

/** One of several branches: from the first onset to the last end. */
export function joinedOutage(outages: readonly Outage[]): Outage | null {
	if (outages.length === 0) return null;
	return {
		startedAt: Math.min(...outages.map(({ startedAt }) => startedAt)),
		endedAt: Math.max(...outages.map(({ endedAt }) => endedAt)),
		peakLossPercent: Math.max(...outages.map(({ peakLossPercent }) => peakLossPercent)),
	};
}

/** "london was lossy for 12 min (12:04 to 12:16 UTC), up to 100 %." */
export function outageSentence(peer: string, { startedAt, endedAt, peakLossPercent }: Outage): string {
	const peak = peakLossPercent > 0 ? `, up to ${Math.round(peakLossPercent * 10) / 10} %` : '';
	return `${peer} was lossy for ${durationText(endedAt - startedAt)} (${timeText(startedAt).replace(' UTC', '')} to ${timeText(endedAt)})${peak}.`;
}
