/** A field that is not what the API promises. `path` as in JSON, `why` continues it: `[17].id` `is missing`. */
export interface Skipped {
	readonly path: string;
	readonly why: string;
}

/** The usable rows of a list, and what was left out of it, so that one broken row harms no other network. */
export interface Parsed<T> {
	readonly rows: readonly T[];
	readonly skipped: readonly Skipped[];
}

/** Thrown by the readers below and caught by `attempt` and `parseEach`: it never leaves the parsers. */
class BadField extends Error {
	constructor(readonly field: Skipped) {
		super(describe(field));
	}
}

export type Attempt<T> =
	| { readonly kind: 'ok'; readonly value: T }
	| { readonly kind: 'bad'; readonly field: Skipped };

/** What may be read of an object: its own fields, never the inherited ones. */
export type Fields = ReadonlyMap<string, unknown>;

/** A sentence without its full stop. An empty path is the whole answer. */
export function describe({ path, why }: Skipped): string {
	return `${path === '' ? 'the answer' : path} ${why}`;
}

/** Runs a parser; a bad field becomes a value. Other errors are faults of ours and pass. */
export function attempt<T>(parse: () => T): Attempt<T> {
	let caught: unknown;
	try {
		return { kind: 'ok', value: parse() };
	} catch (error) {
		caught = error;
	}
	if (caught instanceof BadField) return { kind: 'bad', field: caught.field };
	throw caught;
}

/** Parses each element of a list; broken ones go to `skipped`. Throws when `value` is no list. */
export function parseEach<T>(
	value: unknown,
	path: string,
	parseOne: (element: unknown, path: string, skipped: Skipped[]) => T,
): Parsed<T> {
	const rows: T[] = [];
	const skipped: Skipped[] = [];
	listFrom(value, path).forEach((element, index) => {
		const one = attempt(() => parseOne(element, `${path}[${index}]`, skipped));
		if (one.kind === 'ok') rows.push(one.value);
		else skipped.push(one.field);
	});
	return { rows, skipped };
}

/**
 * A list in which every element is as the API promises, as nearly always: read without any detour, for there may be
 * tens of thousands. `read` answers `null` for anything else; then `parseOne` parses the list anew and names it.
 */
export function readList<T>(
	value: unknown,
	read: (element: unknown) => T | null,
	parseOne: (element: unknown, path: string, skipped: Skipped[]) => T,
): Parsed<T> {
	const rows = listFrom(value, '').map(read);
	return rows.every((row) => row !== null) ? { rows, skipped: [] } : parseEach(value, '', parseOne);
}

export function bad(path: string, why: string): never {
	throw new BadField({ path, why });
}

/** Another one than asked for would put one site's tags on another (trap 16). */
export function withId<T extends { readonly id: string }>(value: T, id: string): T {
	return value.id === id ? value : bad('.id', 'is another than the one asked for');
}

export function listFrom(value: unknown, path: string): readonly unknown[] {
	return Array.isArray(value) ? value : bad(path, `is ${kindOf(value)}, not a list`);
}

export function fieldsFrom(value: unknown, path: string): Fields {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		return bad(path, `is ${kindOf(value)}, not an object`);
	}
	return new Map(Object.entries(value));
}

export function isText(value: unknown): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

/** A text with something in it: ids and names. */
export function textFrom(fields: Fields, key: string, path: string): string {
	const value = fields.get(key);
	if (typeof value !== 'string') return bad(`${path}.${key}`, `is ${kindOf(value)}, not text`);
	return value.trim() === '' ? bad(`${path}.${key}`, 'is empty') : value;
}

/** For fields that nothing depends on: anything but a text is `null`. */
export function textOrNull(fields: Fields, key: string): string | null {
	const value = fields.get(key);
	return typeof value === 'string' ? value : null;
}

/**
 * A network's tags, none for a missing list and for null. One element that is not text makes the list
 * unusable: leaving it out would delete a tag with the next write.
 */
export function tagsFrom(fields: Fields, key: string, path: string): readonly string[] {
	const value = fields.get(key);
	if (value === undefined || value === null) return [];
	return listFrom(value, `${path}.${key}`).map((tag, index) =>
		typeof tag === 'string' ? tag : bad(`${path}.${key}[${index}]`, `is ${kindOf(tag)}, not text`),
	);
}

/** What kind of value it is, in place of the value itself, which may be a secret. */
export function kindOf(value: unknown): string {
	if (value === undefined) return 'missing';
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `a ${typeof value === 'string' ? 'text' : typeof value}`;
}
