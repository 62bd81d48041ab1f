import { scoreOf, sumOf, survivorsOf, talliesOf } from './mutationReport.cjs';
import type { MutationReport } from './mutationReport.cjs';

const SOURCE = ['const a = 1;', '\tif (a > 1 ||', '\t\ta < 0) stop();'].join('\n');

function mutant(status: string, replacement = 'true') {
	const location = { start: { line: 2, column: 6 }, end: { line: 3, column: 8 } };
	return { mutatorName: 'ConditionalExpression', replacement, status, location };
}

function report(...statuses: string[]): MutationReport {
	return { files: { 'core/a.ts': { source: SOURCE, mutants: statuses.map((status) => mutant(status)) } } };
}

const MUTANT = 'if (a > 1 ||: a > 1 || a < 0 -> true';
const SURVIVOR = `core/a.ts: ${MUTANT}`;

describe('the score of a file', () => {
	it('counts what was killed or ran for ever, of all that can run', () => {
		const tally = sumOf(
			talliesOf(report('Killed', 'Timeout', 'Survived', 'NoCoverage', 'RuntimeError', 'Ignored')).values(),
		);
		expect(tally).toEqual({ killed: 1, timedOut: 1, survived: 1, notCovered: 1, ignored: 1, failed: 1 });
		expect(scoreOf(tally)).toBe(50);
	});

	it('is not told of a run that did not end', () => {
		expect(() => talliesOf(report('Killed', 'Pending'))).toThrow(
			'Stryker left a mutant of core/a.ts as "Pending".',
		);
	});

	it('is left out where nothing can be mutated', () => {
		expect(talliesOf(report()).size).toBe(0);
	});
});

describe('a survivor', () => {
	it('is named by its text, on one line, with the line where it begins', () => {
		expect(survivorsOf(report('Killed', 'Survived'))).toEqual([SURVIVOR]);
		expect(survivorsOf(report('NoCoverage', 'Timeout'))).toEqual([SURVIVOR]);
	});
});
