import type { Dice } from '../model/random';

/** Values of every type, and of every kind that a careless parser takes for another one. */
const HOSTILE: readonly [unknown, ...unknown[]] = [
	null,
	true,
	false,
	0,
	-0,
	-1,
	100.0001,
	1e308,
	2 ** 53,
	'',
	' ',
	'0',
	'NaN',
	'Infinity',
	'1e999',
	'0x10',
	'null',
	'true',
	'\u0000',
	'２０',
	'\ud800',
	'__proto__',
	'2026-02-30T25:61:61Z',
	[],
	[null],
	[[]],
	['x'],
	{},
	{ length: -1 },
	{ toString: 5 },
	{ constructor: { prototype: {} } },
];

/** What no field of the API may hold: never a number that could be loss, never a text. */
const BROKEN: readonly [unknown, ...unknown[]] = [true, -1, 100.0001, 1e308, [null], [[]], [5]];
/** The same, and what holds none of the fields that it should. */
const BROKEN_OR_EMPTY: typeof BROKEN = [...BROKEN, null, [], {}, { a: 1 }];

const NAMES_OF_PROTOTYPES = ['__proto__', 'constructor', 'prototype', 'toString', 'length'] as const;
const DEEP = 2000;
const LONG = 20_000;

/** What was done to an example. */
export type Mutation = 'replaced' | 'deleted' | 'prototype key' | 'nested' | 'huge' | 'doubled' | 'text';

export interface Mutant {
	readonly body: unknown;
	readonly mutations: readonly Mutation[];
}

interface Place {
	readonly holder: Record<string, unknown>;
	readonly key: string;
}

/** One to four places of the example overwritten, deleted, nested, blown up; or its text cut and changed. */
export function mutantOf(example: unknown, dice: Dice): Mutant {
	if (dice.chance(0.15)) return { body: changedText(JSON.stringify(example), dice), mutations: ['text'] };
	const root = { body: copyOf(example) };
	const mutations = Array.from({ length: dice.int(1, 4) }, () => mutateOnce(root, dice));
	return { body: root.body, mutations };
}

/** One to three places of the example with a value that cannot be right, or, where that is `broken`, without any. */
export function brokenOf(example: unknown, dice: Dice, missing: 'broken' | 'legitimate'): unknown {
	if (dice.chance(0.05)) {
		const text = JSON.stringify(example);
		return text.slice(0, dice.int(0, text.length - 1));
	}
	const root = { body: copyOf(example) };
	for (let done = 0, count = dice.int(1, 3); done < count; done += 1) {
		const { holder, key } = placeIn(root, dice);
		const isDeleted = missing === 'broken' && dice.chance(0.3) && !Array.isArray(holder);
		if (isDeleted) Reflect.deleteProperty(holder, key);
		else holder[key] = copyOf(dice.pick(missing === 'broken' ? BROKEN_OR_EMPTY : BROKEN));
	}
	return root.body;
}

function mutateOnce(root: { body: unknown }, dice: Dice): Mutation {
	const { holder, key } = placeIn(root, dice);
	const kind = dice.int(0, 99);
	if (kind < 55) {
		holder[key] = copyOf(dice.pick(HOSTILE));
		return 'replaced';
	}
	if (kind < 70) {
		if (Array.isArray(holder)) holder.splice(Number(key), 1);
		else Reflect.deleteProperty(holder, key);
		return 'deleted';
	}
	if (kind < 80) {
		// An own field of that name, as JSON.parse makes it.
		if (Array.isArray(holder)) return mutateOnce(root, dice);
		const value = holder[key];
		Object.defineProperty(holder, dice.pick(NAMES_OF_PROTOTYPES), {
			value,
			enumerable: true,
			configurable: true,
			writable: true,
		});
		return 'prototype key';
	}
	if (kind < 85) {
		holder[key] = nested(holder[key], dice.int(1, DEEP));
		return 'nested';
	}
	if (kind < 90) {
		holder[key] = dice.chance(0.5) ? 'x'.repeat(LONG) : Array(dice.int(1, 200)).fill(holder[key]);
		return 'huge';
	}
	if (Array.isArray(holder)) holder.push(copyOf(holder[Number(key)]));
	else holder[`${key} `] = holder[key];
	return 'doubled';
}

function nested(value: unknown, depth: number): unknown {
	let outer = value;
	for (let level = 0; level < depth; level += 1) outer = level % 2 === 0 ? [outer] : { x: outer };
	return outer;
}

/** Cut, or with a sign too many, missing or changed; a body that is no JSON any more arrives as text. */
function changedText(text: string, dice: Dice): unknown {
	const at = dice.int(0, text.length - 1);
	const sign = dice.pick(['"', '{', '}', '[', ']', ',', ':', '\\', '0', 'e', '-', '\u0000', '<']);
	const changed = dice.pick([
		text.slice(0, at),
		text.slice(0, at) + text.slice(at + 1),
		text.slice(0, at) + sign + text.slice(at),
		text.slice(0, at) + sign + text.slice(at + 1),
		`<html>${text.slice(at)}</html>`,
	]);
	try {
		return JSON.parse(changed);
	} catch {
		return changed;
	}
}

/** Walks down from the whole body, and stops anywhere. */
function placeIn(root: { body: unknown }, dice: Dice): Place {
	let place: Place = { holder: root, key: 'body' };
	for (let level = 0; level < 12; level += 1) {
		const value = place.holder[place.key];
		if (typeof value !== 'object' || value === null || (level > 0 && dice.chance(0.2))) return place;
		const key = dice.anyOf(Object.keys(value));
		if (key === undefined) return place;
		place = { holder: value as Record<string, unknown>, key };
	}
	return place;
}

/** A value of its own for each place: later mutations must not reach into it. */
function copyOf(value: unknown): unknown {
	return typeof value === 'object' ? (JSON.parse(JSON.stringify(value)) as unknown) : value;
}
