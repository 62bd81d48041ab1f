/**
 * Plays random hours of the model (test/model) and writes the figures into docs/reliability.md.
 *
 *   node --require tsx/cjs scripts/reliability.cts [hours, 10000 by default]
 *
 * Seeds start where the hours of `npm test` end, so that every call plays others than those.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyTally, playHours, sum } from '../test/model/hours';
import type { Tally } from '../test/model/hours';
import { say } from './terminal.cjs';

const ROOT = join(__dirname, '..');
const PAGE = join(ROOT, 'docs', 'reliability.md');
const FIRST_SEED = 1001;
const STEP = 100;
const [BEGIN, END] = ['<!-- figures of the model: begin -->', '<!-- figures of the model: end -->'];

function play(hours: number): Tally {
	const tally = emptyTally();
	for (let played = 0; played < hours; played += STEP) {
		playHours(FIRST_SEED + played, Math.min(STEP, hours - played), tally);
		say(`${tally.hours} hours, ${sum(tally.moves)} moves, ${tally.violations.length} violations`);
	}
	return tally;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
	return [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function count(value: number): string {
	return value.toLocaleString('en-US');
}

function figures(tally: Tally, seconds: number): string {
	const date = new Date().toISOString().slice(0, 10);
	const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
	const moves = [...tally.moves].map(([action, times]): [string, string] => [action, count(times)]);
	const faults = [...tally.faults].sort(([one], [other]) => (one < other ? -1 : 1));
	const last = FIRST_SEED + tally.hours - 1;
	const head = [
		`Played on ${date}: package ${version} at commit ${commit()}, Node ${process.version}, seeds ${FIRST_SEED} to ${last}, ${count(Math.round(seconds))} s.`,
		table(
			['What', 'Count'],
			[
				['Virtual hours', count(tally.hours)],
				['One-minute cycles', count(tally.cycles)],
				['Runs (lost ones left out, double ones twice)', count(tally.runs)],
				['Networks judged, over all runs', count(tally.judged)],
				['Moves written', count(sum(tally.moves))],
				...moves.map(([action, times]) => [`of these ${action}`, times]),
				['Decisions overtaken or too old, not written', count(tally.overtaken)],
				['Faults injected', count(sum(tally.faults))],
				['**Violations**', `**${count(tally.violations.length)}**`],
			],
		),
		'Faults by kind:',
		table(
			['Fault', 'Count'],
			faults.map(([kind, times]) => [kind, count(times)]),
		),
	];
	return head.join('\n\n');
}

function commit(): string {
	const { stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' });
	return stdout.trim() === '' ? 'unknown' : stdout.trim();
}

function write(text: string): void {
	const page = readFileSync(PAGE, 'utf8');
	const [before, rest] = page.split(BEGIN);
	const after = rest?.split(END)[1];
	if (before === undefined || after === undefined) throw new Error(`${PAGE} has lost its marks`);
	writeFileSync(PAGE, `${before}${BEGIN}\n\n${text}\n\n${END}${after}`);
}

const hours = Number(process.argv[2] ?? 10_000);
if (!Number.isInteger(hours) || hours < 1) throw new Error('The number of hours must be a whole number');
const startedAt = Date.now();
const tally = play(hours);
write(figures(tally, (Date.now() - startedAt) / 1000));
for (const violation of tally.violations.slice(0, 20)) say(violation);
process.exitCode = tally.violations.length === 0 ? 0 : 1;
