import type { Network } from '../../core/domain/types';
import { fieldsFrom, isText, type Parsed, readList, tagsFrom, textFrom, textOrNull } from './fields';

export function parseNetworks(body: unknown): Parsed<Network> {
	return readList(body, readNetwork, parseNetwork);
}

/** {@link parseNetwork} where nothing is amiss. */
function readNetwork(value: unknown): Network | null {
	if (typeof value !== 'object' || value === null) return null;
	const { id, organizationId, name, url, tags, productTypes, timeZone, notes }: NetworkFields = value;
	if (!isText(id) || !isText(organizationId) || !isText(name)) return null;
	if (!isText(url) || typeof timeZone !== 'string' || typeof notes !== 'string') return null;
	if (!Array.isArray(tags) || !tags.every((tag) => typeof tag === 'string')) return null;
	const hasAppliance = listsAppliance(productTypes);
	return { id, organizationId, name, url, tags, hasAppliance, timeZone, notes };
}

type NetworkFields = Partial<Readonly<Record<keyof Network | 'productTypes', unknown>>>;

function listsAppliance(productTypes: unknown): boolean {
	return !Array.isArray(productTypes) || productTypes.includes('appliance');
}

/**
 * An arriving element with only what {@link parseNetworks} reads of it, which answers the same of both: the rest of
 * thousands of networks need not wait in memory for the last of them.
 */
export function neededOfNetwork(element: unknown): unknown {
	if (typeof element !== 'object' || element === null || Array.isArray(element)) return element;
	const { id, organizationId, name, url, tags, productTypes, timeZone, notes }: NetworkFields = element;
	return { id, organizationId, name, url, tags, productTypes, timeZone, notes };
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
		tags: tagsFrom(fields, 'tags', path),
		hasAppliance: listsAppliance(fields.get('productTypes')),
		timeZone: textOrNull(fields, 'timeZone'),
		notes: textOrNull(fields, 'notes'),
	};
}
