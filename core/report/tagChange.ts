import { cleanWithin } from './cleanText';
import { MAX_TAG_LENGTH, MAX_TAGS_PER_SIDE } from './limits';

/** `london_primary_up → london_primary_down`: only the tags that changed, or an empty string. */
export function tagChangeText(before: readonly string[], after: readonly string[]): string {
	const removed = before.filter((tag) => !after.includes(tag));
	const added = after.filter((tag) => !before.includes(tag));
	if (removed.length === 0 && added.length === 0) return '';
	return `${listText(removed)} → ${listText(added)}`;
}

function listText(tags: readonly string[]): string {
	if (tags.length === 0) return '(none)';
	const shown = tags.slice(0, MAX_TAGS_PER_SIDE).map((tag) => cleanWithin(tag, MAX_TAG_LENGTH));
	const hidden = tags.length - shown.length;
	return hidden === 0 ? shown.join(', ') : `${shown.join(', ')} and ${hidden} more`;
}
