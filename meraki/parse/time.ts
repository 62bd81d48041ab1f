/** ISO 8601 with its zone, as Meraki writes times. `Date.parse` alone would guess a zone, or accept `5`. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970, or `null` when it is no time. */
export function parseTime(value: unknown): number | null {
	if (typeof value !== 'string' || !ISO_TIME.test(value)) return null;
	const at = Date.parse(value);
	return Number.isFinite(at) ? at : null;
}
