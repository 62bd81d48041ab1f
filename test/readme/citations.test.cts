import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { filesUnder, ROOT } from '../support/n8nPackage.cjs';

const CITING = ['core', 'meraki', 'nodes', 'credentials', 'simulator', 'scripts', 'test', 'docs'];

interface Citation {
	readonly file: string;
	readonly cited: string;
}

function read(path: string): string {
	return readFileSync(join(ROOT, path), 'utf8');
}

/** What files of the repository cite in this form. */
function citations(pattern: RegExp): Citation[] {
	const files = [
		...CITING.flatMap((folder) => filesUnder(join(ROOT, folder))),
		join(ROOT, 'README.md'),
		join(ROOT, 'CONTRIBUTING.md'),
	].filter((file) => /\.(c?ts|md)$/.test(file) && !file.includes('node_modules'));
	return files.flatMap((file) =>
		[...readFileSync(file, 'utf8').matchAll(pattern)].map(([cited]) => ({
			file: relative(ROOT, file).split(sep).join('/'),
			cited,
		})),
	);
}

function unknown(found: readonly Citation[], isKnown: (cited: string) => boolean): string[] {
	return found.filter(({ cited }) => !isKnown(cited)).map(({ file, cited }) => `${file} cites ${cited}`);
}

describe('what is cited exists', () => {
	const rules = read('docs/rules.md');
	const traps = read('docs/meraki-api.md');
	const isRule = (cited: string) => rules.includes(`**${cited}**`) || rules.includes(`## ${cited} `);
	const isTrap = (cited: string) => traps.includes(`| ${cited} |`);

	test('every rule number leads to docs/rules.md', () => {
		const found = citations(/\bR[1-8]\.\d+\b/g);
		expect(found.length).toBeGreaterThan(300);
		expect(unknown(found, isRule)).toEqual([]);
	});

	test('every trap leads to docs/meraki-api.md', () => {
		const found = citations(/\btrap \d+\b/g);
		expect(found.length).toBeGreaterThan(30);
		expect(unknown(found, isTrap)).toEqual([]);
	});

	test('a number that does not exist would be found', () => {
		expect(unknown([{ file: 'a.ts', cited: `R2.${99}` }], isRule)).toHaveLength(1);
		expect(unknown([{ file: 'a.ts', cited: `trap ${99}` }], isTrap)).toHaveLength(1);
	});

	test('no document is cited that the repository does not hold', () => {
		expect(citations(/\((?:the )?design\b[^)]*\)|\bdesign, section\b/g)).toEqual([]);
	});

	test.each(['docs/architecture.md', 'core/README.md', 'test/model/README.md', 'docs/rules.md'])(
		'every path in %s exists',
		(document) => {
			const paths = [
				...read(document).matchAll(/`((?:core|meraki|nodes|test|docs|scripts)\/[\w./-]+)`/g),
			].map(([, path]) => path ?? '');
			expect(paths.length).toBeGreaterThan(0);
			expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
		},
	);
});
