import type { Network } from '../dashboard/network.cjs';
import type { Organization } from '../dashboard/organization.cjs';
import type { Effect } from '../faults/types.cjs';
import type { LoggedRequest } from '../requestLog.cjs';
import type { ScenarioKey } from '../scenario/types.cjs';
import type { Simulation } from '../simulation.cjs';
import type { Body, Query } from './contract.cjs';
import { Refusal } from './refusal.cjs';

/** One valid request of a known key, with what its path names already found. */
export interface Call {
	readonly simulation: Simulation;
	readonly key: ScenarioKey;
	readonly now: number;
	/** Absolute URL of the request. */
	readonly url: string;
	readonly query: Query;
	readonly body: Body;
	readonly effects: readonly Effect[];
	readonly log: LoggedRequest;
	readonly foundOrganization: Organization | undefined;
	readonly foundNetwork: Network | undefined;
	readonly actionBatchId: string | undefined;
}

export interface Answer {
	readonly body: unknown;
	readonly link?: string;
}

export type Operation = (call: Call) => Answer | Promise<Answer>;

export function organizationOf(call: Call): Organization {
	if (call.foundOrganization === undefined) throw new Refusal(404, ['Organization not found']);
	return call.foundOrganization;
}

export function networkOf(call: Call): Network {
	if (call.foundNetwork === undefined) throw new Refusal(404, ['Network not found']);
	return call.foundNetwork;
}

export function effectOf<K extends Effect['kind']>(
	effects: readonly Effect[],
	kind: K,
): Extract<Effect, { kind: K }> | undefined {
	return effects.find((effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind);
}
