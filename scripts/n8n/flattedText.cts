/**
 * Reads the text form in which n8n keeps an execution: a JSON list in which every text value is the index of another
 * entry and entry 0 is the whole, so that values which occur often, or in a circle, stand there once.
 */
export function unflatten(text: string): unknown {
	const entries: unknown = JSON.parse(text);
	if (!Array.isArray(entries)) throw new Error('not a list');
	const list: readonly unknown[] = entries;
	const built = new Map<number, unknown>();
	const entry = (index: number): unknown => {
		const raw = list[index];
		if (built.has(index) || typeof raw !== 'object' || raw === null) return built.get(index) ?? raw;
		const target: Record<string, unknown> | unknown[] = Array.isArray(raw) ? [] : {};
		built.set(index, target); // before its fields: they may refer to it
		const fields: readonly (readonly [string, unknown])[] = Object.entries(raw);
		for (const [name, value] of fields) {
			Object.assign(target, { [name]: typeof value === 'string' ? entry(Number(value)) : value });
		}
		return target;
	};
	return entry(0);
}
