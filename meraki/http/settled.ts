export type Settled<T> =
	| { readonly kind: 'value'; readonly value: T }
	| { readonly kind: 'error'; readonly error: Error };

/** An error as a value, so that what it means is decided outside of a `catch`. */
export async function settled<T>(work: () => Promise<T>): Promise<Settled<T>> {
	try {
		return { kind: 'value', value: await work() };
	} catch (error) {
		return { kind: 'error', error: error instanceof Error ? error : new Error(String(error)) };
	}
}

/** The same without waiting: nothing else happens in between. */
export function attempted<T>(work: () => T): Settled<T> {
	try {
		return { kind: 'value', value: work() };
	} catch (error) {
		return { kind: 'error', error: error instanceof Error ? error : new Error(String(error)) };
	}
}
