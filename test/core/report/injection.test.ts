import fc from 'fast-check';

import { report, row, section } from './sampleReports';
import { readHtml } from './htmlTokens';
import { mrkdwnTexts, slackTexts, withoutLinks } from './slackTexts';
import { cleanWithin } from '../../../core/report/cleanText';
import type { RenderedReport, ReportModel } from '../../../core/report/model';
import { renderReport } from '../../../core/report/render';

const OUR_TAGS: readonly string[] = [
	...['html', 'head', 'meta', 'style', 'title', 'body', 'table', 'tr', 'td', 'div', 'h1', 'h2', 'p', 'br'],
	...['a', 'bdi', 'strong', 'span'],
];

const CORPUS: readonly string[] = [
	'<!channel>',
	'<!here|here>',
	'<@U012AB3CD>',
	'<#C012AB3CD|general>',
	'<http://evil.example|Leeds>',
	'<!date^0^{date}^https://evil.example|x>',
	'@here @channel @everyone @all @octocat',
	'&lt;!channel&gt; &#60;b&#62;',
	'*bold* _italic_ ~strike~ `code` ```block```',
	':rotating_light: :white_check_mark:',
	'<script>alert(1)</script>',
	'"><img src=x onerror=alert(1)>',
	"' onmouseover='alert(1)",
	'</td></tr></table><h1>All sites are fine</h1>',
	'<!-- --><style>*{display:none}</style>',
	'[Leeds](javascript:alert(1)) ![x](http://evil.example/x.png)',
	'a | b || c \\| d',
	'\\',
	'`',
	'# heading\n- list\n1. one\n> quote\n---\n| a | b |\n| - | - |',
	'http://evil.example www.evil.example a@evil.example',
	'<https://evil.example>',
	'{{ $json.organizationId }}',
	'={{ $env.SECRET }}',
	'=HYPERLINK("http://evil.example")',
	'${process.exit(1)} #{x} <%= x %> $(id)',
	'%s %n $& $1 $$',
	'\u001b]8;;http://evil.example\u0007Leeds\u001b]8;;\u0007\u001b[2J',
	'\r\nSubject: all is well\r\n\r\n',
	'\0\u0008\u0008\u0008',
	'\u202Efdp.exe \u2066x\u2069 \u200F',
	'Le\u200Beds \uFEFF\u00AD\u2060',
	'🏢🏳️‍🌈👨‍👩‍👧 𝒳',
	'\uD83D half',
	`e${'\u0301'.repeat(200)}`,
	'__proto__',
	'constructor',
	'hasOwnProperty',
	'W'.repeat(5000),
	'',
];

/** The same text in every place where a text from outside can stand. */
function everywhere(text: string): ReportModel {
	const hostile = row({
		networkName: text,
		networkId: text,
		networkUrl: text,
		from: text,
		to: text,
		explanation: text,
		tagsBefore: [text, 'x'],
		tagsAfter: [`${text}2`, 'x'],
	});
	return report({
		title: text,
		summary: text,
		incidentId: text,
		organizationId: text,
		organizationName: text,
		sections: [
			section({
				heading: text,
				nextStep: text,
				rows: [hostile, { ...hostile, networkUrl: row().networkUrl }],
			}),
		],
	});
}

let harmlessReport: RenderedReport;
beforeEach(() => {
	harmlessReport = renderReport(everywhere('harmless'));
});

function count(text: string, signs: RegExp): number {
	return (text.match(signs) ?? []).length;
}

function expectInertHtml(html: string): void {
	const { tags, attributes } = readHtml(html);
	expect(tags.filter((tag) => !OUR_TAGS.includes(tag))).toEqual([]);
	expect(tags).toHaveLength(readHtml(harmlessReport.html).tags.length);
	const links = attributes.filter(([name]) => name === 'href').map(([, value]) => value);
	expect(links).toEqual([row().networkUrl]);
	const known = new Set(readHtml(harmlessReport.html).attributes.map(([name, value]) => `${name}=${value}`));
	expect(attributes.filter(([name, value]) => !known.has(`${name}=${value}`))).toEqual([]);
}

function expectInertSlack(blocks: RenderedReport['slack']['blocks']): void {
	const text = mrkdwnTexts(blocks).map(withoutLinks).join('\n');
	const harmless = mrkdwnTexts(harmlessReport.slack.blocks).map(withoutLinks).join('\n');
	expect(text).not.toMatch(/[<>]/);
	expect(text.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
	expect(text).not.toMatch(/@(?=\S)/);
	expect(text).not.toMatch(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/);
	expect(text).not.toMatch(/^&gt;/m);
	expect(text).not.toMatch(/(?<![A-Za-z0-9:]):[\w+'-]+:/);
	for (const sign of [/\*/g, /`/g, /~/g]) {
		expect([sign, count(text, sign)]).toEqual([sign, count(harmless, sign)]);
	}
	expect(count(mrkdwnTexts(blocks).join('\n'), /<http/g)).toBe(1);
}

/** Signs that still mean something: those that are not behind a backslash. Entities cannot form structure. */
function activeMarkdown(markdown: string): string {
	return markdown.replace(/\\[!-/:-@[-`{-~]/g, '').replace(/&(amp|lt|gt|#124);/g, 'x');
}

function expectInertMarkdown(markdown: string): void {
	const active = activeMarkdown(markdown);
	const harmless = activeMarkdown(harmlessReport.markdown);
	for (const sign of [
		/[*_~`]/g,
		/[[\]]/g,
		/[<>]/g,
		/\|/g,
		/#/g,
		/&/g,
		/\$/g,
		/:\/\//g,
		/\\/g,
		/!/g,
		/[{}]/g,
		/\n/g,
	]) {
		expect([sign, count(active, sign)]).toEqual([sign, count(harmless, sign)]);
	}
	expect(active).not.toMatch(/@\S|www\.|^(\*\*)?(\d+[.)]|[-+=])/im);
	const tableRows = markdown.split('\n').filter((line) => line.startsWith('|'));
	expect(tableRows.map((line) => count(line, /\|/g))).toEqual([6, 6, 6, 6]);
}

function expectInertPlain(rendered: RenderedReport): void {
	for (const text of [rendered.title, rendered.text]) expect(text).not.toMatch(/<(?!\s)|@\S/);
	expect(rendered.title).not.toMatch(/\n/);
	expect(count(rendered.text, /\n/g)).toBe(count(harmlessReport.text, /\n/g));
}

function expectVisible(rendered: RenderedReport): void {
	const { title, text, markdown, html, networks, incidentId, organizationId } = rendered;
	const all = [
		title,
		text,
		markdown,
		html,
		JSON.stringify(networks),
		`${incidentId} ${organizationId}`,
		...slackTexts(rendered.slack.blocks),
	];
	for (const written of all) {
		expect(written).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFEFF\u00AD\u061C\u2028\u2029]/);
		expect(written).not.toMatch(/(?!\n)\p{Cc}|\p{Cs}/u);
	}
}

function expectInert(rendered: RenderedReport): void {
	expectInertHtml(rendered.html);
	expectInertSlack(rendered.slack.blocks);
	expectInertMarkdown(rendered.markdown);
	expectInertPlain(rendered);
	expectVisible(rendered);
}

/** A text that is empty when cleaned leaves its lines out; the counts are of texts that are there. */
function visible(text: string): string {
	return `x${text}`;
}

describe.each(CORPUS.map((text) => ({ says: JSON.stringify(text).slice(0, 50), text })))(
	'$says is inert',
	({ text }) => {
		let rendered: RenderedReport;
		let alone: RenderedReport;
		beforeEach(() => {
			rendered = renderReport(everywhere(visible(text)));
			alone = renderReport(everywhere(text));
		});

		test('in HTML, and is still shown', () => {
			expectInertHtml(rendered.html);
			expect(readHtml(rendered.html).text).toContain(cleanWithin(visible(text), 80));
			readHtml(alone.html);
		});

		test('in Slack', () => {
			expectInertSlack(rendered.slack.blocks);
			if (text !== '') expectInertSlack(alone.slack.blocks);
		});

		test('in Markdown', () => {
			expectInertMarkdown(rendered.markdown);
			if (cleanWithin(text, 80) !== '') expectInertMarkdown(alone.markdown);
		});

		test('in plain text and the title', () => {
			expectInertPlain(rendered);
			if (cleanWithin(text, 80) !== '') expectInertPlain(alone);
		});

		test('in every item field, with nothing invisible', () => {
			expectVisible(rendered);
			expectVisible(alone);
		});
	},
);

test('a template expression arrives as it was written: n8n evaluates parameters, not the data they take', () => {
	const text = '={{ $json.x }}';
	const rendered = renderReport(everywhere(text));
	expect(rendered.title).toBe(text);
	expect(rendered.networks[0]?.networkName).toBe(text);
	expect(rendered.text).toContain(`- ${text}:`);
	expect(readHtml(rendered.html).text).toContain(text);
	expect(slackTexts(rendered.slack.blocks).join('\n')).toContain(text);
});

describe('any text', () => {
	const nasty = fc
		.array(
			fc.oneof(
				fc.constantFrom(...CORPUS),
				fc.constantFrom(...'<>&|*_~`@:[](){}#!\\/="\'$^+-.0 a\n'),
				fc.string({ unit: 'binary' }),
			),
			{ maxLength: 8 },
		)
		.map((parts) => visible(parts.join('')));

	test('is inert in every target', () => {
		fc.assert(
			fc.property(nasty, (text) => expectInert(renderReport(everywhere(text)))),
			{ numRuns: 400 },
		);
	});

	test('is bounded in every target', () => {
		fc.assert(
			fc.property(nasty, fc.integer({ min: 1, max: 400 }), (text, times) => {
				const rendered = renderReport(everywhere(text.repeat(times)));
				expect(rendered.title.length).toBeLessThanOrEqual(250);
				expect(rendered.text.length).toBeLessThan(8000);
				expect(rendered.markdown.length).toBeLessThan(16_000);
				expect(rendered.html.length).toBeLessThan(30_000);
				expect(slackTexts(rendered.slack.blocks).join('').length).toBeLessThanOrEqual(9000);
			}),
			{ numRuns: 100 },
		);
	});
});
