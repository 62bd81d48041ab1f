import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { filesUnder, ROOT } from '../support/n8nPackage.cjs';

/** What code, tests and documents cite must exist: rules, traps, paths. */

const FOLDERS = ['core', 'meraki', 'nodes', 'credentials', 'simulator', 'scripts', 'test', 'docs'];
const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'];

interface Text {
	/** From the root, with slashes. */
	readonly path: string;
	readonly text: string;
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const texts: readonly Text[] = [
	...FOLDERS.flatMap((folder) => filesUnder(join(ROOT, folder))).map((file) =>
		relative(ROOT, file).split(sep).join('/'),
	),
	...PAGES,
]
	.filter((path) => /\.(?:[cm]?[jt]s|md)$/.test(path))
	.map((path) => ({ path, text: read(path) }));

/** Each as `path: citation`, in the order of the files. */
function citations(pattern: RegExp, from: readonly Text[] = texts): string[] {
	return from.flatMap(({ path, text }) => [...text.matchAll(pattern)].map(([cited]) => `${path}: ${cited}`));
}

/** Those whose citation is no heading. */
function withoutHeading(found: readonly string[], headings: ReadonlySet<string>): string[] {
	return found.filter((each) => !headings.has(each.slice(each.indexOf(': ') + 2)));
}

/** What the headings of a document begin with: `R2`, `R2.4`, `trap 11`. */
function headingsOf(path: string, pattern: RegExp): string[] {
	return [...read(path).matchAll(pattern)].map(([, name]) => name ?? '');
}

describe('every rule number leads to a heading of docs/rules.md', () => {
	const RULE = /\bR\d+\.\d+\b/g;
	const PART = /\bR\d+\b(?!\.\d)/g;
	const all = headingsOf('docs/rules.md', /^#{2,3} (R\d+(?:\.\d+)?) \S/gm);
	const headings = new Set(all);

	test('no number has two headings, and the rules of a part are numbered without a gap', () => {
		expect(all).toEqual([...headings]);
		const gaps = all.filter((name) => {
			const [part, rule] = name.split('.');
			return rule !== undefined && rule !== '1' && !headings.has(`${part}.${Number(rule) - 1}`);
		});
		expect(gaps).toEqual([]);
	});

	test.each([
		['rules, such as R2.4', RULE, 300],
		['whole parts, such as R7', PART, 50],
	])('%s', (_which, pattern, atLeast) => {
		const found = citations(pattern);
		expect(found.length).toBeGreaterThan(atLeast);
		expect(withoutHeading(found, headings)).toEqual([]);
	});

	test('a number that does not exist is found', () => {
		const text = `// ${'R2'}.${99}, ${'R'}${9}`;
		const wrong = [{ path: 'a.ts', text }];
		expect(withoutHeading(citations(RULE, wrong), headings)).toEqual([`a.ts: ${'R2'}.${99}`]);
		expect(withoutHeading(citations(PART, wrong), headings)).toEqual([`a.ts: ${'R'}${9}`]);
	});
});

describe('every trap leads to a heading of docs/meraki-api.md', () => {
	const TRAP = /\btrap \d+\b/g;
	const all = headingsOf('docs/meraki-api.md', /^### (trap \d+): \S/gm);
	const headings = new Set(all);

	test('no trap has two headings', () => {
		expect(all).toEqual([...headings]);
	});

	test('every citation', () => {
		const found = citations(TRAP);
		expect(found.length).toBeGreaterThan(30);
		expect(withoutHeading(found, headings)).toEqual([]);
	});

	test('every trap names its source', () => {
		const [, ...sections] = read('docs/meraki-api.md').split(/^### (?=trap )/m);
		const traps = sections.map((section) => section.split(/^#/m)[0] ?? '');
		expect(traps).toHaveLength(all.length);
		expect(traps.filter((trap) => !/^Source: \S/m.test(trap))).toEqual([]);
	});

	test('one that does not exist is found', () => {
		const wrong = [{ path: 'a.ts', text: `// ${'trap'} ${99}` }];
		expect(withoutHeading(citations(TRAP, wrong), headings)).toEqual([`a.ts: ${'trap'} ${99}`]);
	});
});

test('no document is cited that the repository does not hold', () => {
	expect(citations(/\((?:the )?design\b[^)]*\)|\bdesign, section\b/g)).toEqual([]);
});

test('every reason leads to its rule and to its source file', () => {
	const rows = read('docs/reasons.md')
		.split('\n')
		.filter((line) => line.startsWith('| `'));
	expect(rows.length).toBeGreaterThan(20);
	const isLinked = (row: string) => /\]\(rules\.md#r\d+\w*-?/.test(row) && /\]\(\.\.\/core\//.test(row);
	expect(rows.filter((row) => !isLinked(row))).toEqual([]);
});

describe('every path that is named exists', () => {
	const PATH =
		/(?<![\w/.-])(?:\.{1,2}\/)*((?:core|meraki|nodes|credentials|workflows|simulator|scripts|test|docs)\/[\w./-]*\w)/g;
	const missing = (text: string): string[] =>
		[...text.matchAll(PATH)].map(([, path]) => path ?? '').filter((path) => !existsSync(join(ROOT, path)));

	test.each(['docs/architecture.md', 'docs/rules.md', 'core/README.md', 'test/model/README.md'])(
		'%s',
		(document) => {
			expect(read(document)).toMatch(PATH);
			expect(missing(read(document))).toEqual([]);
		},
	);

	test('one that does not exist is found, in a link as well', () => {
		expect(missing('`core/none.ts` and [it](../docs/none.md#here).')).toEqual([
			'core/none.ts',
			'docs/none.md',
		]);
	});
});
