/**
 * Time for nodes that really run in n8n but must not really wait: what they sleep, and the hours that they read, are
 * those of a clock that only goes forward when somebody sleeps.
 */
export interface VirtualTime {
	/** Milliseconds slept so far. */
	readonly sleptMs: () => number;
	/** Milliseconds that pass with each look at the clock: a slow Meraki. */
	slownessMs: number;
	readonly restore: () => void;
}

/** The client sleeps in slices of this length at most; longer timers are time-outs, and those stay real. */
const LONGEST_SLEEP_MS = 1000;

/** Takes over `setTimeout`, `performance.now` and `Date.now` until restored; `advance` moves the simulator's clock. */
export function takeTime(now: () => number, advance: (ms: number) => void): VirtualTime {
	const real = { setTimeout: globalThis.setTimeout, date: Date.now, performance: performance.now };
	let sleptMs = 0;
	const pass = (ms: number) => {
		sleptMs += ms;
		if (ms > 0) advance(ms);
	};
	const sleep = (work: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
		if (ms > LONGEST_SLEEP_MS) return real.setTimeout(work, ms, ...given);
		return real.setTimeout(() => {
			pass(ms);
			work(...given);
		}, 0);
	};
	const time: VirtualTime = {
		sleptMs: () => sleptMs,
		slownessMs: 0,
		restore: () => {
			globalThis.setTimeout = real.setTimeout;
			Date.now = real.date;
			performance.now = real.performance;
		},
	};
	globalThis.setTimeout = Object.assign(sleep, real.setTimeout) as typeof setTimeout;
	Date.now = now;
	performance.now = () => {
		pass(time.slownessMs);
		return sleptMs;
	};
	return time;
}
