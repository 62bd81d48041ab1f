import { BATCH_MS } from './fleets.cjs';
import { CALL_MS } from './pretendedMeraki.cjs';

/** The documented limit, and so the own one in this benchmark. */
export const REQUESTS_PER_SECOND = 10;
/** The most actions of a synchronous batch, and the most appliances on a page of statuses (both documented). */
const NETWORKS_PER_BATCH = 20;
const APPLIANCES_PER_PAGE = 1000;

export interface Bound {
	readonly calls: number;
	readonly seconds: number;
}

/**
 * The least that moving so many branches can cost: loss and networks, the uplink in use of each, the batches, and one
 * look at what they did. One call every tenth of a second; the last batch must be carried out before the look.
 */
export function lowerBound(branches: number): Bound {
	const reads = 2 + Math.ceil(branches / APPLIANCES_PER_PAGE);
	const batches = Math.ceil(branches / NETWORKS_PER_BATCH);
	const gapMs = 1000 / REQUESTS_PER_SECOND;
	const lastBatchAtMs = (reads + batches - 1) * gapMs;
	const lookAtMs = lastBatchAtMs + CALL_MS + BATCH_MS;
	return { calls: reads + batches + 1, seconds: (lookAtMs + CALL_MS) / 1000 };
}
