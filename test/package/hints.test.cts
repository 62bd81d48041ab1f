import { Workflow } from 'n8n-workflow';
import type { INodeParameters, INodeTypes, NodeHint } from 'n8n-workflow';
import { EVALUATE, evaluateNode } from '../support/n8nMeraki.cjs';
import { builtPackage } from '../support/n8nPackage.cjs';
import type { BuiltPackage } from '../support/n8nPackage.cjs';

let built: BuiltPackage;
beforeAll(async () => {
	built = await builtPackage();
});

/** The warnings that the panel shows, with its defaults filled in as n8n does. */
function shownHints(parameters: INodeParameters = {}): string[] {
	const { evaluate } = built;
	const nodeTypes = {
		getByName: () => evaluate,
		getByNameAndVersion: () => evaluate,
		getKnownTypes: () => ({}),
	} satisfies INodeTypes;
	const node = evaluateNode();
	const workflow = new Workflow({
		nodes: [{ ...node, parameters }],
		connections: {},
		active: false,
		nodeTypes,
	});
	const holds = ({ displayCondition = '' }: NodeHint) =>
		workflow.expression.getSimpleParameterValue(
			workflow.getNode(EVALUATE) ?? node,
			displayCondition,
			'manual',
			{},
		) === true;
	return (evaluate.description.hints ?? []).filter(holds).map(({ message }) => message);
}

describe('the warnings in the panel of Evaluate Uplink Loss', () => {
	it('are none with the defaults', () => {
		expect(shownHints()).toEqual([]);
	});

	const cases: readonly [string, INodeParameters, RegExp][] = [
		[
			'R2.4 a recovery threshold at the loss threshold',
			{ preset: 'custom', recoveryThresholdPercent: 30 },
			/Recovery Threshold is not below/,
		],
		[
			'R2.2 more bad samples than minutes',
			{ preset: 'custom', failoverSamples: 4, options: { windowMinutes: 3 } },
			/no branch could ever fail over/,
		],
		[
			'R3.4 measured backups, where none is measured',
			{ trackedIps: 'everyExcept', options: { backupMustBe: 'measuredClean' } },
			/Nothing will ever fail over/,
		],
		['R7 a tag format without a state', { tagFormat: { format: '{peer}_{role}' } }, /Tag Format needs/],
		['no excluded IP', { trackedIps: 'everyExcept', excludedIps: '' }, /No IP is excluded/],
		[
			'a very low loss threshold',
			{ preset: 'custom', lossThresholdPercent: 2, recoveryThresholdPercent: 1 },
			/ordinary loss/,
		],
		['R2.4 a very early swap back', { preset: 'custom', recoveryMinutes: 1 }, /too early/],
		[
			'R5.1 Mass Failover: Off',
			{ options: { aboveLimit: 'noLimit' } },
			/one bad reading can move every branch/,
		],
		['R5.1 Mass Failover: Stop and Alert', { options: { aboveLimit: 'swapNone' } }, /moves no branch/],
		['a cellular uplink', { options: { judgedUplinks: ['wan1', 'cellular'] } }, /integrated cellular/],
	];
	it.each(cases)('%s', (_says, parameters, expected) => {
		expect(shownHints(parameters)).toEqual([expect.stringMatching(expected)]);
	});
});
