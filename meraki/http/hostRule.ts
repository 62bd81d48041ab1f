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
