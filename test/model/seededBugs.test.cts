import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEEDED_BUGS } from './seededBugs.cjs';

/** The hunt itself is `test/figures/seededBugs.cts`. */
describe('bugs to be seeded', () => {
	it.each(SEEDED_BUGS)('$rule $name: the text still stands in $file, once', ({ file, find, replace }) => {
		const text = readFileSync(join(__dirname, '..', '..', file), 'utf8');
		expect(text.split(find)).toHaveLength(2);
		expect(replace).not.toBe(find);
	});

	it('are ten at least, each of its own', () => {
		expect(SEEDED_BUGS.length).toBeGreaterThanOrEqual(10);
		expect(new Set(SEEDED_BUGS.map(({ name }) => name)).size).toBe(SEEDED_BUGS.length);
	});
});
