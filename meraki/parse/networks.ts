import type { Network } from '../../core/types';
import { fieldsFrom, parseEach, type Parsed, tagsFrom, textFrom, textOrNull } from './fields';

export function parseNetworks(body: unknown): Parsed<Network> {
	return parseEach(body, '', parseNetwork);
}

/** Tags keep their order, case and duplicates: a write replaces the whole list. */
export function parseNetwork(value: unknown, path = ''): Network {
	const fields = fieldsFrom(value, path);
	return {
		id: textFrom(fields, 'id', path),
		organizationId: textFrom(fields, 'organizationId', path),
		name: textFrom(fields, 'name', path),
		url: textOrNull(fields, 'url'),
		// Null in the documentation's own example ("Getting Started").
		tags: tagsFrom(fields, 'tags', path, []),
		timeZone: textOrNull(fields, 'timeZone'),
		notes: textOrNull(fields, 'notes'),
	};
}
