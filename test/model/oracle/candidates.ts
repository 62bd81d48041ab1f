/** R3.4: which peers can take a branch. */
import type { Row, Situation } from '../input';
import { peersListing, rowsOf, trackedIps } from './case';
import type { Case } from './case';
import { wasSeenHealthy } from './doubt';
import { healthOf } from './health';
import { isOver, measuredInWindow } from './samples';
import type { Measured } from './samples';
import type { Member } from './tags';

export function otherBackups(each: Case): Member[] {
	return each.pair.backups.filter((backup) => backup !== each.pair.active && canTakeBranch(backup, each));
}

function canTakeBranch(backup: Member, { situation }: Case): boolean {
	if (situation.rules.tracked.kind !== 'vpnPeers' || situation.peers === null) return true;
	const listing = peersListing(backup, situation);
	return listing.length === 1 && !listing.some(({ tags }) => tags.includes('all'));
}

export function isMeasuredClean(member: Member, each: Case): boolean {
	const health = healthOf(member, each);
	return health.hasData && !health.isLossy;
}

/** Not lossy, or unmeasured; a backup never seen healthy counts as unmeasured (R4.7). */
export function isNotLossy(backup: Member, each: Case): boolean {
	return !healthOf(backup, each).isLossy || !wasSeenHealthy(trackedIps(backup, each), each);
}

export function isClearlyBetter(backup: Member, each: Case): boolean {
	const { pair, situation } = each;
	const rowsInWindow = (member: Member) =>
		rowsOf(member, each).filter((row) => measuredInWindow(row, situation).length > 0);
	const theirs = rowsInWindow(backup);
	const ours = rowsInWindow(pair.active);
	return theirs.every((row) => {
		const measured = measuredInWindow(row, situation);
		const newest = measured[measured.length - 1];
		return newest && !isOver(newest, each) && ours.every((other) => isTwentyBelow(row, other, situation));
	});
}

function isTwentyBelow(one: Row, other: Row, situation: Situation): boolean {
	const [ours, theirs] = [one, other].map((row) => measuredInWindow(row, situation).slice(-3));
	if (!ours || !theirs || ours.length < 3 || theirs.length < 3) return false;
	const mean = (samples: readonly Measured[]) => samples.reduce((sum, { loss }) => sum + loss, 0) / 3;
	return mean(theirs) - mean(ours) >= 20;
}
