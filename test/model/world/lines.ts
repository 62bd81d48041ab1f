/** The lines of a site: which destinations its appliances measure, and how. */
import type { Line } from '../probes';
import type { HourDice } from './hourDice';
import { DNS, PEER_IPS } from './peers';
import type { Site } from './sites';

/** How the sites of an organization are measured, and how often anything befalls them. */
export type Habits = ReturnType<typeof makeHabits>;

export function makeHabits(dice: HourDice) {
	return {
		background: dice.pick([0, 0, 0.01, 0.05, 0.3]),
		late: dice.pick([0, 0.03, 0.2]),
		jitter: dice.pick([0, 0, 900]),
		tracksBackups: dice.chance(0.75),
		tracksDns: dice.chance(0.6),
		hasOneClock: dice.chance(0.7),
		troubled: dice.pick([0.1, 0.3, 0.6]),
		twins: dice.pick([0, 0, 0, 0.2]),
	};
}

export function makeLines(
	dice: HourDice,
	{ id, serials, uplinks }: Pick<Site, 'id' | 'serials' | 'uplinks'>,
	peerCount: number,
	habits: Habits,
): Line[] {
	const ips = makeDestinations(dice, peerCount, habits);
	const filtered = dice.some(ips, 0.05);
	for (const ip of filtered) dice.count(`never answers: ${ip === DNS ? 'reference' : 'peer'}`);
	const clock = dice.int(0, 59_999);
	const reporting = serials.filter((_serial, at) => at === 0 || dice.chance(0.6));
	return reporting.flatMap((serial) =>
		uplinks.flatMap((uplink) =>
			ips
				.filter(() => !dice.chance(0.02))
				.map(
					(ip): Line => ({
						networkId: id,
						serial,
						uplink,
						ip,
						seed: dice.int(0, 0x7fffffff),
						offset: habits.hasOneClock ? clock : dice.int(0, 59_999),
						jitter: habits.jitter,
						background: habits.background,
						latency: dice.pick([20, 20, 60, 140, 170]),
						isFiltered: filtered.includes(ip),
						late: habits.late,
						hasTwin: habits.twins > 0 && dice.chance(habits.twins),
					}),
				),
		),
	);
}

function makeDestinations(dice: HourDice, peerCount: number, habits: Habits): string[] {
	return [
		...PEER_IPS.slice(0, peerCount).filter(
			(_ip, at) => dice.chance(0.97) && (at === 0 || habits.tracksBackups || dice.chance(0.1)),
		),
		...(habits.tracksDns ? [DNS] : []),
		...dice.some(['203.0.113.99'], 0.15),
	];
}
