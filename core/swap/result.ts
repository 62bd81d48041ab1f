import type { Decision } from './decision';
import type { NotApplied, SwapOrder } from './plan';

/** What became of one order on one network, for people: the product's result. What the API said is a `WriteOutcome`. */
export type SwapResult =
	/** Written, and shown by Meraki (R7). */
	| { readonly kind: 'done' }
	/** Written and accepted, but no read has shown it yet (R7). */
	| { readonly kind: 'accepted' }
	| { readonly kind: 'dryRun' }
	| NotApplied
	/** An operator asked for the networks with a tag, and there are none. */
	| { readonly kind: 'noneFound'; readonly why: string }
	/** `isRefusal`: Meraki said no (400, 403, 404), and would say so again (R8.7). */
	| { readonly kind: 'failed'; readonly why: string; readonly isRefusal: boolean }
	/** Refused before, and not asked again yet (R8.7). */
	| { readonly kind: 'paused'; readonly why: string }
	/** The network left the key's view after the write (R7): critical. */
	| { readonly kind: 'gone'; readonly why: string }
	/** The run was over before the write; the next run decides anew. */
	| { readonly kind: 'nextRun'; readonly why: string };

export interface SwapRecord {
	readonly order: SwapOrder;
	/** Which input item asked for it. */
	readonly itemIndex: number;
	readonly organizationId: string;
	readonly networkId: string;
	readonly networkName: string;
	readonly networkUrl: string | null;
	readonly from: string | null;
	readonly to: string | null;
	readonly outcome: SwapResult;
	readonly tagsBefore: readonly string[];
	readonly tagsAfter: readonly string[];
	/** What else changed on the network meanwhile, in words; empty when nothing did. */
	readonly sideEffects: readonly string[];
}

/** The record of an order that ended before its network was read. */
export function notAttempted(
	{
		order,
		itemIndex,
		organizationId,
		networkId,
		networkName,
	}: Pick<SwapRecord, 'order' | 'itemIndex' | 'organizationId' | 'networkId' | 'networkName'>,
	outcome: SwapResult,
): SwapRecord {
	const nothingRead = {
		networkUrl: null,
		from: null,
		to: null,
		tagsBefore: [],
		tagsAfter: [],
		sideEffects: [],
	};
	return { order, itemIndex, organizationId, networkId, networkName, outcome, ...nothingRead };
}

export type SwapAction = 'failover' | 'swapBack' | 'releaseHold';

export function actionOf(order: SwapOrder): SwapAction {
	return order.kind === 'asEvaluated' ? order.decision.action : order.action;
}

export function decisionOf(order: SwapOrder): Decision | null {
	return order.kind === 'asEvaluated' ? order.decision : null;
}
