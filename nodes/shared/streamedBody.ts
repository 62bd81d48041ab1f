import { ListInPieces } from '../../meraki/parse/jsonListStream';
import type { HttpRequest } from '../../meraki/http/transport';
import { sleepUntilCancelled } from './sleep';

/** The body of an answer of which only the head has come, as Node's streams are. */
export interface ArrivingBody extends AsyncIterable<unknown> {
	readonly destroy: () => void;
}

export function isArriving(body: unknown): body is ArrivingBody {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body && 'destroy' in body;
}

/**
 * The body once it is whole: JSON as its value, anything else as text. Throws what breaks it off, with Node's code, and
 * after `timeoutMs`, since n8n's own time limit ends with the head.
 */
export async function arrived(
	body: ArrivingBody,
	{ timeoutMs, eachElement = (element) => element }: Pick<HttpRequest, 'timeoutMs' | 'eachElement'>,
): Promise<unknown> {
	const end = new AbortController();
	const late = elapsed(timeoutMs, end.signal);
	try {
		return await Promise.race([whole(body, new ListInPieces(eachElement)), late]);
	} finally {
		end.abort();
		body.destroy();
	}
}

async function whole(body: ArrivingBody, list: ListInPieces): Promise<unknown> {
	for await (const piece of body) if (ArrayBuffer.isView(piece)) list.add(bytesOf(piece));
	return list.end();
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
	return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Rejects then, as axios does; an aborted sleep says nothing. */
async function elapsed(ms: number, signal: AbortSignal): Promise<never> {
	await sleepUntilCancelled(ms, signal);
	if (signal.aborted) return await new Promise(() => undefined);
	throw Object.assign(new Error('The body of the answer did not come in time'), { code: 'ECONNABORTED' });
}
