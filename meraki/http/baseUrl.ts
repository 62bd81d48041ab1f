/** Where the organization's dashboard is; each has keys of its own. */
export type Region = 'world' | 'canada' | 'china' | 'india' | 'unitedStatesGovernment' | 'custom';

export type BaseUrl =
	| { readonly kind: 'resolved'; readonly baseUrl: string }
	| { readonly kind: 'refused'; readonly problem: string };

/** Dashboard API documentation, "Getting Started", and dashboard-api-python, config.py. */
const REGION_ORIGINS: Readonly<Record<Exclude<Region, 'custom'>, string>> = {
	world: 'https://api.meraki.com',
	canada: 'https://api.meraki.ca',
	china: 'https://api.meraki.cn',
	india: 'https://api.meraki.in',
	unitedStatesGovernment: 'https://api.gov-meraki.com',
};

const API_PATH = '/api/v1';
const EXAMPLE = 'for example https://api.meraki.com/api/v1';

/**
 * The address that every path is appended to, without a slash at its end. `customUrl` counts only for the region
 * `custom`: https anywhere, http on loopback only, with or without `/api/v1`. `problem` is a sentence for the user
 * that never quotes the address, since it may hold a password.
 */
export function resolveBaseUrl(region: string, customUrl = ''): BaseUrl {
	if (region === 'custom') return resolveCustomUrl(customUrl.trim());
	if (!isNamedRegion(region))
		return refused('The region is not one this node knows. Choose it again from the list.');
	return { kind: 'resolved', baseUrl: REGION_ORIGINS[region] + API_PATH };
}

/** Whether requests to this host stay on this machine. `hostname` as `URL` gives it: lower case, IPv4 in dots. */
export function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function isNamedRegion(region: string): region is keyof typeof REGION_ORIGINS {
	return Object.hasOwn(REGION_ORIGINS, region);
}

function resolveCustomUrl(customUrl: string): BaseUrl {
	if (customUrl === '') return refused(`The custom URL is empty. Enter the API's address, ${EXAMPLE}.`);
	if (!URL.canParse(customUrl))
		return refused(`The custom URL is not a complete address. Enter it with https://, ${EXAMPLE}.`);
	const url = new URL(customUrl);
	if (url.protocol !== 'https:' && url.protocol !== 'http:') {
		return refused(`The custom URL must begin with https://, ${EXAMPLE}.`);
	}
	if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
		return refused(
			'The custom URL would send the API key unencrypted. Use https; http is for this machine only (localhost).',
		);
	}
	if (url.username !== '' || url.password !== '') {
		return refused(
			'The custom URL contains a user name or password. Remove it; the API key goes into its own field.',
		);
	}
	if (/[?#]/.test(customUrl))
		return refused(`The custom URL must end with its path, without ? or #, ${EXAMPLE}.`);
	return withApiPath(url);
}

function withApiPath(url: URL): BaseUrl {
	const path = url.pathname.replace(/\/+$/, '');
	if (path.endsWith(API_PATH)) return { kind: 'resolved', baseUrl: url.origin + path };
	if (/\/api\/v\d+$/.test(path))
		return refused(`The custom URL names another version of the API. It must be v1, ${EXAMPLE}.`);
	return { kind: 'resolved', baseUrl: url.origin + path + API_PATH };
}

function refused(problem: string): BaseUrl {
	return { kind: 'refused', problem };
}
