/** What has the same key, in the order in which it comes; keys in the order in which they first come. */
export function grouped<Each, Key>(all: readonly Each[], keyOf: (each: Each) => Key): Map<Key, Each[]> {
	const groups = new Map<Key, Each[]>();
	const keys = all.map((each) => keyOf(each));
	let from = 0;
	keys.forEach((key, at) => {
		const to = at + 1;
		// What belongs together nearly always stands together, and is cut out at once, in a list of just its size.
		if (to < keys.length && keys[to] === key) return;
		addRun(groups, key, all.slice(from, to));
		from = to;
	});
	return groups;
}

function addRun<Each, Key>(groups: Map<Key, Each[]>, key: Key, run: Each[]): void {
	const group = groups.get(key);
	if (!group) groups.set(key, run);
	else for (const each of run) group.push(each);
}
