/** R5: over the whole batch, when every pair has been judged. */
import { isOver } from '../health/seriesHealth';
import type { JudgedPair, PairOutcome } from '../evaluate/evaluateOrganization';
import { isMeasured, samplesOfWindow } from '../health/series';
import type { Settings } from '../settings/settings';

/** R5.1: above the limit a network moves with this many over samples in the window (F if larger). */
const CONFIRMED_SAMPLES = 3;

/** Moves that the limits hold back become vetoed; everything else stays as it is. */
export function limitMoves(outcomes: readonly PairOutcome[], settings: Settings, now: number): PairOutcome[] {
	// A swap back that waits for its turn is still off primary after this run.
	const rated = limitSwapBacks(outcomes, settings);
	if (!rated.some((outcome) => isMove(outcome, 'failover'))) return rated;
	if (!failoverLimitExceeded(rated, settings)) return rated;
	return rated.map((outcome) =>
		isMove(outcome, 'failover') && !mayPass(outcome, settings, now)
			? heldBack(outcome, 'failoverLimit')
			: outcome,
	);
}

/** R5.2. */
function limitSwapBacks(outcomes: readonly PairOutcome[], { swapBacksPerRun }: Settings): PairOutcome[] {
	const swappingBack = new Set<string>();
	return outcomes.map((outcome) => {
		if (!isMove(outcome, 'swapBack') || swappingBack.has(outcome.network.id)) return outcome;
		if (swappingBack.size >= swapBacksPerRun) return heldBack(outcome, 'swapBackRate');
		swappingBack.add(outcome.network.id);
		return outcome;
	});
}

/** R5.1: an escape is never limited, and does not change the count. */
function isMove(outcome: PairOutcome, action: 'failover' | 'swapBack'): outcome is JudgedPair {
	return outcome.kind === 'judged' && outcome.verdict.kind === 'move' && outcome.verdict.action === action;
}

/** R5.1: would more than N networks, and more than P of those managed, be off primary after this run? */
function failoverLimitExceeded(outcomes: readonly PairOutcome[], { failoverLimit }: Settings): boolean {
	if (failoverLimit.above === 'noLimit') return false;
	const managed = new Set(outcomes.map((outcome) => outcome.network.id));
	const offPrimary = new Set(outcomes.filter(isOffPrimaryAfterwards).map((outcome) => outcome.network.id));
	return (
		offPrimary.size > failoverLimit.networks &&
		offPrimary.size * 100 > managed.size * failoverLimit.sharePercent
	);
}

function isOffPrimaryAfterwards(outcome: PairOutcome): boolean {
	if (outcome.kind !== 'judged') return false;
	const { verdict, pair } = outcome;
	const after = verdict.kind === 'move' ? verdict.to : pair.active;
	// Escapes do not change the count.
	if (verdict.kind === 'move' && verdict.action === 'escape') return true;
	return after.role.kind === 'backup';
}

function mayPass(outcome: JudgedPair, settings: Settings, now: number): boolean {
	if (settings.failoverLimit.above === 'swapNone') return false;
	return overSamples(outcome, settings, now) >= Math.max(CONFIRMED_SAMPLES, settings.failoverSamples);
}

/** Over samples of the window on the active peer: of its worst row, or of its best where all must be lossy (R1.3). */
function overSamples({ peers }: JudgedPair, settings: Settings, now: number): number {
	const counts = peers.active.rows
		.map((row) => samplesOfWindow(row.samples, now, settings.windowMinutes).filter(isMeasured))
		.filter((samples) => samples.length > 0)
		.map((samples) => samples.filter((sample) => isOver(sample, settings)).length);
	return settings.lossyWhen === 'any' ? Math.max(0, ...counts) : Math.min(...counts);
}

function heldBack(outcome: JudgedPair, reason: 'failoverLimit' | 'swapBackRate'): PairOutcome {
	const { verdict } = outcome;
	if (verdict.kind !== 'move') return outcome;
	const { action, to, reason: wantedFor, line } = verdict;
	return { ...outcome, verdict: { kind: 'vetoed', action, to, wantedFor, reason, line } };
}
