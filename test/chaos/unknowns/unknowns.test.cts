import { BACK_AT, play } from './play.cjs';
import type { Played } from './play.cjs';
import { countsOf, UNKNOWNS } from './table.cjs';
import type { Answer } from './table.cjs';

const OURS = /^(london|paris)_(primary|backup)_(up|down)$/;
const foreign = (tags: readonly string[]) => tags.filter((tag) => !OURS.test(tag));

describe.each(UNKNOWNS)('$unknown', ({ answers }) => {
	const cases = answers.flatMap((answer) =>
		countsOf(answer).map((count): [string, number, Answer] => [answer.says, count, answer]),
	);
	test.each(cases)('%s (%d branches)', async (_says, count, answer) => {
		const played = await play(count, answer);
		promisesHold(played, answer);
		movesAreThose(played, count, answer);
		isToldOnce(played, answer);
	});
});

/** What may not be broken, whatever Meraki answers. */
function promisesHold({ simulator, untrue, everything }: Played, { shows = (tags) => tags }: Answer): void {
	expect(simulator.violations.all).toEqual([]);
	const writes = simulator.requests.flatMap(({ networkId, tagsAsked, tagsBefore, tagsAfter, actions }) => [
		...actions,
		...(tagsAsked === null ? [] : [{ networkId, tagsAsked, tagsBefore, tagsAfter }]),
	]);
	for (const { tagsAsked, tagsBefore, tagsAfter } of writes) {
		expect(foreign(tagsAsked ?? [])).toEqual(foreign(shows(tagsBefore ?? [])));
		expect(activeOf(tagsAsked ?? [])).toHaveLength(1);
		expect(activeOf(tagsAfter ?? [])).toHaveLength(1);
	}
	expect(untrue).toEqual([]);
	expect(everything).not.toMatch(/psk-canary|simulated-key-full/);
}

function activeOf(tags: readonly string[]): string[] {
	return [...new Set(tags.filter((tag) => tag === 'london_primary_up' || tag === 'paris_backup_up'))];
}

/** Everybody is on backup when the primary peer comes back, and on primary in the end, but those that stay. */
function movesAreThose({ onBackup, simulator }: Played, count: number, answer: Answer): void {
	const staying = answer.staying === 'all' ? count : (answer.staying ?? 0);
	expect(onBackup[answer.staying === 'all' ? 0 : BACK_AT]).toBe(count - staying);
	const comesBack = answer.outage === undefined;
	expect(onBackup.at(-1)).toBe(comesBack ? 0 : count - staying);
	if (staying < count) return;
	const moved = simulator.requests.filter(({ tagsBefore, tagsAfter, actions }) =>
		[{ tagsBefore, tagsAfter }, ...actions].some(
			(each) => String(each.tagsBefore) !== String(each.tagsAfter),
		),
	);
	expect(moved).toEqual([]);
}

/** Each move in one message a peer and minute, and what stands once. */
function isToldOnce({ told, outcomes }: Played, { tells = [], isWrittenAgain = false }: Answer): void {
	const standing = told
		.flatMap(({ headings }) => headings)
		.filter((heading) => !/^(Failed over|Swapped back)/.test(heading));
	expect(standing.filter((heading) => !heading.startsWith('Resolved')).sort()).toEqual([...tells].sort());
	const done = outcomes.filter(({ kind }) => kind === 'done' || kind === 'accepted');
	const moves = done.map(({ networkId, minute }) => `${networkId} ${minute < BACK_AT + 2 ? 'away' : 'back'}`);
	expect(moves).toHaveLength(new Set(moves).size * (isWrittenAgain ? 2 : 1));
}
