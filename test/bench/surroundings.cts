import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import type { Surroundings } from './results.cjs';

const ROOT = join(__dirname, '..', '..');

/** On what, when, and of what something was measured. */
export function surroundings(): Surroundings {
	const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
	const git = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' });
	const [processor] = cpus();
	return {
		date: new Date().toISOString().slice(0, 10),
		processor: processor?.model.trim() ?? 'unknown',
		cores: cpus().length,
		memoryBytes: totalmem(),
		system: `${type()} ${release().split('-')[0] ?? ''}`,
		node: process.version,
		version,
		commit: git.stdout.trim() === '' ? 'unknown' : git.stdout.trim(),
		load: loadavg()[0] ?? 0,
	};
}
