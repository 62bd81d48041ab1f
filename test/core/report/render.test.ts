import { MINUTE_MS, report, row, rows, section } from './sampleReports';
import { readHtml } from './htmlTokens';
import { slackTexts } from './slackTexts';
import type { ReportModel } from '../../../core/report/model';
import { renderReport } from '../../../core/report/render';

/** What a reader sees in each target, with escapes resolved as far as the sample needs it. */
function readings(model: ReportModel): readonly (readonly [string, string])[] {
	const { text, markdown, html, slack } = renderReport(model);
	return [
		['text', text],
		['markdown', markdown.replace(/\\/g, '')],
		['html', readHtml(html).text],
		['slack', slackTexts(slack.blocks).join('\n')],
	];
}

const FAILED = section({
	heading: 'Could not be moved',
	severity: 'critical',
	nextStep: 'Unbind the network from its template.',
	rows: [row({ networkName: 'York', explanation: 'Meraki: tags are read-only (400).' })],
});

describe('every target says', () => {
	const says = [
		{ says: 'the title', part: '1 site moved from London to Paris' },
		{ says: 'the summary', part: 'They go back by themselves' },
		{ says: 'the heading with the count', part: 'Moved from London to Paris (1)' },
		{ says: 'the next step', part: 'Unbind the network from its template.' },
		{ says: 'the site', part: 'Leeds' },
		{ says: 'from and to', part: 'London → Paris' },
		{ says: 'the newest loss', part: '80 %' },
		{ says: 'how long', part: '8 min' },
		{ says: 'since when', part: 'since 12:04 UTC' },
		{ says: "Meraki's own words", part: 'Meraki: tags are read-only (400).' },
		{
			says: 'the tags that changed',
			part: 'london_primary_up, paris_backup_down → london_primary_down, paris_backup_up',
		},
		{ says: 'the organization', part: 'Acme (549236)' },
		{ says: 'the incident', part: 'inc_london_1' },
		{ says: 'when it was reported', part: '2 May 2024, 12:12 UTC' },
	];
	test.each(says)('$says', ({ part }) => {
		for (const [target, reading] of readings(report({ sections: [FAILED, section()] }))) {
			expect({ target, isSaid: reading.includes(part) }).toEqual({ target, isSaid: true });
		}
	});

	test('nothing about tags that did not change', () => {
		for (const [, reading] of readings(report())) expect(reading).not.toContain('retail');
	});

	test('the sections in the order given, failures first', () => {
		for (const [, reading] of readings(report({ sections: [FAILED, section()] }))) {
			expect(reading.indexOf('Could not be moved')).toBeLessThan(reading.indexOf('Moved from London'));
		}
	});

	test('that a dry run wrote nothing, in the title and in a line of its own', () => {
		const rendered = renderReport(report({ isDryRun: true }));
		expect(rendered.title).toMatch(/^Dry run: 1 site/);
		for (const [, reading] of readings(report({ isDryRun: true }))) {
			expect(reading).toContain('Dry run: nothing was written.');
		}
		for (const [, reading] of readings(report())) expect(reading).not.toMatch(/dry run/i);
	});

	test('a dry run once when the title says it already', () => {
		const { title } = renderReport(report({ isDryRun: true, title: 'Dry run: 3 sites would move' }));
		expect(title).toBe('Dry run: 3 sites would move');
		const other = renderReport(report({ isDryRun: true, title: 'Acme: no dry run yet' }));
		expect(other.title).toBe('Dry run: Acme: no dry run yet');
	});

	test('nothing where nothing is known', () => {
		const bare = row({
			from: null,
			to: null,
			lossPercents: [],
			durationMs: null,
			explanation: '',
			networkUrl: null,
			tagsBefore: [],
			tagsAfter: [],
		});
		const model = report({
			title: '1 site',
			summary: '',
			incidentId: null,
			sections: [section({ rows: [bare] })],
		});
		for (const [, reading] of readings(model)) {
			expect(reading).not.toMatch(/null|undefined|NaN|→|Tags|since|Loss|loss per|Incident|\n\n\n/);
		}
	});

	test('a site without a readable name by its id', () => {
		const model = report({
			sections: [section({ rows: [row({ networkName: '\u200B ', networkId: 'N_7x' })] })],
		});
		for (const [, reading] of readings(model)) expect(reading).toContain('N_7x');
	});

	test('that a site has no name when it has no id either', () => {
		const model = report({ sections: [section({ rows: [row({ networkName: '', networkId: '' })] })] });
		for (const [, reading] of readings(model)) expect(reading).toContain('(no name)');
	});

	test('a notice without networks: the heading has no count, and there is no empty table', () => {
		const model = report({
			sections: [section({ heading: 'Key refused', nextStep: 'Renew it.', rows: [] })],
		});
		for (const [, reading] of readings(model)) {
			expect(reading).toContain('Key refused');
			expect(reading).not.toMatch(/Key refused \(|Site|more/);
			expect(reading).toContain('Renew it.');
		}
	});

	test('no empty columns', () => {
		const plain = rows(2, () => ({ lossPercents: [], durationMs: null, from: null, to: null }));
		const { markdown, html } = renderReport(report({ sections: [section({ rows: plain })] }));
		expect(markdown).toContain('| Site | Explanation |');
		expect(readHtml(html).text).not.toMatch(/Duration|Loss per minute/);
	});
});

describe('plain text', () => {
	test('reads line by line', () => {
		expect(renderReport(report()).text.split('\n')).toEqual([
			'1 site moved from London to Paris: loss on London since 12:04 UTC',
			'',
			'They go back by themselves after 5 clean minutes.',
			'',
			'Moved from London to Paris (1):',
			'- Leeds: London → Paris, loss ▁▁▃▇· 80 %, 8 min (since 12:04 UTC)',
			'  Loss to London 203.0.113.1 was 30 % or more in 3 of 5 minutes, newest 80 %.',
			'  Tags: london_primary_up, paris_backup_down → london_primary_down, paris_backup_up',
			'  https://n1.meraki.com/Leeds/n/abc/manage/usage/list',
			'',
			'Report (warning) · 2 May 2024, 12:12 UTC · Organization Acme (549236) · Incident inc_london_1',
		]);
	});

	test('a peer that is only left, or only reached', () => {
		const both = [row({ to: null }), row({ from: null })];
		const { text } = renderReport(report({ sections: [section({ rows: both })] }));
		expect(text).toContain('- Leeds: London, loss');
		expect(text).toContain('- Leeds: → Paris, loss');
	});
});

describe('Markdown', () => {
	test('an address with parentheses does not end its link early', () => {
		const model = report({
			sections: [section({ rows: [row({ networkUrl: 'https://a.example/x_(1)*' })] })],
		});
		expect(renderReport(model).markdown).toContain('[Leeds](https://a.example/x%5F%281%29%2A)');
	});
});

describe('HTML', () => {
	let html: string;
	beforeEach(() => {
		const rows = [row({ lossPercents: [0, 29, 30, null] })];
		({ html } = renderReport(report({ sections: [section({ rows })] })));
	});

	test('bars at or over the threshold stand out, and unmeasured minutes are neither', () => {
		const bars = [...html.matchAll(/<td rowspan="(\d)" width="6" bgcolor="(#[0-9a-f]+)"/g)];
		expect(bars.map((bar) => [bar[1], bar[2]]).sort()).toEqual([
			['1', '#64748b'],
			['3', '#64748b'],
			['3', '#c81e1e'],
			['8', '#e5e7eb'],
		]);
	});

	test('each column of the chart is eight steps high', () => {
		const spans = [...html.matchAll(/rowspan="(\d)"/g)].map((span) => Number(span[1]));
		expect(spans.reduce((sum, span) => sum + span, 0)).toBe(4 * 8);
	});

	test('the chart has a text alternative', () => {
		expect(readHtml(html).attributes).toContainEqual([
			'aria-label',
			'Loss per minute, oldest first: 0 %, 29 %, 30 %, not measured',
		]);
	});

	test('every table is for layout, and nothing is loaded or run', () => {
		const { tags, attributes } = readHtml(html);
		const presented = attributes.filter(([name, value]) => name === 'role' && value === 'presentation');
		expect(presented).toHaveLength(tags.filter((tag) => tag === 'table').length);
		// One, for dark colours: the mail does without it.
		expect(tags.filter((tag) => ['script', 'style', 'link', 'img', 'svg', 'form'].includes(tag))).toEqual([
			'style',
		]);
		expect(html).not.toMatch(/url\(|@import|\son[a-z]+=|src=/i);
	});

	test('the name links to the page in the dashboard', () => {
		expect(readHtml(html).attributes).toContainEqual([
			'href',
			'https://n1.meraki.com/Leeds/n/abc/manage/usage/list',
		]);
	});
});

describe('Slack', () => {
	test('a plain header, then mrkdwn that Slack does not reinterpret, then the context', () => {
		const { blocks } = renderReport(report({ severity: 'critical' })).slack;
		expect(blocks.map((block) => block.type)).toEqual(['header', 'section', 'section', 'context']);
		expect(blocks[0]).toEqual({
			type: 'header',
			text: {
				type: 'plain_text',
				text: '🔴 1 site moved from London to Paris: loss on London since 12:04 UTC',
				emoji: false,
			},
		});
		expect(blocks[1]).toMatchObject({ text: { type: 'mrkdwn', verbatim: true } });
	});

	test('a site reads as link, figures, explanation', () => {
		const texts = slackTexts(renderReport(report()).slack.blocks);
		expect(texts[2]?.split('\n').slice(1, 4)).toEqual([
			'• <https://n1.meraki.com/Leeds/n/abc/manage/usage/list|Leeds> London → Paris',
			'Loss `▁▁▃▇·` 80 % · 8 min (since 12:04 UTC)',
			'Loss to London 203.0.113.1 was 30 % or more in 3 of 5 minutes, newest 80 %.',
		]);
	});

	test('a title too long for the header follows in full', () => {
		const title = `Moved ${'x'.repeat(180)} end`;
		const texts = slackTexts(renderReport(report({ title })).slack.blocks);
		expect(texts[0]).toMatch(/…$/);
		expect(texts[1]).toBe(title);
	});
});

describe('the item', () => {
	test('carries what a branch needs to route it', () => {
		const rendered = renderReport(report({ kind: 'alert', severity: 'critical' }));
		expect(rendered).toMatchObject({
			kind: 'alert',
			severity: 'critical',
			incidentId: 'inc_london_1',
			organizationId: '549236',
		});
		expect(rendered.text).toContain('Alert (critical)');
	});

	test('networks have the rows of all sections in their order, and only links that may be followed', () => {
		const unsafe = row({ networkId: 'N_2', networkUrl: 'javascript:alert(1)', durationMs: 5 * MINUTE_MS });
		const { networks } = renderReport(report({ sections: [FAILED, section({ rows: [unsafe] })] }));
		expect(networks.map((network) => [network.networkName, network.section])).toEqual([
			['York', 'Could not be moved'],
			['Leeds', 'Moved from London to Paris'],
		]);
		expect(networks[1]).toEqual({
			networkId: 'N_2',
			networkName: 'Leeds',
			networkUrl: null,
			section: 'Moved from London to Paris',
			from: 'London',
			to: 'Paris',
			explanation: 'Loss to London 203.0.113.1 was 30 % or more in 3 of 5 minutes, newest 80 %.',
		});
	});

	test('the same model gives the same report and stays as it was', () => {
		const model = report({ sections: [FAILED, section({ rows: rows(30) })] });
		const before = JSON.stringify(model);
		expect(renderReport(model)).toEqual(renderReport(model));
		expect(JSON.stringify(model)).toBe(before);
	});
});
