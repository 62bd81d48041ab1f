import type { RenderedReport } from '../../../core/report/model';
import { renderReport } from '../../../core/report/render';
import { SAMPLE_MESSAGES } from '../../support/sampleMessages';
import { slackTexts } from './slackTexts';

const title = (name: string) => renderReport(SAMPLE_MESSAGES[name]?.() ?? failure(name)).title;

function failure(name: string): never {
	throw new Error(`There is no message ${name}`);
}

describe('the first line says what, how many, where to, why, since when', () => {
	test.each([
		['failover', 'Acme: 3 branches moved to paris (failover: london shows loss), since 11:56 UTC'],
		[
			'failover-from-a-backup',
			'Acme: 1 branch moved to rome (failover from a backup: paris shows loss), since 11:56 UTC',
		],
		['swap-back', 'Acme: 3 branches moved to london (swap back: primary is clean), after 42 min on backup'],
		[
			'dry-run',
			'Dry run: Acme: 3 branches would move to paris (failover: london shows loss), since 11:56 UTC',
		],
		[
			'failures',
			'Acme: 1 branch no longer visible to the API key after the change; 2 not moved to paris; 1 deferred to the next run, and 3 more, since 11:56 UTC',
		],
		['alert', 'Acme: Held while the active peer is lossy (1), and 2 more'],
		['over-now', 'Acme: resolved: Not moved: WAN problem at the branch (2), after 1 h'],
		['readiness-check', 'Acme: readiness check: 47 of 50 networks would fail over; 3 would not'],
		['explicit-with-hold', 'Acme: 2 branches moved to paris (failover by an operator)'],
		['thousand-sites', 'Acme: 1000 branches moved to paris (failover: london shows loss), since 11:56 UTC'],
	])('%s', (name, expected) => {
		expect(title(name)).toBe(expected);
	});
});

describe.each(Object.entries(SAMPLE_MESSAGES))('the message %s', (_name, make) => {
	let rendered: RenderedReport;
	beforeEach(() => {
		rendered = renderReport(make());
	});

	test("keeps Slack's limits: 50 blocks, 3,000 characters a text", () => {
		expect(rendered.slack.blocks.length).toBeLessThanOrEqual(50);
		for (const text of slackTexts(rendered.slack.blocks)) expect(text.length).toBeLessThanOrEqual(3000);
	});

	test('is not clipped by Gmail', () => {
		expect(new TextEncoder().encode(rendered.html).length).toBeLessThan(102_000);
	});

	test('begins with its title in every form', () => {
		expect(rendered.text.startsWith(rendered.title)).toBe(true);
		expect(rendered.markdown.startsWith('**')).toBe(true);
	});
});

test('a swap back tells how long the outage lasted and how bad it was', () => {
	expect(renderReport(SAMPLE_MESSAGES['swap-back']?.() ?? failure('swap-back')).text).toContain(
		'london was lossy for 36 min (11:15 to 11:51 UTC), up to 100 %.',
	);
});

test('failures stand first, each with its next step', () => {
	const { text } = renderReport(SAMPLE_MESSAGES['failures']?.() ?? failure('failures'));
	const places = ['No longer visible', 'Next step: Check', 'Not moved', 'Next step: Fix', 'Failed over'].map(
		(words) => text.indexOf(words, text.indexOf('\n')),
	);
	expect(places).toEqual([...places].sort((one, other) => one - other));
	expect(places[0]).toBeGreaterThan(0);
});
