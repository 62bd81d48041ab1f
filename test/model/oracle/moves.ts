/** R3 and R4: where a branch goes. */
import type { Move } from '../input';
import { isClearlyBetter, isMeasuredClean, isNotLossy, otherBackups } from './candidates';
import { applianceInUse } from './case';
import type { Case } from './case';
import { isDoubtful } from './doubt';
import { isHandMove } from './handMoves';
import { isHeld } from './hold';
import { healthOf } from './health';
import { isInside, windowsOf } from './maintenance';
import type { Member } from './tags';

export function decide(each: Case): Move | null {
	const { branch, pair, situation } = each;
	const { rules, now } = situation;
	if (isHeld(branch.tags, rules.holdTag, now)) return null; // R4.2
	if (rules.moves === 'none') return null; // R4.3
	if (windowsOf(branch, rules).some((window) => isInside(window, now))) return null; // R4.4
	if (!branch.appliances || !applianceInUse(branch.appliances)) return null; // R1.3, R4.5
	const active = healthOf(pair.active, each); // R4.6: without data nothing fails
	if (pair.active === pair.primary) return active.isFailing ? failover(each) : null;
	if (!active.isFailing) return swapBack(each);
	return isDoubtful(each) ? swapBack(each) : failoverFromBackup(each); // R3.5
}

/** R3.1. */
function failover(each: Case): Move | null {
	if (isDoubtful(each)) return null;
	const { backupMustBe } = each.situation.rules;
	const backups = otherBackups(each);
	if (backupMustBe === 'anything') return move('failover', backups[0], each);
	if (backupMustBe === 'measuredClean')
		return move(
			'failover',
			backups.find((backup) => isMeasuredClean(backup, each)),
			each,
		);
	const notLossy = backups.find((backup) => isNotLossy(backup, each));
	const better = backups.find((backup) => isClearlyBetter(backup, each));
	return move('failover', notLossy ?? better, each);
}

/** R3.2. */
function failoverFromBackup(each: Case): Move | null {
	const { pair, situation } = each;
	if (isMeasuredClean(pair.primary, each)) return move('failover', pair.primary, each);
	const mustBeMeasured = situation.rules.backupMustBe === 'measuredClean';
	const to = otherBackups(each).find((backup) =>
		mustBeMeasured ? isMeasuredClean(backup, each) : isNotLossy(backup, each),
	);
	return move('failover', to, each);
}

/** R3.3, R4.10. */
function swapBack(each: Case): Move | null {
	const { pair, situation } = each;
	if (!healthOf(pair.primary, each).isRecovered) return null;
	const { moves, swapBackPeriods } = situation.rules;
	if (moves !== 'all' || isHandMove(each)) return null;
	if (swapBackPeriods.length > 0 && !swapBackPeriods.some((period) => isInside(period, situation.now)))
		return null;
	return move('swapBack', pair.primary, each);
}

/** R4.9: without anywhere to go there is no move. */
function move(action: Move['action'], to: Member | undefined, { pair }: Case): Move | null {
	const from = { role: pair.active.role, peer: pair.active.peer };
	return to ? { action, from, to: { role: to.role, peer: to.peer } } : null;
}
