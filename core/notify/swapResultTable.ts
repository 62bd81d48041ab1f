/** How each result of a swap is reported: the one table behind the Report, its title, and the items. */
import type { Severity } from '../domain/types';
import { actionOf } from '../swap/result';
import type { SwapAction, SwapRecord, SwapResult } from '../swap/result';

export interface ResultReporting {
	/** The place in a Report, most urgent first: failures, then what was done, then what was left alone. */
	readonly rank: number;
	readonly severity: (record: SwapRecord) => Severity;
	readonly heading: (record: SwapRecord) => string;
	/** Its part of the title; `count` is "3 branches" or "3". */
	readonly phrase: (record: SwapRecord, count: string) => string;
	readonly nextStep: (record: SwapRecord) => string;
	/** R8.1: whether a scheduled move that ended so is reported always, as its item says, or by somebody else. */
	readonly reported: 'always' | 'asDecided' | 'never';
}

export const RESULT_REPORTING: Readonly<Record<SwapResult['kind'], ResultReporting>> = {
	gone: {
		rank: 0,
		severity: () => 'critical',
		heading: () => 'No longer visible to the API key after the change',
		phrase: (_, count) => `${count} no longer visible to the API key after the change`,
		nextStep: () => 'Check that the tags do not decide which networks the API key may see.',
		reported: 'always',
	},
	failed: {
		rank: 1,
		severity: () => 'critical',
		heading: () => 'Not moved',
		phrase: (record, count) => `${count} not moved${toPeer(record)}`,
		nextStep: failedStep,
		reported: 'asDecided',
	},
	refused: {
		rank: 2,
		severity: () => 'warning',
		heading: () => 'Refused: nothing was written',
		phrase: (_, count) => `${count} refused, nothing written`,
		nextStep: () => 'Correct the error shown, then run again.',
		reported: 'asDecided',
	},
	// Only an operator asks by tag.
	noneFound: {
		rank: 3,
		severity: () => 'warning',
		heading: () => 'No network found',
		phrase: () => 'no network found, nothing written',
		nextStep: () => 'Check the spelling of the tag: upper and lower case matter. Nothing was written.',
		reported: 'never',
	},
	expired: {
		rank: 4,
		severity: () => 'warning',
		heading: () => 'Too late: nothing was written',
		phrase: (record, count) => `${count} not moved${toPeer(record)}: the decision came too late`,
		nextStep: () => 'Let Swap VPN Tags follow Evaluate Uplink Loss directly, or raise Decision Valid For.',
		reported: 'asDecided',
	},
	nextRun: {
		rank: 5,
		severity: () => 'warning',
		heading: () => 'Deferred to the next run',
		phrase: (_, count) => `${count} deferred to the next run`,
		nextStep: () => 'Nothing: the next run decides anew.',
		reported: 'asDecided',
	},
	// Reported when it was refused.
	paused: {
		rank: 6,
		severity: () => 'warning',
		heading: () => 'Refused before: postponed',
		phrase: (_, count) => `${count} refused before, postponed`,
		nextStep: () => '',
		reported: 'never',
	},
	// Promised is only what was seen (R7).
	accepted: {
		rank: 7,
		severity: () => 'warning',
		heading: (record) => `${doneHeading(record)}, not visible yet`,
		phrase: (record, count) =>
			isRelease(record)
				? `hold being released on ${count}, not visible yet`
				: `${count} moving${toPeer(record)}, not visible yet (${why(record)})`,
		nextStep: () => 'Meraki accepted the change, but has not shown it yet. The next run looks again.',
		reported: 'always',
	},
	done: {
		rank: 8,
		severity: doneSeverity,
		heading: doneHeading,
		phrase: (record, count) =>
			isRelease(record) ? `hold released on ${count}` : `${count} moved${toPeer(record)} (${why(record)})`,
		nextStep: releaseStep,
		reported: 'always',
	},
	dryRun: {
		rank: 9,
		severity: () => 'info',
		heading: (record) => `Would be: ${doneHeading(record)}`,
		phrase: (record, count) =>
			isRelease(record)
				? `hold would be released on ${count}`
				: `${count} would move${toPeer(record)} (${why(record)})`,
		nextStep: () => 'Nothing was written. Switch Dry Run off to let it happen.',
		reported: 'asDecided',
	},
	// Another run, or an operator, was faster, and reports it.
	overtaken: {
		rank: 10,
		severity: () => 'info',
		heading: () => 'Overtaken: left as it is',
		phrase: (_, count) => `${count} overtaken, left as they are`,
		nextStep: () => '',
		reported: 'never',
	},
	nothingToDo: {
		rank: 11,
		severity: () => 'info',
		heading: () => 'Nothing to do',
		phrase: (_, count) => `nothing to do on ${count}`,
		nextStep: () => '',
		reported: 'never',
	},
};

export function reportingOf({ outcome }: SwapRecord): ResultReporting {
	return RESULT_REPORTING[outcome.kind];
}

/** R8.1: a real write is always reported, and so is what an operator asked for; anything else as the item says. */
export function isReported(record: SwapRecord): boolean {
	const { order } = record;
	if (order.kind === 'explicit') return true;
	const { reported } = reportingOf(record);
	return reported === 'always' || (reported === 'asDecided' && order.decision.notify !== 'none');
}

/** Why a network is not as ordered; empty where it is. */
export function reasonOfResult(outcome: SwapResult): string {
	return 'why' in outcome ? outcome.why : '';
}

const DONE: Readonly<Record<SwapAction, string>> = {
	failover: 'Failed over',
	swapBack: 'Swapped back',
	releaseHold: 'Hold released',
};

function doneHeading({ order, from, to }: SwapRecord): string {
	const route = from !== null && to !== null ? ` from ${from} to ${to}` : '';
	return DONE[actionOf(order)] + route;
}

function doneSeverity({ order }: SwapRecord): Severity {
	const action = actionOf(order);
	return action === 'failover' ? 'warning' : 'info';
}

function releaseStep({ order }: SwapRecord): string {
	if (order.kind !== 'explicit' || !order.holdAfterwards || order.action === 'releaseHold') return '';
	return `Held by the tag ${order.holdTag}: the schedule leaves it alone. Use Release Hold when it may move again.`;
}

/** R8.7. */
function failedStep({ order }: SwapRecord): string {
	if (order.kind === 'explicit') return 'Fix the error shown, then try again.';
	return 'Fix the error shown. The next run tries again; what Meraki refused is tried again after 1, 5, 15, then every 60 minutes.';
}

function isRelease({ order }: SwapRecord): boolean {
	return actionOf(order) === 'releaseHold';
}

function toPeer({ to }: SwapRecord): string {
	return to === null ? '' : ` to ${to}`;
}

const BY_OPERATOR: Readonly<Record<SwapAction, string>> = {
	failover: 'failover by an operator',
	swapBack: 'swap back by an operator',
	releaseHold: 'hold released',
};

function why({ order, from }: SwapRecord): string {
	if (order.kind === 'explicit') return BY_OPERATOR[order.action];
	const peer = from ?? 'the active peer';
	switch (order.decision.action) {
		case 'failover':
			return order.decision.have.role.kind === 'primary'
				? `failover: ${peer} shows loss`
				: `failover from a backup: ${peer} shows loss`;
		case 'swapBack':
			return 'swap back: primary is clean';
	}
}
