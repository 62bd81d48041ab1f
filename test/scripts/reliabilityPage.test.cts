import { readPage, sectionOf, SECTIONS, withSection } from '../../scripts/reliabilityPage.cjs';

describe('docs/reliability.md', () => {
	const page = readPage();

	it.each(SECTIONS)('has the marks of "%s" exactly once, and something between them', (section) => {
		expect(sectionOf(page, section)).not.toBe('');
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
