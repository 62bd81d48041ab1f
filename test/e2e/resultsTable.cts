/** One step on one version of n8n. */
export interface Result {
	readonly version: string;
	readonly step: string;
	readonly passed: boolean;
	/** How often it was run. */
	readonly tries: number;
	readonly seconds: number;
}

const intro = `# Compatibility

Written by \`npm run e2e\`: the packed package in a real n8n, against the simulated dashboard of this repository. Where a
cell is empty the step was not run on that version; the older versions run the smoke only. \`try 2\` is a step that passed, or
failed again, when it was run once more.
`;

/** The page with these results in it; what is on it about other steps and versions stays. */
export function withResults(page: string, results: readonly Result[], steps: readonly string[]): string {
	const cells = readCells(page);
	for (const { version, step, passed, tries, seconds } of results) {
		const column = cells.get(version) ?? new Map<string, string>();
		column.set(
			step,
			`${passed ? 'pass' : '**FAIL**'} (${Math.round(seconds)} s${tries > 1 ? `, try ${tries}` : ''})`,
		);
		cells.set(version, column);
	}
	const versions = [...cells.keys()].sort(newestFirst);
	const row = (first: string, others: readonly string[]): string => `| ${[first, ...others].join(' | ')} |`;
	const lines = [
		row(
			'Step',
			versions.map((version) => `n8n ${version}`),
		),
		row(
			'---',
			versions.map(() => '---'),
		),
		...steps.map((step) =>
			row(
				step,
				versions.map((version) => cells.get(version)?.get(step) ?? ''),
			),
		),
	];
	return `${intro}\n${lines.join('\n')}\n`;
}

/** By version, then by step. */
function readCells(page: string): Map<string, Map<string, string>> {
	const [head = [], , ...rows] = page
		.split('\n')
		.filter((line) => line.startsWith('| '))
		.map((line) => line.split('|').slice(1, -1));
	const versions = head.slice(1).map((cell) => cell.trim().replace(/^n8n /, ''));
	return new Map(
		versions.map((version, index) => [
			version,
			new Map(
				rows
					.map((row) => [row[0]?.trim() ?? '', row[index + 1]?.trim() ?? ''] as const)
					.filter(([, cell]) => cell !== ''),
			),
		]),
	);
}

function newestFirst(one: string, other: string): number {
	return other.localeCompare(one, 'en', { numeric: true });
}
