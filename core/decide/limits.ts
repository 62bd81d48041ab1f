/** R5: limits over the whole batch, when every pair has its verdict. */
import { isBadSample } from '../health/seriesHealth';
import { isMeasured, samplesOfWindow } from '../health/series';
import { MASS_FAILOVER_MIN_NETWORKS } from '../settings/settings';
import type { Settings } from '../settings/settings';
import { isMove, managedCount } from './outcome';
import type { JudgedPair, MovingPair, PairOutcome } from './outcome';
import { vetoed } from './verdict';

/** R5.1: in a mass failover a network moves with this many bad samples in the window (F if larger). */
export const CONFIRMING_SAMPLES = 3;

/** Moves that the limits postpone become vetoes; everything else stays as it is. */
export function limitMoves(outcomes: readonly PairOutcome[], settings: Settings, now: number): PairOutcome[] {
	// A swap back that is postponed leaves its network off the primary in this run.
	const rated = limitSwapBacks(outcomes, settings);
	if (!rated.some(isFailoverFromPrimary) || !isMassFailover(rated, settings)) return rated;
	return rated.map((outcome) =>
		isFailoverFromPrimary(outcome) && !isConfirmed(outcome, settings, now)
			? postponed(outcome, 'massFailover')
			: outcome,
	);
}

/** R5.2. */
function limitSwapBacks(outcomes: readonly PairOutcome[], { swapBacksPerRun }: Settings): PairOutcome[] {
	const swappingBack = new Set<string>();
	return outcomes.map((outcome) => {
		if (!isMove(outcome) || outcome.verdict.action !== 'swapBack') return outcome;
		if (swappingBack.has(outcome.network.id)) return outcome;
		if (swappingBack.size >= swapBacksPerRun) return postponed(outcome, 'swapBackRate');
		swappingBack.add(outcome.network.id);
		return outcome;
	});
}

/** R5.1: failovers from a backup are never limited. */
function isFailoverFromPrimary(outcome: PairOutcome): outcome is MovingPair {
	return (
		isMove(outcome) && outcome.verdict.action === 'failover' && outcome.pair.active.role.kind === 'primary'
	);
}

function isMassFailover(outcomes: readonly PairOutcome[], { massFailover }: Settings): boolean {
	if (massFailover.above === 'off') return false;
	const offPrimary = new Set(outcomes.filter(isOffPrimaryAfterwards).map(({ network }) => network.id));
	return (
		offPrimary.size >= MASS_FAILOVER_MIN_NETWORKS &&
		offPrimary.size * 100 > managedCount(outcomes) * massFailover.sharePercent
	);
}

function isOffPrimaryAfterwards(outcome: PairOutcome): boolean {
	if (outcome.kind !== 'judged') return false;
	const after = isMove(outcome) ? outcome.verdict.to : outcome.pair.active;
	return after.role.kind === 'backup';
}

function isConfirmed(outcome: JudgedPair, settings: Settings, now: number): boolean {
	if (settings.massFailover.above === 'stop') return false;
	return badSamples(outcome, settings, now) >= Math.max(CONFIRMING_SAMPLES, settings.failoverSamples);
}

/** Bad samples of the window on the active peer: of its worst row, or of its best where all must be lossy (R1.3). */
function badSamples({ peers }: JudgedPair, settings: Settings, now: number): number {
	const counts = peers.active.rows
		.map((row) => samplesOfWindow(row.samples, now, settings.windowMinutes).filter(isMeasured))
		.filter((samples) => samples.length > 0)
		.map((samples) => samples.filter((sample) => isBadSample(sample, settings)).length);
	return settings.lossyWhen === 'any' ? Math.max(0, ...counts) : Math.min(...counts);
}

function postponed(outcome: MovingPair, reason: 'massFailover' | 'swapBackRate'): PairOutcome {
	const { action, to, reason: wantedFor, line } = outcome.verdict;
	return { ...outcome, verdict: vetoed({ action, wantedFor }, reason, { to, line }) };
}
