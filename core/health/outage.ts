/** How long primary was lossy before it recovered, and how badly: what a swap back tells. */
import { ONSET_QUIET_MS } from './flapping';
import { isOver } from './seriesHealth';
import { durationText, timeText } from '../report/duration';
import { isMeasured, MINUTE_MS } from './series';
import type { MeasuredSample, Series } from './series';
import type { Settings } from '../settings/settings';

export interface Outage {
	/** The onset (R4.9), as far back as samples are known. */
	readonly startedAt: number;
	/** The end of the last minute that was over. */
	readonly endedAt: number;
	/** The highest loss that is known of it. */
	readonly peakLossPercent: number;
}

/** The last outage in these rows; `null` when no sample is over. */
export function lastOutage(rows: readonly Series[], settings: Settings): Outage | null {
	const over = rows
		.flatMap(({ samples }) => samples.filter(isMeasured).filter((sample) => isOver(sample, settings)))
		.sort((one, other) => other.sampledAt - one.sampledAt);
	const [newest] = over;
	if (!newest) return null;
	const minutes: MeasuredSample[] = [];
	let startedAt = newest.sampledAt;
	for (const sample of over) {
		if (startedAt - sample.sampledAt > ONSET_QUIET_MS) break;
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
