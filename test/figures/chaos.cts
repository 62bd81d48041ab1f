/**
 * Plays whole hours of chaos (test/chaos/chaos.cts) through the built nodes and prints the figures.
 *
 *   npm run build && node --require tsx/cjs test/figures/chaos.cts
 */
import { CHAOS_SEEDS, emptyChaosTally, playChaos } from '../chaos/chaos.cjs';
import { counted, inDigits, table } from './table.cjs';
import { say } from '../../scripts/n8n/terminal.cjs';

/** A run a minute, and some twice. */
const AN_HOUR = 80;

async function main(): Promise<void> {
	const when = counted();
	const tally = emptyChaosTally();
	for (const seed of CHAOS_SEEDS) {
		await playChaos(seed, AN_HOUR, tally);
		say(`seed ${seed}: ${tally.cycles} cycles, ${tally.done} done, ${tally.violations.length} violations`);
	}
	tally.violations.forEach(say);
	const faults = [...tally.faults].sort(([one], [other]) => (one < other ? -1 : 1));
	const figures = [
		`Played ${when}: seeds ${CHAOS_SEEDS.join(', ')}.`,
		table(
			['What', 'Count'],
			[
				['Worlds, each for an hour', inDigits(tally.worlds)],
				['Cycles', inDigits(tally.cycles)],
				['Runs in n8n (some cycles have two at once)', inDigits(tally.runs)],
				['Requests', inDigits(tally.requests)],
				['Writes of a network', inDigits(tally.writes)],
				['Action batches', inDigits(tally.batches)],
				['Moves reported as done, each seen in the simulator', inDigits(tally.done)],
				['Moves reported as failed or refused', inDigits(tally.failed)],
				['Virtual seconds waited', inDigits(tally.waitedSeconds)],
				['**Violations**', `**${inDigits(tally.violations.length)}**`],
			],
		),
		table(
			['Fault', 'Cycles with it'],
			faults.map(([kind, count]) => [kind, inDigits(count)]),
		),
	];
	say(figures.join('\n\n'));
	process.exitCode = tally.violations.length === 0 ? 0 : 1;
}

void main();
