import type { Role } from '../domain/types';

/** How VPN tags are spelled: the setting, as the operator types it (R7). */
export interface TagFormat {
	/** Text with `{peer}`, `{role}`, `{state}` once each and, for several pairs on a network, `{group}`. */
	readonly format: string;
	readonly primaryWord: string;
	/** Further backups are this word with 2, 3, ... behind it. */
	readonly backupWord: string;
	readonly upWord: string;
	readonly downWord: string;
}

export const DEFAULT_TAG_FORMAT: TagFormat = {
	format: '{peer}_{role}_{state}',
	primaryWord: 'primary',
	backupWord: 'backup',
	upWord: 'up',
	downWord: 'down',
};

export type TagState = 'up' | 'down';

/** One VPN tag, taken apart. */
export interface VpnTag {
	readonly tag: string;
	readonly peer: string;
	/** Empty where the format has no `{group}`. */
	readonly group: string;
	readonly role: Role;
	readonly state: TagState;
	/** The same tag with either state word: exactly one of them equals `tag`. */
	readonly upTag: string;
	readonly downTag: string;
	/** Both spellings in lower case, to find tags that differ from them in nothing but case. */
	readonly foldedTags: readonly [up: string, down: string];
}

/** Reads tags of one format. Made once by {@link compileTagFormat}. */
export interface TagGrammar {
	/** The tag taken apart, or `null` for a foreign tag: whole tag, exact case, matched from the right (R7). */
	readonly read: (tag: string) => VpnTag | null;
	/** Whether a foreign tag would be one of ours but for upper and lower case: for messages, never for decisions. */
	readonly isMisspelled: (tag: string) => boolean;
}

/** What is wrong with a tag format, as a sentence for the operator. */
export interface TagFormatProblem {
	readonly setting: keyof TagFormat;
	readonly problem: string;
}

// Cisco "Network as Code", Meraki data model, network tags: ^[A-Za-z0-9._-]+$ of 1 to 255 characters. No server
// rule is published, so it binds only the tags that this product writes, never foreign ones.
const WRITABLE = /^[A-Za-z0-9._-]*$/;
const LONGEST_TAG = 255;
const PLACEHOLDER = /\{(peer|role|state|group)\}/g;

/** Every problem of the format; empty when it can be used. */
export function tagFormatProblems(tagFormat: TagFormat): TagFormatProblem[] {
	return [...wordProblems(tagFormat), ...patternProblems(tagFormat.format)];
}

function wordProblems(tagFormat: TagFormat): TagFormatProblem[] {
	const problems: TagFormatProblem[] = [];
	for (const setting of ['primaryWord', 'backupWord', 'upWord', 'downWord'] as const) {
		const word = tagFormat[setting];
		if (word === '' || !WRITABLE.test(word)) {
			problems.push({
				setting,
				problem: 'must be letters, digits, dots, dashes or underscores, without spaces',
			});
		}
	}
	const { primaryWord } = tagFormat;
	if (primaryWord !== '' && roleOf(primaryWord, { ...tagFormat, primaryWord: '' }) !== null) {
		problems.push({
			setting: 'backupWord',
			problem: 'must differ from the primary word, also with a number behind it',
		});
	}
	if (tagFormat.upWord.toLowerCase() === tagFormat.downWord.toLowerCase()) {
		problems.push({ setting: 'downWord', problem: 'must differ from the up word' });
	}
	return problems;
}

function patternProblems(format: string): TagFormatProblem[] {
	const found = [...format.matchAll(PLACEHOLDER)].map((match) => match[1]);
	const literals = format.split(/\{(?:peer|role|state|group)\}/);
	const say = (problem: string): TagFormatProblem[] => [{ setting: 'format', problem }];
	for (const name of ['peer', 'role', 'state'] as const) {
		if (found.filter((each) => each === name).length !== 1) return say(`must hold {${name}} exactly once`);
	}
	if (found.filter((each) => each === 'group').length > 1) return say('may hold {group} only once');
	if (!literals.every((literal) => WRITABLE.test(literal))) {
		return say('may hold only letters, digits, dots, dashes and underscores around its placeholders');
	}
	if (literals.slice(1, -1).some((literal) => literal === '')) {
		return say('needs a character such as _ between two placeholders, or tags could be read in two ways');
	}
	return [];
}

/** A format without problems becomes a grammar; ask {@link tagFormatProblems} first. */
export function compileTagFormat(tagFormat: TagFormat): TagGrammar {
	const roleWords = `${escape(tagFormat.primaryWord)}|${escape(tagFormat.backupWord)}(?:[2-9]|[1-9][0-9])?`;
	const stateWords = `${escape(tagFormat.upWord)}|${escape(tagFormat.downWord)}`;
	const groups: Record<string, string> = {
		peer: '(?<peer>.+)',
		group: '(?<group>.+)',
		role: `(?<role>${roleWords})`,
		state: `(?<state>${stateWords})`,
	};
	// Greedy from the left is "matched from the right": what stands last is as short as it can be.
	const source = tagFormat.format
		.split(/(\{(?:peer|role|state|group)\})/)
		.map((part) => groups[part.slice(1, -1)] ?? escape(part))
		.join('');
	const pattern = new RegExp(`^${source}$`, 'u');
	const known = new Map<string, VpnTag | null>();
	const read = (tag: string) => {
		const found = known.get(tag);
		if (found !== undefined) return found;
		const vpnTag = readTag(tag, pattern, tagFormat);
		if (known.size < MOST_KNOWN_TAGS) known.set(tag, vpnTag);
		return vpnTag;
	};
	const inAnyCase = new RegExp(`^${source}$`, 'iu');
	return { read, isMisspelled: (tag) => read(tag) === null && inAnyCase.test(tag) };
}

/** Ten thousand branches carry the same few tags, and each one of its own. */
const MOST_KNOWN_TAGS = 1000;

function readTag(tag: string, pattern: RegExp, tagFormat: TagFormat): VpnTag | null {
	const parts = partsOf(tag, pattern);
	const role = roleOf(parts?.role ?? '', tagFormat);
	if (!parts || role === null) return null;
	const spell = (state: string) => spellTag(tagFormat, { ...parts, state });
	const upTag = spell(tagFormat.upWord);
	const downTag = spell(tagFormat.downWord);
	const state = parts.state === tagFormat.upWord ? 'up' : 'down';
	// One result or none (R7): a tag that would be another one, or too long, once its state changes is foreign.
	const other = partsOf(state === 'up' ? downTag : upTag, pattern);
	if (other?.peer !== parts.peer || other.group !== parts.group || other.role !== parts.role) return null;
	const foldedTags = [upTag.toLowerCase(), downTag.toLowerCase()] as const;
	return { tag, peer: parts.peer, group: parts.group, role, state, upTag, downTag, foldedTags };
}

function partsOf(tag: string, pattern: RegExp) {
	if (tag.length > LONGEST_TAG) return null;
	const found = pattern.exec(tag)?.groups;
	if (!found) return null;
	const { peer = '', group = '', role = '', state = '' } = found;
	return { peer, group, role, state };
}

function spellTag(tagFormat: TagFormat, parts: Record<string, string>): string {
	return tagFormat.format.replace(PLACEHOLDER, (_all, name: string) => parts[name] ?? '');
}

function roleOf(word: string, tagFormat: TagFormat): Role | null {
	if (word === tagFormat.primaryWord) return { kind: 'primary' };
	if (word === tagFormat.backupWord) return { kind: 'backup', order: 1 };
	if (!word.startsWith(tagFormat.backupWord)) return null;
	const number = word.slice(tagFormat.backupWord.length);
	return /^([2-9]|[1-9][0-9])$/.test(number) ? { kind: 'backup', order: Number(number) } : null;
}

/** The tags that a peer and role would have: what README, hints and the readiness check show as an example. */
export function exampleTags(tagFormat: TagFormat, peer: string): { primaryUp: string; backupDown: string } {
	const parts = { peer, group: 'A' };
	return {
		primaryUp: spellTag(tagFormat, { ...parts, role: tagFormat.primaryWord, state: tagFormat.upWord }),
		backupDown: spellTag(tagFormat, { ...parts, role: tagFormat.backupWord, state: tagFormat.downWord }),
	};
}

function escape(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
