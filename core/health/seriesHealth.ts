import { MINUTE_MS } from '../domain/time';
import type { Settings } from '../settings/settings';
import type { MeasuredSample } from './series';
import { isMeasured, sampleNear, windowStart } from './series';
import type { LossSample } from '../domain/types';

/**
 * Health of a peer as one branch sees it (R2). No data is a state of its own: never good, never bad.
 */
export type Health =
	| {
			readonly kind: 'noData';
			readonly why: 'noSamples' | 'tooFewSamples' | 'stale';
			/** Enough bad samples to be no target, too little data to be left for (R2.2). */
			readonly isLossy: boolean;
	  }
	| {
			readonly kind: 'measured';
			readonly loss: 'clean' | 'lossy' | 'failing';
			readonly recovered: Recovery;
	  };

/**
 * `unknown`: all that is known is clean, but slots older than every read are missing; memory or history may hold
 * them (R2.4).
 */
export type Recovery = 'yes' | 'no' | 'unknown';

/** Whether the peer is no target: lossy, with or without enough data to leave it (R2.2). */
export function isLossy(health: Health): boolean {
	return health.kind === 'noData' ? health.isLossy : health.loss !== 'clean';
}

export type MeasuredHealth = Extract<Health, { kind: 'measured' }>;

/** R2.1: fewer measured samples than this are no data. */
const FEWEST_MEASURED = 3;
/** R2.1. */
export const OLDEST_NEWEST_MS = 5 * MINUTE_MS;
/** R2.4. */
const OLDEST_NEWEST_FOR_RECOVERY_MS = 4 * MINUTE_MS;

/** Whether a measured sample is at or over the loss or the latency threshold. A null latency is neither. */
export function isBadSample(sample: MeasuredSample, settings: Settings): boolean {
	return sample.isExcused !== true && exceedsThreshold(sample, settings);
}

/** The same whatever maintenance excuses (R4.4): what a sample in a window showed is no sign of health either. */
export function exceedsThreshold(sample: MeasuredSample, settings: Settings): boolean {
	return isBadByLoss(sample, settings) || isBadByLatency(sample, settings);
}

export function isBadByLoss(sample: MeasuredSample, { lossThresholdPercent }: Settings): boolean {
	return sample.lossPercent >= lossThresholdPercent;
}

export function isBadByLatency(sample: LossSample, { latencyThresholdMs }: Settings): boolean {
	return latencyThresholdMs !== null && sample.latencyMs !== null && sample.latencyMs >= latencyThresholdMs;
}

/** Health from one series (R2.1 to R2.4). `knownSince`: everything newer was read, so what is missing is unmeasured. */
export function seriesHealth(
	samples: readonly LossSample[],
	settings: Settings,
	now: number,
	knownSince: number = windowStart(now, settings.windowMinutes),
): Health {
	const since = windowStart(now, settings.windowMinutes);
	let measuredCount = 0;
	let badCount = 0;
	let newest: MeasuredSample | undefined;
	let isNewestBad = false;
	let isSecondNewestBad = false;
	for (const sample of samples) {
		if (sample.sampledAt <= since || !isMeasured(sample)) continue;
		isSecondNewestBad = isNewestBad;
		isNewestBad = isBadSample(sample, settings);
		newest = sample;
		measuredCount += 1;
		if (isNewestBad) badCount += 1;
	}
	const isLossy = badCount >= settings.failoverSamples;
	if (!newest) return { kind: 'noData', why: 'noSamples', isLossy };
	if (measuredCount < FEWEST_MEASURED) return { kind: 'noData', why: 'tooFewSamples', isLossy };
	if (newestCounts(newest.sampledAt, now) === 'stale') return { kind: 'noData', why: 'stale', isLossy };
	if (isLossy) {
		const isFailing = isNewestBad || isSecondNewestBad;
		return { kind: 'measured', loss: isFailing ? 'failing' : 'lossy', recovered: 'no' };
	}
	return CLEAN[recovery(samples, newest, settings, now, knownSince)];
}

/** What the age of the newest measured sample allows (R2.1, R2.4). */
function newestCounts(newestAt: number, now: number): 'fully' | 'tooOldForRecovery' | 'stale' {
	if (newestAt < now - OLDEST_NEWEST_MS) return 'stale';
	return newestAt < now - OLDEST_NEWEST_FOR_RECOVERY_MS ? 'tooOldForRecovery' : 'fully';
}

/** One of each for all the thousands of clean series. */
const CLEAN: Readonly<Record<Recovery, Health>> = {
	yes: { kind: 'measured', loss: 'clean', recovered: 'yes' },
	no: { kind: 'measured', loss: 'clean', recovered: 'no' },
	unknown: { kind: 'measured', loss: 'clean', recovered: 'unknown' },
};

/**
 * R2.4. The slots are counted back from the newest measured sample. A null behind it (data not yet filled in) is
 * one more unmeasured slot, so that an API whose last minute is always empty does not keep a branch on backup.
 */
function recovery(
	samples: readonly LossSample[],
	newest: MeasuredSample,
	settings: Settings,
	now: number,
	knownSince: number,
): Recovery {
	if (newestCounts(newest.sampledAt, now) !== 'fully') return 'no';
	return recoveryBySlots(samples, newest, settings, knownSince);
}

function recoveryBySlots(
	samples: readonly LossSample[],
	newest: MeasuredSample,
	settings: Settings,
	knownSince: number,
): Recovery {
	const trailing = samples.filter((sample) => sample.sampledAt > newest.sampledAt).length;
	const slots = Array.from({ length: settings.recoveryMinutes }, (_each, back) => {
		const at = newest.sampledAt - back * MINUTE_MS;
		return slotState(sampleNear(samples, at), at, settings, knownSince);
	});
	if (slots.includes('dirty')) return 'no';
	const gaps = [...Array.from({ length: trailing }, (): SlotState => 'unmeasured'), ...slots];
	if (tooManyGaps(gaps)) return 'no';
	if (slots.includes('unread')) return 'unknown';
	return slots.at(-1) === 'clean' ? 'yes' : 'no';
}

type SlotState = 'clean' | 'dirty' | 'unmeasured' | 'unread';

function slotState(
	sample: LossSample | undefined,
	at: number,
	settings: Settings,
	knownSince: number,
): SlotState {
	if (!sample) return at > knownSince + MINUTE_MS / 2 ? 'unmeasured' : 'unread';
	if (!isMeasured(sample)) return 'unmeasured';
	return isCleanForRecovery(sample, settings) ? 'clean' : 'dirty';
}

export function isCleanForRecovery(sample: MeasuredSample, settings: Settings): boolean {
	return sample.lossPercent <= settings.recoveryThresholdPercent && !isBadByLatency(sample, settings);
}

/** More than one unmeasured slot in any five, or two in a row. Two in a row are two in five. */
function tooManyGaps(slots: readonly SlotState[]): boolean {
	return slots.some(
		(_slot, at) => slots.slice(at, at + 5).filter((slot) => slot === 'unmeasured').length > 1,
	);
}

/** R3.4 "clearly better": mean of the newest 3 samples at least this far below the other's. */
const CLEARLY_BETTER_PERCENT = 20;

/** R3.4: clearly better than the active peer, and its newest sample is under the threshold. */
export function isClearlyBetter(
	candidate: readonly LossSample[],
	active: readonly LossSample[],
	settings: Settings,
): boolean {
	const newest = candidate.filter(isMeasured).at(-1);
	const candidateMean = meanOfNewest(candidate);
	const activeMean = meanOfNewest(active);
	if (!newest || candidateMean === null || activeMean === null || isBadSample(newest, settings)) return false;
	return activeMean - candidateMean >= CLEARLY_BETTER_PERCENT;
}

function meanOfNewest(samples: readonly LossSample[]): number | null {
	const newest = samples.filter(isMeasured).slice(-FEWEST_MEASURED);
	if (newest.length < FEWEST_MEASURED) return null;
	return newest.reduce((sum, sample) => sum + sample.lossPercent, 0) / newest.length;
}
