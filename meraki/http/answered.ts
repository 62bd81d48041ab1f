import { isMerakiApiError } from './merakiApiError';

/** What a read brought, or why not, in Meraki's words. */
export type Answered<T> =
	| { readonly kind: 'read'; readonly value: T }
	| { readonly kind: 'failed'; readonly why: string };

/** Only what Meraki answers is caught: a fault in our own code must not look like an unreadable list. */
export async function answered<T>(reading: Promise<T>): Promise<Answered<T>> {
	const [settled] = await Promise.allSettled([reading]);
	if (settled.status === 'fulfilled') return { kind: 'read', value: settled.value };
	if (isMerakiApiError(settled.reason)) return { kind: 'failed', why: settled.reason.message };
	throw settled.reason;
}
