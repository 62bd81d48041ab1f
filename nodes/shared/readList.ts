/** A list that an operator types with commas, or that an expression gives as an array of texts. */
export function readTexts(value: unknown): string[] {
	const texts: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string'
			? value.split(/[,\s]+/)
			: [];
	const clean = texts.filter((text): text is string => typeof text === 'string').map((text) => text.trim());
	return [...new Set(clean.filter((text) => text !== ''))];
}
