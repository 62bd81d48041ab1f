/** What no write may ever do to a network's tags, said without looking at why it was made. */
import { readPair, readTag } from './oracle/tags';

export function brokenPromises(before: readonly string[], after: readonly string[]): string[] {
	const broken: string[] = [];
	const foreign = (tags: readonly string[]) => tags.filter((tag) => readTag(tag) === null);
	if (JSON.stringify(foreign(before)) !== JSON.stringify(foreign(after)))
		broken.push(`foreign tags were lost, changed or moved: ${before.join()} became ${after.join()}`);
	if (before.length !== after.length || !before.every((tag, at) => isSameButState(tag, after[at] ?? '')))
		broken.push(`more than states changed: ${before.join()} became ${after.join()}`);
	if (before.some((tag, at) => tag !== after[at]) && !readPair(after))
		broken.push(`the pair is not in order after a write: ${after.join()}`);
	return broken;
}

function isSameButState(before: string, after: string): boolean {
	const [one, other] = [readTag(before), readTag(after)];
	if (!one || !other) return before === after;
	return one.peer === other.peer && one.role === other.role;
}
