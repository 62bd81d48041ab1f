/** What has the same key, in the order in which it comes; keys in the order in which they first come. */
export function grouped<Each, Key>(all: Iterable<Each>, keyOf: (each: Each) => Key): Map<Key, Each[]> {
	const groups = new Map<Key, Each[]>();
	let last: { readonly key: Key; readonly group: Each[] } | undefined;
	for (const each of all) {
		const key = keyOf(each);
		// What belongs together nearly always stands together.
		if (last === undefined || last.key !== key) last = { key, group: groupOf(key, groups) };
		last.group.push(each);
	}
	return groups;
}

function groupOf<Each, Key>(key: Key, groups: Map<Key, Each[]>): Each[] {
	const group = groups.get(key) ?? [];
	groups.set(key, group);
	return group;
}
