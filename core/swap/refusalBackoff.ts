/** R8.7: a refused write is tried again after 1, 5, 15, then 60 minutes; anything else in the next run. */
import { MINUTE_MS } from '../domain/time';
import { asFields, asFiniteNumber, field } from '../domain/untrusted';

export interface Refusal {
	/** How often in a row. */
	readonly count: number;
	/** Host clock: only its distance to now counts. */
	readonly at: number;
}

/** By network. */
export type Refusals = ReadonlyMap<string, Refusal>;

const PAUSES_MS: readonly number[] = [1, 5, 15, 60].map((minutes) => minutes * MINUTE_MS);
/** A network that nobody asked for in this time starts afresh. */
const FORGOTTEN_AFTER_MS = 24 * 60 * MINUTE_MS;

/** When a network may be written again, or `null` when it may be now. */
export function pausedUntil(refusal: Refusal | undefined, now: number): number | null {
	// A stamp from the future is no reason to wait.
	if (!refusal || refusal.at > now) return null;
	const until = refusal.at + (PAUSES_MS[Math.min(refusal.count, PAUSES_MS.length) - 1] ?? 0);
	return now < until ? until : null;
}

/** The refusals after a run: one more for those refused, none for those written. */
export function followRefusals(
	before: Refusals,
	run: { readonly refused: readonly string[]; readonly written: readonly string[] },
	now: number,
): Refusals {
	const after = new Map([...before].filter(([, refusal]) => now - refusal.at < FORGOTTEN_AFTER_MS));
	for (const networkId of run.written) after.delete(networkId);
	for (const networkId of run.refused)
		after.set(networkId, { count: (before.get(networkId)?.count ?? 0) + 1, at: now });
	return after;
}

/** Stored refusals of unknown origin; what cannot be read is forgotten, which only means an earlier try. */
export function loadRefusals(stored: unknown): Refusals {
	const entries = Object.entries(asFields(stored) ?? {}).flatMap(
		([networkId, value]): [string, Refusal][] => {
			const fields = asFields(value);
			const count = asFiniteNumber(field(fields, 'count'));
			const at = asFiniteNumber(field(fields, 'at'));
			return count !== undefined && count >= 1 && at !== undefined
				? [[networkId, { count: Math.floor(count), at }]]
				: [];
		},
	);
	return new Map(entries);
}

export function storedRefusals(refusals: Refusals): Record<string, Refusal> {
	return Object.fromEntries(refusals);
}
