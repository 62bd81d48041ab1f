/**
 * A list of JSON that arrives in pieces, read as many elements at a time as have arrived: of tens of megabytes neither
 * the text nor the objects ever stand in memory as a whole, and what nobody keeps is gone at once. Anything else than a
 * list is read in the end.
 *
 * Where an element ends is guessed by how lists of objects are written, and `JSON.parse` is the judge: what it reads,
 * with brackets around, up to a comma is whole elements, and the list goes on behind that comma. After a wrong guess,
 * within a text or a list of an element, more is waited for.
 */
export class ListInPieces {
	private readonly elements: unknown[] = [];
	/** Of the elements that have not arrived whole; of anything but a list all of it. */
	private waiting: Uint8Array[] = [];
	private waitingBytes = 0;
	/** So that however often a guess is wrong, hardly any byte is read more than twice for it. */
	private nextGuessAtBytes = 0;
	private kind: 'unknown' | 'list' | 'noList' = 'unknown';
	private beginning = '';

	/** What `map` answers for an element stands in the list in its place. */
	constructor(private readonly map: (element: unknown) => unknown) {}

	add(piece: Uint8Array): void {
		if (this.beginning.length < MOST_QUOTED) this.beginning += decode(piece.subarray(0, MOST_QUOTED));
		const rest = this.kind === 'unknown' ? this.begun(piece) : piece;
		if (this.kind !== 'list' || !this.readUpTo(lastComma(rest), rest)) this.wait(rest);
	}

	/** The list, or what else the JSON is; the text, or where it began as a list its beginning, where it is no JSON. */
	end(): unknown {
		if (this.kind === 'noList') return valueOf(this.text('', NOTHING, '').replace(/^\uFEFF/, ''));
		const last = this.kind === 'list' ? valueOf(this.text('[', NOTHING, '')) : null;
		const isBroken = !Array.isArray(last) || (last.length === 0 && this.elements.length > 0);
		if (isBroken) return this.beginning;
		this.take(last);
		return this.elements;
	}

	/** The piece from the first sign on, without the bracket of a list. */
	private begun(piece: Uint8Array): Uint8Array {
		const at = piece.findIndex((byte) => !SPACES.includes(byte));
		if (at === -1) return NOTHING;
		this.kind = piece[at] === OPENING_BRACKET ? 'list' : 'noList';
		return this.kind === 'list' ? piece.subarray(at + 1) : piece;
	}

	/** Whether whole elements end at this comma; then what stands behind it is all that waits. */
	private readUpTo(comma: number, piece: Uint8Array): boolean {
		if (comma === -1 || this.waitingBytes + comma < this.nextGuessAtBytes) return false;
		const found = valueOf(this.text('[', piece.subarray(0, comma), ']'));
		if (!Array.isArray(found)) {
			this.nextGuessAtBytes = 2 * (this.waitingBytes + comma);
			return false;
		}
		this.take(found);
		this.waiting = [];
		this.waitingBytes = 0;
		this.nextGuessAtBytes = 0;
		this.wait(piece.subarray(comma + 1));
		return true;
	}

	private take(found: readonly unknown[]): void {
		for (const element of found) this.elements.push(this.map(element));
	}

	/** A copy: whoever reads the stream may use its memory again. */
	private wait(rest: Uint8Array): void {
		this.waiting.push(rest.slice());
		this.waitingBytes += rest.length;
	}

	/** What waits and this behind it, between signs of ASCII, decoded as one: a text of parts would be copied again. */
	private text(before: '[' | '', last: Uint8Array, behind: ']' | ''): string {
		const parts = [ASCII.encode(before), ...this.waiting, last, ASCII.encode(behind)];
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

const [OPENING_BRACKET, CLOSING_BRACKET, CLOSING_BRACE, COMMA] = [...'[]},'].map((sign) =>
	sign.charCodeAt(0),
);
const SPACES: readonly number[] = [...' \t\r\n'].map((sign) => sign.charCodeAt(0));

/**
 * Of the last `]},`, at which an element ends whose last field is a list, as in `uplinksLossAndLatency`; of the last
 * `},` where there is none; else -1.
 */
function lastComma(piece: Uint8Array): number {
	let behindBrace = -1;
	for (let at = piece.length - 1; at > 0; at -= 1) {
		if (piece[at] !== COMMA || piece[at - 1] !== CLOSING_BRACE) continue;
		if (piece[at - 2] === CLOSING_BRACKET) return at;
		if (behindBrace === -1) behindBrace = at;
	}
	return behindBrace;
}

const ASCII = new TextEncoder();
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function decode(bytes: Uint8Array): string {
	return utf8.decode(bytes);
}

/** The text itself where it is no JSON. */
function valueOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
