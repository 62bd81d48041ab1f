import type { Network } from '../dashboard/network.cjs';
import type { Organization } from '../dashboard/organization.cjs';
import type { NetworkSettings } from '../dashboard/types.cjs';
import type { UnknownAnswers } from '../scenario/unknowns.cjs';
import { effectOf, networkOf, organizationOf, type Answer, type Call } from './call.cjs';
import type { Body } from './contract.cjs';
import { networkAnswer } from './networkAnswer.cjs';
import { Refusal } from './refusal.cjs';

export function updateNetwork(call: Call): Answer {
	const network = networkOf(call);
	const before = network.settings;
	const asked = { ...before, ...changeOf(call.body) };
	call.log.tagsAsked = call.body.tags ?? null;
	call.log.tagsBefore = before.tags;
	call.log.tagsAfter = before.tags;
	checkUpdate(organizationOf(call), network, call.body);
	const stale = effectOf(call.effects, 'staleRead');
	const ignored = effectOf(call.effects, 'ignoreWrite');
	if (stale !== undefined) network.holdReadsUntil(call.now + stale.seconds * 1000);
	if (ignored === undefined) network.edit(asked);
	call.log.tagsAfter = network.settings.tags;
	const shows = ignored === undefined ? (stale?.shows ?? 'asked') : (ignored.shows ?? 'before');
	return { body: networkAnswer(network, shows === 'asked' ? asked : before, call.effects) };
}

/** Throws where the dashboard would refuse: shared by every way of writing a network. */
export function checkUpdate(organization: Organization, network: Network, body: Body): void {
	const { templateBoundTags, unknowns } = organization.facts;
	const isBound = network.facts.isBoundToConfigTemplate && templateBoundTags !== 'writable';
	if (isBound && body.tags !== undefined) {
		throw new Refusal(templateBoundTags === 'forbidden' ? 403 : 400, [
			'Tags can not be changed while the network is bound to a configuration template',
		]);
	}
	checkTags(body.tags ?? [], unknowns);
	if (body.name?.trim() === '') throw new Refusal(400, ["'name' must not be empty"]);
}

function checkTags(tags: readonly string[], { tagRule = {} }: UnknownAnswers): void {
	const { longest = Infinity, pattern = '' } = tagRule;
	const refused = tags.find((tag) => tag.length > longest || !new RegExp(pattern, 'u').test(tag));
	if (refused !== undefined) throw new Refusal(400, [`'tags' has an invalid value: ${refused}`]);
}

/** Omitted fields stay as they are. */
export function changeOf({ name, timeZone, tags, notes, enrollmentString }: Body): Partial<NetworkSettings> {
	return {
		...(name === undefined ? {} : { name }),
		...(timeZone === undefined ? {} : { timeZone }),
		...(tags === undefined ? {} : { tags }),
		...(notes === undefined ? {} : { notes: notes ?? '' }),
		...(enrollmentString === undefined ? {} : { enrollmentString }),
	};
}
