import type { IDataObject, INodeType } from 'n8n-workflow';
import { MANUAL_SWAP_PATH, readTemplate, stubbedTypes } from '../support/n8nTemplate.cjs';
import { Bench, branch, jsonOf, ON_BACKUP, ON_PRIMARY, organization, SWAP } from '../support/n8nMeraki.cjs';
import type { Finished } from '../support/n8nEngine.cjs';

const template = readTemplate(MANUAL_SWAP_PATH);
const HELD = 'vpn_failover_hold';
const umbrella = organization({ id: '2', name: 'Umbrella', networks: [branch('N_21', 'Oslo')] });
const scenario = { organizations: [organization(), umbrella] };

let bench: Bench;
afterEach(async () => await bench.close());

interface Operator {
	readonly form?: IDataObject;
	/** What the confirmation page hands on; `null` for nobody who answered in time: the page's own input. */
	readonly answer?: 'Yes' | 'No' | null;
	/** What happens between the dry run and the confirmation. */
	readonly meanwhile?: () => void;
}

/** The form's pages need n8n's server: what they hand on stands here instead. */
async function operate({ form = {}, answer = 'Yes', meanwhile }: Operator = {}): Promise<Finished> {
	const filled = {
		Organization: '1 Acme',
		'What to Do': 'Fail Over',
		Networks: 'Listed',
		'Network IDs or Tag': 'N_1',
		'Hold Afterwards': 'Yes',
		...form,
	};
	const behaviours: Record<string, INodeType['execute']> = {
		async formTrigger() {
			return [[{ json: filled }]];
		},
		async form() {
			if (this.getNode().name !== 'Confirm' || answer === null) return [this.getInputData()];
			meanwhile?.();
			return [[{ json: { 'Do It Now': answer } }]];
		},
		async if() {
			const condition = conditionOf(this.getNode().name);
			const holds = this.evaluateExpression(condition, 0) === true;
			return holds ? [this.getInputData(), []] : [[], this.getInputData()];
		},
	};
	const nodes = template.nodes.map((node) =>
		node.type.endsWith('.swapVpnTags')
			? { ...node, credentials: { merakiDashboardApi: { id: '1', name: 'Meraki' } } }
			: node,
	);
	return await bench.run(bench.store({ nodes, connections: template.connections, staticData: {} }), {
		startAt: 'Move Branches by Hand',
		nodeTypes: stubbedTypes(template, behaviours),
	});
}

function conditionOf(name: string): string {
	const node = template.nodes.find((each) => each.name === name);
	const { conditions } = node?.parameters['conditions'] as { conditions: { leftValue: string }[] };
	return (conditions[0]?.leftValue ?? '').replace(/^=/, '');
}

const lastOf = ({ ranNodes }: Finished) => ranNodes.at(-1);

describe('moving branches by the form', () => {
	it('shows tags before and after, and moves and holds once it is confirmed', async () => {
		bench = await Bench.open(scenario);
		const finished = await operate();
		expect(finished.error).toBeUndefined();
		const [preview] = jsonOf(finished.outputs('Dry Run')[0]);
		expect(preview?.['title']).toBe('Dry run: Acme: 1 branch would move to paris (failover by an operator)');
		expect(preview?.['text']).toContain('paris_backup_down → london_primary_down');
		expect(bench.tags()).toEqual([...ON_BACKUP, HELD]);
		expect(lastOf(finished)).toBe('Show the Report');
		expect(jsonOf(finished.outputs(SWAP)[0])[0]?.['title']).toBe(
			'Acme: 1 branch moved to paris (failover by an operator)',
		);
	});

	it.each(['No', null] as const)('writes nothing when the answer is %s', async (answer) => {
		bench = await Bench.open(scenario);
		const finished = await operate({ answer });
		expect(lastOf(finished)).toBe('Nothing Was Done');
		expect(bench.writes).toEqual([]);
	});

	it('swaps back without a hold', async () => {
		bench = await Bench.open({
			organizations: [organization({ networks: [branch('N_1', 'Leeds', { tags: ON_BACKUP })] })],
		});
		await operate({ form: { 'What to Do': 'Swap Back', 'Hold Afterwards': 'No' } });
		expect(bench.tags()).toEqual(ON_PRIMARY);
	});

	it('releases all that are held, by tag', async () => {
		bench = await Bench.open({
			organizations: [organization({ networks: [branch('N_1', 'Leeds', { tags: [...ON_BACKUP, HELD] })] })],
		});
		await operate({
			form: { 'What to Do': 'Release Hold', Networks: 'With a Tag', 'Network IDs or Tag': HELD },
		});
		expect(bench.tags()).toEqual(ON_BACKUP);
	});

	it('answers the second of two operators who confirm at once that it is done already', async () => {
		bench = await Bench.open(scenario);
		const form = { 'Hold Afterwards': 'No' };
		const second = await operate({
			form,
			meanwhile: () => {
				bench.simulator.applyEvent({ kind: 'editTags', network: 'N_1', replace: ON_BACKUP });
			},
		});
		expect(bench.writes).toEqual([]);
		expect(lastOf(second)).toBe('Show the Report');
		expect(jsonOf(second.outputs(SWAP)[0])[0]?.['text']).toMatch(/paris is active already/);
	});

	const kind: readonly [string, IDataObject, RegExp][] = [
		['an unknown network', { 'Network IDs or Tag': 'N_404' }, /Meraki found nothing that this key can see/],
		[
			'a tag that nobody carries',
			{ Networks: 'With a Tag', 'Network IDs or Tag': 'vpn-pliot' },
			/None of the 3 networks that this key can see carries the tag vpn-pliot/,
		],
		[
			'a network of another organization',
			{ 'Network IDs or Tag': 'N_21' },
			/belongs to organization 2, not 1/,
		],
		[
			'what is so already',
			{ 'What to Do': 'Swap Back', 'Hold Afterwards': 'No' },
			/london is active already/,
		],
	];
	it.each(kind)('explains %s without asking for a confirmation', async (_what, form, words) => {
		bench = await Bench.open(scenario);
		const finished = await operate({ form });
		expect(finished.ranNodes).not.toContain('Confirm');
		expect(lastOf(finished)).toBe('Show Why Not');
		expect(jsonOf(finished.outputs('Show Why Not')[0])[0]?.['text']).toMatch(words);
		expect(bench.writes).toEqual([]);
	});

	it.each([
		['an organization that is no ID', { Organization: '../x' }, /organization is missing/],
		['a network that is no ID', { 'Network IDs or Tag': 'a/b' }, /Network ID a\/b is not usable/],
	])('explains %s as what to correct', async (_what, form, words) => {
		bench = await Bench.open(scenario);
		const finished = await operate({ form });
		expect(finished.error).toBeUndefined();
		expect(lastOf(finished)).toBe('Show What Is Missing');
		const [shown] = jsonOf(finished.outputs('Show What Is Missing')[0]);
		expect(String(shown?.['error'] ?? shown?.['message'])).toMatch(words);
		expect(bench.simulator.requests).toEqual([]);
	});
});
