import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';

export interface ChildCommand {
	readonly executable: string;
	readonly commandArguments: readonly string[];
	readonly folder: string;
	readonly environment: NodeJS.ProcessEnv;
	readonly logFile: string;
	/** Somebody else's number, where this process is allowed to start as another user. */
	readonly userId?: number;
}

const running = new Set<ChildProcess>();

/** Output goes to a file: a child that outlives this process must not hold the terminal. */
export function startChild(command: ChildCommand): ChildProcess {
	const log = openSync(command.logFile, 'a');
	const child = spawn(command.executable, [...command.commandArguments], {
		cwd: command.folder,
		env: command.environment,
		stdio: ['ignore', log, log],
		windowsHide: true,
		...(command.userId !== undefined && { uid: command.userId, gid: command.userId }),
	});
	closeSync(log);
	running.add(child);
	child.once('exit', () => running.delete(child));
	child.once('error', () => running.delete(child));
	return child;
}

export function hasEnded(child: ChildProcess): boolean {
	return child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
}

/** Asks first, and insists after `patienceMs`. */
export async function stopChild(child: ChildProcess, patienceMs = 10_000): Promise<void> {
	if (hasEnded(child)) return;
	const ended = endOf(child);
	const insist = setTimeout(() => {
		killNow(child);
	}, patienceMs);
	if (process.platform === 'win32') killNow(child);
	else child.kill('SIGTERM');
	await ended;
	clearTimeout(insist);
}

/** As a crash: no chance to save anything. */
export async function killChild(child: ChildProcess): Promise<void> {
	if (hasEnded(child)) return;
	const ended = endOf(child);
	killNow(child);
	await ended;
}

function endOf(child: ChildProcess): Promise<void> {
	return new Promise((resolve) =>
		child.once('exit', () => {
			resolve();
		}),
	);
}

/** Windows has no signals, and killing a process there leaves its own children running. */
function killNow(child: ChildProcess): void {
	if (process.platform === 'win32') {
		spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
	} else {
		child.kill('SIGKILL');
	}
}

process.on('exit', () => {
	for (const child of running) killNow(child);
});
