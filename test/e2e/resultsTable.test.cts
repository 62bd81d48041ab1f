import { withResults } from './resultsTable.cjs';

const steps = ['n8n starts', 'A kill'];
const result = { version: '2.41.1', step: 'n8n starts', passed: true, tries: 1, seconds: 21.4 };

function rows(page: string): string[] {
	return page.split('\n').filter((line) => line.startsWith('| '));
}

describe('the table of what was tried', () => {
	it('has a row a step and a column a version, the newest first', () => {
		const page = withResults('', [{ ...result, version: '1.123.81' }, result], steps);
		expect(rows(page)).toEqual([
			'| Step | n8n 2.41.1 | n8n 1.123.81 |',
			'| --- | --- | --- |',
			'| n8n starts | pass (21 s) | pass (21 s) |',
			'| A kill |  |  |',
		]);
	});

	it('says plainly what failed, and what passed only when tried again', () => {
		const page = withResults(
			'',
			[
				{ ...result, tries: 2 },
				{ ...result, step: 'A kill', passed: false, tries: 2 },
			],
			steps,
		);
		expect(rows(page).slice(2)).toEqual([
			'| n8n starts | pass (21 s, try 2) |',
			'| A kill | **FAIL** (21 s, try 2) |',
		]);
	});

	it('keeps what stands there of other steps and versions, and forgets steps that are no more', () => {
		const before = withResults(
			'',
			[result, { ...result, version: '2.0.0' }, { ...result, step: 'Old' }],
			[...steps, 'Old'],
		);
		const page = withResults(before, [{ ...result, step: 'A kill' }], steps);
		expect(rows(page)).toEqual([
			'| Step | n8n 2.41.1 | n8n 2.0.0 |',
			'| --- | --- | --- |',
			'| n8n starts | pass (21 s) | pass (21 s) |',
			'| A kill | pass (21 s) |  |',
		]);
	});
});
