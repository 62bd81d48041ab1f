import type { Network } from '../dashboard/network.cjs';
import type { Organization } from '../dashboard/organization.cjs';
import type { ScenarioKey } from '../scenario/types.cjs';
import { Refusal } from './refusal.cjs';

/** Only `Authorization: Bearer` counts: the other documented header is the one of API version 0. */
export function keyOf(authorization: string | undefined, keys: readonly ScenarioKey[]): ScenarioKey {
	const [scheme = '', value = ''] = (authorization ?? '').trim().split(/\s+/, 2);
	if (scheme.toLowerCase() !== 'bearer' || value === '') throw new Refusal(401, ['Missing API key']);
	const found = keys.find(({ key }) => key === value);
	if (found === undefined) throw new Refusal(401, ['Invalid API key']);
	return found;
}

export function mayListOrganization(key: ScenarioKey, organization: Organization): boolean {
	return key.forbiddenOrganizations?.[organization.id] === undefined;
}

export function checkOrganization(key: ScenarioKey, organization: Organization | undefined): Organization {
	const forbidden = organization && key.forbiddenOrganizations?.[organization.id];
	if (organization === undefined || forbidden === 404) throw new Refusal(404, ['Organization not found']);
	if (forbidden === 403) {
		throw new Refusal(403, ['You do not have permission to access this organization']);
	}
	if (!organization.facts.apiEnabled) {
		throw new Refusal(404, [
			'API access is not enabled for this organization. An organization administrator can enable it in the dashboard under Organization > Settings.',
		]);
	}
	return organization;
}

export function checkWrite(key: ScenarioKey, method: string): void {
	if (method !== 'GET' && key.rights === 'readOnly') {
		throw new Refusal(403, ['You do not have permission to write to this resource']);
	}
}

export function checkPeers(key: ScenarioKey): void {
	if (key.mayReadPeers === false) {
		throw new Refusal(403, ['You do not have permission to read the VPN settings of this organization']);
	}
}

/** The least role for action batches is not documented: here a key can lack them. */
export function checkBatches(key: ScenarioKey): void {
	if (key.mayUseActionBatches === false) {
		throw new Refusal(403, ['You do not have permission to use action batches in this organization']);
	}
}

/** An administrator by network tag sees the networks that carry it, and no others. */
export function maySee(key: ScenarioKey, network: Network, now: number): boolean {
	return key.networkTag === undefined || (network.settingsAt(now).tags ?? []).includes(key.networkTag);
}
