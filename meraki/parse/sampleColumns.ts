/**
 * The numbers of all steady rows of one answer, one behind the other: time, loss and latency of each sample. The answer
 * itself, many times as big, is not needed any more.
 */
export class SampleColumns {
	private numbers = new Float64Array(ROOM_AT_FIRST);
	private used = 0;

	/** How many there are. */
	get count(): number {
		return this.used / 3;
	}

	/** A latency that was not measured is not a number. */
	add(sampledAt: number, lossPercent: number, latencyMs: number): void {
		if (this.used === this.numbers.length) this.makeRoom();
		this.numbers[this.used] = sampledAt;
		this.numbers[this.used + 1] = lossPercent;
		this.numbers[this.used + 2] = latencyMs;
		this.used += 3;
	}

	/** Forgets all but the first `count`. */
	cutTo(count: number): void {
		this.used = count * 3;
	}

	private makeRoom(): void {
		const { numbers } = this;
		this.numbers = new Float64Array(numbers.length * 2);
		this.numbers.set(numbers);
	}

	sampledAt(place: number): number {
		return this.numbers[place * 3] ?? NaN;
	}

	lossPercent(place: number): number {
		return this.numbers[place * 3 + 1] ?? NaN;
	}

	latencyMs(place: number): number | null {
		const latencyMs = this.numbers[place * 3 + 2] ?? NaN;
		return Number.isNaN(latencyMs) ? null : latencyMs;
	}
}

/** Of a thousand samples; doubled whenever it is full. */
const ROOM_AT_FIRST = 3000;
