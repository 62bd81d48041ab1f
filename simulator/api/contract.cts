import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import createActionBatch from '../contract/createOrganizationActionBatch.json';
import deleteActionBatch from '../contract/deleteOrganizationActionBatch.json';
import destinations from '../contract/destinations.json';
import getAdministeredIdentitiesMe from '../contract/getAdministeredIdentitiesMe.json';
import getNetwork from '../contract/getNetwork.json';
import getDestinations from '../contract/getNetworkApplianceConnectivityMonitoringDestinations.json';
import getOrganization from '../contract/getOrganization.json';
import getActionBatch from '../contract/getOrganizationActionBatch.json';
import getActionBatches from '../contract/getOrganizationActionBatches.json';
import getUplinkStatuses from '../contract/getOrganizationApplianceUplinkStatuses.json';
import getVpnStatuses from '../contract/getOrganizationApplianceVpnStatuses.json';
import getVpnPeers from '../contract/getOrganizationApplianceVpnThirdPartyVPNPeers.json';
import getLossAndLatency from '../contract/getOrganizationDevicesUplinksLossAndLatency.json';
import getOrganizationNetworks from '../contract/getOrganizationNetworks.json';
import getOrganizations from '../contract/getOrganizations.json';
import network from '../contract/network.json';
import organization from '../contract/organization.json';
import updateNetwork from '../contract/updateNetwork.json';
import updateDestinations from '../contract/updateNetworkApplianceConnectivityMonitoringDestinations.json';
import updateActionBatch from '../contract/updateOrganizationActionBatch.json';
import type { Action } from '../batches/actionBatch.cjs';

/** Every query parameter of the operations below; each contract allows its own only. */
export interface Query {
	readonly perPage?: number;
	readonly startingAfter?: string;
	readonly endingBefore?: string;
	readonly tags?: readonly string[];
	readonly tagsFilterType?: 'withAllTags' | 'withAnyTags';
	readonly productTypes?: readonly string[];
	readonly isBoundToConfigTemplate?: boolean;
	readonly configTemplateId?: string;
	readonly networkIds?: readonly string[];
	readonly serials?: readonly string[];
	readonly iccids?: readonly string[];
	readonly t0?: string;
	readonly t1?: string;
	readonly timespan?: number;
	readonly uplink?: 'wan1' | 'wan2' | 'wan3' | 'cellular';
	readonly ip?: string;
	readonly status?: 'pending' | 'completed' | 'failed';
}

/** Every body field, likewise. */
export interface Body {
	readonly name?: string;
	readonly timeZone?: string;
	readonly tags?: readonly string[];
	readonly enrollmentString?: string;
	readonly notes?: string | null;
	readonly confirmed?: boolean;
	readonly synchronous?: boolean;
	readonly actions?: readonly Action[];
	readonly destinations?: ReadonlyArray<{ ip: string; description?: string | null; default?: boolean }>;
}

interface ContractFile {
	readonly operationId: string;
	readonly method: string;
	readonly path: string;
	/** [200] */
	readonly status?: number;
	readonly query: { readonly properties: object };
	readonly body?: object;
	/** Left out: the answer has no body. */
	readonly answer?: object;
}

export interface Contract {
	readonly operationId: string;
	readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
	readonly path: string;
	readonly status: number;
	readonly arrayParameters: readonly string[];
	readonly query: ValidateFunction<Query>;
	readonly body: ValidateFunction<Body> | undefined;
	readonly answer: ValidateFunction | undefined;
}

export const contractFiles: readonly ContractFile[] = [
	getAdministeredIdentitiesMe,
	getOrganizations,
	getOrganization,
	getOrganizationNetworks,
	getNetwork,
	updateNetwork,
	getLossAndLatency,
	getUplinkStatuses,
	getVpnPeers,
	getVpnStatuses,
	getDestinations,
	updateDestinations,
	createActionBatch,
	getActionBatches,
	getActionBatch,
	updateActionBatch,
	deleteActionBatch,
];
export const sharedSchemas: readonly object[] = [network, organization, destinations];

/** Query values come as text and are read as the declared type; bodies and answers must have it. */
const fromText = new Ajv({ allErrors: true, coerceTypes: true });
const exact = new Ajv({ allErrors: false, allowUnionTypes: true, schemas: [...sharedSchemas] });
addFormats(fromText);
addFormats(exact);

const METHODS = ['GET', 'PUT', 'POST', 'DELETE'] as const;

export const contracts: readonly Contract[] = contractFiles.map((file) => ({
	operationId: file.operationId,
	method: METHODS.find((method) => method === file.method) ?? 'GET',
	path: file.path,
	status: file.status ?? 200,
	arrayParameters: Object.entries(file.query.properties).flatMap(([name, schema]) =>
		isArraySchema(schema) ? [name] : [],
	),
	query: fromText.compile<Query>(file.query),
	body: file.body === undefined ? undefined : exact.compile<Body>(file.body),
	answer: file.answer === undefined ? undefined : exact.compile(file.answer),
}));

/** What an action on a network may carry is what its PUT may. */
export const updateNetworkContract = { body: exact.compile<Body>(updateNetwork.body) };

function isArraySchema(schema: unknown): boolean {
	return typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'array';
}

/** In Meraki's manner: `'tags' must be an array`. */
export function merakiError(error: ErrorObject): string {
	const params: Record<string, unknown> = error.params;
	const field = error.instancePath.slice(1).replaceAll('/', '.');
	if (error.keyword === 'additionalProperties') {
		return `'${String(params['additionalProperty'])}' is not a parameter of this operation`;
	}
	if (error.keyword === 'type') return `'${field}' must be ${article(String(params['type']))}`;
	if (error.keyword === 'enum' && Array.isArray(params['allowedValues'])) {
		return `'${field}' must be one of: ${params['allowedValues'].join(', ')}`;
	}
	return `'${field}' ${error.message ?? 'is not valid'}`;
}

function article(type: string): string {
	return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
