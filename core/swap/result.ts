import type { Decision } from './decision';
import type { SwapOrder } from './plan';

/** What became of one order on one network. */
export type SwapOutcome =
	/** Written, and shown by Meraki (R7). */
	| { readonly kind: 'done' }
	/** Written and accepted, but no read has shown it yet (R7). */
	| { readonly kind: 'accepted' }
	| { readonly kind: 'dryRun' }
	| { readonly kind: 'nothingToDo'; readonly why: string }
	/** An operator asked for the networks with a tag, and there are none. */
	| { readonly kind: 'noneFound'; readonly why: string }
	/** Older than *Decision Valid For* (R6). */
	| { readonly kind: 'expired'; readonly why: string }
	| { readonly kind: 'overtaken'; readonly why: string }
	| { readonly kind: 'refused'; readonly why: string }
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
	readonly outcome: SwapOutcome;
	readonly tagsBefore: readonly string[];
	readonly tagsAfter: readonly string[];
	/** What else changed on the network meanwhile, in words; empty when nothing did. */
	readonly sideEffects: readonly string[];
}

/** Of an order that ended before its network was read. */
export function unreadRecord(
	{
		order,
		itemIndex,
		organizationId,
		networkId,
		networkName,
	}: Pick<SwapRecord, 'order' | 'itemIndex' | 'organizationId' | 'networkId' | 'networkName'>,
	outcome: SwapOutcome,
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

/** R8.5: a real write is always told, and so is what an operator asked for; anything else as the item says. */
export function isTold({ order, outcome }: SwapRecord): boolean {
	if (order.kind === 'explicit') return true;
	switch (outcome.kind) {
		case 'done':
		case 'accepted':
		case 'gone':
			return true;
		case 'paused': // told when it was refused
		case 'overtaken': // another run, or an operator, was faster, and tells of it
		case 'nothingToDo':
		case 'noneFound': // only an operator asks by tag
			return false;
		case 'dryRun':
		case 'expired':
		case 'refused':
		case 'failed':
		case 'nextRun':
			return order.decision.notify !== 'none';
	}
}
