import { networksWithTag } from '../../core/tags/findNetworksByTag';
import { notAttempted } from '../../core/swap/result';
import type { SwapResult, SwapRecord } from '../../core/swap/result';
import { compileTagFormat } from '../../core/tags/tagFormat';
import type { MerakiClient } from '../../meraki/client/client';
import { isMerakiApiError } from '../../meraki/http/merakiApiError';
import type { AskedByTag, AskedSwap } from './readOrders';

export interface Expanded {
	readonly swaps: readonly AskedSwap[];
	/** What to tell where there is no network to swap. */
	readonly records: readonly SwapRecord[];
}

/** One order a network for what was asked by tag; one read of the organization's networks serves all. */
export async function expandTags(
	client: MerakiClient,
	organizationId: string,
	asked: readonly AskedByTag[],
): Promise<Expanded> {
	if (asked.length === 0) return { swaps: [], records: [] };
	const [read] = await Promise.allSettled([client.networks(organizationId)]);
	if (read.status === 'fulfilled') {
		const each = asked.map((one) => expandTag(one, read.value.rows));
		return { swaps: each.flatMap(({ swaps }) => swaps), records: each.flatMap(({ records }) => records) };
	}
	const reason: unknown = read.reason;
	if (!isMerakiApiError(reason)) throw reason;
	const failed = { kind: 'failed', why: reason.message, isRefusal: false } as const;
	return { swaps: [], records: asked.map((one) => recordOf(one, failed)) };
}

function expandTag({ tag, ...asked }: AskedByTag, networks: Parameters<typeof networksWithTag>[0]): Expanded {
	const found = networksWithTag(networks, tag, compileTagFormat(asked.order.tagFormat));
	if (found.kind === 'noneFound') return { swaps: [], records: [recordOf({ tag, ...asked }, found)] };
	const swaps = found.networks.map(({ id, name }) => ({ ...asked, networkId: id, networkName: name }));
	return { swaps, records: [] };
}

function recordOf({ tag, ...asked }: AskedByTag, outcome: SwapResult): SwapRecord {
	return notAttempted({ ...asked, networkId: '', networkName: `Networks with the tag ${tag}` }, outcome);
}
