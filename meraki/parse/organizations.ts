import type { Organization } from '../../core/domain/types';
import { fieldsFrom, parseEach, type Parsed, textFrom, textOrNull } from './fields';

/** Whose key it is; for the credential test. */
export interface Identity {
	readonly name: string | null;
	readonly email: string | null;
}

export function parseIdentity(body: unknown): Identity {
	const fields = fieldsFrom(body, '');
	return { name: textOrNull(fields, 'name'), email: textOrNull(fields, 'email') };
}

export function parseOrganizations(body: unknown): Parsed<Organization> {
	return parseEach(body, '', parseOrganization);
}

export function parseOrganization(value: unknown, path = ''): Organization {
	const fields = fieldsFrom(value, path);
	return {
		id: textFrom(fields, 'id', path),
		name: textFrom(fields, 'name', path),
		apiEnabled: apiEnabledFrom(fields.get('api'), path),
	};
}

function apiEnabledFrom(api: unknown, path: string): boolean | null {
	if (api === undefined || api === null) return null;
	const enabled = fieldsFrom(api, `${path}.api`).get('enabled');
	return typeof enabled === 'boolean' ? enabled : null;
}
