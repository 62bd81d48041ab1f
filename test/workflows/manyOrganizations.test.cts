import { join } from 'node:path';
import { safeParseWorkflowStructure } from 'n8n-workflow';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { withOrganizations } from '../../scripts/templates/manyOrganizations.cjs';
import type { Workflow } from '../../scripts/n8n/workflowSetup.cjs';
import {
	Bench,
	branch,
	EVALUATE,
	FAILED,
	jsonOf,
	ON_PRIMARY,
	OTHER_KEYS,
	organization,
	PRIMARY_IP,
	primaryLoss,
	REPORT,
	SUMMARY,
	SWAP,
	SWAPPED,
} from '../support/n8nMeraki.cjs';
import type { StoredWorkflow } from '../support/n8nEngine.cjs';
import { ROOT } from '../support/n8nPackage.cjs';
import { filledIn, overlapsOf, readTemplate, stubbedTypes } from '../support/n8nTemplate.cjs';

const template = readTemplate(join(ROOT, 'workflows', 'meraki-vpn-failover-many-organizations.json'));

describe('the variant for many organizations', () => {
	it('is the template with a list before it; where not: node --require tsx/cjs scripts/templates/manyOrganizations.cts', () => {
		const single = JSON.parse(JSON.stringify(readTemplate())) as Workflow;
		expect(template).toEqual(withOrganizations(single));
	});

	it('is what n8n imports, every node once, nothing of it covered', () => {
		expect(safeParseWorkflowStructure(JSON.parse(JSON.stringify(template)))).toMatchObject({ success: true });
		const { nodes } = template;
		expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		expect(overlapsOf(nodes)).toEqual([]);
	});

	it('lists organizations by ID as text, none of them real', () => {
		const list = template.nodes.find(({ name }) => name === 'Organizations');
		expect(JSON.parse(String(list?.parameters['jsonOutput']))).toEqual({
			organizations: [
				{ organizationId: 'ID-OF-THE-FIRST', customer: 'First customer' },
				{ organizationId: 'ID-OF-THE-SECOND', customer: 'Second customer' },
			],
		});
	});

	it('says what to fill in', () => {
		const notes = template.nodes.map(({ parameters }) => String(parameters['content'] ?? '')).join('\n');
		expect(notes).toMatch(/\*\*2\. Organizations\*\* Open \*Organizations\* and list yours/);
		expect(notes).toMatch(/Uses the list of \*Organizations\*/);
		expect(notes).not.toMatch(/\*\*2\. Organization\*\*|Uses the organization of/);
	});
});

describe('the variant for many organizations, run in n8n against a simulated dashboard', () => {
	let bench: Bench;

	afterEach(async () => {
		await bench.close();
	});

	const customer = (id: string) =>
		organization({
			id,
			name: `Customer ${id}`,
			networks: [branch(`N_${id}1`, `Leeds ${id}`), branch(`N_${id}2`, `York ${id}`)],
		});

	/** What n8n's own nodes do here. */
	const behaviours = {
		set: async function (this: IExecuteFunctions) {
			const text = String(this.getNodeParameter('jsonOutput', 0));
			return [[{ json: JSON.parse(text) as INodeExecutionData['json'] }]];
		},
		splitOut: async function (this: IExecuteFunctions) {
			const field = String(this.getNodeParameter('fieldToSplitOut', 0));
			const items = this.getInputData().flatMap(({ json }) => json[field] as INodeExecutionData['json'][]);
			return [items.map((json) => ({ json, pairedItem: { item: 0 } }))];
		},
	};

	const READ = { set: ['jsonOutput'], splitOut: ['fieldToSplitOut'] };

	const listing = (...organizationIds: readonly string[]) =>
		bench.store(filledIn(template, { dryRun: false, organizationIds }));

	async function run(workflow: StoredWorkflow, startAt = 'Every 30 Seconds', apiKey?: string) {
		const nodeTypes = stubbedTypes(template, behaviours, READ);
		return await bench.run(workflow, {
			nodeTypes,
			startAt,
			...(apiKey === undefined ? {} : { credential: { apiKey } }),
		});
	}

	it('moves the branches of one, leaves those of another, and tells of the one that cannot be read', async () => {
		bench = await Bench.open({
			organizations: ['1', '2', '3'].map(customer),
			events: [primaryLoss({ atMinutes: -5, where: { ip: '203.0.113.10', organization: '2' } })],
		});
		// The key may not read the first one.
		const { outputs, error } = await run(listing('1', '2', '3'), undefined, OTHER_KEYS.forbidden);
		expect(error).toBeUndefined();
		const summaries = jsonOf(outputs(EVALUATE)[SUMMARY]);
		expect(summaries.map(({ organizationId, status }) => [organizationId, status])).toEqual([
			['1', 'blind'],
			['2', 'evaluated'],
			['3', 'evaluated'],
		]);
		expect(jsonOf(outputs(SWAP)[SWAPPED]).map(({ networkId }) => networkId)).toEqual(['N_21', 'N_22']);
		expect(jsonOf(outputs(SWAP)[REPORT]).map(({ organizationId }) => organizationId)).toEqual(['2']);
		expect(bench.writes.map(({ networkId }) => networkId)).toEqual(['N_21', 'N_22']);
	});

	it('writes one organization while another one refuses its writes, and reports each', async () => {
		bench = await Bench.open({ organizations: ['1', '2'].map(customer) });
		const workflow = listing('1', '2');
		await run(workflow);
		bench.simulator.applyEvent({ kind: 'loss', lossPercent: 100, where: { ip: PRIMARY_IP } });
		bench.minutes(5);
		bench.simulator.addFault({
			match: { method: 'PUT', path: '/networks/N_1*' },
			effect: { kind: 'status', status: 403, errors: ['This organization is read only'] },
		});
		const { outputs } = await run(workflow);
		expect(jsonOf(outputs(SWAP)[SWAPPED]).map(({ networkId }) => networkId)).toEqual(['N_21', 'N_22']);
		const failed = jsonOf(outputs(SWAP)[FAILED]);
		expect(failed.map(({ networkId }) => networkId)).toEqual(['N_11', 'N_12']);
		expect(JSON.stringify(failed)).toContain('This organization is read only');
		expect(jsonOf(outputs(SWAP)[REPORT]).map(({ organizationId }) => organizationId)).toEqual(['1', '2']);
		expect([bench.tags('N_11'), bench.tags('N_22')].map((tags) => tags.includes('paris_backup_up'))).toEqual([
			false,
			true,
		]);
	});

	it('checks each of them up by hand, by the same list', async () => {
		bench = await Bench.open({ organizations: ['1', '2'].map(customer) });
		const { outputs, error } = await run(listing('1', '2'), 'Readiness Check by Hand');
		expect(error).toBeUndefined();
		expect(jsonOf(outputs('Readiness Check')[0]).map(({ organizationId }) => organizationId)).toEqual([
			'1',
			'2',
		]);
		for (const network of ['N_11', 'N_22']) expect(bench.tags(network)).toEqual(ON_PRIMARY);
	});
});
