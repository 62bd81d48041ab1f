import type { IExecuteFunctions, NodeOperationError } from 'n8n-workflow';
import { parseDecision } from '../../core/swap/decision';
import { asFields, asFiniteNumber, asText, field, oneOf } from '../../core/domain/untrusted';
import { DEFAULT_SETTINGS, settingProblems } from '../../core/settings/settings';
import type { NetworkFilter } from '../../core/settings/settings';
import type { SwapOrder } from '../../core/swap/plan';
import { parameterError } from '../shared/nodeErrors';
import { listedName, readId } from '../shared/organization';
import { readRequestsPerSecond } from '../shared/requestsPerSecond';
import type { RequestsPerSecond } from '../shared/requestsPerSecond';
import { readTagFormat } from '../shared/tagFormatProperty';
import { readTexts } from '../shared/readList';

/** What one input item asks for, after its parameters. */
export interface Asked {
	readonly itemIndex: number;
	readonly organizationId: string;
	readonly organizationName: string | null;
	readonly order: SwapOrder;
	readonly isDryRun: boolean;
	readonly validForMs: number;
	readonly requestsPerSecond: RequestsPerSecond;
}

/** The same of one network. */
export interface AskedSwap extends Asked {
	readonly networkId: string;
	readonly networkName: string;
}

/** The same of all networks with VPN tags that carry one more tag: which ones, Meraki must tell. */
export interface AskedByTag extends Asked {
	readonly order: Extract<SwapOrder, { kind: 'explicit' }>;
	readonly tag: string;
}

export type ReadOrders =
	| { readonly kind: 'asked'; readonly swaps: readonly AskedSwap[] }
	| { readonly kind: 'askedByTag'; readonly asked: AskedByTag }
	/** Not an item of Evaluate (R6): nothing is written. */
	| { readonly kind: 'refused'; readonly itemIndex: number; readonly why: string };

const MINUTE_MS = 60_000;

/** Throws `NodeOperationError` for a wrong parameter, always. A wrong item is refused instead. */
export function readOrders(context: IExecuteFunctions, itemIndex: number): ReadOrders {
	const action = oneOf(context.getNodeParameter('action', itemIndex), [
		'asEvaluated',
		'failOver',
		'swapBack',
		'releaseHold',
	] as const);
	if (action === undefined) {
		throw parameterError(
			context.getNode(),
			'Action is not one of its choices',
			'Choose As Evaluated, Fail Over, Swap Back or Release Hold.',
			itemIndex,
		);
	}
	const common = readCommon(context, itemIndex);
	if (action !== 'asEvaluated') return explicitOrders(context, itemIndex, action, common);
	const parsed = parseDecision(context.getInputData()[itemIndex]?.json);
	if (parsed.kind === 'refused') return { kind: 'refused', itemIndex, why: parsed.why };
	const { decision } = parsed;
	const { organizationId, organizationName, networkId, networkName } = decision;
	return {
		kind: 'asked',
		swaps: [
			{
				...common,
				itemIndex,
				organizationId,
				organizationName,
				networkId,
				networkName,
				order: { kind: 'asEvaluated', decision },
			},
		],
	};
}

type Common = Pick<Asked, 'isDryRun' | 'validForMs' | 'requestsPerSecond'> & { readonly holdTag: string };

function readCommon(context: IExecuteFunctions, itemIndex: number): Common {
	const options = asFields(context.getNodeParameter('options', itemIndex, {}));
	const isDryRun: unknown = context.getNodeParameter('dryRun', itemIndex, true);
	if (typeof isDryRun !== 'boolean') {
		throw parameterError(
			context.getNode(),
			'Dry Run must be true or false',
			'Correct the parameter or its expression. Nothing was written.',
			itemIndex,
		);
	}
	return {
		isDryRun,
		validForMs:
			readWithin(context, itemIndex, 'Decision Valid For', field(options, 'validForMinutes') ?? 3, 1, 60) *
			MINUTE_MS,
		requestsPerSecond: readRequestsPerSecond(context, itemIndex, field(options, 'requestsPerSecond')),
		holdTag: asText(field(options, 'holdTag')) ?? DEFAULT_SETTINGS.holdTag,
	};
}

function readWithin(
	context: IExecuteFunctions,
	itemIndex: number,
	setting: string,
	value: unknown,
	least: number,
	most: number,
): number {
	const number = asFiniteNumber(typeof value === 'string' && value.trim() !== '' ? Number(value) : value);
	if (number !== undefined && number >= least && number <= most) return number;
	throw parameterError(
		context.getNode(),
		`${setting} must be from ${least} to ${most}`,
		'Correct the parameter, then run again. Nothing was written.',
		itemIndex,
	);
}

const EXPLICIT = { failOver: 'failover', swapBack: 'swapBack', releaseHold: 'releaseHold' } as const;

function explicitOrders(
	context: IExecuteFunctions,
	itemIndex: number,
	action: keyof typeof EXPLICIT,
	common: Common,
): ReadOrders {
	const refuse = (message: string, description: string) =>
		parameterError(context.getNode(), message, description, itemIndex);
	const organization = readId(
		context.getNodeParameter('organizationId', itemIndex, '', { extractValue: true }),
	);
	if (organization.kind === 'refused') throw refuse('The organization is missing', organization.why);
	const tagFormat = readTagFormat(context.getNodeParameter('tagFormat', itemIndex, {}));
	const [problem] = settingProblems({ ...DEFAULT_SETTINGS, tagFormat, holdTag: common.holdTag });
	if (problem)
		throw refuse(
			`${problem.setting} ${problem.problem}`,
			'Correct the parameter, then run again. Nothing was written.',
		);
	const holdAfterwards =
		action !== 'releaseHold' && context.getNodeParameter('holdAfterwards', itemIndex, true) === true;
	const { holdTag } = common;
	const order: SwapOrder = { kind: 'explicit', action: EXPLICIT[action], tagFormat, holdTag, holdAfterwards };
	const asked = {
		...common,
		itemIndex,
		organizationId: organization.id,
		organizationName: listedName(context.getNodeParameter('organizationId', itemIndex)),
		order,
	};
	const networks = readNetworks(context, itemIndex, refuse);
	if (networks.kind === 'withTag') return { kind: 'askedByTag', asked: { ...asked, tag: networks.tag } };
	const swaps = networks.networkIds.map((id) => ({ ...asked, networkId: id, networkName: id }));
	return { kind: 'asked', swaps };
}

type Refuse = (message: string, description: string) => NodeOperationError;

type AskedNetworks = Exclude<NetworkFilter, { kind: 'all' }>;

function readNetworks(context: IExecuteFunctions, itemIndex: number, refuse: Refuse): AskedNetworks {
	const get = (name: string, fallback: string) => context.getNodeParameter(name, itemIndex, fallback);
	const kind = oneOf(get('networks', 'listed'), ['listed', 'withTag'] as const);
	if (kind === undefined) throw refuse('Networks is not one of its choices', 'Choose Listed or With a Tag.');
	if (kind === 'withTag') {
		const tag = asText(get('networkTag', ''))?.trim() ?? '';
		if (tag === '') throw refuse('Filter Tag is empty', 'Enter the tag of the networks to move.');
		return { kind, tag };
	}
	const networkIds = readTexts(get('networkIds', '')).map((networkId) => {
		const id = readId(networkId);
		if (id.kind === 'refused') throw refuse(`Network ID ${networkId} is not usable`, id.why);
		return id.id;
	});
	if (networkIds.length === 0)
		throw refuse('Network IDs is empty', 'Enter the IDs of the networks to move, separated by commas.');
	return { kind, networkIds };
}
