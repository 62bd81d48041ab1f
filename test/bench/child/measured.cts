/** What a measuring process is asked for: one run more, or what it has to tell in the end. */
export type Question = 'run' | 'end';

export interface Ran {
	/** User and system time of all threads. */
	readonly cpuSeconds: number;
	/** On the clock. */
	readonly seconds: number;
}

export interface Ended extends Partial<Facts> {
	/** The most that the process has grown beyond what it needed for a handful of networks. */
	readonly peakBytes: number;
}

/** One subject, measured: one value a run. */
export interface Measured extends Ended {
	readonly cpuSeconds: readonly number[];
	readonly seconds: readonly number[];
}

export interface Facts {
	/** Of the answers that were read. */
	readonly bodyBytes: number;
	readonly calls: number;
	readonly handedOnBytes: number;
	readonly memoryBytes: number;
}

export interface Subject {
	/** Answers the seconds of CPU that it took. */
	readonly run: () => Promise<number>;
	readonly facts: () => Partial<Facts>;
}

export async function cpuSecondsOf(work: () => unknown): Promise<number> {
	const before = process.cpuUsage();
	await work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1e6;
}
