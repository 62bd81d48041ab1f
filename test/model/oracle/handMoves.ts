/** R4.9: who moved a branch, and what is remembered of it. */
import { MINUTE } from '../input';
import type { BackupMemory, Move, Row, Situation } from '../input';
import { applianceInUse } from './case';
import type { Case } from './case';
import { healthOf } from './health';

export function isHandMove(each: Case): boolean {
	const { branch, pair, situation } = each;
	const { memory, now } = situation;
	if (memory === null || now - memory.at > 5 * MINUTE || isPrimaryLossy(each)) return false;
	const known = memory.byNetwork[branch.id];
	const isOurs = known?.role === pair.active.role && known.peer === pair.active.peer;
	return !isOurs || known.how === 'byHand';
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
		const { active } = each.pair;
		const known = after.get(id);
		const asked = moves.get(id)?.to;
		if (asked && asked.role > 0) {
			after.set(id, { ...asked, how: 'asked', askedAt: now });
		} else if (active.role > 0) {
			const isKnown = known?.role === active.role && known.peer === active.peer;
			const how = isKnown && known.how === 'asked' ? 'asked' : isHandMove(each) ? 'byHand' : 'held';
			after.set(id, { role: active.role, peer: active.peer, how, askedAt: now });
		} else if (known && (known.how !== 'asked' || now - known.askedAt >= 10 * MINUTE)) {
			after.delete(id);
		}
	}
	return { at: now, byNetwork: Object.fromEntries(after) };
}
