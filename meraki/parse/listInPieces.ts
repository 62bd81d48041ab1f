/**
 * A list of JSON that arrives in pieces, read element by element: of tens of megabytes neither the text nor the objects
 * ever stand in memory as a whole, and what nobody keeps is gone at once. Anything else than a list is read in the end.
 */
export class ListInPieces {
	private readonly elements: unknown[] = [];
	/** Of the element that has not arrived whole; of anything but a list all of it. */
	private waiting: Uint8Array[] = [];
	private state: 'before' | 'inList' | 'behind' | 'noList' | 'broken' = 'before';
	private depth = 0;
	private isInString = false;
	private isEscaped = false;
	private hasComma = false;
	private beginning = '';

	/** What `map` answers for an element stands in the list in its place. */
	constructor(private readonly map: (element: unknown) => unknown) {}

	add(piece: Uint8Array): void {
		if (this.beginning.length < MOST_QUOTED) this.beginning += decode(piece.subarray(0, MOST_QUOTED));
		const from = this.state === 'before' ? this.begin(piece) : 0;
		switch (this.state) {
			case 'inList':
				return this.addToList(piece, from);
			case 'behind':
				if (!isBlank(piece)) this.state = 'broken';
				return;
			case 'noList':
				this.waiting.push(piece);
				return;
			case 'before':
			case 'broken':
				return;
		}
	}

	/** The list, or what else the JSON is; the text, or where it began as a list its beginning, where it is no JSON. */
	end(): unknown {
		switch (this.state) {
			case 'behind':
				return this.elements;
			case 'noList':
				return valueOf(this.textOf(NOTHING).replace(/^\uFEFF/, ''));
			case 'before':
			case 'inList':
			case 'broken':
				return this.beginning;
		}
	}

	/** Up to the first sign; answers the place behind the bracket. */
	private begin(piece: Uint8Array): number {
		const at = piece.findIndex((byte) => !isSpace(byte));
		if (at === -1) return piece.length;
		this.state = piece[at] === OPENING_BRACKET ? 'inList' : 'noList';
		if (this.state === 'inList') this.depth = 1;
		return at + 1;
	}

	private addToList(piece: Uint8Array, from: number): void {
		const { comma, end } = this.scan(piece, from);
		if (end !== -1) return this.finish(piece, from, end);
		if (comma === -1) {
			this.waiting.push(piece.slice(from));
			return;
		}
		this.take(piece.subarray(from, comma), 'elements');
		this.hasComma = true;
		this.waiting = [piece.slice(comma + 1)];
	}

	private finish(piece: Uint8Array, from: number, end: number): void {
		this.state = 'behind';
		if (piece[end] !== CLOSING_BRACKET || !isBlank(piece.subarray(end + 1))) this.state = 'broken';
		else this.take(piece.subarray(from, end), this.hasComma ? 'elements' : 'maybeNone');
		this.waiting = [];
	}

	/** The last comma between two elements, and the bracket at which the list ends; -1 where there is none. */
	private scan(piece: Uint8Array, from: number): { readonly comma: number; readonly end: number } {
		let { depth, isInString, isEscaped } = this;
		let comma = -1;
		for (let at = from; at < piece.length; at += 1) {
			const byte = piece[at] ?? 0;
			if (isInString) {
				if (isEscaped) isEscaped = false;
				else if (byte === BACKSLASH) isEscaped = true;
				else if (byte === QUOTE) isInString = false;
				continue;
			}
			const step = STEPS[byte] ?? 0;
			if (step === 0) continue;
			if (step === NO_STEP) {
				if (byte === QUOTE) isInString = true;
				else if (depth === 1) comma = at;
				continue;
			}
			depth += step;
			if (depth === 0) return { comma, end: at };
		}
		this.depth = depth;
		this.isInString = isInString;
		this.isEscaped = isEscaped;
		return { comma, end: -1 };
	}

	private take(last: Uint8Array, expected: 'elements' | 'maybeNone'): void {
		const found = valueOf(`[${this.textOf(last)}]`);
		if (!Array.isArray(found) || (found.length === 0 && expected === 'elements')) {
			this.state = 'broken';
			return;
		}
		for (const element of found) this.elements.push(this.map(element));
	}

	private textOf(last: Uint8Array): string {
		const parts = [...this.waiting, last];
		const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
		let at = 0;
		for (const part of parts) {
			whole.set(part, at);
			at += part.length;
		}
		return decode(whole);
	}
}

/** As much of what is no JSON as an error may quote. */
const MOST_QUOTED = 1000;
const NOTHING = new Uint8Array();

const [OPENING_BRACKET, CLOSING_BRACKET, QUOTE, BACKSLASH] = [...'[]"\\'].map((sign) => sign.charCodeAt(0));
/** Outside of strings: a bracket's step in depth, and what else means something there; 0 for all other signs. */
const NO_STEP = 2;
const STEPS = new Int8Array(256);
for (const [signs, step] of [
	['[{', 1],
	[']}', -1],
	['",', NO_STEP],
] as const)
	for (const sign of signs) STEPS[sign.charCodeAt(0)] = step;
const SPACES: readonly number[] = [...' \t\r\n'].map((sign) => sign.charCodeAt(0));

function isSpace(byte: number): boolean {
	return SPACES.includes(byte);
}

function isBlank(piece: Uint8Array): boolean {
	return piece.every(isSpace);
}

function decode(bytes: Uint8Array): string {
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** The text itself where it is no JSON. */
function valueOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
