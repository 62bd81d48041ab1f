/**
 * Reading values of unknown origin: items of a workflow, stored memory. A reader gives the value or `undefined`;
 * it never throws and never coerces.
 */

export type Fields = Readonly<Record<string, unknown>>;

/** An object that is not an array. Only own properties are ever read from it, through {@link field}. */
export function asFields(value: unknown): Fields | undefined {
	return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

export function field(fields: Fields | undefined, name: string): unknown {
	return fields !== undefined && Object.hasOwn(fields, name) ? fields[name] : undefined;
}

export function asText(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}

export function asFiniteNumber(value: unknown): number | undefined {
	return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

export function asList(value: unknown): readonly unknown[] | undefined {
	return Array.isArray(value) ? value : undefined;
}

/** A list of texts; `undefined` if one entry is none. */
export function asTexts(value: unknown): string[] | undefined {
	const list = asList(value);
	return list?.every((each): each is string => typeof each === 'string') ? [...list] : undefined;
}

export function oneOf<T extends string>(value: unknown, choices: readonly T[]): T | undefined {
	return choices.find((choice) => choice === value);
}

/** ISO time to milliseconds. */
export function asTime(value: unknown): number | undefined {
	if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)) return undefined;
	const at = Date.parse(value);
	return Number.isNaN(at) ? undefined : at;
}
