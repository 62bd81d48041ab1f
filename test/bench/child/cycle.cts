/** One subject in a process of its own: `fork(cycle.cts, [subject, url])`. Answers each {@link Question} with a message. */
import { ORGANIZATION_ID, SMALL_ORGANIZATION_ID } from '../fleets.cjs';
import { dataPath } from './dataPath.cjs';
import { parseAlone } from './parseAlone.cjs';
import { wholeCycle } from './wholeCycle.cjs';
import type { Ended, Question, Ran, Subject } from './measured.cjs';

const subjects: Readonly<Record<string, (url: string, organizationId: string) => Promise<Subject>>> = {
	wholeCycle,
	dataPath,
	parseAlone,
};

async function main([what = '', url = '']: readonly string[]): Promise<void> {
	const prepare = subjects[what];
	if (prepare === undefined) throw new Error(`"${what}" cannot be measured`);
	// Everything is loaded and has run once before memory is looked at.
	await (await prepare(url, SMALL_ORGANIZATION_ID)).run();
	globalThis.gc?.();
	const memoryBefore = process.memoryUsage().rss;
	const subject = prepare(url, ORGANIZATION_ID);
	process.on('message', (question: Question) => {
		answer(question, subject, memoryBefore)
			.then((told) => process.send?.(told))
			.catch(fail);
	});
}

async function answer(
	question: Question,
	prepared: Promise<Subject>,
	memoryBefore: number,
): Promise<Ran | Ended> {
	const subject = await prepared;
	switch (question) {
		case 'run': {
			const startedAt = performance.now();
			const cpuSeconds = await subject.run();
			return { cpuSeconds, seconds: (performance.now() - startedAt) / 1000 };
		}
		case 'end':
			return { peakBytes: process.resourceUsage().maxRSS * 1024 - memoryBefore, ...subject.facts() };
	}
}

function fail(error: unknown): void {
	console.error(error);
	process.exit(1);
}

main(process.argv.slice(2)).catch(fail);
