import type { ReportModel } from '../../../core/report/model';
import { renderReport } from '../../../core/report/render';
import { report, row, rows, section } from './sampleReports';
import { slackTexts } from './slackTexts';

const texts = (model: ReportModel) => slackTexts(renderReport(model).slack.blocks);

describe('a Slack header holds 150 characters', () => {
	test.each([
		[147, 'alone where it fits', []],
		[148, 'and what does not fit follows in full', ['x'.repeat(148)]],
	])('a title of %i characters stands there %s', (length, _says, following) => {
		const title = 'x'.repeat(length);
		const written = texts(report({ title, summary: '', sections: [] }));
		expect(written.slice(1, -1)).toEqual(following);
	});
});

describe('a link in Slack', () => {
	const site = (length: number, query = '') => {
		const url = `https://a.example/${query}`.padEnd(length, 'x');
		return texts(report({ sections: [section({ rows: [row({ networkUrl: url })] })] })).join('\n');
	};
	test.each([
		{
			says: 'an address of 297 characters, with the signs around it 300',
			length: 297,
			query: '',
			isLink: true,
		},
		{ says: 'one more', length: 298, query: '', isLink: false },
		{ says: 'an ampersand counts as the entity that it becomes', length: 293, query: '?a&b', isLink: true },
		{ says: 'one more with an ampersand', length: 294, query: '?a&b', isLink: false },
	])('$says', ({ length, query, isLink }) => {
		expect(/• <https:\S+\|Leeds>/.test(site(length, query))).toBe(isLink);
		expect(site(length, query).includes('• *Leeds*')).toBe(!isLink);
	});
});

describe('a Slack text holds 1,800 characters', () => {
	/** The texts between the opening and the context, the last of five sites with so long a sentence. */
	const bodies = (length: number) => {
		const sites = rows(5, (at) => ({
			explanation: 'x'.repeat(at === 4 ? length : 240),
			tagsAfter: [],
			tagsBefore: [],
		}));
		return texts(report({ summary: '', sections: [section({ rows: sites })] })).slice(1, -1);
	};
	test('one more begins another', () => {
		const room = 1 + 1800 - (bodies(1)[0]?.length ?? 0);
		expect(bodies(room).map((text) => text.length)).toEqual([1800]);
		const [first, second, ...others] = bodies(room + 1);
		expect(others).toEqual([]);
		expect(first).toMatch(/Site 3/);
		expect(second).toMatch(/^• <\S+\|Site 4>/);
	});
});

describe('headings and next steps in Slack', () => {
	test('a heading is cut to 140 characters as they are written', () => {
		const [, written = ''] = texts(
			report({ summary: '', sections: [section({ heading: '&'.repeat(120), rows: [] })] }),
		);
		const heading = written.replace(/^🟠 \*|\*$/g, '');
		expect(heading).toMatch(/^(&amp;)+…$/);
		expect(heading.length).toBeGreaterThan(130);
		expect(heading.length).toBeLessThanOrEqual(140);
	});

	test.each([
		[1, 400],
		[10, 400],
		[12, 335],
		[15, 235],
	])('of %i groups each next step has its share of the room: %i characters', (count, length) => {
		const sections = Array.from({ length: count }, () => section({ nextStep: 'x'.repeat(400), rows: [] }));
		const steps = texts(report({ summary: '', sections })).flatMap(
			(text) => /Next step: (.*)$/.exec(text)?.[1] ?? [],
		);
		expect(steps.map((step) => step.length)).toEqual(Array<number>(count).fill(length));
	});
});

describe('a whole Slack message holds 9,000 characters', () => {
	/** What each group keeps for the words "and 1000000 more". */
	const KEPT = 20;
	const sites = (count: number, lastLength: number) =>
		rows(count, (at) => ({
			explanation: 'x'.repeat(at === count - 1 ? lastLength : 390),
			networkUrl: null,
			tagsAfter: [],
			tagsBefore: [],
			lossPercents: [],
		}));
	const shown = (written: readonly string[]) => (written.join('\n').match(/• /g) ?? []).length;

	test.each([
		{ says: 'a short title and summary', around: {}, before: [], count: 20 },
		{
			says: 'long ones',
			around: { title: 't'.repeat(250), summary: 's'.repeat(600), organizationName: 'o'.repeat(80) },
			before: [],
			count: 18,
		},
		{
			says: 'another group',
			around: {},
			before: [section({ heading: 'First', rows: sites(5, 390) })],
			count: 15,
		},
	])('beside $says the sites fill what is left, to the last character', ({ around, before, count }) => {
		const message = (length: number) =>
			texts(
				report({
					...around,
					sections: [...before, section({ heading: 'Last', rows: sites(count, length) })],
				}),
			);
		const all = count + before.reduce((sum, { rows: those }) => sum + those.length, 0);
		let [fits, tooLong] = [1, 400];
		while (tooLong - fits > 1) {
			const middle = Math.floor((fits + tooLong) / 2);
			if (shown(message(middle)) === all) fits = middle;
			else tooLong = middle;
		}
		const fullest = message(fits);
		expect(shown(fullest)).toBe(all);
		// Where a text ends, the line break between two sites is not written.
		const last = fullest.slice(
			fullest.findIndex((text) => text.includes('*Last')),
			-1,
		);
		expect(fullest.join('').length).toBe(9000 - KEPT * (before.length + 1) - (last.length - 1));
		const next = message(tooLong);
		expect(shown(next)).toBe(all - 1);
		expect(next.at(-2)).toMatch(/and 1 more$/);
	});
});
