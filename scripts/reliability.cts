/**
 * Plays random hours of the model (test/model) and writes the figures into docs/reliability.md.
 *
 *   node --require tsx/cjs scripts/reliability.cts [hours, 10000 by default]
 *
 * Seeds start where the hours of `npm test` end, so that every call plays others than those.
 */
import { emptyTally, playHours, sum } from '../test/model/hours';
import type { Tally } from '../test/model/hours';
import { counted, inDigits, table, writeSection } from './reliabilityPage.cjs';
import { say } from './terminal.cjs';

const FIRST_SEED = 1001;
const STEP = 100;

function play(hours: number): Tally {
	const tally = emptyTally();
	for (let played = 0; played < hours; played += STEP) {
		playHours(FIRST_SEED + played, Math.min(STEP, hours - played), tally);
		say(`${tally.hours} hours, ${sum(tally.moves)} moves, ${tally.violations.length} violations`);
	}
	return tally;
}

function figures(tally: Tally, seconds: number): string {
	const moves = [...tally.moves].map(([action, times]): [string, string] => [action, inDigits(times)]);
	const faults = [...tally.faults].sort(([one], [other]) => (one < other ? -1 : 1));
	const last = FIRST_SEED + tally.hours - 1;
	const head = [
		`Played ${counted()}: seeds ${FIRST_SEED} to ${last}, ${inDigits(Math.round(seconds))} s.`,
		table(
			['What', 'Count'],
			[
				['Virtual hours', inDigits(tally.hours)],
				['One-minute cycles', inDigits(tally.cycles)],
				['Runs (lost ones left out, double ones twice)', inDigits(tally.runs)],
				['Networks judged, over all runs', inDigits(tally.judged)],
				['Moves written', inDigits(sum(tally.moves))],
				...moves.map(([action, times]) => [`of these ${action}`, times]),
				['Decisions overtaken or too old, not written', inDigits(tally.overtaken)],
				['Faults injected', inDigits(sum(tally.faults))],
				['**Violations**', `**${inDigits(tally.violations.length)}**`],
			],
		),
		'Faults by kind:',
		table(
			['Fault', 'Count'],
			faults.map(([kind, times]) => [kind, inDigits(times)]),
		),
	];
	return head.join('\n\n');
}

const hours = Number(process.argv[2] ?? 10_000);
if (!Number.isInteger(hours) || hours < 1) throw new Error('The number of hours must be a whole number');
const startedAt = Date.now();
const tally = play(hours);
writeSection('model', figures(tally, (Date.now() - startedAt) / 1000));
for (const violation of tally.violations.slice(0, 20)) say(violation);
process.exitCode = tally.violations.length === 0 ? 0 : 1;
