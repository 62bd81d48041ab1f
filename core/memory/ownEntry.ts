/** What memory holds under a key; keys come from outside, so an own entry only. */
export function remembered<Entry>(
	entries: Readonly<Record<string, Entry>> | undefined,
	key: string,
): Entry | undefined {
	return entries !== undefined && Object.hasOwn(entries, key) ? entries[key] : undefined;
}
