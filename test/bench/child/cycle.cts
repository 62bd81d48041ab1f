/**
 * One measurement in a process of its own: `tsx cycle.cts <what> <url> <runs to warm up> <runs>`. Prints one line of
 * JSON, see {@link Measured}.
 */
import { ORGANIZATION_ID, SMALL_ORGANIZATION_ID } from '../fleets.cjs';
import { dataPath } from './dataPath.cjs';
import { parseAlone } from './parseAlone.cjs';
import { wholeCycle } from './wholeCycle.cjs';
import type { Measured, Subject } from './measured.cjs';

const subjects: Readonly<Record<string, (url: string, organizationId: string) => Promise<Subject>>> = {
	wholeCycle,
	dataPath,
	parseAlone,
};

async function main([what = '', url = '', warmUps = '', runs = '']: readonly string[]): Promise<void> {
	const prepare = subjects[what];
	if (prepare === undefined) throw new Error(`"${what}" cannot be measured`);
	// Everything is loaded and has run once before memory is looked at.
	await (await prepare(url, SMALL_ORGANIZATION_ID)).run();
	globalThis.gc?.();
	const memoryBefore = process.memoryUsage().rss;
	const subject = await prepare(url, ORGANIZATION_ID);
	for (let count = 0; count < Number(warmUps); count += 1) await subject.run();
	const cpuSeconds: number[] = [];
	const seconds: number[] = [];
	for (let count = 0; count < Number(runs); count += 1) {
		const startedAt = performance.now();
		cpuSeconds.push(await subject.run());
		seconds.push((performance.now() - startedAt) / 1000);
	}
	const peakBytes = process.resourceUsage().maxRSS * 1024 - memoryBefore;
	const measured: Measured = { cpuSeconds, seconds, peakBytes, ...subject.facts() };
	process.stdout.write(`${JSON.stringify(measured)}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
