/**
 * `<address>; rel=next`, other parameters before or after it, up to the next `<` (RFC 8288, 3). Meraki writes `next`
 * without quotes (Dashboard API documentation, "Pagination"); the RFC allows both.
 */
const NEXT_LINK = /<([^<>]*)>[^<]*;\s*rel\s*=\s*(?:"(?:[^"<]*\s)?next(?:\s[^"<]*)?"|next)\s*(?:[;,]|$)/i;

/** The address of the next page as it stands in a `Link` header; `undefined` on the last page. */
export function nextLinkOf(header: string | undefined): string | undefined {
	return header === undefined ? undefined : NEXT_LINK.exec(header)?.[1];
}
