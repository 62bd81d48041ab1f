import type { Network } from '../../core/domain/types';
import type { SideEffect } from './strategy';

/**
 * Whether `after` shows the change from `before` to `planned`: every new tag there, every removed one gone, in the
 * exact case. Order and duplicates of the tags that Meraki returns are not documented, and another admin may have
 * added a tag meanwhile: neither speaks against it.
 */
export function showsChange(
	before: readonly string[],
	planned: readonly string[],
	after: readonly string[],
): boolean {
	const found = new Set(after);
	const added = planned.filter((tag) => !before.includes(tag));
	const removed = before.filter((tag) => !planned.includes(tag));
	return added.every((tag) => found.has(tag)) && !removed.some((tag) => found.has(tag));
}

/** What else is not as it was. A PUT with tags only must leave the rest (documented in contradictory ways). */
export function sideEffectsOf(
	before: Network,
	planned: readonly string[],
	after: Network,
): readonly SideEffect[] {
	const fields = (['name', 'timeZone', 'notes'] as const).filter((field) => before[field] !== after[field]);
	const wanted = new Set(planned);
	const found = new Set(after.tags);
	const sameTags = wanted.size === found.size && [...wanted].every((tag) => found.has(tag));
	return sameTags ? fields : [...fields, 'otherTags'];
}
