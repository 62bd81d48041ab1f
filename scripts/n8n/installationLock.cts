import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

/** Written by the start that is installing, so that a second one waits instead of writing into the same folder. */
export interface LockHolder {
	readonly processId: number;
	readonly host: string;
	readonly token: string;
}

export interface LockSurroundings {
	readonly thisHost: string;
	readonly isAlive: (processId: number) => boolean;
}

/** The holder renews its lock every few seconds, so an old one means a killed start or a computer that went off. */
const staleAfterMs = 60_000;
const renewEveryMs = 5_000;

export function isStale(
	holder: LockHolder | undefined,
	ageMs: number,
	surroundings: LockSurroundings,
): boolean {
	if (ageMs > staleAfterMs) return true;
	// Unreadable and young: it is being written.
	if (!holder) return false;
	// A process number means nothing on another computer that shares this home folder.
	return holder.host === surroundings.thisHost && !surroundings.isAlive(holder.processId);
}

/** Waits for another start to finish, then runs `work` alone. */
export async function withLock<T>(
	file: string,
	tellWaiting: (seconds: number) => void,
	work: () => Promise<T>,
): Promise<T> {
	const token = randomUUID();
	const startedAt = Date.now();
	for (let round = 0; !take(file, token); round++) {
		if (round % 5 === 0) tellWaiting(Math.round((Date.now() - startedAt) / 1000));
		await sleep(1000);
	}
	const release = (): void => {
		if (read(file)?.token === token) rmSync(file, { force: true });
	};
	const renew = setInterval(() => {
		touch(file, token);
	}, renewEveryMs);
	process.once('exit', release);
	try {
		return await work();
	} finally {
		clearInterval(renew);
		process.removeListener('exit', release);
		release();
	}
}

function take(file: string, token: string): boolean {
	const holder: LockHolder = { processId: process.pid, host: hostname(), token };
	try {
		writeFileSync(file, JSON.stringify(holder), { flag: 'wx' });
		return true;
	} catch (error) {
		if (!hasCode(error, 'EEXIST')) throw error;
	}
	const found = read(file);
	if (!isStale(found, ageOf(file), { thisHost: hostname(), isAlive })) return false;
	// Another waiting start may have cleared it meanwhile: remove only the one that was judged.
	if (read(file)?.token === found?.token) rmSync(file, { force: true });
	return false;
}

function read(file: string): LockHolder | undefined {
	try {
		const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
		return isHolder(value) ? value : undefined;
	} catch {
		return undefined; // gone or half written; its age decides
	}
}

function isHolder(value: unknown): value is LockHolder {
	return (
		typeof value === 'object' &&
		value !== null &&
		'processId' in value &&
		typeof value.processId === 'number' &&
		'host' in value &&
		typeof value.host === 'string' &&
		'token' in value &&
		typeof value.token === 'string'
	);
}

function touch(file: string, token: string): void {
	if (read(file)?.token !== token) return;
	const now = new Date();
	utimesSync(file, now, now);
}

function ageOf(file: string): number {
	return Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
}

export function isAlive(processId: number): boolean {
	try {
		process.kill(processId, 0);
		return true;
	} catch (error) {
		return hasCode(error, 'EPERM'); // alive, but somebody else's
	}
}

function hasCode(error: unknown, code: string): boolean {
	return error instanceof Error && 'code' in error && error.code === code;
}
