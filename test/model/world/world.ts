/** A random organization for one hour: settings, sites, what befalls them, what admins do, and when runs happen. */
import { MINUTE } from '../input';
import type { Peer, Rules } from '../input';
import type { Trouble } from '../probes';
import type { Edit } from './edits';
import { HourDice } from './hourDice';
import type { Span } from './hourDice';
import { makeHabits } from './lines';
import { befallPeers } from './outages';
import { makePeers } from './peers';
import { makeRules } from './rules';
import { makeRuns } from './runs';
import type { Run } from './runs';
import { makeSite } from './sites';
import type { Site } from './sites';

export interface World {
	readonly seed: number;
	readonly startAt: number;
	readonly rules: Rules;
	readonly peers: readonly Peer[];
	readonly peersUnreadable: readonly Span[];
	/** What befalls all sites. */
	readonly troubles: readonly Trouble[];
	readonly sites: readonly Site[];
	readonly edits: readonly Edit[];
	readonly runs: readonly Run[];
	/** How often what was injected, by kind. */
	readonly faults: ReadonlyMap<string, number>;
}

/** How far back Meraki is asked at most: 60 minutes of recovery, and some. */
export const KNOWN_BEFORE = 110 * MINUTE;

export function makeWorld(seed: number): World {
	const dice = new HourDice(seed);
	const peerCount = dice.pick([2, 2, 3]);
	const rules = makeRules(dice);
	const runs = makeRuns(dice);
	const count = dice.pick([1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6, 8, 12, 20]);
	const ids = Array.from({ length: count }, (_each, at) => `N_${at + 1}`);
	const troubles = befallPeers(dice, peerCount, ids);
	const shared = { rules, runs, peerCount, troubles, habits: makeHabits(dice) };
	const made = ids.map((id) => makeSite(dice, id, shared));
	return {
		seed,
		startAt: dice.startAt,
		rules,
		peers: makePeers(dice, peerCount),
		peersUnreadable: dice.spans('peers not readable', 0.08, 1, 6),
		troubles,
		sites: made.map(({ site }) => site),
		edits: made.flatMap(({ edits }) => edits).sort((one, other) => one.at - other.at),
		runs,
		faults: dice.faults,
	};
}
