import type { Network } from '../dashboard/network.cjs';
import type { NetworkSettings } from '../dashboard/types.cjs';
import type { Effect } from '../faults/types.cjs';
import { effectOf } from './call.cjs';

/** A network as the API shows it. */
export function networkAnswer(network: Network, settings: NetworkSettings, effects: readonly Effect[]) {
	const { id, organizationId, productTypes, isBoundToConfigTemplate } = network.facts;
	const { name, timeZone, notes, enrollmentString } = settings;
	return {
		id,
		organizationId,
		name,
		productTypes,
		timeZone,
		tags: settings.tags === null ? null : ordered(settings.tags, effects),
		...(enrollmentString === undefined ? {} : { enrollmentString }),
		url: `https://n1.meraki.com/${encodeURIComponent(name)}/n/${id}/manage/usage/list`,
		notes,
		isBoundToConfigTemplate,
	};
}

function ordered(tags: readonly string[], effects: readonly Effect[]): readonly string[] {
	switch (effectOf(effects, 'tagOrder')?.order) {
		case 'reversed':
			return [...tags].reverse();
		case 'sorted':
			return [...tags].sort();
		case 'deduplicated':
			return [...new Set(tags)];
		case undefined:
			return tags;
	}
}
