import type { Finding } from './finding';
import { prevents, weakens } from './finding';

/** Whether the API key may change networks, as far as Meraki lets it be known without changing one. */
export type WriteAccess =
	/** A stored, unconfirmed action batch was accepted. */
	| { readonly kind: 'allowed' }
	/** It was refused (403, 404): most often a key that may only read. `why` quotes Meraki. */
	| { readonly kind: 'refused'; readonly why: string }
	/** Meraki did not answer, or not to the point. */
	| { readonly kind: 'unknown'; readonly why: string }
	/** No network takes part, so there was nothing to ask about. */
	| { readonly kind: 'notAsked' };

export function writeFindings(access: WriteAccess): Finding[] {
	switch (access.kind) {
		case 'allowed':
		case 'notAsked':
			return [];
		case 'refused':
			return [
				prevents(
					'The API key may read, but probably not write',
					'Give its administrator full access to the organization, or make a key of one who has it. If it may write these networks and only lacks action batches, swaps work all the same: move one network by hand to see.',
					access.why,
				),
			];
		case 'unknown':
			return [
				weakens(
					'Whether the API key may write could not be told',
					'Run the readiness check again later, or move one network by hand with Swap VPN Tags.',
					access.why,
				),
			];
	}
}
