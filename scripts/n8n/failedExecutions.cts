import type { N8nRest } from './n8nRest.cjs';

const failed = new Set(['error', 'crashed']);

/** In plain words what n8n itself calls failed; empty when every run went well. */
export async function failedExecutions(rest: N8nRest, workflowId: string): Promise<readonly string[]> {
	const found = (await rest.executions(workflowId)).filter(({ status }) => failed.has(status));
	const [newest] = found;
	if (!newest) return [];
	const { data } = await rest.execution(newest.id);
	const runs = found.length === 1 ? '1 run' : `${found.length} runs`;
	return [`In n8n ${runs} of the workflow ended in error; the newest: ${errorIn(data)}`];
}

function errorIn(data: unknown): string {
	const error = field(field(data, 'resultData'), 'error');
	const node = field(field(error, 'node'), 'name');
	const words = [field(error, 'message'), field(error, 'description')].filter(
		(part) => typeof part === 'string',
	);
	const where = typeof node === 'string' ? `"${node}": ` : '';
	return words.length > 0 ? `${where}${words.join(' ')}` : 'without a message';
}

function field(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
