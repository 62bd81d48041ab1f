import { MAX_URL_LENGTH } from './limits';

/** Only what RFC 3986 allows in a path, query and fragment, without the `@` that makes user names and mentions. */
const REST = String.raw`(?:[/?#][A-Za-z0-9\-._~!$&'()*+,;=:%/?#]*)?$`;
const HTTPS = new RegExp(String.raw`^https://[A-Za-z0-9.-]+(?::\d{1,5})?${REST}`);
/** The simulator's dashboard. */
const HTTP_ON_LOOPBACK = new RegExp(
	String.raw`^http://(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(?::\d{1,5})?${REST}`,
);

/** The address if it may become a link, else `null`. */
export function networkLink(url: string | null): string | null {
	if (url === null || url.length > MAX_URL_LENGTH) return null;
	return HTTPS.test(url) || HTTP_ON_LOOPBACK.test(url) ? url : null;
}
