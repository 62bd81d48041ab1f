import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMPTY_ORGANIZATION_MEMORY } from '../../core/memory/memory';
import { readPage, sectionOf, SECTIONS, withSection } from '../figures/reliabilityPage.cjs';
import { filesUnder, ROOT } from '../support/n8nPackage.cjs';

describe('docs/reliability.md', () => {
	const page = readPage();

	it.each(SECTIONS)('has the marks of "%s" exactly once, and something between them', (section) => {
		expect(sectionOf(page, section)).not.toBe('');
	});
});

describe('what memory survives', () => {
	const section = readPage().split('## What memory survives')[1] ?? '';
	const tests = ['core', 'integration']
		.flatMap((folder) => filesUnder(join(ROOT, 'test', folder)))
		.map((file) => readFileSync(file, 'utf8'))
		.join('\n');

	it('names every field of the memory of an organization', () => {
		for (const field of Object.keys(EMPTY_ORGANIZATION_MEMORY)) expect(section).toContain(`\`${field}\``);
	});

	it('names only tests that exist', () => {
		const names = [...section.matchAll(/"([^"]+)"/g)].map(([, name]) => name ?? '');
		expect(names.length).toBeGreaterThan(5);
		// Of a table of cases only the case stands in the source.
		for (const name of names) expect(tests).toContain(`'${name.replace(/ leads to the same moves$/, '')}'`);
	});

	it('names only what befalls the model', () => {
		const befalls = [...section.matchAll(/the model \(\*([^*]+)\*\)/g)].map(([, kind]) => kind);
		const model = readFileSync(join(ROOT, 'test', 'model', 'model.test.cts'), 'utf8');
		expect(befalls.length).toBeGreaterThan(2);
		for (const kind of befalls) expect(model).toContain(`'${kind ?? ''}'`);
	});
});

describe('a section of the page', () => {
	const page = SECTIONS.map(
		(section) => `# ${section}\n\n<!-- begin: ${section} -->\nold\n<!-- end: ${section} -->\n`,
	).join('\n');

	it('is replaced, and nothing else is', () => {
		const written = withSection(page, 'chaos', '\n7 cycles $& $1\n');
		expect(sectionOf(written, 'chaos')).toBe('7 cycles $& $1');
		expect(withSection(written, 'chaos', 'old').replaceAll('\n\n', '\n')).toBe(page.replaceAll('\n\n', '\n'));
		for (const other of SECTIONS) if (other !== 'chaos') expect(sectionOf(written, other)).toBe('old');
	});

	it('is refused where its marks are gone or stand twice', () => {
		expect(() => sectionOf(page.replace('<!-- end: model -->', ''), 'model')).toThrow('exactly once');
		expect(() => withSection(page + page, 'model', 'new')).toThrow('exactly once');
	});
});
