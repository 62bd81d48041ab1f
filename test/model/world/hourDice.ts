/** The dice of one hour: when it begins, spans within it, and how often what was injected. */
import { Dice } from '../random';
import { MINUTE } from '../input';

export const HOUR_MINUTES = 60;

/** From one time to another. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

export function isIn(spans: readonly Span[], at: number): boolean {
	return spans.some(({ from, to }) => from <= at && at < to);
}

export class HourDice extends Dice {
	readonly startAt: number;
	/** How often what was injected, by kind. */
	readonly faults = new Map<string, number>();

	constructor(seed: number) {
		super(seed);
		// In January, so that no clock changes; at times around midnight.
		const day = Date.UTC(2026, 0, this.int(6, 20));
		this.startAt = day + (this.chance(0.3) ? 23.5 * 60 * MINUTE : this.int(0, 1439) * MINUTE);
	}

	count(kind: string): void {
		this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1);
	}

	/** Whether it does; if so, it is counted. */
	happens(kind: string, chance: number): boolean {
		const does = this.chance(chance);
		if (does) this.count(kind);
		return does;
	}

	/** None, or one to two spans of some minutes within the hour. */
	spans(kind: string, chance: number, least: number, most: number): Span[] {
		if (!this.chance(chance)) return [];
		return Array.from({ length: this.int(1, 2) }, () => {
			this.count(kind);
			return this.span(0, least, most);
		});
	}

	/** Begins at most `before` minutes ahead of the hour. */
	span(before: number, least: number, most: number): Span {
		const from = this.startAt + this.int(-before * 60, 58 * 60) * 1000;
		return { from, to: from + this.int(least * 60, most * 60) * 1000 };
	}
}
