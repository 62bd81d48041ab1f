/** ISO 8601 with its zone, as Meraki writes times. `Date.parse` alone would guess a zone, or accept `5`. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970, or `null` when the value is not a time. */
export function parseTime(value: unknown): number | null {
	if (typeof value !== 'string' || !ISO_TIME.test(value)) return null;
	const at = Date.parse(value);
	return Number.isFinite(at) ? at : null;
}

/** {@link parseTime} for one answer. Its thousands of rows share a few times, so each is parsed once. */
export function timeReader(): (value: unknown) => number | null {
	const known = new Map<unknown, number | null>();
	return (value) => {
		const before = known.get(value);
		if (before !== undefined) return before;
		const at = parseTime(value);
		known.set(value, at);
		return at;
	};
}
