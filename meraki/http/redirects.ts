import type { HttpAnswer } from './transport';

export type Hop =
	| { readonly kind: 'stay' }
	| { readonly kind: 'follow'; readonly url: string }
	| { readonly kind: 'refuse'; readonly why: string };

/** One to the shard host, one for a move in between, one spare. Meraki's own library has no limit. */
const MAX_HOPS = 3;

/** All of them keep method and body here: a PUT must not turn into a GET (RFC 9110, 15.4 lets clients choose). */
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Where an answer sends the request. `visited` are the addresses of this request so far, the one that answered
 * last.
 */
export function nextHop(answer: HttpAnswer, visited: readonly string[], baseUrl: string): Hop {
	if (!REDIRECTS.includes(answer.status)) return { kind: 'stay' };
	const { location } = answer.headers;
	const from = visited[visited.length - 1];
	if (location === undefined || !URL.canParse(location, from)) {
		return refuse('Meraki redirects without a usable address');
	}
	const target = new URL(location, from);
	if (!isAllowedHost(target.href, baseUrl)) {
		return refuse(
			`The answer redirects to ${target.protocol}//${target.host}, which is not Meraki's or not encrypted`,
		);
	}
	if (visited.includes(target.href)) return refuse('The answers redirect in a circle');
	if (visited.length > MAX_HOPS) return refuse(`The answers redirect more than ${MAX_HOPS} times`);
	return { kind: 'follow', url: target.href };
}

function refuse(why: string): Hop {
	return { kind: 'refuse', why };
}

/** The domains of the dashboards and their shard hosts `nNNN` (dashboard-api-python, common.py). */
const MERAKI_DOMAINS = ['meraki.com', 'meraki.ca', 'meraki.cn', 'meraki.in', 'gov-meraki.com'];

/**
 * Whether a request, which carries the API key, may go to `url`: to the very origin of the credential, or by https
 * on the default port to one of Meraki's domains. Asked of every redirect and every page link.
 */
export function isAllowedHost(url: string, baseUrl: string): boolean {
	if (!URL.canParse(url)) return false;
	// URL has lower-cased the host and written look-alike letters as punycode, which matches no domain below.
	const target = new URL(url);
	if (target.username !== '' || target.password !== '') return false;
	if (target.origin === new URL(baseUrl).origin) return true;
	if (target.protocol !== 'https:' || target.port !== '') return false;
	return MERAKI_DOMAINS.some(
		(domain) => target.hostname === domain || target.hostname.endsWith(`.${domain}`),
	);
}
