export interface ClockSettings {
	/** Virtual epoch milliseconds at which the run begins. */
	readonly startAt: number;
	/** Virtual seconds per real second: 1 is real time, 0 stands still until `advance` or `set` is called. */
	readonly speed: number;
	/** Real milliseconds, only ever subtracted from each other. */
	readonly elapsedMs?: () => number;
}

/** The simulator's own time: the `Date` header of every answer, the age of every sample, the hour of every event. */
export class VirtualClock {
	readonly startedAt: number;
	private anchorAt: number;
	private anchorElapsedMs: number;
	private factor: number;
	private readonly elapsedMs: () => number;

	constructor(settings: ClockSettings) {
		this.elapsedMs = settings.elapsedMs ?? (() => performance.now());
		this.startedAt = settings.startAt;
		this.anchorAt = settings.startAt;
		this.anchorElapsedMs = this.elapsedMs();
		this.factor = checkedSpeed(settings.speed);
	}

	get speed(): number {
		return this.factor;
	}

	now(): number {
		return Math.floor(this.anchorAt + (this.elapsedMs() - this.anchorElapsedMs) * this.factor);
	}

	/** Minutes since the run began: the unit of a scenario's `atMinutes`. */
	minutes(): number {
		return (this.now() - this.startedAt) / 60_000;
	}

	advance(ms: number): void {
		if (!Number.isFinite(ms) || ms < 0) throw new Error(`The clock only goes forward; got ${ms} ms`);
		this.anchor(this.now() + ms);
	}

	/** Events lie on one time line, so a time before the present one is refused. */
	set(epochMs: number): void {
		this.advance(epochMs - this.now());
	}

	setSpeed(speed: number): void {
		const factor = checkedSpeed(speed);
		this.anchor(this.now());
		this.factor = factor;
	}

	private anchor(at: number): void {
		this.anchorAt = at;
		this.anchorElapsedMs = this.elapsedMs();
	}
}

function checkedSpeed(speed: number): number {
	if (!Number.isFinite(speed) || speed < 0 || speed > 10_000) {
		throw new Error(`Speed must be a number from 0 (manual) to 10000; got ${speed}`);
	}
	return speed;
}
