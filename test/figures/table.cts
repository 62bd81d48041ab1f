/** How figures are printed: as Markdown tables, with what they were counted of. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
	return [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** 60000 is 60,000. */
export function inDigits(value: number): string {
	return value.toLocaleString('en-US');
}

/** When, of what and on what something was counted: "on 2026-01-05, package 0.1.0 at commit 1a2b3c4, Node v20.19.0". */
export function counted(): string {
	const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
	const { stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: ROOT, encoding: 'utf8' });
	const commit = stdout.trim() === '' ? 'unknown' : stdout.trim();
	const date = new Date().toISOString().slice(0, 10);
	return `on ${date}, package ${version} at commit ${commit}, Node ${process.version}`;
}
