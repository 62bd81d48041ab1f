import { readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { filesUnder, ROOT } from '../support/n8nPackage.cjs';

/** What each part may import: nodes -> meraki -> core, as docs/architecture.md says. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
	core: ['core'],
	meraki: ['meraki', 'core'],
	nodes: ['nodes', 'meraki', 'core', 'n8n-workflow'],
	credentials: ['credentials', 'n8n-workflow'],
};

interface Source {
	/** From the root, with slashes. */
	readonly path: string;
	readonly text: string;
}

function sourcesOf(part: string): Source[] {
	return filesUnder(join(ROOT, part))
		.filter((file) => file.endsWith('.ts'))
		.map((file) => ({ path: relative(ROOT, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }));
}

function importsOf({ text }: Source): string[] {
	const found = text.matchAll(
		/(?:^|[\s;}])(?:import|export)\s[^'"`;]*?\sfrom\s*['"]([^'"]+)['"]|import\s*['"]([^'"]+)['"]|(?:import|require)\(\s*['"`]([^'"`]+)['"`]/g,
	);
	return [...found].map(([, from, bare, called]) => from ?? bare ?? called ?? '');
}

/** The part that an import reaches: a folder of the root, or a package. */
function partOf(source: Source, imported: string): string {
	if (!imported.startsWith('.')) return imported;
	return posix.normalize(posix.join(posix.dirname(source.path), imported)).split('/')[0] ?? '';
}

function reversed(sources: readonly Source[]): string[] {
	return sources.flatMap((source) => {
		const allowed = ALLOWED[source.path.split('/')[0] ?? ''] ?? [];
		return importsOf(source)
			.filter((imported) => !allowed.includes(partOf(source, imported)))
			.map((imported) => `${source.path} imports ${imported}`);
	});
}

describe('arrows point one way', () => {
	it.each(Object.keys(ALLOWED))('%s imports only what it may', (part) => {
		const sources = sourcesOf(part);
		expect(sources.length).toBeGreaterThan(0);
		expect(reversed(sources)).toEqual([]);
	});

	it('really reads the imports', () => {
		const counted = sourcesOf('nodes').flatMap(importsOf);
		expect(counted).toContain('n8n-workflow');
		expect(counted.length).toBeGreaterThan(30);
	});

	it.each([
		['core/decide/decide.ts', "import { MerakiClient } from '../../meraki/client/client';"],
		['core/decide/decide.ts', "import type { INode } from 'n8n-workflow';"],
		['core/report/render.ts', "export { x } from '../../meraki/http/urls';"],
		['core/decide/decide.ts', "import { readFile } from 'node:fs';"],
		['meraki/client/client.ts', "import { sleep } from 'n8n-workflow';"],
		['meraki/parse/loss.ts', "import {\n\tfoo,\n} from '../../nodes/shared/outputItem';"],
		['meraki/client/client.ts', "const axios = require('axios');"],
		['nodes/shared/outputItem.ts', "import axios from 'axios';"],
		['nodes/shared/outputItem.ts', "import '../../simulator/simulator.cjs';"],
		['credentials/A.credentials.ts', "import { resolveBaseUrl } from '../meraki/baseUrl';"],
	])('a reversed one is found: %s', (path, text) => {
		expect(reversed([{ path, text }])).toHaveLength(1);
	});
});

describe('the oracle of the model is the rules once more', () => {
	it('and imports nothing but itself and the facts it is told', () => {
		const imported = sourcesOf('test/model/oracle').flatMap(importsOf);
		expect(imported).toContain('../input');
		expect(imported.filter((each) => each !== '../input' && !each.startsWith('./'))).toEqual([]);
	});

	it('whose facts import nothing', () => {
		const [facts] = sourcesOf('test/model').filter(({ path }) => path === 'test/model/input.ts');
		expect(facts && importsOf(facts)).toEqual([]);
	});
});

describe('core is pure', () => {
	it.each([
		['a clock', /\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now/],
		['chance', /\bMath\.random\(|\bcrypto\./],
		['input or output', /\bfetch\(|\bprocess\.|\bconsole\.|\bsetTimeout\(/],
		['anything asynchronous', /\basync\b|\bawait\b|\bPromise\b/],
	])('it has no %s', (_what, pattern) => {
		expect(
			sourcesOf('core')
				.filter(({ text }) => pattern.test(withoutComments(text)))
				.map(({ path }) => path),
		).toEqual([]);
	});
});

describe('meraki is handed its surroundings', () => {
	it('and takes no clock, no chance and no network of its own', () => {
		const own =
			/\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now|\bMath\.random\(|\bfetch\(|\bprocess\.|\bconsole\.|\bsetTimeout\(/;
		expect(
			sourcesOf('meraki')
				.filter(({ text }) => own.test(withoutComments(text)))
				.map(({ path }) => path),
		).toEqual([]);
	});
});

describe('the unit tests', () => {
	it('say nothing that Jest alone understands: mutants run in Mocha', () => {
		const jestAlone = /\bjest\b|\.toMatchSnapshot\(|\.toMatchInlineSnapshot\(/;
		const tests = [...sourcesOf('test/core'), ...sourcesOf('test/meraki'), ...sourcesOf('test/support')];
		expect(tests.length).toBeGreaterThan(100);
		expect(tests.filter(({ text }) => jestAlone.test(withoutComments(text))).map(({ path }) => path)).toEqual(
			[],
		);
	});
});

describe('what is built', () => {
	it('requires nothing but itself and n8n-workflow', () => {
		const required = filesUnder(join(ROOT, 'dist'))
			.filter((file) => file.endsWith('.js'))
			.flatMap((file) =>
				[...readFileSync(file, 'utf8').matchAll(/\brequire\(["']([^"']+)["']\)/g)].map(
					([, name]) => name ?? '',
				),
			);
		expect([...new Set(required.filter((name) => !name.startsWith('.')))]).toEqual(['n8n-workflow']);
	});
});

function withoutComments(text: string): string {
	return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
