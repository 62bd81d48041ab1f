/**
 * What the transport sends with every request. The shape `AppName/Version VendorName`, letters and digits only in
 * a name, is Meraki's own rule (Dashboard API documentation, "User Agents"): it lets Meraki's staff see who calls.
 */
export const USER_AGENT = 'MerakiVpnFailover/0.1 N8nCommunity';

export const ACCEPT = 'application/json';

/** RFC 9110, 5.6.7: the only form that may be sent. `Date.parse` alone would accept `5`. */
const IMF_FIXDATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds since 1970 of a `Date` or `Retry-After` header; `undefined` when it is missing or garbled. */
export function parseHttpDate(header: string | undefined): number | undefined {
	if (header === undefined || !IMF_FIXDATE.test(header.trim())) return undefined;
	const at = Date.parse(header);
	return Number.isFinite(at) ? at : undefined;
}

/**
 * `<address>; rel=next`, other parameters before or after it, up to the next `<` (RFC 8288, 3). Meraki writes `next`
 * without quotes (Dashboard API documentation, "Pagination"); the RFC allows both.
 */
const NEXT_LINK = /<([^<>]*)>[^<]*;\s*rel\s*=\s*(?:"(?:[^"<]*\s)?next(?:\s[^"<]*)?"|next)\s*(?:[;,]|$)/i;

/** The address of the next page as it stands in a `Link` header; `undefined` on the last page. */
export function nextLinkOf(header: string | undefined): string | undefined {
	return header === undefined ? undefined : NEXT_LINK.exec(header)?.[1];
}
