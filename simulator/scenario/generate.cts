import type { GeneratedNetworks, ScenarioNetwork, ScenarioOrganization } from './types.cjs';

/** The networks that a scenario asks for by number only. */
export function generatedNetworks(organization: ScenarioOrganization): ScenarioNetwork[] {
	const wanted = organization.generate;
	if (wanted === undefined) return [];
	const digits = String(wanted.networks).length;
	return Array.from({ length: wanted.networks }, (_, index) => generatedNetwork(wanted, index + 1, digits));
}

function generatedNetwork(wanted: GeneratedNetworks, number: number, digits: number): ScenarioNetwork {
	const numbered = (text: string) => text.replaceAll('{n}', String(number).padStart(digits, '0'));
	const uplinks = wanted.uplinks ?? [{ interface: 'wan1' as const }];
	const hasSpare = wanted.warmSpareEvery !== undefined && number % wanted.warmSpareEvery === 0;
	const ready = uplinks.map((uplink) => ({ ...uplink, status: 'ready' as const }));
	return {
		name: numbered(wanted.name ?? 'Branch {n}'),
		tags: (wanted.tags ?? []).map(numbered),
		appliances: hasSpare ? [{ uplinks }, { uplinks: ready }] : [{ uplinks }],
		...(wanted.destinations === undefined ? {} : { destinations: wanted.destinations }),
	};
}
