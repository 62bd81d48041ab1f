import { loadMemory } from '../../core/memory/codec';
import type { OrganizationMemory } from '../../core/memory/memory';
import { expect } from './check.cjs';
import { organizationId } from './scenarios.cjs';
import type { Site } from './site.cjs';

/** What the node of this name remembers of the simulated organization, as n8n stored it; `undefined` for nothing. */
export async function rememberedBy(site: Site, node: string): Promise<OrganizationMemory | undefined> {
	const { staticData } = await site.bench.rest.workflow(site.workflowId);
	const stored = staticData?.[`node:${node}`];
	const loaded = loadMemory(stored === undefined ? undefined : Reflect.get(Object(stored), 'memory'));
	expect('what is stored can be read back', loaded.kind !== 'damaged', stored);
	return loaded.memory.organizations[organizationId];
}

/** Every branch is known on its backup, and none is taken for one that somebody moved by hand (R4.10). */
export function expectOwnMoves(memory: OrganizationMemory | undefined, branches: number): void {
	const roles = Object.values(memory?.pairs ?? {}).flatMap(({ held }) => held ?? []);
	expect('memory knows every branch on its backup', roles.length === branches, roles);
	expect('memory takes no move of ours for one by hand', !roles.some(({ how }) => how === 'byHand'), roles);
}

/** What was known before is known after: since when each branch is on backup, the incident, the VPN peers, the name. */
export function expectSurvived(
	before: OrganizationMemory | undefined,
	after: OrganizationMemory | undefined,
): void {
	const kept = (memory: OrganizationMemory | undefined) => ({
		since: Object.entries(memory?.pairs ?? {}).map(([pair, { held }]) => [pair, held?.since, held?.how]),
		incidents: Object.entries(memory?.incidents ?? {}).map(([peer, { id, startedAt }]) => [
			peer,
			id,
			startedAt,
		]),
		peers: (memory?.peers?.list ?? []).map(({ name }) => name),
		name: memory?.name,
	});
	const [one, other] = [kept(before), kept(after)];
	expect('there is something to survive', one.since.length > 0 && one.incidents.length > 0, one);
	expect('memory survived', JSON.stringify(one) === JSON.stringify(other), { before: one, after: other });
}
