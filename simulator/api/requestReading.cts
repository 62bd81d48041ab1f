import { merakiError, type Body, type Contract, type Query } from './contract.cjs';
import { Refusal } from './refusal.cjs';

/** A request that breaks the documented contract: counted, because a client should never send one. */
export class ContractBreach extends Refusal {}

/** Arrays are written `tags[]=a&tags[]=b` (Meraki docs, Query parameters); no other spelling is accepted. */
export function readQuery(contract: Contract, raw: unknown): Query {
	const query: Record<string, unknown> = {};
	for (const [name, value] of Object.entries(raw ?? {})) {
		const array = contract.arrayParameters.find((parameter) => name === `${parameter}[]`);
		if (array !== undefined) query[array] = Array.isArray(value) ? value : [value];
		else if (contract.arrayParameters.includes(name))
			throw new ContractBreach(400, [`'${name}' must be an array`]);
		else query[name] = value;
	}
	if (contract.query(query)) return query;
	throw new ContractBreach(400, (contract.query.errors ?? []).map(merakiError));
}

export function readBody(contract: Contract, raw: unknown): Body {
	if (contract.body === undefined) return {};
	const body = raw ?? {};
	if (contract.body(body)) return body;
	throw new ContractBreach(400, (contract.body.errors ?? []).map(merakiError));
}
