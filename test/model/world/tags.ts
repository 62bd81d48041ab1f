/** Tags at random: ours, foreign ones, and those out of order. */
import type { Dice } from '../random';
import type { Rules } from '../input';
import { readTag } from '../oracle/tags';
import type { HourDice } from './hourDice';
import { PEER_NAMES, ROLE_WORDS } from './peers';

/** Tags that are not ours, however much some look like it. */
export const FOREIGN: readonly string[] = [
	'site-uk',
	'Store.12',
	'primary_up',
	'_primary_up',
	'paris_2_backup1_up',
	'paris_2_backup100_down',
	'london_primary_up ',
	'london_primary_up_',
	'up',
	'down',
	'',
	' ',
	'vpn_failover_hold_',
	'<b>&amp;"\'`$&$1{{ $json }}',
	'<!channel> *x* _y_ [z](http://x)',
	'Zürich 🏔️ \u202eabc',
	'__proto__',
	'constructor',
	'a\u0000b\tc',
	`${'x'.repeat(244)}_primary_up`,
	'dup',
	'dup',
	'dup',
];

export function spelled(peerCount: number, activeAt: number): string[] {
	return PEER_NAMES.slice(0, peerCount).map(
		(name, at) => `${name}_${ROLE_WORDS[at] ?? ''}_${at === activeAt ? 'up' : 'down'}`,
	);
}

export function makeTags(dice: HourDice, rules: Rules, peerCount: number): string[] {
	const tags = dice.some(FOREIGN, 0.2);
	if (rules.filter.kind === 'withTag' && dice.chance(0.8)) tags.push('pilot');
	if (dice.chance(0.4)) tags.push('mw');
	if (dice.chance(0.04)) tags.push(rules.holdTag);
	const ours = spelled(peerCount, dice.pick([0, 0, 0, 1, peerCount - 1]));
	for (const tag of dice.chance(0.15) ? [...ours, ...ours] : ours) {
		tags.splice(dice.int(0, tags.length), 0, tag);
	}
	return dice.chance(0.03) ? breakPair(tags, dice) : tags;
}

/** Half a pair, none or two active, two that differ in case, the same role twice. */
export function breakPair(tags: readonly string[], dice: Dice): string[] {
	const one = dice.anyOf(tags.filter((tag) => readTag(tag) !== null));
	if (one === undefined) return [...tags];
	const at = dice.int(0, tags.length);
	const withTag = (tag: string) => [...tags.slice(0, at), tag, ...tags.slice(at)];
	switch (dice.pick(['half', 'flip', 'twin', 'sameRole'])) {
		case 'half':
			return tags.filter((tag) => tag !== one);
		case 'flip':
			return tags.map((tag) => (tag === one ? flipped(tag) : tag));
		case 'twin':
			return withTag(dice.pick([one.toUpperCase(), flipped(one).toUpperCase()]));
		case 'sameRole':
			return withTag(`oslo_${dice.pick(['primary', 'backup'])}_down`);
	}
}

function flipped(tag: string): string {
	return tag.endsWith('_up') ? tag.replace(/_up$/, '_down') : tag.replace(/_down$/, '_up');
}

export function activate(tags: readonly string[], activeAt: number): string[] {
	return tags.map((tag) => {
		const member = readTag(tag);
		if (!member) return tag;
		return member.role === activeAt ? member.upTag : member.downTag;
	});
}

export function isNearlyOurs(tag: string): boolean {
	return readTag(tag) !== null || readTag(tag.toLowerCase()) !== null;
}
