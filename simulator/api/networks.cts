import { maySee } from './access.cjs';
import { networkOf, organizationOf, type Answer, type Call } from './call.cjs';
import type { Query } from './contract.cjs';
import { networkAnswer } from './networkAnswer.cjs';
import { pageOf } from './pagination.cjs';

// getOrganizationNetworks: "Default is 1000".
const DEFAULT_PER_PAGE = 1000;

export function listNetworks(call: Call): Answer {
	const networks = organizationOf(call).networks.filter((network) => {
		const { isBoundToConfigTemplate, productTypes } = network.facts;
		return (
			maySee(call.key, network, call.now) &&
			carries(network.settingsAt(call.now).tags ?? [], call.query) &&
			(call.query.isBoundToConfigTemplate ?? isBoundToConfigTemplate) === isBoundToConfigTemplate &&
			// No scenario has template ids, so none matches.
			call.query.configTemplateId === undefined &&
			(call.query.productTypes ?? productTypes).some((type) => productTypes.includes(type))
		);
	});
	const page = pageOf(networks, ({ id }) => id, call.query, DEFAULT_PER_PAGE, call.url);
	const body = page.items.map((network) =>
		networkAnswer(network, network.settingsAt(call.now), call.effects),
	);
	return { body, link: page.link };
}

export function readNetwork(call: Call): Answer {
	const network = networkOf(call);
	return { body: networkAnswer(network, network.settingsAt(call.now), call.effects) };
}

/** Exact and case-sensitive; any of the tags is enough unless all are asked for. */
function carries(tags: readonly string[], { tags: wanted, tagsFilterType }: Query): boolean {
	if (wanted === undefined) return true;
	const has = (tag: string) => tags.includes(tag);
	return tagsFilterType === 'withAllTags' ? wanted.every(has) : wanted.some(has);
}
