import { VirtualClock } from '../../simulator/simulator.cjs';

const START = Date.parse('2026-01-05T08:00:00Z');

function clockAt(speed: number) {
	const real = { ms: 500 };
	return { real, clock: new VirtualClock({ startAt: START, speed, elapsedMs: () => real.ms }) };
}

describe('the clock', () => {
	it.each([
		['runs in real time', 1, 2000],
		['runs fast', 60, 120_000],
		['stands still', 0, 0],
	])('%s', (_says, speed, expected) => {
		const { clock, real } = clockAt(speed);
		expect(clock.now()).toBe(START);
		real.ms += 2000;
		expect(clock.now() - START).toBe(expected);
		expect(clock.minutes()).toBe(expected / 60_000);
	});

	it('can be pushed forward and goes on from there', () => {
		const { clock, real } = clockAt(60);
		real.ms += 1000;
		clock.advance(5000);
		expect(clock.now() - START).toBe(65_000);
		real.ms += 1000;
		expect(clock.now() - START).toBe(125_000);
	});

	it('can be set to a later time', () => {
		const { clock } = clockAt(0);
		clock.set(START + 90_000);
		expect(clock.now()).toBe(START + 90_000);
		expect(clock.startedAt).toBe(START);
	});

	it('keeps its time when the speed changes', () => {
		const { clock, real } = clockAt(1);
		real.ms += 1000;
		clock.setSpeed(10);
		expect(clock.now() - START).toBe(1000);
		real.ms += 1000;
		expect(clock.now() - START).toBe(11_000);
		expect(clock.speed).toBe(10);
	});

	it('never goes back, and takes no impossible speed', () => {
		const { clock } = clockAt(1);
		expect(() => clock.advance(-1)).toThrow('forward');
		expect(() => clock.advance(NaN)).toThrow('forward');
		expect(() => clock.set(START - 1)).toThrow('forward');
		expect(() => clock.setSpeed(-1)).toThrow('Speed');
		expect(() => clock.setSpeed(Infinity)).toThrow('Speed');
	});
});
