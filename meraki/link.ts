/** `<address>; parameter; parameter`, up to the comma before the next `<` (RFC 8288, 3). */
const LINK = /<([^<>]*)>([^<]*)/g;
/** Meraki writes `rel=next` without quotes (Dashboard API documentation, "Pagination"); the RFC allows both. */
const REL_NEXT = /;\s*rel\s*=\s*(?:"(?:[^"]*\s)?next(?:\s[^"]*)?"|next)\s*(?:[;,]|$)/i;

/** The address of the next page as it stands in a `Link` header; `undefined` on the last page. */
export function nextLinkOf(header: string | undefined): string | undefined {
	for (const [, address, parameters] of (header ?? '').matchAll(LINK)) {
		if (REL_NEXT.test(parameters ?? '')) return address;
	}
	return undefined;
}
