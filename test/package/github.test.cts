import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { filesUnder, ROOT } from '../support/n8nPackage.cjs';

interface Step {
	readonly uses?: string;
	readonly run?: string;
}
interface Job {
	readonly steps: readonly Step[];
	readonly permissions?: Record<string, string>;
	readonly strategy?: { readonly matrix: Record<string, readonly unknown[]> };
	readonly 'timeout-minutes'?: number;
}
interface Workflow {
	readonly on: Record<string, unknown>;
	readonly permissions: Record<string, string>;
	readonly jobs: Record<string, Job>;
}

const folder = join(ROOT, '.github');
const yamlFiles = filesUnder(folder).filter((file) => file.endsWith('.yml'));

function read(file: string): unknown {
	const document = parseDocument(readFileSync(file, 'utf8'), { strict: true, uniqueKeys: true });
	if (document.errors[0]) throw document.errors[0];
	return document.toJS();
}

function workflow(name: string): Workflow {
	return read(join(folder, 'workflows', `${name}.yml`)) as Workflow;
}

const jobs = (of: Workflow) => Object.values(of.jobs);
const commands = (of: Workflow) => jobs(of).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
	scripts: Record<string, string>;
};

describe('the files for GitHub', () => {
	it('are YAML without doubled keys', () => {
		expect(yamlFiles.length).toBeGreaterThanOrEqual(5);
		for (const file of yamlFiles) expect(read(file)).toEqual(expect.any(Object));
	});

	it('call only scripts that exist, and pin every action to a version', () => {
		for (const each of [workflow('ci'), workflow('publish')]) {
			for (const command of commands(each)) {
				const [, script] = /^npm run ([\w:]+)/.exec(command) ?? [];
				if (script !== undefined) expect(scripts).toHaveProperty([script]);
				if (command.startsWith('.')) expect(existsSync(join(ROOT, command))).toBe(true);
			}
			for (const { uses } of jobs(each).flatMap(({ steps }) => steps))
				if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/);
		}
	});

	it('end jobs that hang, and give no job more rights than it needs', () => {
		for (const each of [workflow('ci'), workflow('publish')]) {
			expect(each.permissions).toEqual({ contents: 'read' });
			for (const job of jobs(each)) expect(job['timeout-minutes']).toBeLessThanOrEqual(90);
		}
	});

	it('test each change on the Node versions that n8n runs on, and once with a real n8n', () => {
		const ci = workflow('ci');
		expect(Object.keys(ci.on)).toEqual(['push', 'pull_request']);
		expect(ci.jobs['test']?.strategy?.matrix['node']).toEqual([20, 22, 24]);
		expect(commands(ci)).toEqual(['npm ci', 'npm test', '.ci/run']);
	});

	it('publish only what was tested and checked, with provenance and without a stored token', () => {
		const publish = workflow('publish');
		expect(publish.on).toEqual({ release: { types: ['published'] } });
		expect(publish.jobs['publish']?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
		expect(commands(publish)).toEqual([
			'npm ci',
			'npm test',
			'npm run release:check -- --tag "$GITHUB_REF_NAME"',
			'npm publish --provenance --access public',
		]);
		expect(JSON.stringify(publish)).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/);
	});
});

describe('the forms for issues', () => {
	it('ask for what a correction needs, and warn not to paste keys', () => {
		const bug = read(join(folder, 'ISSUE_TEMPLATE', 'bug.yml')) as {
			body: readonly { id?: string; type: string }[];
		};
		const ids = bug.body.flatMap(({ id }) => id ?? []);
		expect(ids).toEqual(['expected', 'report', 'tags', 'version', 'n8n', 'simulator']);
		expect(JSON.stringify(bug.body[0])).toMatch(/no API key/);
		expect(new Set(ids).size).toBe(ids.length);
	});

	it('send security problems to the private way', () => {
		const config = read(join(folder, 'ISSUE_TEMPLATE', 'config.yml'));
		expect(config).toMatchObject({ blank_issues_enabled: false });
		expect(JSON.stringify(config)).toContain('/security/advisories/new');
	});
});
