import { errorWordsOf, type Redact } from './foreignText';
import { bad, fieldsFrom, listFrom, parseEach, type Parsed, textFrom } from './fields';

/** How far an action batch has come. */
export interface ActionBatch {
	readonly id: string;
	/** An unconfirmed one is a stored preview: it does nothing until somebody confirms it. */
	readonly isConfirmed: boolean;
	readonly state: 'executing' | 'completed' | 'failed';
	/** Meraki's words, cleaned. */
	readonly errors: readonly string[];
	/** The networks that it writes themselves, not what belongs to them. */
	readonly networkIds: readonly string[];
}

export function parseActionBatches(redact: Redact): (body: unknown) => Parsed<ActionBatch> {
	return (body) => parseEach(body, '', parseActionBatch(redact));
}

/** `status` and its fields may be missing (OpenAPI): then nothing says that the batch has come to its end. */
export function parseActionBatch(redact: Redact): (value: unknown, path?: string) => ActionBatch {
	return (value, path = '') => {
		const fields = fieldsFrom(value, path);
		const status = fieldsFrom(fields.get('status') ?? {}, `${path}.status`);
		const isCompleted = status.get('completed') === true;
		const isFailed = status.get('failed') === true;
		if (isCompleted && isFailed) return bad(`${path}.status`, 'is completed and failed at once');
		const ended = isFailed ? 'failed' : 'completed';
		return {
			id: textFrom(fields, 'id', path),
			isConfirmed: fields.get('confirmed') !== false,
			state: isCompleted || isFailed ? ended : 'executing',
			errors: errorWordsOf({ errors: status.get('errors') }, redact),
			networkIds: listFrom(fields.get('actions'), `${path}.actions`).flatMap(networkIdsOf),
		};
	};
}

const NETWORK_RESOURCE = /^(?:\/api\/v1)?\/networks\/([^/?#]+)\/?$/;

/** None for an action on anything else, or one that cannot be read. */
function networkIdsOf(action: unknown): readonly string[] {
	if (typeof action !== 'object' || action === null || !('resource' in action)) return [];
	const { resource } = action;
	const id = typeof resource === 'string' ? NETWORK_RESOURCE.exec(resource)?.[1] : undefined;
	return id === undefined ? [] : [decoded(id)];
}

function decoded(id: string): string {
	try {
		return decodeURIComponent(id);
	} catch {
		return id;
	}
}
