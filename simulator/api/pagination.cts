export interface PageQuery {
	readonly perPage?: number;
	readonly startingAfter?: string;
	readonly endingBefore?: string;
}

export interface Page<T> {
	readonly items: readonly T[];
	readonly link: string;
}

/** Sorts after every id: the token of the last page's link. */
const END = '~';

/**
 * Meraki docs, Pagination: the `Link` header names first, prev, next and last as absolute URLs, `rel` without quotes.
 * The items must be in the order of their tokens. `url` is the absolute URL of this request.
 */
export function pageOf<T>(
	items: readonly T[],
	tokenOf: (item: T) => string,
	query: PageQuery,
	defaultPerPage: number,
	url: string,
): Page<T> {
	const perPage = query.perPage ?? defaultPerPage;
	const { begin, end } = bounds(items.map(tokenOf), query, perPage);
	const page = items.slice(begin, end);
	const [first] = page;
	const last = page[page.length - 1];
	const links = [link(url, { perPage }, 'first')];
	if (begin > 0 && first !== undefined) {
		links.push(link(url, { perPage, endingBefore: tokenOf(first) }, 'prev'));
	}
	if (end < items.length && last !== undefined) {
		links.push(link(url, { perPage, startingAfter: tokenOf(last) }, 'next'));
	}
	links.push(link(url, { perPage, endingBefore: END }, 'last'));
	return { items: page, link: links.join(', ') };
}

function bounds(
	tokens: readonly string[],
	query: PageQuery,
	perPage: number,
): { begin: number; end: number } {
	const { startingAfter, endingBefore } = query;
	if (endingBefore !== undefined) {
		const found = tokens.findIndex((token) => token >= endingBefore);
		const end = found === -1 ? tokens.length : found;
		return { begin: Math.max(0, end - perPage), end };
	}
	const found = startingAfter === undefined ? 0 : tokens.findIndex((token) => token > startingAfter);
	const begin = found === -1 ? tokens.length : found;
	return { begin, end: Math.min(tokens.length, begin + perPage) };
}

function link(url: string, page: PageQuery, rel: string): string {
	const target = new URL(url);
	for (const name of ['perPage', 'startingAfter', 'endingBefore'] as const) {
		target.searchParams.delete(name);
		const value = page[name];
		if (value !== undefined) target.searchParams.set(name, String(value));
	}
	return `<${target.href}>; rel=${rel}`;
}
