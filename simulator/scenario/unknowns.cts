/** What Meraki documents nowhere and this simulator therefore answers in more than one way. The default stands first. */
export interface UnknownAnswers {
	/** Whether a request without `AppName/1.0 VendorName` as user agent is refused (403). */
	readonly userAgent?: 'optional' | 'required';
	/** Characters of an address from its path on; a longer one gets 414. Left out: any. */
	readonly longestUrl?: number;
	/** Tags that the server does not take (400): longer ones, or with a character that the pattern does not have. */
	readonly tagRule?: { readonly longest?: number; readonly pattern?: string };
	/** Whether a peer takes a network whose tag differs from its own only in upper and lower case. */
	readonly peerTagCase?: 'exact' | 'ignored';
	/** How VPN statuses call a tunnel that is down, and whether they name peers that no tag of the network matches. */
	readonly tunnelDownWord?: string;
	readonly unmatchedPeers?: 'hidden' | 'shown';
	/** How old uplink and VPN statuses are. */
	readonly statusLagMinutes?: number;
	/** Whether a request that is answered with 429 costs a request of the budget all the same. */
	readonly tooManyRequests?: 'free' | 'counted';
	/** The status of an action batch with an action that cannot be batched. */
	readonly unsupportedOperation?: 400 | 404 | 422;
	/** Whether tags of networks can be batched at all. */
	readonly batchedTags?: 'supported' | 'unsupported';
}
