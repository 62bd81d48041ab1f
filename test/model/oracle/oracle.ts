/**
 * The rules once more, in their order and in the plainest words that decide: slow, without memory of samples,
 * without reads on demand. The folder imports nothing of the product; where the two differ, one of them is wrong.
 *
 * Where the rules are silent it follows the product:
 *   R2.4  slots are counted back from the newest measured sample; samples behind it are unmeasured slots
 *   R2.4, R4.8  of two samples equally near, the earlier counts
 *   R3.4, R4.8  what is compared is of the window, so that memory makes no difference
 *   R3.4  a backup whose up tag no VPN peer lists, or several do, or one for all networks, is no candidate
 *   R4.10  what was asked for counts as ours for ten minutes, should the write take effect late
 *   R4.10  where it is not known which appliance is in use, only loss on each of them ends a move by hand
 *   R5.1  a network whose tags are not in order is managed, and not off primary
 */
import type { Answer, Branch, Rules, Situation } from '../input';
import { judgedRows } from './case';
import { remember } from './handMoves';
import { limit } from './limits';
import { decide } from './moves';
import { membersOf, readPair } from './tags';

export function answer(situation: Situation): Answer {
	const managed = situation.branches.filter(
		(branch) => takesPart(branch, situation.rules) && membersOf(branch.tags).length > 0,
	);
	const cases = managed.flatMap((branch) => {
		const pair = readPair(branch.tags); // R4.1
		return pair ? [{ branch, pair, situation, rows: judgedRows(branch, situation.rules) }] : [];
	});
	const wanted = cases.map((each) => ({ each, move: decide(each) }));
	const moves = limit(wanted, managed.length, situation.rules);
	return { moves, memory: remember(cases, moves, situation) };
}

function takesPart({ id, tags }: Branch, { filter }: Rules): boolean {
	if (filter.kind === 'all') return true;
	return filter.kind === 'withTag' ? tags.includes(filter.tag) : filter.ids.includes(id);
}
