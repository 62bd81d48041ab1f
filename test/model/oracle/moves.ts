/** R3 and R4: where a branch goes. */
import type { Move } from '../input';
import { isClearlyBetter, isMeasuredClean, isNotLossy, otherBackups } from './candidates';
import { applianceInUse } from './case';
import type { Case } from './case';
import { isDoubtful } from './doubt';
import { isFlapping } from './flapping';
import { isHandMove } from './handMoves';
import { healthOf } from './health';
import { isInside, windowsOf } from './maintenance';
import type { Member } from './tags';

export function decide(each: Case): Move | null {
	const { branch, pair, situation } = each;
	const { rules, now } = situation;
	if (branch.tags.includes(rules.holdTag)) return null; // R4.2
	if (windowsOf(branch, rules).some((window) => isInside(window, now))) return null; // R4.3
	if (!branch.appliances || !applianceInUse(branch.appliances)) return null; // R1.3, R4.4
	const active = healthOf(pair.active, each); // R4.5: without data nothing fails
	if (pair.active === pair.primary) return active.isFailing ? failover(each) : null;
	if (!active.isFailing) return swapBack(each);
	return isDoubtful('escape', each) ? swapBack(each) : escape(each);
}

/** R3.1. */
function failover(each: Case): Move | null {
	if (isDoubtful('failover', each)) return null;
	const { backupMustBe } = each.situation.rules;
	const to = otherBackups(each).find((backup) => {
		if (backupMustBe === 'anything') return true;
		if (backupMustBe === 'measuredClean') return isMeasuredClean(backup, each);
		return isNotLossy(backup, each) || isClearlyBetter(backup, each);
	});
	return move('failover', to, each);
}

/** R3.2. */
function escape(each: Case): Move | null {
	const { pair, situation } = each;
	if (isMeasuredClean(pair.primary, each)) return move('escape', pair.primary, each);
	const mustBeMeasured = situation.rules.backupMustBe === 'measuredClean';
	const to = otherBackups(each).find((backup) =>
		mustBeMeasured ? isMeasuredClean(backup, each) : isNotLossy(backup, each),
	);
	return move('escape', to, each);
}

/** R3.3, R4.9. */
function swapBack(each: Case): Move | null {
	const { pair, situation } = each;
	if (!healthOf(pair.primary, each).isRecovered) return null;
	if (situation.rules.isSwapBackManual || isFlapping(each) || isHandMove(each)) return null;
	return move('swapBack', pair.primary, each);
}

/** R4.8: without anywhere to go there is no move. */
function move(action: Move['action'], to: Member | undefined, { pair }: Case): Move | null {
	const from = { role: pair.active.role, peer: pair.active.peer };
	return to ? { action, from, to: { role: to.role, peer: to.peer } } : null;
}
