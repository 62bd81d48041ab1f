/** `docs/reliability.md`: each of its figures is written by the script that counted it, between marks. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const PAGE = join(ROOT, 'docs', 'reliability.md');

/** What is counted, in the order of the page. */
export const SECTIONS = ['model', 'chaos', 'seeded bugs', 'fuzz', 'mutation', 'unknowns played'] as const;

export type Section = (typeof SECTIONS)[number];

/** Replaces what stands between the marks of a section; everything else on the page stays. */
export function writeSection(section: Section, text: string): void {
	writeFileSync(PAGE, withSection(readPage(), section, text));
}

export function readPage(): string {
	return readFileSync(PAGE, 'utf8');
}

/** @throws where the page has lost the marks of the section, or has them twice */
export function withSection(page: string, section: string, text: string): string {
	const { begin, end } = placesOf(page, section);
	return `${page.slice(0, begin)}\n\n${text.trim()}\n\n${page.slice(end)}`;
}

/** What stands between the marks of a section. */
export function sectionOf(page: string, section: string): string {
	const { begin, end } = placesOf(page, section);
	return page.slice(begin, end).trim();
}

function placesOf(page: string, section: string): { readonly begin: number; readonly end: number } {
	const [before = '', rest, ...others] = page.split(`<!-- begin: ${section} -->`);
	const [inside, after, ...more] = (rest ?? '').split(`<!-- end: ${section} -->`);
	if (rest === undefined || inside === undefined || after === undefined || others.length + more.length > 0)
		throw new Error(`The page must have the marks of "${section}" exactly once.`);
	const begin = before.length + `<!-- begin: ${section} -->`.length;
	return { begin, end: begin + inside.length };
}

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
