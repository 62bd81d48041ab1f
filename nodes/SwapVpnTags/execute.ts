import type { IExecuteFunctions, INodeExecutionData, NodeApiError } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { groupBy } from '../../core/domain/groupBy';
import { failedItem, swappedItem } from '../../core/notify/swapResultItems';
import { createRateLimit, REQUESTS_PER_SECOND_SHARED } from '../../meraki/http/budget';
import type { WritesUnderWay } from '../../meraki/swap/networkLock';
import { inTurn, ORGANIZATIONS_AT_ONCE, outputItem } from '../shared/outputItem';
import { swapOrganization } from './swapOrganization';
import type { OrganizationSwaps, SwappedOrganization } from './swapOrganization';
import { readOrders } from './readOrders';
import { readRefusals, saveRefusals } from './refusalStore';
import type { Asked, AskedByTag, AskedSwap, ReadOrders } from './readOrders';

/** Of all runs in this process. */
const writesUnderWay: WritesUnderWay = new Set();

interface Fault {
	readonly itemIndex: number;
	readonly error: NodeOperationError | NodeApiError;
}

/** Report, Swapped, Failed. Every item is read before anything is written: a wrong parameter writes nothing. */
export async function swapItems(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const faults: Fault[] = [];
	const reports: INodeExecutionData[] = [];
	const swapped: INodeExecutionData[] = [];
	const failed: INodeExecutionData[] = [];
	const asked: AskedSwap[] = [];
	const byTag: AskedByTag[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		const orders = readItem(context, itemIndex, faults);
		if (orders?.kind === 'refused') failed.push(outputItem(refusedItem(orders.why), itemIndex));
		if (orders?.kind === 'asked') asked.push(...orders.swaps);
		if (orders?.kind === 'askedByTag') byTag.push(orders.asked);
	}
	const organizations = byOrganization(asked, byTag);
	const refusals = readRefusals(context);
	const sharedLimit = createRateLimit(REQUESTS_PER_SECOND_SHARED);
	const results = await inTurn(
		organizations,
		ORGANIZATIONS_AT_ONCE,
		async (each) => await swapOrganization(context, each, { sharedLimit, refusals, writesUnderWay }),
	);
	results.forEach((result, at) => {
		const { swaps = [], byTag: tagged = [] } = organizations[at] ?? {};
		const orders = [...swaps, ...tagged];
		if (result.status === 'rejected') faults.push(...faultsOf(context, result.reason, orders));
		else addResult(result.value, orders, { reports, swapped, failed });
	});
	saveRefusals(
		context,
		refusals,
		results.flatMap((result) => (result.status === 'fulfilled' ? result.value.records : [])),
	);
	if (faults[0] && !context.continueOnFail()) throw faults[0].error;
	for (const { error, itemIndex } of faults) {
		reports.push({
			json: { message: error.message, description: error.description ?? '' },
			error,
			pairedItem: { item: itemIndex },
		});
	}
	return [reports, swapped, failed];
}

function readItem(context: IExecuteFunctions, itemIndex: number, faults: Fault[]): ReadOrders | null {
	try {
		return readOrders(context, itemIndex);
	} catch (error) {
		const fault =
			error instanceof NodeOperationError
				? error
				: new NodeOperationError(context.getNode(), asError(error), { itemIndex });
		if (!context.continueOnFail()) throw fault;
		faults.push({ itemIndex, error: fault });
		return null;
	}
}

function asError(thrown: unknown): Error {
	return thrown instanceof Error ? thrown : new Error(String(thrown));
}

function refusedItem(reason: string): object {
	return { kind: 'merakiVpnSwapFailed', schema: 1, status: 'refused', reason };
}

function byOrganization(swaps: readonly AskedSwap[], byTag: readonly AskedByTag[]): OrganizationSwaps[] {
	const organizationOf = ({ organizationId }: Asked) => organizationId;
	const swapsOf = groupBy(swaps, organizationOf);
	const byTagOf = groupBy(byTag, organizationOf);
	return [...new Set([...swapsOf.keys(), ...byTagOf.keys()])].map((organizationId) => ({
		organizationId,
		swaps: swapsOf.get(organizationId) ?? [],
		byTag: byTagOf.get(organizationId) ?? [],
	}));
}

function faultsOf(context: IExecuteFunctions, reason: unknown, swaps: readonly Asked[]): Fault[] {
	const itemIndices = [...new Set(swaps.map((swap) => swap.itemIndex))];
	return itemIndices.map((itemIndex) => ({
		itemIndex,
		error:
			reason instanceof NodeOperationError
				? reason
				: new NodeOperationError(context.getNode(), asError(reason), { itemIndex }),
	}));
}

interface Outputs {
	readonly reports: INodeExecutionData[];
	readonly swapped: INodeExecutionData[];
	readonly failed: INodeExecutionData[];
}

/** The report comes from all items of its organization. */
function addResult(
	{ records, report, at }: SwappedOrganization,
	swaps: readonly Asked[],
	outputs: Outputs,
): void {
	for (const record of records) {
		const done = swappedItem(record, at);
		if (done) outputs.swapped.push(outputItem(done, record.itemIndex));
		const failure = failedItem(record);
		if (failure) outputs.failed.push(outputItem(failure, record.itemIndex));
	}
	if (report) {
		const pairedItem = [...new Set(swaps.map((swap) => swap.itemIndex))].map((item) => ({ item }));
		outputs.reports.push({ ...outputItem(report, 0), pairedItem });
	}
}
