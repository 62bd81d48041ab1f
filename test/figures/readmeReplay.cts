/**
 * Types what the documentation tells its reader to type, in an empty clone of this commit and an empty home folder:
 *
 *   node --require tsx/cjs test/figures/readmeReplay.cts [README.md CONTRIBUTING.md]
 *
 * and writes how long each command took into docs/readme-replay.md. n8n and npm's downloads come from this user's caches.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { counted, table, withSection } from './reliabilityPage.cjs';
import { readySign, shellBlocks, type ShellBlock } from './shellBlocks.cjs';
import { say } from '../../scripts/n8n/terminal.cjs';

const ROOT = join(__dirname, '..', '..');
const PAGE = join(ROOT, 'docs', 'readme-replay.md');
const LONGEST_MS = 45 * 60_000;

/** It is all of these commands again, and CI's own task. */
const leftOut = ['.ci/run'];

interface Typed {
	readonly place: string;
	readonly command: string;
	readonly seconds: number;
	readonly ending: string;
	readonly isGood: boolean;
}

class Reader {
	private readonly folder = mkdtempSync(join(tmpdir(), 'readme-replay-'));
	private readonly home = join(this.folder, 'home');
	private readonly state = join(this.folder, 'state');
	private readonly clone = join(this.folder, 'clone');

	async open(): Promise<void> {
		mkdirSync(this.home);
		await this.run(`git clone --quiet ${JSON.stringify(ROOT)} ${JSON.stringify(this.clone)}`, undefined);
	}

	close(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** Folder and variables go from one command of a block to the next, as in a reader's shell. */
	async type(page: string, { heading, commands }: ShellBlock): Promise<Typed[]> {
		writeFileSync(this.state, `cd ${JSON.stringify(this.clone)}\n`);
		const typed: Typed[] = [];
		for (const command of commands.filter((one) => !leftOut.includes(one))) {
			say(`${page}, ${heading}: ${command}`);
			const startedAt = Date.now();
			const ending = await this.run(this.remembering(command), readySign(command));
			const seconds = (Date.now() - startedAt) / 1000;
			const isGood = ending === 'done' || ending === 'ended by Ctrl-C';
			say(`  ${ending}, ${seconds.toFixed(0)} s`);
			typed.push({ place: `${page}, ${heading}`, command, seconds, ending, isGood });
		}
		return typed;
	}

	private remembering(command: string): string {
		return `set -ea; . ${this.state}; ${command}\n{ export -p; printf 'cd %q\\n' "$PWD"; } > ${this.state}`;
	}

	/** How it ended, in words. */
	private run(script: string, ready: RegExp | undefined): Promise<string> {
		return new Promise((resolve) => {
			const child = spawn('bash', ['-c', script], {
				cwd: this.folder,
				env: this.environment(),
				stdio: ['ignore', 'pipe', 'pipe'],
				detached: true,
			});
			let output = '';
			let wasInterrupted = false;
			const end = (signal: NodeJS.Signals): void => {
				if (child.pid !== undefined) process.kill(-child.pid, signal);
			};
			const tooLong = setTimeout(() => end('SIGKILL'), LONGEST_MS);
			const hear = (text: Buffer): void => {
				output = `${output}${text.toString()}`.slice(-20_000);
				if (ready?.test(output) && !wasInterrupted) {
					wasInterrupted = true;
					end('SIGINT');
				}
			};
			child.stdout.on('data', hear);
			child.stderr.on('data', hear);
			child.on('close', (code, signal) => {
				clearTimeout(tooLong);
				if (code === 0 && ready === undefined) resolve('done');
				else if (wasInterrupted) resolve('ended by Ctrl-C');
				else {
					say(output.slice(-3000));
					resolve(`failed (${code ?? signal ?? 'unknown'})`);
				}
			});
		});
	}

	private environment(): NodeJS.ProcessEnv {
		const caches = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
		const npmCache = process.env['npm_config_cache'] ?? join(homedir(), '.npm');
		return { ...process.env, HOME: this.home, XDG_CACHE_HOME: caches, npm_config_cache: npmCache };
	}
}

async function main(): Promise<number> {
	const pages = process.argv.length > 2 ? process.argv.slice(2) : ['README.md', 'CONTRIBUTING.md'];
	const reader = new Reader();
	const typed: Typed[] = [];
	try {
		await reader.open();
		for (const page of pages) {
			for (const block of shellBlocks(readFileSync(join(ROOT, page), 'utf8'))) {
				typed.push(...(await reader.type(page, block)));
				// A replay that is cut short keeps what it has.
				save(typed);
			}
		}
	} finally {
		reader.close();
	}
	const failed = typed.filter(({ isGood }) => !isGood).length;
	say(`${typed.length - failed} passed, ${failed} failed`);
	return failed === 0 ? 0 : 1;
}

function save(typed: readonly Typed[]): void {
	const rows = typed.map(({ place, command, seconds, ending }) => [
		place,
		`\`${command}\``,
		(seconds / 60).toFixed(1),
		ending,
	]);
	const text = `Typed ${counted()}.\n\n${table(['Where', 'Command', 'Minutes', 'How it ended'], rows)}`;
	writeFileSync(PAGE, withSection(readFileSync(PAGE, 'utf8'), 'commands', text));
}

main().then(
	(code) => {
		process.exitCode = code;
	},
	(error: unknown) => {
		say(error instanceof Error ? error.message : String(error));
		process.exitCode = 2;
	},
);
