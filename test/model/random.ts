// In Jest's sandbox every mention of a global costs a look-up.
const { imul } = Math;

/** Random numbers from a seed, so that a failing hour can be played again. */
export class Dice {
	private state: number;

	constructor(seed: number) {
		this.state = mix(seed);
	}

	/** From 0 up to, not including, 1. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		return mix(this.state) / 0x1_0000_0000;
	}

	/** A whole number from `least` to `most`, both included. */
	int(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<const T>(choices: readonly [T, ...T[]]): T {
		return choices[this.int(0, choices.length - 1)] ?? choices[0];
	}

	/** One of a list that may be empty. */
	anyOf<T>(choices: readonly T[]): T | undefined {
		return choices[this.int(0, Math.max(0, choices.length - 1))];
	}

	some<T>(choices: readonly T[], probability: number): T[] {
		return choices.filter(() => this.chance(probability));
	}
}

/** The same number for the same two, from 0 up to 1: what the weather is like in minute `b` of row `a`. */
export function noise(a: number, b: number): number {
	return mix((mix(a) + imul(b, 0x9e3779b1)) >>> 0) / 0x1_0000_0000;
}

function mix(value: number): number {
	let hash = value >>> 0;
	hash = imul(hash ^ (hash >>> 16), 0x21f0aaad);
	hash = imul(hash ^ (hash >>> 15), 0x735a2d97);
	return (hash ^ (hash >>> 15)) >>> 0;
}
