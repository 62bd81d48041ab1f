/** R1.2, R2.1: what a sample says, and which are in the window. */
import { MINUTE } from '../input';
import type { Branch, Row, Rules, Sample, Situation } from '../input';
import type { Case } from './case';
import { isInside, windowsOf } from './maintenance';

export type Measured = Sample & { readonly loss: number };

export function isMeasured(sample: Sample): sample is Measured {
	return sample.loss !== null;
}

export function isOverLoss({ loss }: Measured, rules: Rules): boolean {
	return loss >= rules.lossThreshold;
}

export function isOverLatency({ latency }: Sample, { latencyThreshold }: Rules): boolean {
	return latencyThreshold !== null && latency !== null && latency >= latencyThreshold;
}

export function exceeds(sample: Measured, rules: Rules): boolean {
	return isOverLoss(sample, rules) || isOverLatency(sample, rules);
}

export function isOver(sample: Measured, { branch, situation }: Case): boolean {
	return exceeds(sample, situation.rules) && !isExcused(sample.at, branch, situation);
}

function isExcused(at: number, branch: Branch, { rules, now }: Situation): boolean {
	return windowsOf(branch, rules).some(
		(window) => !isInside(window, now) && (isInside(window, at) || isInside(window, at - MINUTE)),
	);
}

/** R2.1. */
export function measuredInWindow({ samples }: Row, { now, rules }: Situation): Measured[] {
	return samples.filter(({ at }) => at > now - 2 * MINUTE - rules.window * MINUTE).filter(isMeasured);
}

export function nearest<T extends Sample>(samples: readonly T[], to: number, within: number): T | undefined {
	const near = samples.filter(({ at }) => at >= to - within && at <= to + within);
	const distance = Math.min(...near.map(({ at }) => Math.abs(at - to)));
	return near.find(({ at }) => Math.abs(at - to) === distance);
}
