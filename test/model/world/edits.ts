/** What other admins do to the tags of networks. */
import { Dice } from '../random';
import { MINUTE } from '../input';
import type { Rules } from '../input';
import type { HourDice } from './hourDice';
import { activate, breakPair, FOREIGN, isNearlyOurs, spelled } from './tags';

export interface Edit {
	readonly at: number;
	readonly networkId: string;
	readonly kind: string;
	readonly change: (tags: readonly string[]) => readonly string[];
}

/** What other admins do to a network's tags within the hour. */
export function makeEdits(
	dice: HourDice,
	networkId: string,
	{ holdTag }: Rules,
	peerCount: number,
	troubled: number,
): Edit[] {
	const edits: Edit[] = [];
	const edit = (at: number, kind: string, change: Edit['change']) => {
		dice.count(kind);
		edits.push({ at, networkId, kind, change });
	};
	const some = (chance: number, act: (at: number) => void) => {
		if (dice.chance(chance)) act(dice.span(0, 0, 0).from);
	};
	some(0.12, (at) => {
		edit(at, 'hold set', (tags) => [...tags, holdTag]);
		edit(at + dice.int(1, 15) * MINUTE, 'hold taken off', (tags) => tags.filter((tag) => tag !== holdTag));
	});
	some(0.08, (at) => {
		const end = new Date(at + dice.int(1, 20) * MINUTE).toISOString().slice(0, 16).replace(/[-:]/g, '');
		edit(at, 'hold with an end set', (tags) => [...tags, `${holdTag}_until_${end}Z`]);
	});
	for (let left = dice.int(0, 2); left > 0; left -= 1) {
		some(troubled * 0.4, (at) => {
			const activeAt = dice.int(0, peerCount - 1);
			edit(at, 'moved by hand', (tags) => activate(tags, activeAt));
		});
	}
	some(troubled * 0.25, (at) => {
		const own = dice.int(1, 0x7fffffff);
		edit(at, 'tags put out of order', (tags) => breakPair(tags, new Dice(own)));
		const ours = spelled(peerCount, dice.pick([0, 1]));
		edit(at + dice.int(1, 14) * MINUTE, 'tags put in order', (tags) => [
			...tags.filter((tag) => !isNearlyOurs(tag)),
			...ours,
		]);
	});
	some(0.2, (at) => {
		const foreign = dice.anyOf(FOREIGN) ?? '';
		const isAdded = dice.chance(0.6);
		edit(at, 'foreign tag edited', (tags) =>
			isAdded ? [foreign, ...tags] : tags.filter((tag) => tag !== foreign),
		);
	});
	return edits;
}
