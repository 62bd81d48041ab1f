/** Which minutes to read: the newest five (the API lags two minutes), or those from `fromAt` to `untilAt`, at most five. */
export type LossWindow =
	| { readonly kind: 'newest' }
	| { readonly kind: 'between'; readonly fromAt: number; readonly untilAt: number; readonly ip?: string };

/** The longest span that one call may cover, in seconds (OpenAPI, `timespan`). */
const SPAN_SECONDS = 300;

/** `/organizations/123`; ids are opaque, and a slash in one must not lead elsewhere. */
export function pathTo(collection: 'organizations' | 'networks', id: string): string {
	// "." and ".." would be resolved away even when encoded; no id is made of dots.
	return `/${collection}/${encodeURIComponent(id).replace(/^\.+$/, '-')}`;
}

/** `?a=1&b[]=2`, each side encoded. */
export function query(parameters: ReadonlyArray<readonly [string, string]>): string {
	const pairs = parameters.map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`);
	return `?${pairs.join('&')}`;
}

export function lossQuery(window: LossWindow): string {
	if (window.kind === 'newest') return query([['timespan', String(SPAN_SECONDS)]]);
	const span: Array<[string, string]> = [
		['t0', new Date(window.fromAt).toISOString()],
		['t1', new Date(window.untilAt).toISOString()],
	];
	return query(window.ip === undefined ? span : [...span, ['ip', window.ip]]);
}
