import { join } from 'node:path';
import { queueModeTemplate } from '../../scripts/templates/queueMode.cjs';
import type { Workflow } from '../../scripts/n8n/workflowSetup.cjs';
import { ROOT } from '../support/n8nPackage.cjs';
import { readTemplate } from '../support/n8nTemplate.cjs';
import { describeStructure, EVALUATE_TYPE, SWAP_TYPE, wiresOf } from './structure.cjs';

const main = readTemplate();
const template = readTemplate(join(ROOT, 'workflows', 'meraki-vpn-failover-queue-mode.json'));
const wires = wiresOf(template);
const node = (name: string) => {
	const found = template.nodes.find((each) => each.name === name);
	if (found === undefined) throw new Error(`There is no ${name}`);
	return found;
};
const targets = (from: string, output: number) =>
	wires.filter((wire) => wire.from === from && wire.output === output).map(({ to }) => to);

describeStructure(template);

describe('the template for queue mode', () => {
	it('is made of the main template: npm run templates', () => {
		expect(template).toEqual(queueModeTemplate(main as unknown as Workflow));
	});

	it('is the main template but for its memory', () => {
		const added = ['Memory Table', 'Read Memory', 'Keep Memory', 'Note on Memory'];
		const changed = [
			'Evaluate Uplink Loss',
			'Heartbeat',
			'Messages That Failed',
			'Start Here',
			'Every 30 Seconds',
		];
		const others = ({ nodes }: typeof main) =>
			nodes.filter(({ name }) => ![...added, ...changed].includes(name));
		expect(others(template)).toEqual(others(main));
		expect(template.nodes.map(({ name }) => name)).toEqual([...main.nodes.map(({ name }) => name), ...added]);
		expect(template.settings).toEqual(main.settings);
		for (const name of changed) {
			const original = main.nodes.find((each) => each.name === name);
			const { parameters, position } = node(name);
			expect(node(name)).toEqual({ ...original, parameters, position });
		}
		for (const wire of wiresOf(main).filter(({ from }) => from !== 'Every 30 Seconds'))
			expect(wires).toContainEqual(wire);
	});

	it('reads the memory before Evaluate, and goes on without it where the table fails', () => {
		expect(targets('Every 30 Seconds', 0)).toEqual(['Memory Table']);
		expect(targets('Memory Table', 0)).toEqual(['Read Memory']);
		expect(targets('Read Memory', 0)).toEqual(['Evaluate Uplink Loss']);
		for (const name of ['Memory Table', 'Read Memory']) {
			expect(node(name).onError).toBe('continueErrorOutput');
			expect(targets(name, 1)).toEqual(['Evaluate Uplink Loss', 'Messages That Failed']);
		}
		expect(node('Read Memory')).toMatchObject({ alwaysOutputData: true, parameters: { limit: 1 } });
	});

	it('keeps the memory before anything else happens', () => {
		expect(targets('Evaluate Uplink Loss', 0)).toContain('Keep Memory');
		expect(targets('Keep Memory', 0)).toEqual([]);
		expect(targets('Keep Memory', 1)).toEqual(['Messages That Failed']);
		const after = [0, 1, 2].flatMap((output) => targets('Evaluate Uplink Loss', output));
		for (const name of after.filter((each) => each !== 'Keep Memory'))
			expect(node(name).position[1]).toBeGreaterThan(node('Keep Memory').position[1]);
		const swap = template.nodes.find(({ type }) => type === SWAP_TYPE);
		for (const name of after.filter((each) => each !== 'Keep Memory' && each !== swap?.name))
			expect(node(name).position[1]).toBeGreaterThan(swap?.position[1] ?? 0);
	});

	it('keeps one row for each workflow, in the field that Evaluate reads', () => {
		const [evaluate] = template.nodes.filter(({ type }) => type === EVALUATE_TYPE);
		expect(evaluate?.parameters).toMatchObject({ memory: 'itemField', memoryField: 'memory' });
		const ofThisWorkflow = { keyName: 'workflow_id', condition: 'eq', keyValue: '={{ $workflow.id }}' };
		for (const name of ['Read Memory', 'Keep Memory'])
			expect(node(name).parameters).toMatchObject({
				dataTableId: { mode: 'name', value: node('Memory Table').parameters['tableName'] },
				filters: { conditions: [ofThisWorkflow] },
			});
		expect(node('Keep Memory').parameters).toMatchObject({
			columns: { value: { workflow_id: '={{ $workflow.id }}', memory: '={{ $json.memory }}' } },
		});
	});

	it('gives each failed node an input of its own', () => {
		const inputs = wires.filter(({ to }) => to === 'Messages That Failed').map(({ input }) => input);
		const count = Number(node('Messages That Failed').parameters['numberInputs']);
		expect(inputs.sort((one, other) => one - other)).toEqual(Array.from({ length: count }, (_, at) => at));
		expect(count).toBeLessThanOrEqual(10); // n8n's Merge node takes no more
	});

	it('hands the memory to nobody else', () => {
		expect(node('Heartbeat').parameters['jsonBody']).toBe(
			'={{ JSON.stringify({ ...$json, memory: undefined }) }}',
		);
	});

	it('says which n8n it needs', () => {
		expect(String(node('Start Here').parameters['content'])).toMatch(/workers, 2\.3 or later/);
	});
});
