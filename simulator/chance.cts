/**
 * Repeatable chance: the same seed and the same words give the same number, in any order of asking. FNV-1a for the
 * words, then the finalizer of MurmurHash3 to spread neighbouring values.
 */
export function seedOf(...words: ReadonlyArray<string | number>): number {
	let hash = 0x811c9dc5;
	const text = words.join('\u0000');
	for (let index = 0; index < text.length; index += 1) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return spread(hash);
}

/** From 0 up to, but not including, 1. */
export function chance(seed: number, step = 0): number {
	return spread(seed ^ Math.imul(step + 1, 0x9e3779b1)) / 0x1_0000_0000;
}

function spread(value: number): number {
	let mixed = value >>> 0;
	mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return (mixed ^ (mixed >>> 16)) >>> 0;
}
