export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Writes a time as ISO 8601 in UTC, the form of every machine-readable time in items. */
export function iso(at: number): string {
	return new Date(at).toISOString();
}
