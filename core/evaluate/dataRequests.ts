import type { Need } from '../decide/decide';
import type { Knowledge, Needs } from './snapshot';
import { MINUTE_MS } from '../health/series';

/** Collects what the pairs of an organization need, so that one read serves them all. */
export class NeedsList {
	private readonly statusesOf = new Set<string>();
	private readonly historyOf = new Map<string, number>();
	private readonly earlierOf = new Set<string>();

	constructor(private readonly knowledge: Knowledge) {}

	addStatus(networkId: string): void {
		this.statusesOf.add(networkId);
	}

	add(need: Need): void {
		switch (need.kind) {
			case 'history': {
				// The newest sample may be four minutes old (R2.4), and one more minute for the nearest sample.
				const since = this.knowledge.now - (need.minutes + 5) * MINUTE_MS;
				for (const ip of need.ips) this.historyOf.set(ip, Math.min(since, this.historyOf.get(ip) ?? since));
				return;
			}
			case 'arming':
				for (const ip of need.ips) this.earlierOf.add(ip);
		}
	}

	list(): Needs {
		return {
			statusesOf: [...this.statusesOf],
			historyOf: [...this.historyOf].map(([ip, since]) => ({ ip, since })),
			earlierOf: [...this.earlierOf].map((ip) => ({ ip, look: this.knowledge.earlier.get(ip)?.looks ?? 0 })),
		};
	}
}
