import { report, row, rows, section } from './sampleReports';
import { readHtml } from './htmlTokens';
import { mrkdwnTexts, slackTexts, withoutLinks } from './slackTexts';
import type { ReportModel, RenderedReport } from '../../../core/report/model';
import { renderReport } from '../../../core/report/render';

const LONG = '<&_*🏢e\u0301'.repeat(3000);

const HUGE_ROW = row({
	networkName: LONG,
	networkId: LONG,
	from: LONG,
	to: LONG,
	explanation: LONG,
	lossPercents: Array<number>(5000).fill(33.3),
	durationMs: 1e15,
	tagsBefore: Array.from({ length: 50 }, (_, index) => `${index}${LONG}`),
	tagsAfter: Array.from({ length: 50 }, (_, index) => `after${index}${LONG}`),
	networkUrl: `https://n1.meraki.com/${'&'.repeat(270)}`,
});

const HUGE_ORGANIZATION = { organizationId: LONG, organizationName: LONG, incidentId: LONG };

const HUGE: readonly { says: string; model: ReportModel }[] = [
	{ says: '1,000 rows in one section', model: report({ sections: [section({ rows: rows(1000) })] }) },
	{
		says: '1,000 rows whose every text is huge',
		model: report({
			...HUGE_ORGANIZATION,
			title: LONG,
			summary: LONG,
			sections: [
				section({ heading: LONG, nextStep: LONG, rows: Array<typeof HUGE_ROW>(1000).fill(HUGE_ROW) }),
			],
		}),
	},
	{
		says: '200 sections of 30 huge rows',
		model: report({
			...HUGE_ORGANIZATION,
			title: LONG,
			summary: LONG,
			isDryRun: true,
			sections: Array.from({ length: 200 }, () =>
				section({ heading: LONG, nextStep: LONG, rows: Array<typeof HUGE_ROW>(30).fill(HUGE_ROW) }),
			),
		}),
	},
	{
		says: 'texts of nothing but &, five times as long when escaped',
		model: report({
			title: '&'.repeat(250),
			summary: '&'.repeat(600),
			organizationId: '&'.repeat(100),
			organizationName: '&'.repeat(80),
			incidentId: '&'.repeat(100),
			sections: [section({ heading: '&'.repeat(120), nextStep: '&'.repeat(400), rows: rows(1) })],
		}),
	},
	{
		says: '15 sections of nothing but a next step',
		model: report({
			sections: Array.from({ length: 15 }, () => section({ nextStep: '&'.repeat(400), rows: [] })),
		}),
	},
];

describe.each(HUGE)('$says', ({ model }) => {
	let rendered: RenderedReport;
	beforeEach(() => {
		rendered = renderReport(model);
	});

	test("stays within Slack's limits", () => {
		const { blocks } = rendered.slack;
		expect(blocks.length).toBeLessThanOrEqual(50);
		for (const text of slackTexts(blocks)) {
			expect(text.length).toBeGreaterThan(0);
			expect(text.length).toBeLessThanOrEqual(1800);
		}
		for (const block of blocks) {
			if (block.type === 'header') expect(block.text.text.length).toBeLessThanOrEqual(150);
			if (block.type === 'context') expect(block.elements.length).toBeLessThanOrEqual(10);
		}
		expect(slackTexts(blocks).join('').length).toBeLessThanOrEqual(9000);
	});

	test('is cut in no entity, no link and no 4-byte character', () => {
		for (const text of mrkdwnTexts(rendered.slack.blocks)) {
			expect(withoutLinks(text)).not.toMatch(/[<>]/);
			expect(text.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/&/);
		}
		expect(JSON.stringify(rendered)).not.toMatch(/\\ud[89a-f]/i);
		readHtml(rendered.html);
	});

	test('is a bounded item', () => {
		expect(rendered.title.length).toBeLessThanOrEqual(250);
		expect(rendered.text.length).toBeLessThan(120_000);
		expect(rendered.markdown.length).toBeLessThan(250_000);
		expect(rendered.html.length).toBeLessThan(600_000);
		expect(rendered.networks.length).toBeLessThanOrEqual(1000);
		expect(JSON.stringify(rendered.networks).length).toBeLessThan(1_500_000);
	});
});

/** Of each section `H0`, `H1`... */
function rowCounts(text: string): number[] {
	const parts = text.split(/^H\d+ \(100\):$/m).slice(1);
	return parts.map((part) => (part.match(/^- /gm) ?? []).length);
}

describe('lists are cut', () => {
	const counts = [
		{ says: '20 rows are all shown', count: 20, more: null },
		{ says: '21 rows: 20 and 1 more', count: 21, more: 'and 1 more' },
		{ says: '1,000 rows: 20 and 980 more', count: 1000, more: 'and 980 more' },
	];
	test.each(counts)('$says', ({ count, more }) => {
		const { text, markdown, html, slack } = renderReport(
			report({ sections: [section({ rows: rows(count) })] }),
		);
		for (const written of [text, markdown, readHtml(html).text, slackTexts(slack.blocks).join('\n')]) {
			expect(written.match(/Site \d+/g)).toHaveLength(20);
			expect(written).toContain(`Moved from London to Paris (${count})`);
			if (more === null) expect(written).not.toContain('more\n');
			else expect(written).toContain(more);
		}
	});

	test('the count in a Slack message that is full is of the rows that it shows', () => {
		const wordy = rows(20, () => ({ explanation: 'x '.repeat(190), networkUrl: null }));
		const texts = slackTexts(
			renderReport(report({ sections: [section({ rows: wordy }), section({ rows: wordy })] })).slack.blocks,
		);
		const shown = (texts.join('\n').match(/• /g) ?? []).length;
		const hidden = [...texts.join('\n').matchAll(/and (\d+) more/g)].reduce(
			(sum, match) => sum + Number(match[1]),
			0,
		);
		expect(shown).toBeGreaterThan(10);
		expect(shown + hidden).toBe(40);
		expect(texts.join('').length).toBeLessThanOrEqual(9000);
	});

	test('a long first section leaves the next ones a few rows', () => {
		const sections = Array.from({ length: 4 }, (_, index) =>
			section({ heading: `H${index}`, rows: rows(100) }),
		);
		expect(rowCounts(renderReport(report({ sections })).text)).toEqual([20, 19, 3, 3]);
	});

	test('many sections: each gets a few, and those not shown are counted', () => {
		const sections = Array.from({ length: 17 }, (_, index) =>
			section({ heading: `H${index}`, rows: rows(100) }),
		);
		const { text, html, networks } = renderReport(report({ sections }));
		const shown = rowCounts(text);
		expect(shown).toEqual(Array<number>(15).fill(3));
		expect(text).toContain('and 2 more groups with 200 networks');
		expect(readHtml(html).text).toContain('and 2 more groups with 200 networks');
		expect(networks).toHaveLength(1000);
	});

	test('a usual mail is not clipped by Gmail at 102 kB', () => {
		const lossPercents = [0, 0, 0, 10, 20, 30, 40, null, 70, 100, 100, 100];
		const sections = Array.from({ length: 5 }, () => section({ rows: rows(100, () => ({ lossPercents })) }));
		expect(new TextEncoder().encode(renderReport(report({ sections })).html).length).toBeLessThan(102_000);
	});
});
