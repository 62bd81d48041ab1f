import type { ILoadOptionsFunctions, INodeListSearchResult, INodeProperties } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import { asFields, asText, field } from '../../core/domain/untrusted';
import { createMerakiClient } from '../../meraki/client/client';
import type { MerakiClient } from '../../meraki/client/client';
import { isMerakiApiError } from '../../meraki/http/merakiApiError';
import { merakiConnection } from './merakiClient';
import { nodeApiError } from './nodeErrors';

/** The organization, from the live list or by ID. */
export const organizationProperty: INodeProperties = {
	displayName: 'Organization',
	name: 'organizationId',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The Meraki organization whose branches take part',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchOrganizations', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 2930418',
			hint: 'The ID is in the address of the API, and in the list of organizations',
		},
	],
};

/** The organizations that the key can see, filtered by name or ID. */
export async function searchOrganizations(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const connection = await merakiConnection(this, 0);
	if (connection.baseUrl.kind === 'refused')
		throw new NodeOperationError(this.getNode(), connection.baseUrl.problem);
	const client = createMerakiClient({ ...connection, baseUrl: connection.baseUrl.baseUrl });
	const [listed] = await Promise.allSettled([client.organizations()]);
	if (listed.status === 'rejected') {
		const reason: unknown = listed.reason;
		if (isMerakiApiError(reason)) throw nodeApiError(this.getNode(), reason, 0);
		throw new NodeOperationError(
			this.getNode(),
			reason instanceof Error ? reason : new Error('Organizations could not be listed'),
		);
	}
	const wanted = (filter ?? '').toLowerCase();
	const results = listed.value.rows
		.filter(({ id, name }) => name.toLowerCase().includes(wanted) || id.includes(wanted))
		.sort((one, other) => (one.name.toLowerCase() < other.name.toLowerCase() ? -1 : 1))
		.map(({ id, name }) => ({ name, value: id }));
	return { results };
}

/** What a parameter of organization or network ids may hold after its expressions are resolved. */
export type IdReading =
	| { readonly kind: 'id'; readonly id: string }
	| { readonly kind: 'refused'; readonly why: string };

/**
 * Ids are opaque texts and can exceed what JavaScript counts exactly; a number that is still exact becomes text, an
 * unsafe one may already be another organization's.
 */
export function readId(value: unknown): IdReading {
	if (typeof value === 'number') {
		return Number.isSafeInteger(value) && value > 0
			? { kind: 'id', id: String(value) }
			: refuse(`${value} is not an exact whole number. Hand the ID over as text, in quotation marks.`);
	}
	if (typeof value !== 'string' || value.trim() === '')
		return refuse('It is empty. Choose one from the list, or enter its ID.');
	const id = value.trim();
	return /^[A-Za-z0-9_-]+$/.test(id)
		? { kind: 'id', id }
		: refuse('An ID has only letters, digits, dashes and underscores.');
}

function refuse(why: string): IdReading {
	return { kind: 'refused', why };
}

/** The organization's name as the list showed it; `null` when the ID was typed or came from the item. */
export function listedName(locator: unknown): string | null {
	return asText(field(asFields(locator), 'cachedResultName')) ?? null;
}

/** Only for messages: without it they show the ID. */
export async function nameOf(client: MerakiClient, organizationId: string): Promise<string | null> {
	const [read] = await Promise.allSettled([client.organization(organizationId)]);
	return read.status === 'fulfilled' ? read.value.name : null;
}
