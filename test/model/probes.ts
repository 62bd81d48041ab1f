/** What the appliances of a random world measure, and when Meraki can tell it. */
import { noise } from './random';
import { MINUTE } from './input';
import type { Sample } from './input';

/** Meraki's data ends this long ago. */
const LAG = 2 * MINUTE;

/** One destination on one uplink of one appliance. */
export interface Line {
	readonly networkId: string;
	readonly serial: string;
	readonly uplink: string;
	readonly ip: string;
	/** Its own weather. */
	readonly seed: number;
	/** Its samples end at this time of each minute, give or take the jitter. */
	readonly offset: number;
	readonly jitter: number;
	/** The share of minutes with a little loss. */
	readonly background: number;
	readonly latency: number;
	/** Never answers. */
	readonly isFiltered: boolean;
	/** The share of samples that are told late, and how. */
	readonly late: number;
	/** The answer names it a second time, with nulls only (R1.1). */
	readonly hasTwin: boolean;
}

/** Something that befalls every line it fits; `null` fits all. */
export interface Trouble {
	readonly from: number;
	readonly to: number;
	readonly networkIds: readonly string[] | null;
	readonly serial: string | null;
	readonly uplink: string | null;
	readonly ip: string | null;
	readonly brings: 'loss' | 'latency' | 'nulls' | 'gaps';
	/** Percent or milliseconds. */
	readonly amount: number;
}

export function fits(trouble: Trouble, line: Line): boolean {
	return (
		(trouble.networkIds?.includes(line.networkId) ?? true) &&
		(trouble.serial ?? line.serial) === line.serial &&
		(trouble.uplink ?? line.uplink) === line.uplink &&
		(trouble.ip ?? line.ip) === line.ip
	);
}

/** One minute: what is told of it at last, and until when something else is told. */
interface Told {
	readonly sample: Sample | null;
	readonly first: Sample | null;
	readonly isFirstUntil: number;
}

/** All that one line measures; the same at whatever time and in whatever order it is asked. */
export class Probe {
	private readonly troubles: readonly Trouble[];
	private readonly minutes = new Map<number, Told>();
	private readonly answered: Sample[] = [];

	constructor(
		readonly line: Line,
		troubles: readonly Trouble[],
		/** Whether a sample of this time that changes then is read again before it leaves the window. */
		private readonly isReadAgain: (sampleAt: number, changesAt: number) => boolean,
	) {
		this.troubles = troubles.filter((trouble) => fits(trouble, line));
	}

	/** The samples later than one time and not later than another, as told now. */
	samples(after: number, until: number, now: number): Sample[] {
		const { offset } = this.line;
		const found: Sample[] = [];
		const last = Math.floor((Math.min(until, now - LAG) - offset) / MINUTE) + 1;
		for (let minute = Math.floor((after - offset) / MINUTE) - 1; minute <= last; minute += 1) {
			const { sample, first, isFirstUntil } = this.told(minute);
			const told = now < isFirstUntil ? first : sample;
			if (told && told.at > after && told.at <= until && told.at <= now - LAG) found.push(told);
		}
		return found;
	}

	/** Everything since a time that could have been read by now. */
	everything(since: number, now: number): readonly Sample[] {
		const settled = now - 14 * MINUTE;
		while ((this.answered[this.answered.length - 1]?.at ?? -Infinity) > settled) this.answered.pop();
		const after = this.answered[this.answered.length - 1]?.at ?? since;
		for (const sample of this.samples(after, now, now)) this.answered.push(sample);
		return this.answered;
	}

	private told(minute: number): Told {
		const known = this.minutes.get(minute);
		if (known) return known;
		const told = this.tell(minute);
		this.minutes.set(minute, told);
		return told;
	}

	private tell(minute: number): Told {
		const { seed, offset, jitter, late } = this.line;
		const chance = noise(seed, minute);
		const shift = jitter === 0 ? 0 : Math.round((noise(seed ^ 0x55, minute) * 2 - 1) * jitter);
		const at = minute * MINUTE + offset + shift;
		const sample = this.measure(at, minute);
		const changesAt = at + LAG + Math.ceil(noise(seed ^ 0x77, minute) * 2 * MINUTE);
		const first = firstAnswer(at, chance / late, this.line.latency);
		const isLate =
			chance < late &&
			sample?.loss !== undefined &&
			sample.loss !== null &&
			// A destination that never answers was not seen healthy by mistake either.
			!(this.line.isFiltered && first?.loss === 0) &&
			this.isReadAgain(at, changesAt);
		return isLate ? { sample, first, isFirstUntil: changesAt } : { sample, first: sample, isFirstUntil: 0 };
	}

	private measure(at: number, minute: number): Sample | null {
		const { seed, background, isFiltered } = this.line;
		const now = this.troubles.filter(({ from, to }) => from < at && to > at - MINUTE);
		const has = (what: Trouble['brings']) => now.some(({ brings, to }) => brings === what && to >= at);
		if (has('gaps')) return null;
		if (has('nulls')) return { at, loss: null, latency: null };
		const amount = (what: Trouble['brings']) =>
			now
				.filter(({ brings }) => brings === what)
				.reduce(
					(sum, each) =>
						sum + (each.amount * (Math.min(each.to, at) - Math.max(each.from, at - MINUTE))) / MINUTE,
					0,
				);
		const dirt = noise(seed ^ 0x33, minute) < background ? 1 + Math.floor(noise(seed ^ 0x99, minute) * 4) : 0;
		const loss = isFiltered ? 100 : Math.min(100, Math.round((dirt + amount('loss')) * 10) / 10);
		const latency = loss === 100 ? null : Math.round(this.line.latency + amount('latency'));
		return { at, loss, latency };
	}
}

/** A null, nothing at all, or a value that is corrected later. */
function firstAnswer(at: number, chance: number, latency: number): Sample | null {
	if (chance < 0.4) return null;
	if (chance < 0.8) return { at, loss: null, latency: null };
	return chance < 0.9 ? { at, loss: 0, latency } : { at, loss: 100, latency: null };
}
