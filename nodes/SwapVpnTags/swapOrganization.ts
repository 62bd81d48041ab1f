import type { IExecuteFunctions } from 'n8n-workflow';
import { groupBy } from '../../core/domain/groupBy';
import { renderReport } from '../../core/report/render';
import type { RenderedReport } from '../../core/report/model';
import { pausedUntil } from '../../core/swap/refusalBackoff';
import type { Refusals } from '../../core/swap/refusalBackoff';
import { notAttempted } from '../../core/swap/result';
import type { SwapRecord } from '../../core/swap/result';
import { swapReport } from '../../core/notify/swapReport';
import type { MerakiClient } from '../../meraki/client/client';
import type { Usage } from '../../meraki/http/connection';
import type { RateLimit } from '../../meraki/http/budget';
import { chooseStrategy } from '../../meraki/swap/chooseStrategy';
import { oneWriteAtATime } from '../../meraki/swap/networkLock';
import type { WritesUnderWay } from '../../meraki/swap/networkLock';
import { swapNetworks } from '../../meraki/swap/swapNetworks';
import type { NetworkOrders } from '../../meraki/swap/swapNetworks';
import { merakiClient } from '../shared/merakiClient';
import { rateFor } from '../shared/requestsPerSecond';
import { nameOf } from '../shared/organization';
import { expandTags } from './networksByTag';
import type { Asked, AskedByTag, AskedSwap } from './readOrders';

/** Everything asked of one organization in this run, with the same settings. */
export interface OrganizationSwaps {
	readonly organizationId: string;
	readonly swaps: readonly AskedSwap[];
	readonly byTag: readonly AskedByTag[];
}

export interface SwappedOrganization {
	readonly records: readonly SwapRecord[];
	/** `null` when there is nothing to tell; with what the run cost. */
	readonly report: (RenderedReport & { readonly api: Usage }) | null;
	/** API clock; the host's where Meraki never answered. */
	readonly at: number;
}

export interface SwapContext {
	readonly sharedLimit: RateLimit;
	/** Networks whose write Meraki refused before (R8.7). */
	readonly refusals: Refusals;
	readonly writesUnderWay: WritesUnderWay;
}

/** Design: Swap 240 s. What was not written by then is left for the next run. */
const BUDGET_SECONDS = 240;

/** Reads, compares, writes and verifies, then reports. What Meraki answers never throws. */
export async function swapOrganization(
	context: IExecuteFunctions,
	{ organizationId, swaps, byTag }: OrganizationSwaps,
	{ sharedLimit, refusals, writesUnderWay }: SwapContext,
): Promise<SwappedOrganization> {
	const everything: readonly Asked[] = [...swaps, ...byTag];
	const itemIndex = everything[0]?.itemIndex ?? 0;
	// One item that asks for a dry run keeps its whole organization dry: never write more than was asked.
	const isDryRun = everything.some((swap) => swap.isDryRun);
	const work = isDryRun ? 'reading' : 'movingBranches';
	const client = await merakiClient(context, itemIndex, {
		budgetSeconds: BUDGET_SECONDS,
		requestsPerSecond: Math.min(...everything.map((swap) => rateFor(swap.requestsPerSecond, work))),
		sharedLimit,
	});
	const isPaused = (swap: AskedSwap) => pausedUntil(refusalOf(swap, refusals), Date.now()) !== null;
	const expanded = await expandTags(client, organizationId, byTag);
	const asked = [...swaps.filter((swap) => !isPaused(swap)), ...expanded.swaps];
	const strategy = oneWriteAtATime(chooseStrategy(client, organizationId), client, writesUnderWay);
	const written = await swapNetworks(strategy, ordersByNetwork(asked), {
		validForMs: Math.min(...everything.map((swap) => swap.validForMs)),
		isDryRun,
	});
	const records = [...expanded.records, ...written, ...swaps.filter(isPaused).map(pausedRecord)];
	const at = client.now() ?? Date.now();
	const name = await organizationName(client, organizationId, everything);
	const report = swapReport(records, { id: organizationId, name }, at, strategy.notes());
	const api = { ...client.usage() };
	return { records, report: report === null ? null : { ...renderReport(report), api }, at };
}

/** An item of Evaluate brings the name; for what an operator asks it is worth a call. */
async function organizationName(
	client: MerakiClient,
	organizationId: string,
	asked: readonly Asked[],
): Promise<string | null> {
	const known = asked.map((each) => each.organizationName).find((each) => each !== null);
	if (known !== undefined) return known;
	return asked.some(({ order }) => order.kind === 'explicit') ? await nameOf(client, organizationId) : null;
}

/** An operator may always try; the schedule waits. */
function refusalOf({ order, networkId }: AskedSwap, refusals: Refusals) {
	return order.kind === 'asEvaluated' ? refusals.get(networkId) : undefined;
}

function pausedRecord(asked: AskedSwap): SwapRecord {
	const why = 'Meraki refused this write before; it is tried again later.';
	return notAttempted(asked, { kind: 'paused', why });
}

function ordersByNetwork(swaps: readonly AskedSwap[]): NetworkOrders[] {
	return [...groupBy(swaps, (swap) => swap.networkId)].map(([networkId, asked]) => ({
		organizationId: asked[0]?.organizationId ?? '',
		networkId,
		networkName: asked[0]?.networkName ?? networkId,
		orders: asked.map(({ order, itemIndex }) => ({ order, itemIndex })),
	}));
}
