/** What documentation tells its reader to type. */
export interface ShellBlock {
	/** The nearest heading above it. */
	readonly heading: string;
	/** One command each, without its comment. */
	readonly commands: readonly string[];
}

export function shellBlocks(markdown: string): ShellBlock[] {
	const blocks: ShellBlock[] = [];
	let heading = '';
	let open: string[] | undefined;
	for (const line of markdown.split('\n')) {
		if (open !== undefined && line.startsWith('```')) {
			blocks.push({ heading, commands: open });
			open = undefined;
		} else if (open !== undefined) {
			const command = withoutComment(line);
			if (command !== '') open.push(command);
		} else if (line === '```sh') {
			open = [];
		} else {
			heading = /^#+ (.+)$/.exec(line)?.[1] ?? heading;
		}
	}
	return blocks;
}

/** In these documents a comment is set off by white space, and nothing quoted looks like one. */
function withoutComment(line: string): string {
	return line.replace(/(^|\s)#\s.*$/, '').trim();
}

/** What a reader ends by Ctrl-C, and what it prints when there is something to see. */
const longRunning: Readonly<Record<string, RegExp>> = {
	'npm start': /Ctrl-C ends it/,
	'npm run simulator': /Keys:/,
};

export function readySign(command: string): RegExp | undefined {
	return longRunning[command];
}
