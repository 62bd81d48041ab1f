/** R7, R4.1 and R6 once more, for tags spelled `{peer}_{role}_{state}`. Imports nothing of the product. */
import type { Move, RoleAndPeer } from '../input';
import { isHeld } from './hold';

/** One VPN tag: "london", "primary", "up". */
export interface Member {
	readonly tag: string;
	readonly peer: string;
	/** 0 is primary, 1 is `backup`, 2 is `backup2`. */
	readonly role: number;
	readonly isUp: boolean;
	readonly upTag: string;
	readonly downTag: string;
}

export interface Pair {
	readonly primary: Member;
	readonly backups: readonly Member[];
	readonly active: Member;
}

const LONGEST_TAG = 255;

/** From the right: the state, the role, and all that is left is the peer. */
export function readTag(tag: string): Member | null {
	const words = tag.split('_');
	const state = words.pop() ?? '';
	const roleWord = words.pop() ?? '';
	const peer = words.join('_');
	const role = roleOf(roleWord);
	if (peer === '' || role === null || (state !== 'up' && state !== 'down')) return null;
	const upTag = `${peer}_${roleWord}_up`;
	const downTag = `${peer}_${roleWord}_down`;
	if (downTag.length > LONGEST_TAG) return null;
	return { tag, peer, role, isUp: state === 'up', upTag, downTag };
}

function roleOf(word: string): number | null {
	if (word === 'primary') return 0;
	if (word === 'backup') return 1;
	const number = /^backup([2-9]|[1-9][0-9])$/.exec(word)?.[1];
	return number === undefined ? null : Number(number);
}

/** The VPN tags of a network; exact duplicates count once. */
export function membersOf(tags: readonly string[]): Member[] {
	return [...new Set(tags)].flatMap((tag) => readTag(tag) ?? []).sort((one, other) => one.role - other.role);
}

/** R4.1: the pair, or `null` where the tags are not in order. */
export function readPair(tags: readonly string[]): Pair | null {
	const members = membersOf(tags);
	const [primary, ...backups] = members;
	const active = members.filter((member) => member.isUp);
	if (!primary || primary.role !== 0 || backups.length === 0) return null;
	if (new Set(members.map(({ role }) => role)).size < members.length) return null;
	if (!active[0] || active.length > 1) return null;
	const ours = members.flatMap(({ upTag, downTag }) => [upTag, downTag]);
	const inAnyCase = ours.map((tag) => tag.toLowerCase());
	// A tag that equals one of ours, up or down, in all but case.
	if (tags.some((tag) => !ours.includes(tag) && inAnyCase.includes(tag.toLowerCase()))) return null;
	return { primary, backups, active: active[0] };
}

/** R6: the tags after the move, or `null` where it must not be made any more. */
export function tagsAfter(
	tags: readonly string[],
	move: Move,
	ageMs: number,
	holdTag: string,
	now: number,
): readonly string[] | null {
	const pair = readPair(tags);
	if (!pair || ageMs >= 180_000 || isHeld(tags, holdTag, now)) return null;
	const members = [pair.primary, ...pair.backups];
	const isSame = (member: Member, { role, peer }: RoleAndPeer) =>
		member.role === role && member.peer === peer;
	if (!isSame(pair.active, move.from) || !members.some((member) => isSame(member, move.to))) return null;
	return tags.map((tag) => {
		const member = members.find((each) => each.tag === tag);
		if (!member) return tag;
		return isSame(member, move.to) ? member.upTag : member.downTag;
	});
}
