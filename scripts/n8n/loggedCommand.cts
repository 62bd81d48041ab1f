import { readFileSync } from 'node:fs';
import { startChild, type ChildCommand } from './runningChildren.cjs';

export type Say = (line: string) => void;

export interface Step {
	/** Shown in front of the seconds, for example `installing n8n 2.41.1`. */
	readonly title: string;
	/** What there is to see so far, for example `812 packages`. */
	readonly soFar?: () => string;
	readonly say: Say;
	readonly everyMs?: number;
}

export class CommandFailed extends Error {
	constructor(
		readonly title: string,
		readonly logFile: string,
		how: string,
	) {
		super(`${title}: ${how}. The end of ${logFile}:\n${tail(logFile, 25)}`);
		this.name = 'CommandFailed';
	}
}

/** Runs to the end, tells every few seconds that it is still at it, and throws with the end of the log. */
export async function runLogged(command: ChildCommand, step: Step): Promise<void> {
	const startedAt = Date.now();
	const progress = setInterval(() => {
		step.say(progressLine(step.title, Date.now() - startedAt, step.soFar?.()));
	}, step.everyMs ?? 5000);
	try {
		const how = await outcome(command);
		if (how !== undefined) throw new CommandFailed(step.title, command.logFile, how);
	} finally {
		clearInterval(progress);
	}
}

export function progressLine(title: string, elapsedMs: number, soFar: string | undefined): string {
	const seconds = Math.round(elapsedMs / 1000);
	return `  ${title}: ${seconds} s${soFar ? `, ${soFar}` : ''}`;
}

/** Nothing when it went well, else how it ended. */
function outcome(command: ChildCommand): Promise<string | undefined> {
	return new Promise((resolve) => {
		const child = startChild(command);
		child.once('error', (error) => {
			resolve(error.message);
		});
		child.once('exit', (code, signal) => {
			if (code === 0) resolve(undefined);
			else resolve(signal ? `stopped by ${signal}` : `ended with code ${String(code)}`);
		});
	});
}

export function tail(file: string, lines: number): string {
	try {
		return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
	} catch (error) {
		return `(no log: ${error instanceof Error ? error.message : String(error)})`;
	}
}
