import { planSwap } from '../../core/swap/plan';
import type { PlannedOrder, SwapOrder, SwapPlan } from '../../core/swap/plan';
import type { SwapRecord, SwapResult } from '../../core/swap/result';
import type { Network } from '../../core/domain/types';
import { isMerakiApiError } from '../http/merakiApiError';
import type { SideEffect, WriteJob, WriteOutcome, WritePlan, WriteStrategy } from '../write/strategy';

/** Everything that is asked of one network in one run: one plan, one write (R6). */
export interface NetworkOrders {
	readonly organizationId: string;
	readonly networkId: string;
	/** As far as known before it is read. */
	readonly networkName: string;
	readonly orders: readonly { readonly order: SwapOrder; readonly itemIndex: number }[];
}

export interface SwapSettings {
	/** *Decision Valid For*, on the API's clock (R6). */
	readonly validForMs: number;
	/** Reads and plans, writes nothing. */
	readonly isDryRun: boolean;
}

/** Reads, plans, writes and verifies; one record for each order, in order. Never rejects for what Meraki answers. */
export async function swapNetworks(
	strategy: WriteStrategy,
	networks: readonly NetworkOrders[],
	settings: SwapSettings,
): Promise<SwapRecord[]> {
	const plans = new Map<string, SwapPlan>();
	const jobs = networks.map((asked) => writeJob(asked, settings, plans));
	const results = await strategy.write(jobs);
	return networks.flatMap((asked, at) => {
		const result = results[at];
		return result ? recordsOf(asked, result.outcome, plans.get(asked.networkId)) : [];
	});
}

/** The plan that was made last for a network is the one that was written. */
function writeJob(
	asked: NetworkOrders,
	settings: SwapSettings,
	plans: Map<string, SwapPlan>,
): WriteJob<null> {
	const plan = (network: Network, apiNow: number): WritePlan<null> => {
		const made = planFor(asked, network, apiNow, settings.validForMs);
		plans.set(asked.networkId, made);
		const writes = made.hasChanges && !settings.isDryRun;
		return writes ? { kind: 'write', tags: made.tagsAfter } : { kind: 'skip', reason: null };
	};
	return { networkId: asked.networkId, plan };
}

function planFor(asked: NetworkOrders, network: Network, apiNow: number, validForMs: number): SwapPlan {
	if (network.organizationId === asked.organizationId) {
		return planSwap(
			asked.orders.map(({ order }) => order),
			network,
			apiNow,
			validForMs,
		);
	}
	const why = `The network belongs to organization ${network.organizationId}, not ${asked.organizationId}.`;
	return {
		tagsAfter: network.tags,
		hasChanges: false,
		planned: asked.orders.map(() => ({ kind: 'refused', why })),
	};
}

function recordsOf(
	asked: NetworkOrders,
	outcome: WriteOutcome<null>,
	plan: SwapPlan | undefined,
): SwapRecord[] {
	const before = networkBefore(outcome);
	const sideEffects =
		outcome.kind === 'done' ? outcome.sideEffects.map((effect) => SIDE_EFFECTS[effect]) : [];
	return asked.orders.map(({ order, itemIndex }, at) => {
		const planned = plan?.planned[at];
		return {
			order,
			itemIndex,
			organizationId: asked.organizationId,
			networkId: asked.networkId,
			networkName: before?.name ?? asked.networkName,
			networkUrl: before?.url ?? null,
			...routeOf(order, planned),
			outcome: resultOf(outcome, planned),
			tagsBefore: before?.tags ?? [],
			tagsAfter: outcome.kind === 'done' ? outcome.after.tags : (plan?.tagsAfter ?? []),
			sideEffects,
		};
	});
}

function networkBefore(outcome: WriteOutcome<null>): Network | null {
	switch (outcome.kind) {
		case 'skipped':
			return outcome.network;
		case 'nextRun':
			return null;
		case 'done':
		case 'accepted':
		case 'failed':
		case 'gone':
			return outcome.before;
	}
}

function routeOf(
	order: SwapOrder,
	planned: PlannedOrder | undefined,
): { from: string | null; to: string | null } {
	if (planned?.kind === 'apply') return { from: planned.from, to: planned.to };
	return order.kind === 'asEvaluated'
		? { from: order.decision.have.peer, to: order.decision.want.peer }
		: { from: null, to: null };
}

/** From what the API said to what people are told. */
function resultOf(outcome: WriteOutcome<null>, planned: PlannedOrder | undefined): SwapResult {
	if (planned && planned.kind !== 'apply') return planned;
	switch (outcome.kind) {
		case 'skipped':
			return { kind: 'dryRun' };
		case 'done':
		case 'accepted':
			return { kind: outcome.kind };
		case 'failed':
			return { kind: 'failed', why: outcome.error.message, isRefusal: isRefusal(outcome.error) };
		case 'gone':
			return { kind: 'gone', why: outcome.error.message };
		case 'nextRun': {
			const why = NEXT_RUN[outcome.why];
			return { kind: 'nextRun', why: outcome.cause === null ? why : `${why} ${outcome.cause}` };
		}
	}
}

const NEXT_RUN = {
	cancelled: 'The run was cancelled before this network was written.',
	outOfTime: 'The time of this run was over before this network was written.',
	inProgress: 'A write that began before was still under way for this network.',
};

/** R8.7: 400, 403 and 404. */
function isRefusal(error: Error): boolean {
	return isMerakiApiError(error) && ['badRequest', 'forbidden', 'notFound'].includes(error.kind);
}

const SIDE_EFFECTS: Record<SideEffect, string> = {
	name: 'Its name changed meanwhile.',
	timeZone: 'Its time zone changed meanwhile.',
	notes: 'Its notes changed meanwhile.',
	otherTags: 'Other tags of it changed meanwhile: compare before and after.',
};
