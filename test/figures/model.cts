/**
 * Plays random hours of the model (test/model) on all cores and prints the figures.
 *
 *   node --require tsx/cjs test/figures/model.cts [hours, 10000 by default]
 *
 * Seeds start where the hours of `npm test` end, so that every call plays others than those.
 */
import { playOnCores } from '../chaos/cores.cjs';
import { sum } from '../model/statistics';
import type { Tally } from '../model/statistics';
import { counted, inDigits, table } from './table.cjs';
import { say } from '../../scripts/n8n/terminal.cjs';

const FIRST_SEED = 401;
function figures(tally: Tally, when: string, seconds: number): string {
	const moves = [...tally.moves].sort().map(([action, times]) => [`of these ${action}`, inDigits(times)]);
	const faults = [...tally.faults].sort(([one], [other]) => (one < other ? -1 : 1));
	const last = FIRST_SEED + tally.hours - 1;
	const minutes = inDigits(Math.max(1, Math.round(seconds / 60)));
	return [
		`Played ${when}: seeds ${FIRST_SEED} to ${last}, ${minutes} min.`,
		table(
			['What', 'Count'],
			[
				['Virtual hours', inDigits(tally.hours)],
				['One-minute cycles', inDigits(tally.cycles)],
				['Runs (lost ones left out, double ones twice)', inDigits(tally.runs)],
				['Networks judged, over all runs', inDigits(tally.judged)],
				['Moves written', inDigits(sum(tally.moves))],
				...moves,
				['Decisions overtaken or too old, not written', inDigits(tally.overtaken)],
				['Faults injected', inDigits(sum(tally.faults))],
				['**Violations**', `**${inDigits(tally.violations.length)}**`],
			],
		),
		table(
			['Fault', 'Count'],
			faults.map(([kind, times]) => [kind, inDigits(times)]),
		),
	].join('\n\n');
}

async function main(): Promise<void> {
	const hours = Number(process.argv[2] ?? 10_000);
	if (!Number.isInteger(hours) || hours < 1) throw new Error('The number of hours must be a whole number');
	const startedAt = Date.now();
	// What is played is loaded by now; the checkout may move on meanwhile.
	const when = counted();
	const tally = await playOnCores(FIRST_SEED, hours, ({ violations }, total) => {
		violations.forEach(say);
		say(`${total.hours} hours, ${sum(total.moves)} moves, ${total.violations.length} violations`);
	});
	say(figures(tally, when, (Date.now() - startedAt) / 1000));
	process.exitCode = tally.violations.length === 0 ? 0 : 1;
}

void main();
