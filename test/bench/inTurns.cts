import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Ended, Measured, Question, Ran } from './child/measured.cjs';

/**
 * Measures each subject in a process of its own, a run of each in turn, so that what slows the machine down for a while
 * slows them all down.
 */
export async function inTurns<Subject extends string>(
	subjects: readonly Subject[],
	url: string,
	warmUps: number,
	turns: number,
): Promise<Record<Subject, Measured>> {
	const bySubject = new Map(subjects.map((subject) => [subject, new MeasuringProcess(subject, url)]));
	const processes = [...bySubject.values()];
	try {
		for (const each of processes) for (let count = 0; count < warmUps; count += 1) await each.run();
		for (let count = 0; count < turns; count += 1) for (const each of processes) await each.measure();
		const measured: Array<[Subject, Measured]> = [];
		for (const [subject, each] of bySubject) measured.push([subject, await each.measured()]);
		return Object.fromEntries(measured) as Record<Subject, Measured>;
	} finally {
		for (const each of processes) each.end();
	}
}

class MeasuringProcess {
	private readonly child: ChildProcess;
	private readonly runs: Ran[] = [];

	constructor(subject: string, url: string) {
		this.child = fork(join(__dirname, 'child', 'cycle.cts'), [subject, url], {
			execArgv: ['--expose-gc', '--require', 'tsx/cjs'],
		});
	}

	async run(): Promise<Ran> {
		return await this.ask<Ran>('run');
	}

	async measure(): Promise<void> {
		this.runs.push(await this.run());
	}

	async measured(): Promise<Measured> {
		const ended = await this.ask<Ended>('end');
		const [cpuSeconds, seconds] = [
			this.runs.map((run) => run.cpuSeconds),
			this.runs.map((run) => run.seconds),
		];
		return { ...ended, cpuSeconds, seconds };
	}

	end(): void {
		this.child.kill();
	}

	private async ask<Answer>(question: Question): Promise<Answer> {
		const { child } = this;
		return await new Promise((resolve, reject) => {
			const gone = () => {
				reject(new Error('A measuring process has ended before it answered'));
			};
			child.once('exit', gone);
			child.once('message', (answer) => {
				child.off('exit', gone);
				resolve(answer as Answer);
			});
			child.send(question, (error) => {
				if (error) reject(error);
			});
		});
	}
}
