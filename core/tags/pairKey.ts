/** The key of one pair of one network in memory. */
export function pairKey(networkId: string, pair: string): string {
	return JSON.stringify([networkId, pair]);
}
