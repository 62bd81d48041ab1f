/** The table of docs/reliability.md, made of the table that the test plays. */
import { table } from '../../figures/reliabilityPage.cjs';
import { NOT_PLAYED, UNKNOWNS } from './table.cjs';
import type { Answer } from './table.cjs';

/** Branches that a play has where the answer does not name others. */
export const COUNTS = [3, 10];

export function unknownsPage(): string {
	const plays = UNKNOWNS.flatMap(({ answers }) => answers).flatMap(countsOf).length;
	const answers = UNKNOWNS.flatMap((unknown) => unknown.answers).length;
	return [
		`${UNKNOWNS.length} open points, ${answers} answers, ${plays} plays. Each test bears the name of its point and answer.`,
		table(
			['Open point', 'Answers played', 'Branches'],
			UNKNOWNS.map((each) => [each.unknown, each.answers.map(said).join('; '), branches(each.answers)]),
		),
		'Open as well, but not played:',
		table(['Open point', 'Why it does not matter here'], NOT_PLAYED),
	].join('\n\n');
}

export function countsOf({ counts = COUNTS }: Answer): readonly number[] {
	return counts;
}

function said({ says, staying, isWrittenAgain }: Answer): string {
	if (isWrittenAgain === true)
		return `${says} (longer than the schedule: the next run writes and tells the same again)`;
	if (staying === undefined) return says;
	return staying === 'all' ? `${says} (nobody moves)` : `${says} (the others move)`;
}

function branches(answers: readonly Answer[]): string {
	return [...new Set(answers.flatMap(countsOf))].sort((one, other) => one - other).join(', ');
}
