/** What one measuring process hands over. */
export interface Measured extends Partial<Facts> {
	/** User and system time of all threads, one value a run. */
	readonly cpuSeconds: readonly number[];
	/** On the clock. */
	readonly seconds: readonly number[];
	/** The most that the process has grown beyond what it needed for a handful of networks. */
	readonly peakBytes: number;
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
