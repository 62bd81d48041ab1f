import { LONDON_IP, ON_PRIMARY } from '../../support/branch';
import { NOW } from '../../support/series';
import { runWorld } from '../../support/world';

const MINUTE_MS = 60_000;

/** Three hours of a primary peer that is lost again and again. */
function flapping(everyMinutes: number, lostMinutes: number, settings: object = {}) {
	const times = Math.floor(180 / everyMinutes);
	const outages = Array.from({ length: times }, (_each, n) => {
		const fromAt = NOW + n * everyMinutes * MINUTE_MS;
		return { ip: LONDON_IP, fromAt, toAt: fromAt + lostMinutes * MINUTE_MS, lossPercent: 100 };
	});
	const world = {
		sites: [{ id: 'N_1', tags: ON_PRIMARY, offsetMs: 7000 }],
		outages,
		settings,
		startAt: NOW - 5 * MINUTE_MS,
		untilAt: NOW + 240 * MINUTE_MS,
		stepMs: MINUTE_MS,
	};
	return runWorld(world).runs.flatMap(
		({ alert }) => alert?.sections.map(({ heading }) => heading.replace(/, after .*/, '')) ?? [],
	);
}

describe('R8.5 a primary peer that flaps for three hours sends at most one alert, and its end', () => {
	const LONG = 'On backup for more than an hour';
	test.each([
		[10, 2],
		[15, 3],
		[20, 5],
		[12, 1],
	])('every %d minutes for %d', (everyMinutes, lostMinutes) => {
		const headings = flapping(everyMinutes, lostMinutes).sort();
		expect([[LONG, `Resolved: ${LONG} (1)`], []]).toContainEqual(headings);
	});
});
