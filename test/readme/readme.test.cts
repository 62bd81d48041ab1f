import type { Reason } from '../../core/decide/verdict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { MerakiDashboardApi } from '../../credentials/MerakiDashboardApi.credentials';
import { properties as evaluateProperties } from '../../nodes/EvaluateUplinkLoss/description/properties';
import { properties as swapProperties } from '../../nodes/SwapVpnTags/description/properties';
import { filesUnder, ROOT } from '../support/n8nPackage.cjs';
import { readTemplate } from '../support/n8nTemplate.cjs';

/** What the documentation says must be what the product does. */

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const readme = read('README.md');
const docs = filesUnder(join(ROOT, 'docs'))
	.filter((file) => file.endsWith('.md'))
	.map((file) => `docs/${file.slice(join(ROOT, 'docs').length + 1)}`);
const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'simulator/README.md', ...docs];
const forUsers = [readme, ...docs.map(read)].join('\n');

/** From the heading to the next one of its own or a higher level. */
function section(page: string, heading: string): string {
	const level = /^#+/.exec(heading)?.[0].length ?? 0;
	const start = page.indexOf(`\n${heading}\n`);
	if (start < 0) throw new Error(`There is no heading "${heading}".`);
	const rest = page.slice(start + heading.length + 2);
	const end = rest.search(new RegExp(`\\n#{1,${level}} `));
	return end < 0 ? rest : rest.slice(0, end);
}

/** The cells of each row of the tables in a text, without head and rule. */
function tableRows(text: string): string[][] {
	const rows = text.split('\n').map((line) => (line.startsWith('|') ? line.slice(1, -1).split('|') : null));
	return rows.flatMap((cells, at) => {
		const isHead = rows[at + 1]?.every((cell) => /^ *:?-+:? *$/.test(cell)) ?? false;
		const isRule = cells?.every((cell) => /^ *:?-+:? *$/.test(cell)) ?? false;
		return cells === null || isHead || isRule ? [] : [cells.map((cell) => cell.trim())];
	});
}

interface Setting {
	readonly name: string;
	readonly default: string;
	readonly choices: readonly string[];
}

/** Collections are rows of their own, as the panel shows them: "Options > Hold Tag". */
function settingsOf(properties: readonly INodeProperties[], prefix = ''): Setting[] {
	return properties
		.filter(({ type }) => type !== 'notice')
		.flatMap((property) => {
			const name = `${prefix}${property.displayName}`;
			if (property.type === 'collection') return settingsOf(childrenOf(property), `${name} > `);
			return [{ name, default: defaultText(property), choices: choicesOf(property) }];
		});
}

function childrenOf({ options = [] }: INodeProperties): INodeProperties[] {
	return options.filter((option): option is INodeProperties => 'displayName' in option && 'type' in option);
}

function choicesOf(property: INodeProperties): string[] {
	if (property.type !== 'options' && property.type !== 'multiOptions') return [];
	return (property.options ?? []).map((option) => option.name);
}

function defaultText({ type, default: value, options = [] }: INodeProperties): string {
	if (type === 'resourceLocator') return '(choose)';
	if (type === 'options') {
		return options.find((option) => 'value' in option && option.value === value)?.name ?? 'unknown';
	}
	if (typeof value === 'boolean') return value ? 'on' : 'off';
	if (value === '') return '(empty)';
	return typeof value === 'object' ? '(none)' : String(value);
}

/** Every name that a panel shows, also those inside of lists. */
function displayNames(properties: readonly INodeProperties[]): string[] {
	return properties
		.filter(({ type }) => type !== 'notice')
		.flatMap((property) => [
			property.displayName,
			...displayNames(childrenOf(property)),
			...(property.options ?? []).flatMap((option) =>
				'values' in option ? displayNames(option.values) : [],
			),
		]);
}

const credential = new MerakiDashboardApi();

describe('settings', () => {
	const tables = [
		['Evaluate Uplink Loss', '### Evaluate Uplink Loss', evaluateProperties],
		['Swap VPN Tags', '### Swap VPN Tags', swapProperties],
		['the credential', '## Credential', credential.properties],
	] as const;

	test.each(tables)('%s: the table has every setting with its default', (_name, heading, properties) => {
		const [table = ''] = section(readme, heading).split(/\n### /);
		const shown = tableRows(table).map(([name, value]) => `${name} | ${value}`);
		expect(shown.sort()).toEqual(
			settingsOf(properties)
				.map((setting) => `${setting.name} | ${setting.default}`)
				.sort(),
		);
	});

	test.each(tables)('%s: every choice is named beside its setting', (_name, heading, properties) => {
		const rows = new Map(tableRows(section(readme, heading)).map((cells) => [cells[0], cells.join(' ')]));
		const missing = settingsOf(properties).flatMap(({ name, choices }) =>
			choices.filter((choice) => !rows.get(name)?.includes(choice)).map((choice) => `${name}: ${choice}`),
		);
		expect(missing).toEqual([]);
	});

	test('every name of a panel is explained somewhere', () => {
		const all = [...evaluateProperties, ...swapProperties, ...credential.properties];
		expect(displayNames(all).filter((name) => !forUsers.includes(name))).toEqual([]);
	});

	test('"How it decides" names settings as the panels do', () => {
		const known = new Set(displayNames([...evaluateProperties, ...swapProperties]));
		const named = tableRows(section(readme, '## How it decides')).flatMap((cells) =>
			(cells[2] ?? '').split(',').map((name) => name.trim()),
		);
		expect(named.filter((name) => name !== '' && !known.has(name))).toEqual([]);
	});
});

describe('reasons', () => {
	/** The type checker keeps this list whole. */
	const all: Record<Reason, true> = {
		backupFailing: true,
		handMove: true,
		healthy: true,
		hold: true,
		lineFault: true,
		maintenance: true,
		massFailover: true,
		noCandidate: true,
		noData: true,
		noStatus: true,
		neverHealthy: true,
		offline: true,
		outsideWindow: true,
		paused: true,
		primaryFailing: true,
		primaryRecovered: true,
		recoveryPending: true,
		swapBackRate: true,
		tagsInconsistent: true,
		untracked: true,
		watching: true,
	};

	test('docs/reasons.md has every reason once, with what to do, and no other', () => {
		const rows = tableRows(read('docs/reasons.md'));
		expect(rows.map(([reason]) => reason?.replaceAll('`', '')).sort()).toEqual(Object.keys(all).sort());
		expect(rows.filter(([, words, todo]) => !words || !todo)).toEqual([]);
	});
});

describe('quoted sentences', () => {
	/** As written in the source, with escapes undone and templates cut at what they fill in. */
	const product = [
		...['core', 'meraki', 'nodes'].flatMap((part) => filesUnder(join(ROOT, part))),
		join(ROOT, 'workflows', 'meraki-vpn-failover.json'),
	]
		.map((file) => readFileSync(file, 'utf8').replaceAll('\\', ''))
		.join('\n');

	const isSaid = (quoted: string): boolean =>
		quoted
			.split('…')
			.map((part) => part.trim())
			.every((part) => product.includes(part));

	test('Troubleshooting quotes what the product says', () => {
		const quoted = [...section(readme, '## Troubleshooting').matchAll(/“([^”]+)”/g)].map(
			([, text]) => text ?? '',
		);
		expect(quoted.length).toBeGreaterThan(10);
		expect(quoted.filter((text) => !isSaid(text))).toEqual([]);
	});

	test('headings of messages are those of the product', () => {
		const tables = [
			...tableRows(section(read('docs/messages.md'), '### What Report can say')).map(([heading]) => heading),
			...tableRows(section(read('docs/messages.md'), '### What Alert can say')).map(([heading]) => heading),
			...tableRows(read('docs/reasons.md')).map(([, words]) => words),
		];
		const headings = tables.flatMap((cell) => [...(cell ?? '').matchAll(/\*([^*]+)\*/g)]);
		const panels = [
			...displayNames([...evaluateProperties, ...swapProperties]),
			...[...evaluateProperties, ...swapProperties].flatMap((property) => choicesOf(property)),
		];
		const texts = headings.map(([, text]) => (text ?? '').replace('...', '').trim());
		const unknown = texts.filter((text) => !isSaid(text) && !panels.includes(text) && !isOutside(text));
		expect(unknown).toEqual([]);
	});

	/** Menus of Meraki's dashboard, and a role as it stands in a tag. */
	const isOutside = (text: string): boolean => text.includes(' > ') || text === 'up';
});

describe('first dry run', () => {
	test('has the steps of the note "Start Here", by the same names', () => {
		const note = readTemplate().nodes.find(({ name }) => name === 'Start Here');
		const content = String(note?.parameters['content']);
		const steps = [...content.matchAll(/\*\*(\d)\. ([^*]+)\*\*/g)].map(([, number, name]) => [number, name]);
		const shown = [
			...section(readme, '## First dry run in five minutes').matchAll(/^(\d)\. \*\*([^*]+)\*\*/gm),
		];
		expect(steps.length).toBeGreaterThan(0);
		expect(shown.map(([, number, name]) => [number, name])).toEqual(steps);
	});

	test('names nodes as the template does', () => {
		const names = readTemplate().nodes.map(({ name }) => name);
		const named = ['Messages That Failed', 'Heartbeat', 'Start Here'];
		expect(named.filter((name) => !readme.includes(name) || !names.includes(name))).toEqual([]);
	});
});

describe.each(pages)('%s', (page) => {
	const text = read(page);

	test('names npm scripts that exist', () => {
		const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
		const named = [...text.matchAll(/\bnpm (?:run ([a-z0-9:-]+)|(start|test)\b)/g)].map(
			([, script, short]) => script ?? short ?? '',
		);
		expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
	});

	test('links to files and headings that exist', () => {
		const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
		const local = links.filter((target) => !/^[a-z]+:/.test(target));
		expect(local.filter((target) => !leadsSomewhere(page, target))).toEqual([]);
	});

	test('names files that exist', () => {
		const named = [
			...text.matchAll(/`((?:core|meraki|nodes|simulator|test|workflows|scripts)\/[^`*<\s]*)`/g),
		];
		const paths = named.map(([, path]) => path ?? '');
		expect(paths.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
	});
});

function leadsSomewhere(page: string, target: string): boolean {
	const [path = '', anchor] = target.split('#');
	const file = path === '' ? join(ROOT, page) : join(ROOT, dirname(page), path);
	if (!existsSync(file)) return false;
	if (anchor === undefined) return true;
	const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(
		([, heading]) => heading ?? '',
	);
	return headings.some((heading) => anchorOf(heading) === anchor);
}

/** As GitHub makes them. */
function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\p{L}\p{N} _-]/gu, '')
		.replaceAll(' ', '-');
}

test('the index in README leads to every document', () => {
	const index = section(readme, '## Documentation');
	const all = pages.filter((page) => page !== 'README.md');
	expect(all.filter((page) => !index.includes(`](${page})`))).toEqual([]);
});

test('the anchor of the credential, to which n8n links, exists', () => {
	expect(leadsSomewhere('README.md', `#${credential.documentationUrl.split('#')[1] ?? ''}`)).toBe(true);
});

test('Node and disk needs are those of the start', () => {
	expect(read('scripts/n8n/n8nInstallation.cts')).toMatch(/4 to 6 minutes/);
	expect(section(readme, '## Try it without a Meraki account')).toMatch(/4 to 6 minutes and 3 GB/);
});

test('the documentation names its own version', () => {
	const { version } = JSON.parse(read('package.json')) as { version: string };
	expect(section(readme, '## Version history')).toContain(`**${version}**`);
	expect(read('CHANGELOG.md')).toMatch(new RegExp(`^## \\[?${version.replaceAll('.', '\\.')}\\b`, 'm'));
});
