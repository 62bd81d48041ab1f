/** RFC 9110, 5.6.7: the only form that may be sent. `Date.parse` alone would accept `5`. */
const IMF_FIXDATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds since 1970 of a `Date` or `Retry-After` header; `undefined` when it is missing or garbled. */
export function parseHttpDate(header: string | undefined): number | undefined {
	if (header === undefined || !IMF_FIXDATE.test(header.trim())) return undefined;
	const at = Date.parse(header);
	return Number.isFinite(at) ? at : undefined;
}
