import type { ReportModel, ReportRow } from '../../../core/report/model';
import { renderReport } from '../../../core/report/render';
import { readHtml } from './htmlTokens';
import { report, row, section } from './sampleReports';
import { slackTexts } from './slackTexts';

/** A site of which nothing is known but its name. */
const BARE = row({
	networkName: 'York',
	networkUrl: null,
	from: null,
	to: null,
	explanation: '',
	lossPercents: [],
	durationMs: null,
	tagsBefore: [],
	tagsAfter: [],
});
const BARE_MESSAGE = report({
	title: '2 sites',
	summary: '',
	incidentId: null,
	organizationName: null,
	sections: [section({ heading: 'Left alone', rows: [BARE] }), section({ heading: 'Key refused', rows: [] })],
});
const FOOTER = 'Report (warning) · 2 May 2024, 12:12 UTC · Organization 549236';
const FULL_FOOTER =
	'Report (warning) · 2 May 2024, 12:12 UTC · Organization Acme (549236) · Incident inc_london_1';
const TITLE = '1 site moved from London to Paris: loss on London since 12:04 UTC';
const SUMMARY = 'They go back by themselves after 5 clean minutes.';
const EXPLANATION = 'Loss to London 203.0.113.1 was 30 % or more in 3 of 5 minutes, newest 80 %.';
const TAGS = 'Tags: london_primary_up, paris_backup_down → london_primary_down, paris_backup_up';
const LEGEND = 'Loss per minute, oldest first. Red: 30 % or more. Pale: not measured.';
/** One of everything: a dry run, a next step, a row that is known in full and one that is not. */
const FULL_MESSAGE = report({
	isDryRun: true,
	sections: [section({ nextStep: 'Look at the hub.', rows: [row(), BARE] })],
});

describe('plain text', () => {
	test('of a bare message has no line for what is not known', () => {
		expect(renderReport(BARE_MESSAGE).text.split('\n')).toEqual([
			'2 sites',
			'',
			'Left alone (1):',
			'- York:',
			'',
			'Key refused',
			'',
			FOOTER,
		]);
	});

	test('of a full message has one line for each thing', () => {
		expect(renderReport(FULL_MESSAGE).text.split('\n')).toEqual([
			`Dry run: ${TITLE}`,
			'Dry run: nothing was written.',
			'',
			SUMMARY,
			'',
			'Moved from London to Paris (2):',
			'Next step: Look at the hub.',
			'- Leeds: London → Paris, loss ▁▁▃▇· 80 %, 8 min (since 12:04 UTC)',
			`  ${EXPLANATION}`,
			`  ${TAGS}`,
			'  https://n1.meraki.com/Leeds/n/abc/manage/usage/list',
			'- York:',
			'',
			FULL_FOOTER,
		]);
	});
});

describe('Markdown', () => {
	const escaped = (text: string) => text.replace(/_/g, '\\_');

	test('of a bare message has one column, and no table where there is no row', () => {
		expect(renderReport(BARE_MESSAGE).markdown.split('\n')).toEqual([
			'**2 sites**',
			'',
			'**Left alone (1)**',
			'',
			'| Site |',
			'| --- |',
			'| York |',
			'',
			'**Key refused**',
			'',
			FOOTER,
		]);
	});

	test('of a full message has every column, also where only one row fills it', () => {
		const site = '[Leeds](https://n1.meraki.com/Leeds/n/abc/manage/usage/list)';
		expect(renderReport(FULL_MESSAGE).markdown.split('\n')).toEqual([
			`**Dry run: ${TITLE}**`,
			'',
			'**Dry run: nothing was written.**',
			'',
			SUMMARY,
			'',
			'**Moved from London to Paris (2)**',
			'',
			'Next step: Look at the hub.',
			'',
			'| Site | From → to | Loss | Duration | Explanation |',
			'| --- | --- | --- | --- | --- |',
			`| ${site} | London → Paris | ▁▁▃▇· 80 % | 8 min (since 12:04 UTC) | ${EXPLANATION} ${escaped(TAGS)} |`,
			'| York |  |  |  |  |',
			'',
			escaped(FULL_FOOTER),
		]);
	});
});

describe('Slack', () => {
	const written = (model: ReportModel) =>
		renderReport(model).slack.blocks.map((block) => `${block.type}: ${slackTexts([block]).join(' + ')}`);

	test('of a bare message', () => {
		expect(written(BARE_MESSAGE)).toEqual([
			'header: 🟠 2 sites',
			'section: 🟠 *Left alone (1)*\n• *York*',
			'section: 🟠 *Key refused*',
			`context: ${FOOTER}`,
		]);
	});

	test('of a full message', () => {
		const site = '<https://n1.meraki.com/Leeds/n/abc/manage/usage/list|Leeds>';
		expect(written(FULL_MESSAGE)).toEqual([
			`header: 🟠 Dry run: ${TITLE}`,
			'section: *Dry run: nothing was written.*',
			`section: ${SUMMARY}`,
			`section: ${[
				'🟠 *Moved from London to Paris (2)*',
				'Next step: Look at the hub.',
				`• ${site} London → Paris`,
				'Loss `▁▁▃▇·` 80 % · 8 min (since 12:04 UTC)',
				EXPLANATION,
				TAGS,
				'• *York*',
			].join('\n')}`,
			`context: ${FULL_FOOTER}`,
		]);
	});

	test('the context leaves words as they are', () => {
		expect(renderReport(BARE_MESSAGE).slack.blocks.at(-1)).toEqual({
			type: 'context',
			elements: [{ type: 'mrkdwn', text: FOOTER, verbatim: true }],
		});
	});

	test('what is cut is said in the context, before the footer', () => {
		const sections = Array.from({ length: 16 }, () => section({ rows: [BARE, BARE] }));
		expect(slackTexts(renderReport(report({ sections })).slack.blocks).slice(-2)).toEqual([
			'and 1 more groups with 2 networks',
			FULL_FOOTER,
		]);
	});
});

describe('HTML', () => {
	/** What one reads: without the colours for the dark. */
	const read = (html: string) => readHtml(html.replace(/<style>.*<\/style>/, '')).text;
	const paragraphs = (html: string) =>
		[...html.matchAll(/<p class="q"[^>]*>([^<]*)<\/p>/g)].map((each) => each[1]);

	test('of a bare message shows nothing else', () => {
		const { html } = renderReport(BARE_MESSAGE);
		expect(read(html)).toBe(`2 sites2 sitesLeft alone (1)SiteYorkKey refused${FOOTER}`);
		expect(paragraphs(html)).toEqual([FOOTER]);
		// The page, its card, and the one list of sites.
		expect(html.match(/<table/g)).toHaveLength(3);
	});

	test('of a full message', () => {
		const { html } = renderReport(FULL_MESSAGE);
		expect(read(html)).toBe(
			[
				`Dry run: ${TITLE}`,
				`Dry run: ${TITLE}`,
				'Dry run: nothing was written.',
				SUMMARY,
				'Moved from London to Paris (2)',
				'Next step: Look at the hub.',
				'Site, from → to',
				'Loss',
				'Duration',
				'LeedsLondon → Paris80 %8 minsince 12:04 UTC',
				EXPLANATION,
				TAGS,
				'York',
				LEGEND,
				FULL_FOOTER,
			].join(''),
		);
		expect(paragraphs(html)).toEqual([SUMMARY, LEGEND, FULL_FOOTER]);
		expect(html).toMatch(/<h1 [^>]*>Dry run: 1 site/);
	});

	test('fits a phone, and says what was cut', () => {
		const sections = Array.from({ length: 16 }, () => section({ rows: [BARE, BARE] }));
		const { html } = renderReport(report({ sections }));
		expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
		expect(paragraphs(html)).toEqual([SUMMARY, 'and 1 more groups with 2 networks', FULL_FOOTER]);
	});

	test('the chart is explained where one of several groups has one', () => {
		const sections = [section({ rows: [BARE] }), section({ rows: [BARE, row()] })];
		expect(paragraphs(renderReport(report({ sections })).html)).toContain(LEGEND);
	});

	/** Of the lists of sites: headings, and the cells of a site without the chart's own. */
	const cells = (rows: readonly ReportRow[]) => {
		const { html } = renderReport(report({ sections: [section({ rows })] }));
		const plain = html.replace(/<div role="img".*?<\/div>/g, '[chart]').replace(/ style="[^"]*"/g, '');
		const heads = [...plain.matchAll(/<td (?:colspan="3"|width="3\d%") class="q">([^<]*)<\/td>/g)];
		return {
			heads: heads.map((each) => each[1]).slice(0, html.includes('width="38%"') ? 3 : 1),
			body: [...plain.matchAll(/<td (?:colspan="3" )?class="l">(.*?)<\/td>/g)].map((each) => each[1]),
		};
	};
	const YORK = '<strong><bdi>York</bdi></strong>';
	const named = (part: Partial<ReportRow>) => ({ ...BARE, ...part });
	test.each([
		{ says: 'the site alone', rows: [BARE], heads: ['Site'], body: [YORK] },
		{
			says: 'a peer that is only left',
			rows: [BARE, named({ from: 'London' })],
			heads: ['Site, from → to'],
			body: [YORK, `${YORK}<br><bdi>London</bdi>`],
		},
		{
			says: 'a peer that is only reached',
			rows: [named({ to: 'Paris' }), BARE],
			heads: ['Site, from → to'],
			body: [`${YORK}<br>→ <bdi>Paris</bdi>`, YORK],
		},
		{
			says: 'loss of one of two sites',
			rows: [named({ lossPercents: [80] }), BARE],
			heads: ['Site', 'Loss', ''],
			body: [YORK, '[chart]<strong>80 %</strong>', '', YORK, '<strong></strong>', ''],
		},
		{
			says: 'how long of one of two sites',
			rows: [BARE, named({ durationMs: 480_000 })],
			heads: ['Site', '', 'Duration'],
			body: [
				YORK,
				'<strong></strong>',
				'',
				YORK,
				'<strong></strong>',
				'8 min<br><span>since 12:04 UTC</span>',
			],
		},
		{
			says: 'all of it',
			rows: [named({ from: 'London', to: 'Paris', lossPercents: [null], durationMs: 0 })],
			heads: ['Site, from → to', 'Loss', 'Duration'],
			body: [
				`${YORK}<br><bdi>London</bdi> → <bdi>Paris</bdi>`,
				'[chart]<strong>not measured</strong>',
				'0 s<br><span>since 12:12 UTC</span>',
			],
		},
	])('a list of sites has the columns that one of them fills: $says', ({ rows, heads, body }) => {
		expect(cells(rows)).toEqual({ heads, body });
	});
});
