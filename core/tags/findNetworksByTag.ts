import type { TagGrammar } from './tagFormat';
import type { Network } from '../domain/types';

/** What an operator means by "the networks with this tag": those of them that have VPN tags, too. */
export type TaggedNetworks =
	| { readonly kind: 'found'; readonly networks: readonly Network[] }
	| { readonly kind: 'noneFound'; readonly why: string };

export function networksWithTag(
	networks: readonly Network[],
	tag: string,
	grammar: TagGrammar,
): TaggedNetworks {
	const tagged = networks.filter(({ tags, hasAppliance }) => hasAppliance && tags.includes(tag));
	const found = tagged.filter((network) => network.tags.some((each) => grammar.read(each) !== null));
	if (found.length > 0) return { kind: 'found', networks: found };
	if (tagged.length > 0)
		return {
			kind: 'noneFound',
			why: `No network with the tag ${tag} has VPN tags of this format (${tagged.length} carry it).`,
		};
	return {
		kind: 'noneFound',
		why: `None of the ${networks.length} networks that this key can see carries the tag ${tag}.`,
	};
}
