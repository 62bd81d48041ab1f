import { compareRoles, isSameRole } from '../domain/roles';
import type { TagGrammar, VpnTag } from './tagFormat';
import type { Role } from '../domain/types';

/**
 * The pairs on one network's tags (R4.1, R7). The tags are the only truth about the active role; they are never
 * repaired by guessing.
 */
export type PairReading =
	| {
			readonly kind: 'consistent';
			/** The `{group}` of the format; empty where the format has none. */
			readonly pair: string;
			readonly primary: VpnTag;
			/** At least one, in their order. */
			readonly backups: readonly VpnTag[];
			/** One of them. */
			readonly active: VpnTag;
	  }
	| {
			readonly kind: 'inconsistent';
			readonly pair: string;
			readonly problem: TagProblem;
			/** The tags of the pair as they stand. */
			readonly tags: readonly string[];
			/** The tags that make the problem, for the message; empty where one is missing and none looks like it. */
			readonly offendingTags: readonly string[];
	  };

export type ConsistentPair = Extract<PairReading, { kind: 'consistent' }>;

export type TagProblem =
	| 'noPrimary'
	| 'noBackup'
	| 'noActiveRole'
	| 'severalActiveRoles'
	| 'sameRoleTwice'
	| 'differOnlyInCase';

/** Every pair that the tags name, in the order of their groups. Empty: the network takes no part. */
export function readPairs(tags: readonly string[], grammar: TagGrammar): PairReading[] {
	const found: VpnTag[] = [];
	for (const tag of tags) {
		const vpnTag = grammar.read(tag);
		// Exact duplicates count once (R7).
		if (vpnTag && !found.some((each) => each.tag === tag)) insertByRole(found, vpnTag);
	}
	const first = found[0];
	if (!first) return [];
	if (found.every(({ group }) => group === first.group)) return [readPair(first.group, found, tags, grammar)];
	const pairs = [...new Set(found.map(({ group }) => group))].sort();
	const membersOfPair = (pair: string) => found.filter(({ group }) => group === pair);
	return pairs.map((pair) => readPair(pair, membersOfPair(pair), tags, grammar));
}

/** Behind all that have the same role or an earlier one. */
function insertByRole(members: VpnTag[], added: VpnTag): void {
	const place = members.findIndex((member) => compareRoles(member.role, added.role) > 0);
	if (place === -1) members.push(added);
	else members.splice(place, 0, added);
}

/** `members` in the order of their roles. */
function readPair(
	pair: string,
	members: readonly VpnTag[],
	allTags: readonly string[],
	grammar: TagGrammar,
): PairReading {
	const active = members.filter((member) => member.state === 'up');
	const problem = tagProblem(members, active.length, allTags);
	const [primary, ...backups] = members;
	if (problem === null && primary && active[0])
		return { kind: 'consistent', pair, primary, backups, active: active[0] };
	const known = problem ?? 'noActiveRole';
	return {
		kind: 'inconsistent',
		pair,
		problem: known,
		tags: members.map((each) => each.tag),
		offendingTags: [...new Set(offendingTags(known, members, allTags, grammar))],
	};
}

function offendingTags(
	problem: TagProblem,
	members: readonly VpnTag[],
	allTags: readonly string[],
	grammar: TagGrammar,
): readonly string[] {
	switch (problem) {
		case 'noPrimary':
		case 'noBackup':
		case 'noActiveRole':
			return allTags.filter(grammar.isMisspelled);
		case 'severalActiveRoles':
			return members.filter(({ state }) => state === 'up').map(({ tag }) => tag);
		case 'sameRoleTwice':
			return members
				.filter(({ role, tag }) => members.some((other) => other.tag !== tag && isSameRole(other.role, role)))
				.map(({ tag }) => tag);
		case 'differOnlyInCase':
			return members.flatMap((member) => {
				const twins = allTags.filter((tag) => isTwin(member, tag));
				return twins.length === 0 ? [] : [member.tag, ...twins];
			});
	}
}

function tagProblem(
	members: readonly VpnTag[],
	activeCount: number,
	allTags: readonly string[],
): TagProblem | null {
	if (hasTwinInOtherCase(members, allTags)) return 'differOnlyInCase';
	if (hasRoleTwice(members)) return 'sameRoleTwice';
	if (members[0]?.role.kind !== 'primary') return 'noPrimary';
	if (members.length < 2) return 'noBackup';
	if (activeCount === 0) return 'noActiveRole';
	return activeCount > 1 ? 'severalActiveRoles' : null;
}

/** `members` in the order of their roles. */
function hasRoleTwice(members: readonly VpnTag[]): boolean {
	return members.some((member, at) => {
		const before = members[at - 1];
		return before !== undefined && isSameRole(before.role, member.role);
	});
}

/**
 * Whether Meraki matches peer tags with or without regard to case is not documented, so a tag that equals one of
 * ours, up or down, in all but case could make a second peer active.
 */
function hasTwinInOtherCase(members: readonly VpnTag[], allTags: readonly string[]): boolean {
	for (const member of members) {
		if (isFoldedAsAnother(member, members)) return true;
	}
	for (const tag of allTags) {
		if (!isSpelledByOneOf(members, tag) && isFoldedAsOneOf(members, tag.toLowerCase())) return true;
	}
	return false;
}

function isFoldedAsAnother({ upTag, foldedTags }: VpnTag, members: readonly VpnTag[]): boolean {
	for (const other of members) {
		if (upTag !== other.upTag && foldedTags[0] === other.foldedTags[0]) return true;
	}
	return false;
}

function isSpelledByOneOf(members: readonly VpnTag[], tag: string): boolean {
	for (const { upTag, downTag } of members) if (tag === upTag || tag === downTag) return true;
	return false;
}

function isFoldedAsOneOf(members: readonly VpnTag[], folded: string): boolean {
	for (const { foldedTags } of members) if (foldedTags[0] === folded || foldedTags[1] === folded) return true;
	return false;
}

function isTwin({ upTag, downTag, foldedTags }: VpnTag, tag: string): boolean {
	return tag !== upTag && tag !== downTag && foldedTags.some((folded) => folded === tag.toLowerCase());
}

/** Primary first, then the backups in their order. */
export function membersOf({ primary, backups }: ConsistentPair): readonly VpnTag[] {
	return [primary, ...backups];
}

/** The member of the pair that has the role, if any. */
export function memberWithRole(pair: ConsistentPair, role: Role): VpnTag | undefined {
	return membersOf(pair).find((member) => isSameRole(member.role, role));
}

/**
 * The whole tag list with `role` active in the pair and every other role of it down. Only state words of this pair
 * change: foreign tags keep order, case, number and duplicates, and all copies of ours flip (R7).
 */
export function tagsWithActive(tags: readonly string[], pair: ConsistentPair, role: Role): string[] {
	const spelled = new Map(
		membersOf(pair).map((member) => [
			member.tag,
			isSameRole(member.role, role) ? member.upTag : member.downTag,
		]),
	);
	return tags.map((tag) => spelled.get(tag) ?? tag);
}

/** The list with the tag at its end; the list itself where it is there already. */
export function tagsWith(tags: readonly string[], tag: string): string[] {
	return tags.includes(tag) ? [...tags] : [...tags, tag];
}

/** The list without any copy of the tag. */
export function tagsWithout(tags: readonly string[], tag: string): string[] {
	return tags.filter((each) => each !== tag);
}
