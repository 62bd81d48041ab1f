import { inDigits, table } from '../figures/table.cjs';
import { CALL_MS } from './pretendedMeraki.cjs';
import { BATCH_MS, HANDFUL } from './fleets.cjs';
import type { ManyOrganizations } from './manyOrganizations.cjs';
import type { QuietCycle } from './quietCycle.cjs';
import type { N8nRun, N8nRuns } from './realN8n.cjs';
import type { HubOutage, Results, Surroundings } from './results.cjs';
import { exponent, median, spread } from './statistics.cjs';

/** docs/benchmarks.md. */
export function page({ surroundings, hub, quiet, handfulCpuSeconds, n8n, organizations }: Results): string {
	const sections = [
		head(surroundings),
		hubSection(hub),
		quietSection(quiet, handfulCpuSeconds),
		growthSection(quiet),
		...(n8n === null ? [] : [n8nSection(n8n)]),
		organizationsSection(organizations),
	];
	return `${sections.map((section) => section.trim()).join('\n\n')}\n`;
}

function head({ date, processor, cores, memoryBytes, system, node, version, commit, load }: Surroundings) {
	return `
# Benchmarks

Written by \`npm run bench\`, in one run. Measured against the [simulator](../simulator/README.md) in a process of its own, in
real time, with Meraki's documented limits (10 requests a second and organization, 100 a second and source address, five
action batches at once) and ${CALL_MS} ms for every call; an action batch takes ${BATCH_MS} ms more. Numbers are medians, and in
brackets the lowest and the highest run. Nothing here was measured against Meraki's own cloud. Where the load was
above the number of cores, other work ran meanwhile.

| | |
| --- | --- |
| Date | ${date} |
| Package | ${version} at commit ${commit} |
| Machine | ${processor}, ${cores} cores, ${megabytes(memoryBytes, 0)} MB of memory; ${system}; load ${load.toFixed(1)} at the start |
| Node | ${node} |`;
}

function hubSection(hub: readonly HubOutage[]): string {
	const rows = hub.map(({ branches, bound, product, loop }) => {
		const seconds = product.map((run) => run.seconds);
		const loopSeconds = loop.map((run) => run.seconds);
		const times = median(loopSeconds) / median(seconds);
		return [
			inDigits(branches),
			spread(seconds, 2),
			`${bound.seconds.toFixed(1)}, ${bound.calls} calls`,
			`**${(median(seconds) / bound.seconds).toFixed(2)} x**`,
			`${median(product.map((run) => run.calls))}`,
			`${median(product.map((run) => run.rateLimited))}`,
			loop.length === 0 ? 'not run' : `${spread(loopSeconds, 1)}`,
			loop.length === 0 ? '' : `${inDigits(median(loop.map((run) => run.calls)))}`,
			loop.length === 0 ? '' : `${median(loop.map((run) => run.rateLimited))}`,
			loop.length === 0 ? '' : `**${times.toFixed(0)} x**`,
		];
	});
	const loopRuns = hub.map(({ branches, loop }) => `${loop.length} at ${inDigits(branches)}`);
	return `
## A hub dies

All branches lose their primary peer. From the start of the Evaluate run that decides to the last verified swap, in
seconds: both nodes in n8n's engine, their own limit at 10 requests a second, memory as the run before left it.

${table(['Branches', 'This package', 'Lower bound', 'Of the bound', 'Calls', '429s', 'Row by row', 'Calls', '429s', 'Faster'], rows)}

*Lower bound*: the fewest calls that can do it (loss, networks, a page of uplink statuses for each thousand appliances, a
synchronous batch for each twenty branches, one look at the result), one every tenth of a second, the last batch carried
out before the look. This package asks twice more: which batches are still executing, and the tags once more right before it
writes. *Row by row*: what published scripts do, fed the same rows: read the loss, then for each lossy row one GET and one
PUT, in turn. They give up at a 429; this one waits it out. Both must leave the same tags behind, or the run does not count.
Runs: ${hub[0]?.product.length ?? 0} each; row by row ${loopRuns.slice(0, 2).join(', ')}.

Target: 1,000 and 5,000 branches within 1.25 x the bound, and 1,000 at least 30 x faster than row by row.`;
}

const MEGA = 1e6;

function megabytes(bytes: number, digits = 1): string {
	return (bytes / MEGA).toFixed(digits);
}

function quietSection(quiet: readonly QuietCycle[], handful: readonly number[]): string {
	const chosen = [quiet[0], quiet.at(-1)].flatMap((each) => each ?? []);
	const rows: ReadonlyArray<readonly [string, (each: QuietCycle) => string]> = [
		['Calls', ({ whole }) => String(whole.calls ?? 0)],
		['Both answers, MB', ({ parse }) => megabytes(parse.bodyBytes ?? 0)],
		['CPU of the whole run, s', ({ whole }) => spread(whole.cpuSeconds, 3)],
		['`JSON.parse` of both whole answers alone, s', ({ parse }) => spread(parse.cpuSeconds, 3)],
		['this package alone (check, judge, conclude), s', ({ own }) => spread(own.cpuSeconds, 3)],
		['**this package alone, of `JSON.parse`**', (each) => `**${shareOfParse(each.own, each).toFixed(2)} x**`],
		['**the whole run but `JSON.parse`, of it**', (each) => `**${allButParseShare(each).toFixed(2)} x**`],
		['the same of the lowest run of each', (each) => `${lowestAllButParseShare(each).toFixed(2)} x`],
		[
			'Memory at most, MB',
			({ peakBytes }) =>
				spread(
					peakBytes.map((bytes) => bytes / MEGA),
					0,
				),
		],
		['**Memory, of the answers**', (each) => `**${memoryShare(each.peakBytes, each).toFixed(1)} x**`],
		[
			'Memory of reading and `JSON.parse` alone',
			(each) => `${memoryShare(each.parsePeakBytes, each).toFixed(1)} x`,
		],
		['Bytes handed on by the node', ({ whole }) => inDigits(whole.handedOnBytes ?? 0)],
		['Bytes remembered', ({ whole }) => inDigits(whole.memoryBytes ?? 0)],
	];
	return `
## A quiet run

The run that happens every 30 seconds, all year: two uplinks, two tracked IPs, five samples each, nothing is the matter. The
node Evaluate in n8n's engine, warm, against \`JSON.parse\` of the same two answers: each in a process of its own, a run of
each in turn, ${quiet[0]?.parse.cpuSeconds.length ?? 0} turns; what is told of the parse is the median of the turns. CPU is user and system time of all
threads. Memory is what a fresh process grows by, beyond a run over ten networks; reading both answers whole and
\`JSON.parse\` alone take more than the product, which reads both as they arrive and keeps of the loss its numbers.

${table(
	['', ...chosen.map(({ networks }) => `${inDigits(networks)} networks`)],
	rows.map(([name, value]) => [name, ...chosen.map(value)]),
)}

Target: everything but the parse under half of the parse; memory under 4 x the answers; under 5,000 bytes handed on.

${chosen.map((each) => quietVerdict(each, handful)).join(' ')}`;
}

/** Said plainly for each target, with what was found out about it. */
function quietVerdict(cycle: QuietCycle, handful: readonly number[]): string {
	const share = allButParseShare(cycle);
	const size = memoryShare(cycle.peakBytes, cycle);
	const said = (target: string, value: string, isMet: boolean) =>
		isMet ? `${target} ${value} x: met.` : `${target} ${value} x: **missed**.`;
	const fixed = median(handful);
	return [
		`**${inDigits(cycle.networks)} networks:**`,
		said('all but the parse', share.toFixed(2), share < 0.5),
		said('memory', size.toFixed(1), size < 4),
		share < 0.5
			? ''
			: `A run over ${HANDFUL} networks takes ${fixed.toFixed(3)} s, which is n8n's engine and two requests; all but that and the parse is ${((median(cycle.whole.cpuSeconds) - fixed) / median(cycle.parse.cpuSeconds) - 1).toFixed(2)} x.`,
	]
		.filter((part) => part !== '')
		.join(' ');
}

/** HTTP and n8n included. */
function allButParseShare(cycle: QuietCycle): number {
	return shareOfParse(cycle.whole, cycle) - 1;
}

/** What other work on the machine, which only ever adds, has added least to. */
function lowestAllButParseShare({ whole, parse }: QuietCycle): number {
	return Math.min(...whole.cpuSeconds) / Math.min(...parse.cpuSeconds) - 1;
}

/** The median of the turns. */
function shareOfParse({ cpuSeconds }: QuietCycle['own'], { parse }: QuietCycle): number {
	return median(parse.cpuSeconds.map((seconds, turn) => (cpuSeconds[turn] ?? NaN) / seconds));
}

function memoryShare(peaks: readonly number[], { parse }: QuietCycle): number {
	return median(peaks) / (parse.bodyBytes ?? NaN);
}

function growthSection(quiet: readonly QuietCycle[]): string {
	const measures: ReadonlyArray<readonly [string, number, (each: QuietCycle) => number]> = [
		['CPU of the whole run, s', 3, ({ whole }) => median(whole.cpuSeconds)],
		['CPU of this package, s', 3, ({ own }) => median(own.cpuSeconds)],
		['the same, all branches on backup', 3, ({ ownInOutage }) => median(ownInOutage.cpuSeconds)],
		['Memory at most, MB', 0, ({ peakBytes }) => median(peakBytes) / MEGA],
	];
	const rows = measures.map(([name, digits, value]) => [
		name,
		...quiet.map((each) => value(each).toFixed(digits)),
		`**${exponent(quiet.map((each) => ({ size: each.networks, value: value(each) }))).toFixed(2)}**`,
	]);
	return `
## Growth

The same quiet run, and what the package itself does in a run while the primary peer is dead and every branch is on backup
(all of them are remembered then). The exponent is the slope of the line through the logarithms, by least squares: 1 is linear, 2 would be
four times the work for twice the networks. Below 1: something costs the same for every size.

${table(['Networks', ...quiet.map(({ networks }) => inDigits(networks)), 'Exponent'], rows)}

Target: linear.`;
}

function n8nSection({ version, networks, packaged, handBuilt }: N8nRuns): string {
	const row = (name: string, runs: readonly N8nRun[]) => [
		name,
		spread(
			runs.map(({ seconds }) => seconds),
			2,
		),
		inDigits(median(runs.map(({ storedBytes }) => storedBytes))),
	];
	return `
## In a real n8n

n8n ${version}, ${inDigits(networks)} quiet networks, started by its schedule. By hand: Schedule, two HTTP Requests and a Code
node that finds the lossy branches on primary: the same two calls, but without memory, limits, or any of the vetoes. The
bytes are what n8n stores of one execution when it is told to save those that went well; twice a minute for a day that is
2,880 times.

${table(['Workflow', 'Run, s', 'Bytes stored'], [row('Schedule, Evaluate Uplink Loss', packaged), row('By hand', handBuilt)])}`;
}

function organizationsSection(runs: readonly ManyOrganizations[]): string {
	const of = (value: (run: ManyOrganizations) => number, digits: number) => spread(runs.map(value), digits);
	const rows = [
		['First run (peers and names are read, too), s', of(({ firstSeconds }) => firstSeconds, 1)],
		['its calls', of(({ firstCalls }) => firstCalls, 0)],
		['Quiet run, s', of(({ seconds }) => seconds, 1)],
		['its calls', of(({ calls }) => calls, 0)],
		['429s, both runs', of(({ rateLimited }) => rateLimited, 0)],
		['Most calls in one second (Meraki allows 100)', of(({ mostCallsInASecond }) => mostCallsInASecond, 0)],
		['Organizations evaluated', of(({ evaluated }) => evaluated, 0)],
		['told as unreadable', of(({ blind }) => blind, 0)],
		['From first to last call of an organization, s: median', of((run) => run.medianSpanSeconds, 2)],
		['longest', of((run) => run.longestSpanSeconds, 2)],
		['The first ten of the list were done after, s', of((run) => run.firstTenDoneSeconds, 1)],
		['the last ten', of((run) => run.lastTenDoneSeconds, 1)],
	];
	return `
## Many organizations

200 organizations of 50 networks in one run of Evaluate; the key may not read one of them. Own limit 5 requests a second and
organization, the default. Organizations are taken in the order of the list, twenty at a time, so nobody waits for a
particular other one: a fair share is a small difference between the median organization and the slowest.

${table(['', ''], rows)}

The least is 4.0 s for a quiet run: 400 calls at 100 a second.`;
}
