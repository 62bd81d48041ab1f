import { safeParseWorkflowStructure } from 'n8n-workflow';
import { PACKAGE_NAME } from '../support/n8nPackage.cjs';
import { MANUAL_SWAP_PATH, overlapsOf, readTemplate } from '../support/n8nTemplate.cjs';

const template = readTemplate(MANUAL_SWAP_PATH);
const { nodes, connections } = template;
const SWAP_TYPE = `${PACKAGE_NAME}.swapVpnTags`;
/** Looked up in the node types of n8n 1.123.81, 2.0.0 and 2.41.1: a newer version would not open in the older ones. */
const VERSIONS: Readonly<Record<string, number>> = {
	[SWAP_TYPE]: 1,
	'n8n-nodes-base.formTrigger': 2.3,
	'n8n-nodes-base.form': 2.3,
	'n8n-nodes-base.if': 2.2,
	'n8n-nodes-base.stickyNote': 1,
};

const named = (name: string) => {
	const found = nodes.find((node) => node.name === name);
	if (found === undefined) throw new Error(`There is no ${name}`);
	return found;
};
const targets = (name: string) =>
	(connections[name]?.['main'] ?? []).map((to) => (to ?? []).map(({ node }) => node));

describe('the form for moving branches by hand', () => {
	it('is what n8n imports, every node once, nothing of it covered', () => {
		expect(safeParseWorkflowStructure(JSON.parse(JSON.stringify(template)))).toMatchObject({ success: true });
		expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		expect(overlapsOf(nodes)).toEqual([]);
	});

	it('has only types and versions that n8n knows', () => {
		for (const { name, type, typeVersion } of nodes)
			expect([name, typeVersion]).toEqual([name, VERSIONS[type]]);
	});

	it('asks who opens it: whoever does can move branches', () => {
		expect(named('Move Branches by Hand').parameters['authentication']).toBe('basicAuth');
	});

	it('has nothing of an instance in it', () => {
		expect(Object.keys(template).sort()).toEqual(['connections', 'name', 'nodes', 'settings']);
		for (const node of nodes) {
			expect(node).not.toHaveProperty('credentials');
			expect(node).not.toHaveProperty('webhookId');
		}
		expect(JSON.stringify(template)).not.toMatch(/https?:\/\/|instanceId|cachedResult|pinData|staticData/);
	});

	it('writes in one node alone, and only behind the confirmation', () => {
		const writing = nodes.filter(
			({ type, parameters }) => type === SWAP_TYPE && parameters['dryRun'] !== true,
		);
		expect(writing.map(({ name }) => name)).toEqual(['Swap VPN Tags']);
		const leadingThere = Object.keys(connections).filter((name) =>
			targets(name).flat().includes('Swap VPN Tags'),
		);
		expect(leadingThere).toEqual(['Confirmed']);
		expect(targets('Confirmed')).toEqual([['Swap VPN Tags'], ['Nothing Was Done']]);
		expect(targets('Anything to Do')).toEqual([['Confirm'], ['Show Why Not']]);
	});

	it('does what the dry run showed: both nodes have the same parameters but for Dry Run', () => {
		const [shown, done] = ['Dry Run', 'Swap VPN Tags'].map((name) => named(name).parameters);
		expect({ ...shown, dryRun: false }).toEqual(done);
		expect(shown).toMatchObject({ dryRun: true });
	});

	it('answers what is wrong on a page, before and after the confirmation', () => {
		for (const name of ['Dry Run', 'Swap VPN Tags']) {
			expect(named(name).onError).toBe('continueErrorOutput');
			const [, , , onError = []] = targets(name);
			expect(onError.map((each) => named(each).parameters['operation'])).toEqual(['completion']);
		}
	});

	it('takes "No" for an answer, and no answer within half an hour', () => {
		const { parameters } = named('Confirm');
		expect(parameters).toMatchObject({ limitWaitTime: true, resumeAmount: 30, resumeUnit: 'minutes' });
		expect(JSON.stringify(parameters)).toContain('"defaultValue":"No"');
	});
});
