import type { Need } from '../decide/situation';
import { MINUTE_MS } from '../domain/time';
import type { DataRequests } from './snapshot';

/** What one pair needs: the status of its network, or data on destinations. */
export type Request = Need | { readonly kind: 'status'; readonly networkId: string };

/** The newest sample may be four minutes old (R2.4), and the nearest sample one minute further back. */
const HISTORY_MARGIN_MINUTES = 5;

/** Joins what the pairs of an organization need, so that one read serves them all. */
export function collectRequests(requests: readonly Request[], now: number): DataRequests {
	const statusesOf = new Set<string>();
	const lookbacksOf = new Set<string>();
	const historyOf = new Map<string, number>();
	for (const request of requests) {
		switch (request.kind) {
			case 'status':
				statusesOf.add(request.networkId);
				break;
			case 'looks':
				for (const ip of request.ips) lookbacksOf.add(ip);
				break;
			case 'history': {
				const since = now - (request.minutes + HISTORY_MARGIN_MINUTES) * MINUTE_MS;
				for (const ip of request.ips) historyOf.set(ip, Math.min(since, historyOf.get(ip) ?? since));
			}
		}
	}
	return {
		statusesOf: [...statusesOf],
		historyOf: [...historyOf].map(([ip, since]) => ({ ip, since })),
		lookbacksOf: [...lookbacksOf],
	};
}
