import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * npm's own JavaScript file, to be run with Node. Starting it that way needs no shell, and `npm.cmd` cannot be
 * started without one on Windows.
 */
export function npmScript(): string {
	const candidates = [
		process.env['npm_execpath'] ?? '',
		join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		...(process.env['PATH'] ?? '').split(delimiter).map((folder) => resolved(join(folder, 'npm'))),
	];
	const found = candidates.find((path) => path.endsWith('npm-cli.js') && existsSync(path));
	if (!found) throw new Error('npm was not found. Install Node with npm, and start this with "npm start".');
	return found;
}

function resolved(path: string): string {
	return existsSync(path) ? realpathSync(path) : '';
}

/** Settings a surrounding `npm start` hands to its children; a nested npm must find its own. */
const ofTheOuterNpm = /^npm_(package|lifecycle)_|^npm_config_(local_prefix|prefix|ignore_scripts|global)$/i;

/** The environment for a nested npm run by `nodeExecutable`, which its build scripts find first in PATH. */
export function npmEnvironment(nodeExecutable: string, headers?: string): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(([name]) => !ofTheOuterNpm.test(name));
	return {
		...withNodeFirst(nodeExecutable, Object.fromEntries(kept)),
		...(headers && { npm_config_nodedir: headers }),
	};
}

export function withNodeFirst(nodeExecutable: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	// Windows spells it "Path"; two spellings in one environment would leave the winner to chance.
	const name = Object.keys(environment).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
	return { ...environment, [name]: [dirname(nodeExecutable), environment[name] ?? ''].join(delimiter) };
}
