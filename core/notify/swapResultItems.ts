import { actionOf, decisionOf } from '../swap/result';
import type { SwapAction, SwapRecord, SwapResult } from '../swap/result';
import { isReported, reasonOfResult } from './swapResultTable';

/** A "Swapped" item: one a network, for tickets and the like. */
export type SwappedItem = {
	kind: 'merakiVpnSwap';
	schema: 1;
	organizationId: string;
	networkId: string;
	networkName: string;
	networkUrl: string | null;
	action: SwapAction;
	from: string | null;
	to: string | null;
	/** `accepted`: written, but not visible yet. `dryRun`: nothing was written. */
	status: Extract<SwapResult['kind'], 'done' | 'accepted' | 'dryRun'>;
	tags: { before: string[]; after: string[] };
	explanation: string;
	wantedSince: string | null;
	incidentId: string | null;
	swappedAt: string;
};

/** A "Failed" item, with Meraki's own words. */
export type FailedItem = {
	kind: 'merakiVpnSwapFailed';
	schema: 1;
	organizationId: string;
	networkId: string;
	networkName: string;
	networkUrl: string | null;
	action: SwapAction;
	from: string | null;
	to: string | null;
	/** `refused`: nothing was written. `gone`: the network left the key's view after the write. */
	status: Extract<SwapResult['kind'], 'failed' | 'refused' | 'gone'>;
	reason: string;
	tagsBefore: string[];
	incidentId: string | null;
};

/** Items for Swapped: what was written, and in a dry run what would have been, as often as it is reported. */
export function swappedItem(record: SwapRecord, now: number): SwappedItem | null {
	const status = swappedStatus(record.outcome);
	if (status === null || !isReported(record)) return null;
	const decision = decisionOf(record.order);
	return {
		kind: 'merakiVpnSwap',
		schema: 1,
		...shared(record),
		status,
		tags: { before: [...record.tagsBefore], after: [...record.tagsAfter] },
		explanation: decision?.explanation ?? '',
		wantedSince: decision ? new Date(decision.wantedSince).toISOString() : null,
		swappedAt: new Date(now).toISOString(),
	};
}

function swappedStatus({ kind }: SwapResult): SwappedItem['status'] | null {
	return kind === 'done' || kind === 'accepted' || kind === 'dryRun' ? kind : null;
}

/** Items for Failed. What was overtaken or left for the next run has not failed. */
export function failedItem(record: SwapRecord): FailedItem | null {
	const status = failedStatus(record.outcome);
	if (status === null) return null;
	return {
		kind: 'merakiVpnSwapFailed',
		schema: 1,
		...shared(record),
		status,
		reason: reasonOfResult(record.outcome),
		tagsBefore: [...record.tagsBefore],
	};
}

function failedStatus({ kind }: SwapResult): FailedItem['status'] | null {
	if (kind === 'noneFound') return 'refused';
	return kind === 'failed' || kind === 'refused' || kind === 'gone' ? kind : null;
}

function shared(record: SwapRecord) {
	const { organizationId, networkId, networkName, networkUrl, from, to } = record;
	const incidentId = decisionOf(record.order)?.incidentId ?? '';
	return {
		organizationId,
		networkId,
		networkName,
		networkUrl,
		action: actionOf(record.order),
		from,
		to,
		incidentId: incidentId === '' ? null : incidentId,
	};
}
