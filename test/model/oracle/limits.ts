/** R5: over the whole batch. */
import type { Move, Rules } from '../input';
import { rowsOf } from './case';
import type { Case } from './case';
import { isOver, measuredInWindow } from './samples';

interface Wanted {
	readonly each: Case;
	readonly move: Move | null;
}

export function limit(wanted: readonly Wanted[], managed: number, rules: Rules): ReadonlyMap<string, Move> {
	const moves = new Map<string, Move>();
	let swapBacks = 0;
	for (const { each, move: wish } of wanted) {
		if (wish?.action === 'swapBack' && (swapBacks += 1) > rules.swapBacksPerRun) continue; // R5.2
		if (wish) moves.set(each.branch.id, wish);
	}
	const offPrimary = wanted.filter(({ each }) => {
		const made = moves.get(each.branch.id);
		return made ? made.to.role > 0 : each.pair.active.role > 0;
	}).length;
	const isExceeded =
		rules.aboveLimit !== 'off' && offPrimary >= 4 && offPrimary / managed > rules.limitShare / 100;
	if (!isExceeded) return moves;
	return new Map(
		[...moves].filter(([id, { action, from }]) => {
			const each = wanted.find(({ each: { branch } }) => branch.id === id)?.each;
			return action !== 'failover' || from.role > 0 || (each !== undefined && isConfirmed(each));
		}),
	);
}

function isConfirmed(each: Case): boolean {
	const { rules } = each.situation;
	if (rules.aboveLimit === 'stop') return false;
	const counts = rowsOf(each.pair.primary, each)
		.map((row) => measuredInWindow(row, each.situation))
		.filter((measured) => measured.length > 0)
		.map((measured) => measured.filter((sample) => isOver(sample, each)).length);
	const over = rules.lossyWhen === 'any' ? Math.max(...counts) : Math.min(...counts);
	return over >= Math.max(3, rules.failoverSamples);
}
