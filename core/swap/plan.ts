import { holdOf, isHoldTag } from '../settings/hold';
/**
 * A decision is a compare-and-set (R6): what Swap may write on a network, given the tags it has just read.
 */
import type { Decision } from './decision';
import { isSameRole, roleName } from '../domain/roles';
import { compileTagFormat } from '../tags/tagFormat';
import type { TagFormat } from '../tags/tagFormat';
import { memberWithRole, readPairs, tagsWith, tagsWithActive, tagsWithout } from '../tags/pairs';
import type { ConsistentPair } from '../tags/pairs';
import type { Network, Role } from '../domain/types';

/** One thing that is asked of one network. */
export type SwapOrder =
	| { readonly kind: 'asEvaluated'; readonly decision: Decision }
	/** By an operator: nothing is compared, but the pair must be consistent. */
	| {
			readonly kind: 'explicit';
			readonly action: 'failover' | 'swapBack' | 'releaseHold';
			readonly tagFormat: TagFormat;
			readonly holdTag: string;
			/** Adds the hold tag in the same write, so that the schedule does not undo the operator. */
			readonly holdAfterwards: boolean;
	  };

/** Why an order changes nothing. */
export type NotApplied =
	/** The tags already are as ordered. */
	| { readonly kind: 'nothingToDo'; readonly why: string }
	/** The decision is older than *Decision Valid For* (R6). */
	| { readonly kind: 'expired'; readonly why: string }
	/** Somebody else was faster (R6). */
	| { readonly kind: 'overtaken'; readonly why: string }
	/** The tags are not in order, or the order makes no sense on this network. */
	| { readonly kind: 'refused'; readonly why: string };

/** What one order asks of the tags. */
export type PlannedOrder =
	| { readonly kind: 'apply'; readonly from: string | null; readonly to: string | null }
	| NotApplied;

/** All orders of one network are one plan and one write (R6). */
export interface SwapPlan {
	readonly tagsAfter: readonly string[];
	readonly hasChanges: boolean;
	/** One for each order, in their order. */
	readonly planned: readonly PlannedOrder[];
}

/** `now`: API clock at the read. `validForMs`: *Decision Valid For*. */
export function planSwap(
	orders: readonly SwapOrder[],
	network: Network,
	now: number,
	validForMs: number,
): SwapPlan {
	let tagsAfter: readonly string[] = network.tags;
	const planned = orders.map((order) => {
		const step = planOrder(order, network.tags, tagsAfter, now, validForMs);
		tagsAfter = step.tagsAfter;
		return step.planned;
	});
	return { tagsAfter, hasChanges: !isSameList(tagsAfter, network.tags), planned };
}

interface OrderStep {
	/** Where nothing is applied: the tags that were handed in. */
	readonly tagsAfter: readonly string[];
	readonly planned: PlannedOrder;
}

/** `tagsRead` is what the comparison looks at; `tags` is what earlier orders of the plan have made of it. */
function planOrder(
	order: SwapOrder,
	tagsRead: readonly string[],
	tags: readonly string[],
	now: number,
	validForMs: number,
): OrderStep {
	if (order.kind === 'asEvaluated') return planDecision(order.decision, tagsRead, tags, now, validForMs);
	return order.action === 'releaseHold'
		? releaseHold(order.holdTag, tags)
		: planExplicit(order, order.action, tags);
}

function planDecision(
	decision: Decision,
	tagsRead: readonly string[],
	tags: readonly string[],
	now: number,
	validForMs: number,
): OrderStep {
	const no = (kind: 'expired' | 'overtaken' | 'refused', why: string): OrderStep => ({
		tagsAfter: tags,
		planned: { kind, why },
	});
	const ageMs = now - decision.decidedAt;
	if (ageMs >= validForMs)
		return no(
			'expired',
			`The decision is ${seconds(ageMs)} s old; it was valid for ${seconds(validForMs)} s.`,
		);
	// A decision from the future was made on another clock: its age cannot be judged.
	if (ageMs < -CLOCK_TOLERANCE_MS)
		return no('refused', 'The decision was made after the time that Meraki gives now.');
	const hold = holdOf(tagsRead, decision.holdTag, now);
	if (hold.kind === 'held') return no('overtaken', `The network now carries the hold tag ${hold.tag}.`);
	const grammar = compileTagFormat(decision.tagFormat);
	const reading = readPairs(tagsRead, grammar).find((pair) => pair.pair === decision.pair);
	if (!reading) return no('overtaken', 'The network no longer carries these VPN tags.');
	if (reading.kind === 'inconsistent')
		return no('refused', `The VPN tags are inconsistent now: ${reading.tags.join(', ')}.`);
	const planned = readPairs(tags, grammar).find((pair) => pair.pair === decision.pair);
	if (
		planned?.kind === 'consistent' &&
		planned.active.tag !== reading.active.tag &&
		!isActive(planned, decision.want)
	) {
		return no('refused', `Another item of this run moves the pair to ${planned.active.peer}.`);
	}
	if (isActive(reading, decision.want)) return no('overtaken', `${decision.want.peer} is active already.`);
	if (!isActive(reading, decision.have)) {
		return no(
			'overtaken',
			`The active peer is now ${reading.active.peer} (${roleName(reading.active.role)}), not ${decision.have.peer}.`,
		);
	}
	const target = memberWithRole(reading, decision.want.role);
	if (!target || target.peer !== decision.want.peer)
		return no(
			'overtaken',
			`The network no longer names ${decision.want.peer} as ${roleName(decision.want.role)}.`,
		);
	return {
		tagsAfter: tagsWithActive(tags, reading, target.role),
		planned: { kind: 'apply', from: reading.active.peer, to: target.peer },
	};
}

/** The `Date` header has whole seconds, and two servers may differ a little. */
const CLOCK_TOLERANCE_MS = 60_000;

function planExplicit(
	order: Extract<SwapOrder, { kind: 'explicit' }>,
	action: 'failover' | 'swapBack',
	tags: readonly string[],
): OrderStep {
	const pairs = readPairs(tags, compileTagFormat(order.tagFormat));
	const bad = pairs.find((pair) => pair.kind === 'inconsistent');
	if (bad?.kind === 'inconsistent')
		return {
			tagsAfter: tags,
			planned: { kind: 'refused', why: `The VPN tags are inconsistent: ${bad.tags.join(', ')}.` },
		};
	const consistent = pairs.filter((pair) => pair.kind === 'consistent');
	const [first] = consistent;
	if (!first)
		return {
			tagsAfter: tags,
			planned: { kind: 'refused', why: 'The network carries no VPN tags of this format.' },
		};
	const wanted = consistent.map((pair) => ({ pair, target: explicitTarget(pair, action) }));
	const swapped = wanted.reduce<readonly string[]>(
		(list, { pair, target }) => tagsWithActive(list, pair, target.role),
		tags,
	);
	const tagsAfter = order.holdAfterwards ? tagsWith(swapped, order.holdTag) : swapped;
	const from = consistent.map((pair) => pair.active.peer).join(', ');
	const to = wanted.map(({ target }) => target.peer).join(', ');
	if (isSameList(tagsAfter, tags))
		return { tagsAfter: tags, planned: { kind: 'nothingToDo', why: `${to} is active already.` } };
	return { tagsAfter, planned: { kind: 'apply', from, to } };
}

/** Fail Over: the first backup, unless a backup is active already. Swap Back: primary. */
function explicitTarget(pair: ConsistentPair, action: 'failover' | 'swapBack') {
	if (action === 'swapBack') return pair.primary;
	return pair.active.role.kind === 'backup' ? pair.active : (pair.backups[0] ?? pair.active);
}

function releaseHold(holdTag: string, tags: readonly string[]): OrderStep {
	const holds = tags.filter((tag) => isHoldTag(tag, holdTag));
	if (holds.length === 0)
		return {
			tagsAfter: tags,
			planned: { kind: 'nothingToDo', why: `The network does not carry the hold tag ${holdTag}.` },
		};
	return { tagsAfter: holds.reduce(tagsWithout, tags), planned: { kind: 'apply', from: null, to: null } };
}

function isActive(
	pair: ConsistentPair,
	{ role, peer }: { readonly role: Role; readonly peer: string },
): boolean {
	return isSameRole(pair.active.role, role) && pair.active.peer === peer;
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
	return one.length === other.length && one.every((tag, at) => tag === other[at]);
}

function seconds(ms: number): number {
	return Math.round(ms / 1000);
}
