import type { RateLimits } from '../scenario/types.cjs';
import type { UnknownAnswers } from '../scenario/unknowns.cjs';
import { Refusal } from './refusal.cjs';

/** Allows `capacity` at once, and gets `perSecond` back at every full second. */
export class TokenBucket {
	private tokens: number;
	private second: number | undefined;

	constructor(
		private readonly perSecond: number,
		private readonly capacity: number,
	) {
		this.tokens = capacity;
	}

	/** `counted`: a request that is turned away is taken off what the next seconds give. */
	take(nowMs: number, turnedAway: 'free' | 'counted' = 'free'): boolean {
		const second = Math.floor(nowMs / 1000);
		const passed = Math.max(0, second - (this.second ?? second));
		this.second = Math.max(second, this.second ?? second);
		this.tokens = Math.min(this.capacity, this.tokens + passed * this.perSecond);
		if (this.tokens < 1) {
			if (turnedAway === 'counted') this.tokens = Math.max(-this.capacity, this.tokens - 1);
			return false;
		}
		this.tokens -= 1;
		return true;
	}
}

// Meraki docs, Rate limit: 10 requests/s per organization and 10 more in the first second (30 in two seconds);
// 100 requests/s per source address.
const ORGANIZATION = { perSecond: 10, capacity: 20 };
const SOURCE = { perSecond: 100, capacity: 100 };

/** One bucket per organization and one per source address. */
export class RateLimiter {
	private readonly buckets = new Map<string, TokenBucket>();

	constructor(
		private readonly limits: RateLimits,
		/** The milliseconds that refill the buckets. */
		private readonly nowMs: () => number,
		private readonly turnedAway: UnknownAnswers['tooManyRequests'] = 'free',
	) {}

	checkSource(address: string): void {
		this.check(`source ${address}`, SOURCE, 'API rate limit exceeded for source IP address');
	}

	checkOrganization(id: string): void {
		this.check(`organization ${id}`, ORGANIZATION, 'API rate limit exceeded for organization');
	}

	private check(name: string, limit: typeof SOURCE, error: string): void {
		if (this.limits.enabled === false) return;
		const bucket = this.buckets.get(name) ?? new TokenBucket(limit.perSecond, limit.capacity);
		this.buckets.set(name, bucket);
		if (bucket.take(this.nowMs(), this.turnedAway)) return;
		throw new Refusal(429, [error], this.limits.retryAfter === 'absent' ? {} : { 'retry-after': '1' });
	}
}
