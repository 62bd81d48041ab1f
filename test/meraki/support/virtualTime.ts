/** Enough for every chain of awaits between two sleeps to come to its end. */
const TURNS = 100;

interface Sleeper {
	readonly wakeAtMs: number;
	readonly wake: () => void;
}

/** Time that passes only while everybody sleeps. Several may sleep at once. */
export function virtualTime() {
	const slices: number[] = [];
	let nowMs = 0;
	let isRunning = false;
	let sleepers: Sleeper[] = [];
	const run = async () => {
		isRunning = true;
		while (sleepers.length > 0) {
			for (let turn = 0; turn < TURNS; turn += 1) await Promise.resolve();
			const next = sleepers.reduce((a, b) => (b.wakeAtMs < a.wakeAtMs ? b : a));
			sleepers = sleepers.filter((sleeper) => sleeper !== next);
			nowMs = Math.max(nowMs, next.wakeAtMs);
			next.wake();
		}
		isRunning = false;
	};
	const sleep = async (ms: number): Promise<void> => {
		slices.push(ms);
		await new Promise<void>((wake) => {
			sleepers.push({ wakeAtMs: nowMs + ms, wake });
			if (!isRunning) void run();
		});
	};
	return { sleep, slices, elapsedMs: () => nowMs };
}
