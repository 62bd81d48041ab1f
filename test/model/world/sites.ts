/** Sites at random: what they have, and what they measure. */
import { MINUTE } from '../input';
import type { Appliance, Rules } from '../input';
import { Probe } from '../probes';
import type { Trouble } from '../probes';
import { makeEdits } from './edits';
import type { Edit } from './edits';
import { isIn } from './hourDice';
import type { HourDice, Span } from './hourDice';
import { makeLines } from './lines';
import type { Habits } from './lines';
import { befallSite } from './outages';
import type { Down } from './outages';
import type { Run } from './runs';
import { makeTags } from './tags';

export interface Site {
	readonly id: string;
	readonly serials: readonly string[];
	readonly uplinks: readonly string[];
	readonly isLoadBalanced: boolean;
	readonly firstTags: readonly string[];
	readonly probes: readonly Probe[];
	/** What befalls this site alone. */
	readonly troubles: readonly Trouble[];
	/** Uplinks and appliances that are down, by the status list. */
	readonly down: readonly Down[];
	readonly statusMissing: readonly Span[];
	readonly vanished: readonly Span[];
	readonly reportNoise: number;
}

/** What all sites of the hour share. */
export interface Shared {
	readonly rules: Rules;
	readonly runs: readonly Run[];
	readonly peerCount: number;
	readonly troubles: readonly Trouble[];
	readonly habits: Habits;
}

export function makeSite(
	dice: HourDice,
	id: string,
	shared: Shared,
): { readonly site: Site; readonly edits: readonly Edit[] } {
	const { rules, peerCount, habits } = shared;
	const serials = dice.chance(0.8) ? [`${id}-A`] : [`${id}-A`, `${id}-B`];
	const uplinks = dice.chance(0.6) ? ['wan1'] : ['wan1', 'wan2'];
	const own = befallSite(dice, id, serials, uplinks, habits.troubled);
	const troubles = [...shared.troubles, ...own.troubles];
	const lines = makeLines(dice, { id, serials, uplinks }, peerCount, habits);
	const firstTags = makeTags(dice, rules, peerCount);
	const edits = makeEdits(dice, id, rules, peerCount, habits.troubled);
	const isReadAgain = (at: number, changesAt: number) =>
		isReadTwice(at, changesAt, shared) || changesAt < dice.startAt;
	const site = {
		id,
		serials,
		uplinks,
		isLoadBalanced: dice.chance(0.3),
		firstTags,
		probes: lines.map((line) => new Probe(line, troubles, isReadAgain)),
		troubles: own.troubles,
		down: own.down,
		statusMissing: dice.spans('statuses not readable', 0.06, 1, 10),
		vanished: dice.spans('network not listed', 0.04, 1, 8),
		reportNoise: dice.int(0, 0x7fffffff),
	};
	return { site, edits };
}

/** Two runs or more see the sample both changed and still within their window. */
function isReadTwice(at: number, changesAt: number, { rules, runs }: Shared): boolean {
	const reads = runs.filter(
		(run) => run.at >= changesAt && at > run.at - (2 + rules.window) * MINUTE && !run.isKilled,
	);
	return reads.length >= 2;
}

/** What the status list shows of a site now. */
export function appliancesOf(site: Site, now: number): Appliance[] | null {
	if (isIn(site.statusMissing, now)) return null;
	return site.serials.map((serial, at) => {
		const up = site.uplinks.filter(
			(uplink) =>
				!site.down.some(
					(each) =>
						each.from <= now &&
						now < each.to &&
						(each.serial ?? serial) === serial &&
						(each.uplink ?? uplink) === uplink,
				),
		);
		const isSilent = site.serials.length > 1 && up.length < site.uplinks.length;
		return {
			serial,
			role: at === 0 ? 'primary' : 'spare',
			reportedAt: now - (isSilent ? 5 * MINUTE : 0) - (site.reportNoise % (1 + at * 97)) * 1000,
			activeUplinks: site.isLoadBalanced ? [...up].reverse() : up.slice(0, 1),
		};
	});
}
