/** One branch of the run that is being watched, with the only two tag lists it may ever carry. */
export interface Branch {
	readonly id: string;
	readonly name: string;
	readonly onPrimary: readonly string[];
	readonly onBackup: readonly string[];
	/** Whether its primary peer is the one that fails. */
	readonly affected: boolean;
}

/** What was seen at the dashboard. `at` is its own virtual time in epoch milliseconds. */
export type Observation =
	| { readonly kind: 'lossBegins' | 'lossEnds'; readonly at: number; readonly peer: string }
	| { readonly kind: 'read'; readonly at: number }
	| {
			readonly kind: 'write';
			readonly at: number;
			readonly networkId: string;
			readonly tags: readonly string[];
			readonly accepted: boolean;
	  }
	| {
			readonly kind: 'tags';
			readonly at: number;
			readonly networkId: string;
			readonly tags: readonly string[];
	  }
	| { readonly kind: 'message'; readonly at: number; readonly title: string };

export interface Line {
	readonly at: number;
	readonly text: string;
}

/** What happened to one branch so far. */
export interface Passage {
	readonly tags: readonly string[];
	/** Of the newest accepted write. */
	readonly writtenTags: readonly string[];
	readonly failoverWrites: number;
	readonly swapBackWrites: number;
	readonly failedOverAt?: number;
	readonly swappedBackAt?: number;
}

export interface Story {
	readonly branches: readonly Branch[];
	readonly passages: Readonly<Record<string, Passage>>;
	readonly firstReadAt?: number;
	readonly onsetAt?: number;
	readonly clearAt?: number;
	readonly lastMessageAt?: number;
	readonly reads: number;
	readonly problems: readonly string[];
	readonly lines: readonly Line[];
}

export function newStory(branches: readonly Branch[]): Story {
	const passages: Record<string, Passage> = {};
	for (const { id, onPrimary } of branches) {
		passages[id] = { tags: onPrimary, writtenTags: onPrimary, failoverWrites: 0, swapBackWrites: 0 };
	}
	return { branches, passages, reads: 0, problems: [], lines: [] };
}

/** The story with one more observation in it. */
export function follow(story: Story, seen: Observation): Story {
	switch (seen.kind) {
		case 'read':
			return followRead(story, seen.at);
		case 'lossBegins':
			return { ...told(story, seen.at, `loss begins: ${seen.peer}`), onsetAt: seen.at };
		case 'lossEnds':
			return { ...told(story, seen.at, `loss ends: ${seen.peer} is clean`), clearAt: seen.at };
		case 'message':
			return {
				...told(story, seen.at, `custom branch's message arrived: "${seen.title}"`),
				lastMessageAt: seen.at,
			};
		case 'write':
			return followWrite(story, seen);
		case 'tags':
			return followTags(story, seen);
	}
}

function followRead(story: Story, at: number): Story {
	const reads = story.reads + 1;
	if (story.firstReadAt !== undefined) return { ...story, reads };
	const count = story.branches.length;
	return {
		...told(story, at, `healthy: first evaluation, ${count} branches on their primary peer, nothing written`),
		reads,
		firstReadAt: at,
	};
}

function followWrite(story: Story, seen: Extract<Observation, { kind: 'write' }>): Story {
	const branch = story.branches.find(({ id }) => id === seen.networkId);
	const passage = branch && story.passages[branch.id];
	if (!branch || !passage)
		return withProblem(story, `A network that is not watched was written: ${seen.networkId}.`);
	const damage = damageIn(branch, seen.tags);
	if (damage) return withProblem(story, `${branch.name}: a write ${damage}`);
	if (story.onsetAt === undefined || !branch.affected) {
		return withProblem(story, `${branch.name} was written although its primary peer was healthy.`);
	}
	// Time is fast here, so runs overlap: two that read the same tags write the same, and the second moves nothing.
	if (!seen.accepted || same(seen.tags, passage.writtenTags)) return story;
	const toBackup = same(seen.tags, branch.onBackup);
	const written = { ...passage, writtenTags: seen.tags };
	const counted = toBackup
		? { ...written, failoverWrites: passage.failoverWrites + 1 }
		: { ...written, swapBackWrites: passage.swapBackWrites + 1 };
	const counter = toBackup ? counted.failoverWrites : counted.swapBackWrites;
	const next = withPassage(story, branch.id, counted);
	const direction = toBackup ? 'over to the backup' : 'back to the primary';
	return counter > 1
		? withProblem(next, `${branch.name} was moved ${direction} ${counter} times in one outage.`)
		: next;
}

function followTags(story: Story, seen: Extract<Observation, { kind: 'tags' }>): Story {
	const branch = story.branches.find(({ id }) => id === seen.networkId);
	const passage = branch && story.passages[branch.id];
	if (!branch || !passage || same(passage.tags, seen.tags)) return story;
	const next = withPassage(story, branch.id, { ...passage, tags: seen.tags });
	const damage = damageIn(branch, seen.tags);
	if (damage)
		return withProblem(
			told(next, seen.at, `${branch.name}: ${damage}`),
			`${branch.name}: its tags now ${damage}`,
		);
	return same(seen.tags, branch.onBackup)
		? arrived(next, branch, seen.at, 'failover', { failedOverAt: seen.at })
		: arrived(next, branch, seen.at, 'swap back', { swappedBackAt: seen.at });
}

function arrived(story: Story, branch: Branch, at: number, move: string, when: Partial<Passage>): Story {
	const passage = story.passages[branch.id];
	if (!passage) return story;
	const [before, after] =
		move === 'failover' ? [branch.onPrimary, branch.onBackup] : [branch.onBackup, branch.onPrimary];
	const others = before.filter((tag, index) => tag === after[index]).length;
	const text = `${move}: ${branch.name}\n    before  ${before.join(' ')}\n    after   ${after.join(' ')}\n    other tags untouched: ${others}`;
	return withPassage(told(story, at, text), branch.id, { ...passage, ...when });
}

/** Nothing, or in words what is wrong with a tag list, compared with the two this branch may carry. */
function damageIn(branch: Branch, tags: readonly string[]): string | undefined {
	if (same(tags, branch.onPrimary) || same(tags, branch.onBackup)) return undefined;
	const ours = new Set(
		[...branch.onPrimary, ...branch.onBackup].filter(
			(tag) => !branch.onPrimary.includes(tag) || !branch.onBackup.includes(tag),
		),
	);
	const foreign = (list: readonly string[]): string[] => list.filter((tag) => !ours.has(tag));
	const [expected, found] = [foreign(branch.onPrimary), foreign(tags)];
	if (same(expected, found)) return `hold the failover tags in a wrong state or place: ${tags.join(' ')}`;
	const lost = expected.filter((tag) => !found.includes(tag));
	const what =
		lost.length > 0 ? `lost the foreign tag ${lost.join(', ')}` : 'changed or reordered foreign tags';
	return `${what}: ${tags.join(' ')} instead of ${branch.onPrimary.join(' ')}`;
}

function same(left: readonly string[], right: readonly string[]): boolean {
	return left.length === right.length && left.every((tag, index) => tag === right[index]);
}

function told(story: Story, at: number, text: string): Story {
	return { ...story, lines: [...story.lines, { at, text }] };
}

function withProblem(story: Story, problem: string): Story {
	return story.problems.includes(problem) ? story : { ...story, problems: [...story.problems, problem] };
}

function withPassage(story: Story, id: string, passage: Passage): Story {
	return { ...story, passages: { ...story.passages, [id]: passage } };
}
