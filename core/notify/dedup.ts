import { MINUTE_MS } from '../domain/time';
import type { Told } from '../memory/memory';
import type { ReportRow } from '../report/model';
import type { Notify, Severity } from '../domain/types';

/** Something that is so in this run and that people may have to be told (R8). */
export interface Condition {
	/** The same thing in the next run has the same key. */
	readonly key: string;
	/** Another fingerprint under the same key counts as changed. */
	readonly fingerprint: string;
	/** When it began, as far as is known; by default when it was first seen. */
	readonly since?: number;
	/** It is told once it has lasted this long. */
	readonly tellAfterMs: number;
	/** Comes and goes with loss: it is over once it has stayed away for {@link COMES_AND_GOES_MS} [at once]. */
	readonly comesAndGoes?: boolean;
	readonly severity: Severity;
	/** Conditions with the same heading are told together. */
	readonly heading: string;
	readonly nextStep: string;
	/** The peer to whose outage it belongs; `null` where there is none. */
	readonly incidentPeer: string | null;
	readonly row: ReportRow;
}

export interface TellingRules {
	readonly now: number;
	/** R8.5. */
	readonly repeatIntervalMs: number;
	/**
	 * `none`: nothing is remembered, in production. `manual`: somebody pressed the button and wants to see
	 * everything, whatever was told before.
	 */
	readonly memory: 'kept' | 'none' | 'manual';
}

export interface Telling {
	/** By key of the condition. */
	readonly notify: ReadonlyMap<string, Notify>;
	/** What was told before and is resolved. */
	readonly ended: readonly Told[];
	/** To be remembered. */
	readonly told: Readonly<Record<string, Told>>;
}

/**
 * R8.8: without memory a standing notice goes out only in the first run of each repeat interval by the clock. A run
 * is the first if it starts within this time of the interval: two runs of the template's schedule, so that one late
 * run does not silence it.
 */
const FIRST_RUN_WITHIN_MS = MINUTE_MS;

/** As long as an outage that nobody sees is still the same incident: a flapping peer is told once, not at each turn. */
export const COMES_AND_GOES_MS = 15 * MINUTE_MS;

/** R8.5: told when new, changed, again each repeat interval while it lasts, and when it ends. */
export function tell(
	conditions: readonly Condition[],
	before: Readonly<Record<string, Told>>,
	rules: TellingRules,
): Telling {
	const known = new Map(Object.entries(before));
	const notify = new Map<string, Notify>();
	const told: [string, Told][] = [];
	for (const condition of conditions) {
		const earlier = known.get(condition.key);
		const since = earlier?.since ?? condition.since ?? rules.now;
		const how = howToTell(condition, earlier, since, rules);
		notify.set(condition.key, how);
		const toldAt = how === 'none' ? (earlier?.toldAt ?? null) : rules.now;
		const { fingerprint, heading: title, comesAndGoes } = condition;
		const seen = comesAndGoes === true ? { seenAt: rules.now } : {};
		told.push([condition.key, { fingerprint, since, toldAt, title, ...seen }]);
	}
	const gone = [...known].filter(([key, entry]) => !notify.has(key) && entry.toldAt !== null);
	const hasResolved = ([, entry]: [string, Told]) =>
		rules.now - (entry.seenAt ?? -Infinity) >= COMES_AND_GOES_MS;
	const ended = gone.filter(hasResolved).map(([, entry]) => entry);
	const resting = gone.filter((each) => !hasResolved(each));
	return { notify, ended, told: Object.fromEntries([...told, ...resting]) };
}

function howToTell(
	condition: Condition,
	earlier: Told | undefined,
	since: number,
	rules: TellingRules,
): Notify {
	const { now, repeatIntervalMs } = rules;
	if (rules.memory === 'manual') return 'new';
	if (rules.memory === 'none') return now % repeatIntervalMs < FIRST_RUN_WITHIN_MS ? 'repeat' : 'none';
	if (now - since < condition.tellAfterMs) return 'none';
	if (!earlier || earlier.toldAt === null) return 'new';
	if (earlier.fingerprint !== condition.fingerprint) return 'changed';
	return now - earlier.toldAt >= repeatIntervalMs ? 'repeat' : 'none';
}
