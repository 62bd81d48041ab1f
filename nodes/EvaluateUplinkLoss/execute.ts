import type { IExecuteFunctions, INodeExecutionData, NodeApiError } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { OrganizationMemory } from '../../core/memory/memory';
import type { RenderedReport } from '../../core/report/model';
import { createRateLimit, REQUESTS_PER_SECOND_SHARED } from '../../meraki/http/budget';
import { inTurn, ORGANIZATIONS_AT_ONCE, outputItem } from '../shared/outputItem';
import { nodeApiError, parameterError } from '../shared/nodeErrors';
import { readinessCheckCycle } from './operations/readinessCheck';
import { nodeMemory } from './memoryStore';
import type { NodeMemory } from './memoryStore';
import { organizationCycle } from './operations/evaluate';
import type { Cycle } from './operations/evaluate';
import { readParameters } from './readSettings';
import type { EvaluateParameters } from './readSettings';
import { hint, hintAtReadinessCheck, hintAtTags } from './runHints';

interface Asked {
	readonly itemIndex: number;
	readonly parameters: EvaluateParameters;
}

/** What one input item led to. */
type Result =
	| {
			readonly kind: 'cycle';
			readonly organizationId: string;
			readonly itemIndex: number;
			readonly cycle: Cycle;
	  }
	| { readonly kind: 'fault'; readonly itemIndex: number; readonly error: NodeOperationError | NodeApiError };

/** Summary, Swap Needed, Alert: one organization an item; one that fails does not stop the others. */
export async function evaluateItems(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const isManual = context.getMode() === 'manual';
	const { asked, faults } = readItems(context);
	const memory = nodeMemory(context);
	const sharedLimit = createRateLimit(REQUESTS_PER_SECOND_SHARED);
	const cycles = await inTurn(asked, ORGANIZATIONS_AT_ONCE, async ({ parameters, itemIndex }) => {
		const at = { context, itemIndex, isManual, sharedLimit };
		if (parameters.operation === 'checkUp') return await readinessCheckCycle(parameters, at);
		return await organizationCycle(parameters, memory.of(parameters.organizationId, itemIndex), at);
	});
	const results = [...faults, ...asked.map((each, at) => resultOf(context, each, cycles[at], isManual))];
	const memories = memoriesOf(results);
	if (memories.size > 0) memory.save(memories);
	if (memory.isDamaged)
		hint(
			context,
			'What the node remembered could not be read. It starts afresh: the same branches move, but people may be told again.',
		);
	if (isManual) {
		hintAtTags(context, results.flatMap(runOf(asked)));
		hintAtReadinessCheck(context, results.flatMap(readinessCheckOf));
	}
	return outputs(results, memory, isManual);
}

function readinessCheckOf(result: Result): RenderedReport[] {
	if (result.kind !== 'cycle' || result.cycle.alert?.kind !== 'readinessCheck') return [];
	return [result.cycle.alert];
}

/** What a cycle was asked for, and what it said. */
function runOf(asked: readonly Asked[]) {
	const parametersOf = new Map(asked.map((each) => [each.itemIndex, each.parameters]));
	return (result: Result) => {
		const parameters = parametersOf.get(result.itemIndex);
		if (result.kind !== 'cycle' || !parameters) return [];
		return [{ parameters, summary: result.cycle.summary }];
	};
}

/** Wrong parameters throw at once, or become faults where the node continues on fail. */
function readItems(context: IExecuteFunctions): { asked: Asked[]; faults: Result[] } {
	const asked: Asked[] = [];
	const faults: Result[] = [];
	const seen = new Set<string>();
	for (const itemIndex of context.getInputData().keys()) {
		const read = readItem(context, itemIndex, seen);
		if (read.kind === 'fault') faults.push(read);
		else asked.push(read);
	}
	return { asked, faults };
}

type ReadItem = (Asked & { readonly kind: 'asked' }) | Extract<Result, { kind: 'fault' }>;

function readItem(context: IExecuteFunctions, itemIndex: number, seen: Set<string>): ReadItem {
	try {
		const parameters = readParameters(context, itemIndex);
		if (seen.has(parameters.organizationId)) {
			const description =
				'Hand each organization over once a run, or two decisions would be made of the same data.';
			throw parameterError(
				context.getNode(),
				`Organization ${parameters.organizationId} stands in the input twice`,
				description,
				itemIndex,
			);
		}
		seen.add(parameters.organizationId);
		return { kind: 'asked', itemIndex, parameters };
	} catch (error) {
		const fault =
			error instanceof NodeOperationError
				? error
				: new NodeOperationError(context.getNode(), asError(error), { itemIndex });
		if (!context.continueOnFail()) throw fault;
		return { kind: 'fault', itemIndex, error: fault };
	}
}

function resultOf(
	context: IExecuteFunctions,
	{ itemIndex, parameters }: Asked,
	settled: PromiseSettledResult<Cycle> | undefined,
	isManual: boolean,
): Result {
	if (settled?.status === 'fulfilled') {
		const { failure } = settled.value;
		const { organizationId } = parameters;
		// By hand, what Meraki answers shows red; by schedule it is a notice, told once.
		if (failure === null || !isManual)
			return { kind: 'cycle', organizationId, itemIndex, cycle: settled.value };
		return fault(context, itemIndex, nodeApiError(context.getNode(), failure, itemIndex));
	}
	const reason: unknown = settled?.reason;
	if (reason instanceof NodeOperationError) return fault(context, itemIndex, reason);
	return fault(context, itemIndex, new NodeOperationError(context.getNode(), asError(reason), { itemIndex }));
}

function fault(
	context: IExecuteFunctions,
	itemIndex: number,
	error: NodeOperationError | NodeApiError,
): Result {
	if (!context.continueOnFail()) throw error;
	return { kind: 'fault', itemIndex, error };
}

function asError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function memoriesOf(results: readonly Result[]): Map<string, OrganizationMemory> {
	const memories = results.flatMap((result): [string, OrganizationMemory][] =>
		result.kind === 'cycle' && result.cycle.memory ? [[result.organizationId, result.cycle.memory]] : [],
	);
	return new Map(memories);
}

function outputs(results: readonly Result[], memory: NodeMemory, isManual: boolean): INodeExecutionData[][] {
	const summaries: INodeExecutionData[] = [];
	const swapsNeeded: INodeExecutionData[] = [];
	const alerts: INodeExecutionData[] = [];
	for (const result of [...results].sort((one, other) => one.itemIndex - other.itemIndex)) {
		if (result.kind === 'fault') {
			const { error, itemIndex } = result;
			summaries.push({
				json: { message: error.message, description: error.description ?? '' },
				error,
				pairedItem: { item: itemIndex },
			});
			continue;
		}
		const { cycle, itemIndex, organizationId } = result;
		// A run by hand remembers nothing, as in static data: what it showed the schedule still has to tell.
		const kept =
			cycle.memory && !isManual ? memory.handOut(organizationId, cycle.memory) : memory.handBack(itemIndex);
		summaries.push(outputItem({ ...cycle.summary, ...kept }, itemIndex));
		for (const decision of cycle.swapsNeeded) swapsNeeded.push(outputItem(decision, itemIndex));
		if (cycle.alert) alerts.push(outputItem(cycle.alert, itemIndex));
	}
	return [summaries, swapsNeeded, alerts];
}
