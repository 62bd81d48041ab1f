import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '../n8n/installationLock.cjs';

/**
 * A fresh data folder for n8n inside the clone, named after this process: two starts at the same time do not share
 * one, and what ended starts left behind (kept for their logs) is removed.
 */
export function newHome(clone: string): string {
	const parent = join(clone, '.n8n-demo');
	mkdirSync(parent, { recursive: true });
	for (const name of readdirSync(parent)) {
		const owner = /^start-(\d+)$/.exec(name)?.[1];
		if (owner !== undefined && !isAlive(Number(owner))) removeHome(join(parent, name));
	}
	const home = join(parent, `start-${process.pid}`);
	removeHome(home);
	mkdirSync(home);
	return home;
}

export function removeHome(home: string): void {
	// n8n's last writes may come while this runs.
	rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
