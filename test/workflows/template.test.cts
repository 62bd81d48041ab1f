import { NodeHelpers } from 'n8n-workflow';
import type { INode } from 'n8n-workflow';
import { readTemplate } from '../support/n8nTemplate.cjs';
import { describeStructure, EVALUATE_TYPE, ownTypes, problemsOf, SWAP_TYPE, wiresOf } from './structure.cjs';

const template = readTemplate();
const { nodes, settings } = template;
const wires = wiresOf(template);

describeStructure(template);

/** The readiness check stands apart: a way of its own. */
const READINESS_CHECK = 'Readiness Check';
const ofType = (type: string): INode => {
	const found = nodes.filter((node) => node.type === type && node.name !== READINESS_CHECK);
	const [first] = found;
	if (first === undefined || found.length > 1)
		throw new Error(`${type}: ${found.length} nodes instead of one`);
	return first;
};
const named = (name: string): INode | undefined => nodes.find((node) => node.name === name);

describe('the parameters of our nodes', () => {
	it('only leave open what the user must choose: the organization', () => {
		const [evaluate, swap] = [EVALUATE_TYPE, SWAP_TYPE].map((type) => {
			const description = ownTypes.get(type);
			return (
				description && NodeHelpers.getNodeParametersIssues(description.properties, ofType(type), description)
			);
		});
		expect(Object.keys(evaluate?.parameters ?? {})).toEqual(['organizationId']);
		expect(swap).toBeNull();
	});
});

describe('the way through the template', () => {
	const leadsTo = (type: string, output: number) =>
		wires
			.filter(({ from, output: at }) => from === ofType(type).name && at === output)
			.map(({ to }) => named(to)?.type);

	it('is schedule, Evaluate, Swap, messages', () => {
		expect(leadsTo('n8n-nodes-base.scheduleTrigger', 0)).toEqual([EVALUATE_TYPE]);
		expect(leadsTo(EVALUATE_TYPE, 1)).toEqual([SWAP_TYPE]);
		expect(leadsTo(EVALUATE_TYPE, 2).sort()).toEqual(['n8n-nodes-base.emailSend', 'n8n-nodes-base.slack']);
		expect(leadsTo(SWAP_TYPE, 0).sort()).toEqual(['n8n-nodes-base.emailSend', 'n8n-nodes-base.slack']);
		expect(leadsTo(SWAP_TYPE, 1)).toEqual(['n8n-nodes-base.dataTable']);
		expect(leadsTo('n8n-nodes-base.errorTrigger', 0).sort()).toEqual([
			'n8n-nodes-base.emailSend',
			'n8n-nodes-base.slack',
		]);
	});

	it('has a readiness check by hand that leads nowhere else, and follows the organization of Evaluate', () => {
		expect(leadsTo('n8n-nodes-base.manualTrigger', 0)).toEqual([EVALUATE_TYPE]);
		expect(reachableFrom(ofType('n8n-nodes-base.manualTrigger').name)).toEqual([READINESS_CHECK]);
		const node = named(READINESS_CHECK);
		const description = ownTypes.get(EVALUATE_TYPE);
		if (node === undefined || description === undefined) throw new Error('There is no readiness check');
		expect(node.parameters).toEqual({
			operation: 'checkUp',
			organizationId: {
				__rl: true,
				mode: 'id',
				value: `={{ $('${ofType(EVALUATE_TYPE).name}').params.organizationId.value }}`,
			},
		});
		expect(problemsOf(node.parameters, description.properties, node, description)).toEqual([]);
	});

	it('runs every 30 seconds', () => {
		expect(ofType('n8n-nodes-base.scheduleTrigger').parameters).toEqual({
			rule: { interval: [{ field: 'seconds', secondsInterval: 30 }] },
		});
	});

	it('reaches Swap VPN Tags before anything else that runs after Evaluate: it stands topmost', () => {
		const swap = ofType(SWAP_TYPE);
		const after = reachableFrom(ofType(EVALUATE_TYPE).name).filter((name) => name !== swap.name);
		expect(after.length).toBeGreaterThan(5);
		for (const name of after) expect(named(name)?.position[1]).toBeGreaterThan(swap.position[1]);
	});

	it('ends all messages that failed in one lowest Stop and Error', () => {
		const end = ofType('n8n-nodes-base.stopAndError');
		const after = reachableFrom(ofType(EVALUATE_TYPE).name);
		expect(after).toContain(end.name);
		for (const name of after) expect(named(name)?.position[1]).toBeLessThanOrEqual(end.position[1]);
		const messages = after
			.map(named)
			.filter((node) => /\.(slack|emailSend|dataTable|httpRequest)$/.test(node?.type ?? ''));
		expect(messages.length).toBeGreaterThanOrEqual(6);
		for (const message of messages) {
			expect(message?.onError).toBe('continueErrorOutput');
			expect(reachableFrom(message?.name ?? '', 1)).toContain(end.name);
		}
	});

	it('gives each failed message an input of its own', () => {
		const merge = ofType('n8n-nodes-base.merge');
		const inputs = wires.filter(({ to }) => to === merge.name).map(({ input }) => input);
		expect([...inputs].sort()).toEqual(
			Array.from({ length: Number(merge.parameters['numberInputs']) }, (_, at) => at),
		);
	});

	function reachableFrom(name: string, output?: number, seen = new Set<string>()): string[] {
		for (const { from, to, output: at } of wires) {
			if (from !== name || (output !== undefined && at !== output) || seen.has(to)) continue;
			seen.add(to);
			reachableFrom(to, undefined, seen);
		}
		return [...seen];
	}
});

describe('as shipped', () => {
	it('Dry Run is on', () => {
		expect(ofType(SWAP_TYPE).parameters).toMatchObject({ action: 'asEvaluated', dryRun: true });
	});

	it('Slack, email, heartbeat and audit are disabled, and nothing else is', () => {
		for (const { name, type, disabled } of nodes) {
			const needsFillingIn = /\.(slack|emailSend|httpRequest|dataTable)$/.test(type);
			expect([name, disabled ?? false]).toEqual([name, needsFillingIn]);
		}
	});

	it('Slack takes the blocks and the title, mail the title, text and HTML', () => {
		for (const { name, type, parameters } of nodes) {
			if (/^Crash/.test(name)) continue;
			if (type.endsWith('.slack'))
				expect(parameters).toMatchObject({
					messageType: 'block',
					blocksUi: '={{ $json.slack }}',
					text: '={{ $json.title }}',
				});
			if (type.endsWith('.emailSend'))
				expect(parameters).toMatchObject({
					subject: '={{ $json.title }}',
					text: '={{ $json.text }}',
					html: '={{ $json.html }}',
				});
		}
	});

	it('keeps no successful runs, ends a hanging one, and runs branches by height', () => {
		expect(settings).toMatchObject({
			saveDataSuccessExecution: 'none',
			executionTimeout: 360,
			executionOrder: 'v1',
		});
		expect(settings).not.toHaveProperty('errorWorkflow');
		expect(settings).not.toHaveProperty('timezone');
	});

	it('lets the readiness check be run first', () => {
		const note = named('Note on the Readiness Check');
		expect(String(note?.parameters['content'])).toMatch(/^## Run this first\n/);
	});

	it('says in order what to fill in', () => {
		const notes = nodes
			.filter(({ type }) => type.endsWith('.stickyNote'))
			.map(({ parameters }) => String(parameters['content']));
		const start = notes.find((content) => content.includes('**1.')) ?? '';
		const steps = [...start.matchAll(/\*\*(\d)\./g)].map(([, step]) => step);
		expect(steps).toEqual(['1', '2', '3', '4', '5']);
		for (const step of [
			/Credential/,
			/Organization/,
			/Readiness Check/,
			/Dry Run/i,
			/Slack or email/,
			/Publish/,
		])
			expect(start).toMatch(step);
		const titles = ['Evaluate Uplink Loss', 'Swap VPN Tags', READINESS_CHECK];
		for (const title of titles) expect(named(title)).toBeDefined();
	});
});
