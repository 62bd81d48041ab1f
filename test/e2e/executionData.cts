import type { Execution } from '../../scripts/n8n/n8nRest.cjs';

/** A node's run inside an execution. */
export interface NodeRun {
	readonly startTime: number;
	readonly executionTime: number;
	readonly status: string;
	/** What it put out: by output, the JSON of each item. */
	readonly outputs: readonly (readonly Readonly<Record<string, unknown>>[])[];
	readonly error: string | undefined;
}

/** Every node that ran, with its runs. */
export function nodeRuns({ data }: Pick<Execution, 'data'>): ReadonlyMap<string, readonly NodeRun[]> {
	const runData = field(field(data, 'resultData'), 'runData');
	if (typeof runData !== 'object' || runData === null) return new Map();
	return new Map(Object.entries(runData).map(([name, runs]) => [name, listOf(runs).map(nodeRun)]));
}

/** In the order in which n8n ran them. */
export function orderOfNodes(execution: Pick<Execution, 'data'>): readonly string[] {
	const starts = [...nodeRuns(execution)].flatMap(([name, runs]) =>
		runs.map(({ startTime }) => ({ name, startTime })),
	);
	return starts.sort((one, other) => one.startTime - other.startTime).map(({ name }) => name);
}

export function errorOf({ data }: Pick<Execution, 'data'>): string {
	return textOf(field(field(data, 'resultData'), 'error')) ?? '';
}

function nodeRun(run: unknown): NodeRun {
	const main = listOf(field(field(run, 'data'), 'main'));
	return {
		startTime: Number(field(run, 'startTime')),
		executionTime: Number(field(run, 'executionTime')),
		status: String(field(run, 'executionStatus')),
		outputs: main.map((items) =>
			listOf(items).map((item) => (field(item, 'json') ?? {}) as Readonly<Record<string, unknown>>),
		),
		error: textOf(field(run, 'error')),
	};
}

function textOf(error: unknown): string | undefined {
	const message = field(error, 'message');
	return typeof message === 'string' ? message : undefined;
}

function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

function field(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
