/** R4.10: who moved a branch, and what is remembered of it. */
import { MINUTE } from '../input';
import type { BackupMemory, BranchMemory, Move, RoleAndPeer, Row, Situation } from '../input';
import { applianceInUse } from './case';
import type { Case } from './case';
import { healthOf } from './health';

export function isHandMove(each: Case): boolean {
	const { branch, pair, situation } = each;
	const { memory, now } = situation;
	if (memory === null || isPrimaryLossy(each)) return false;
	const { held, asked } = memory.byNetwork[branch.id] ?? NOTHING;
	if (isPeer(held, pair.active)) return held?.how === 'byHand';
	return now - memory.at <= 5 * MINUTE && !asked.some((each) => isPeer(each, pair.active));
}

const NOTHING: BranchMemory = { held: null, asked: [], failoversAt: [] };

function isPeer(one: RoleAndPeer | null, other: RoleAndPeer): boolean {
	return one?.role === other.role && one.peer === other.peer;
}

/** Where no appliance is known to be in use: lossy whichever it is. */
function isPrimaryLossy(each: Case): boolean {
	const { branch, pair, situation } = each;
	if (applianceInUse(branch.appliances ?? [])) return healthOf(pair.primary, each).isLossy;
	const uplinks = situation.rules.chosenUplinks;
	const groups = new Set(
		branch.rows
			.filter(({ uplink }) => uplinks?.includes(uplink) ?? true)
			.map(({ serial, uplink }) => `${serial} ${uplinks ? '' : uplink}`),
	);
	const isOf = (group: string) => (row: Row) =>
		uplinks
			? group === `${row.serial} ` && uplinks.includes(row.uplink)
			: group === `${row.serial} ${row.uplink}`;
	const possible = [...groups].map((group) => ({ ...each, rows: branch.rows.filter(isOf(group)) }));
	return possible.length > 0 && possible.every((one) => healthOf(pair.primary, one).isLossy);
}

export function remember(
	cases: readonly Case[],
	moves: ReadonlyMap<string, Move>,
	{ memory, now }: Situation,
): BackupMemory {
	const after = new Map(Object.entries(memory?.byNetwork ?? {}));
	for (const each of cases) {
		const { id } = each.branch;
		after.set(id, next(after.get(id) ?? NOTHING, each, moves.get(id), now));
	}
	return { at: now, byNetwork: Object.fromEntries(after) };
}

function next(known: BranchMemory, each: Case, move: Move | undefined, now: number): BranchMemory {
	const { active } = each.pair;
	const seen = known.asked.find((asked) => isPeer(asked, active));
	const wasHeld = isPeer(known.held, active);
	const isBackAgain = active.role === 0 && known.held !== null;
	const asked = known.asked.filter((one) => one !== seen && !isBackAgain && now - one.at < 10 * MINUTE);
	const wish = move && { ...move.to, isFailover: move.action === 'failover', at: now };
	return {
		held: active.role === 0 ? null : { role: active.role, peer: active.peer, how: how() },
		asked: wish ? [...asked.filter((one) => !isPeer(one, wish)), wish] : asked,
		failoversAt: [...known.failoversAt, ...(seen?.isFailover === true && !wasHeld ? [seen.at] : [])],
	};

	function how(): 'asked' | 'seen' | 'byHand' {
		if (isHandMove(each)) return 'byHand';
		if (wasHeld) return known.held?.how === 'asked' ? 'asked' : 'seen';
		return seen ? 'asked' : 'seen';
	}
}
