import { isMerakiApiError } from './merakiApiError';

export type Result<T> =
	| { readonly kind: 'value'; readonly value: T }
	| { readonly kind: 'error'; readonly error: Error };

/** An error as a value, so that what it means is decided outside of a `catch`. */
export async function tryAsync<T>(work: () => Promise<T>): Promise<Result<T>> {
	try {
		return { kind: 'value', value: await work() };
	} catch (error) {
		return { kind: 'error', error: error instanceof Error ? error : new Error(String(error)) };
	}
}

/** The same without waiting: nothing else happens in between. */
export function trySync<T>(work: () => T): Result<T> {
	try {
		return { kind: 'value', value: work() };
	} catch (error) {
		return { kind: 'error', error: error instanceof Error ? error : new Error(String(error)) };
	}
}

/** What a read brought, or why not, in Meraki's words. */
export type ReadOrReason<T> =
	| { readonly kind: 'read'; readonly value: T }
	| { readonly kind: 'failed'; readonly why: string };

/** Only what Meraki answers is caught: a fault in our own code must not look like an unreadable list. */
export async function readOrReason<T>(reading: Promise<T>): Promise<ReadOrReason<T>> {
	const [settled] = await Promise.allSettled([reading]);
	if (settled.status === 'fulfilled') return { kind: 'read', value: settled.value };
	if (isMerakiApiError(settled.reason)) return { kind: 'failed', why: settled.reason.message };
	throw settled.reason;
}
