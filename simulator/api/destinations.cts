import { effectOf, networkOf, type Answer, type Call } from './call.cjs';
import { Refusal } from './refusal.cjs';

export function readDestinations(call: Call): Answer {
	return { body: { destinations: networkOf(call).destinations } };
}

/** The list replaces the old one; at most one entry may be the default. */
export function updateDestinations(call: Call): Answer {
	const network = networkOf(call);
	const asked = (call.body.destinations ?? network.destinations).map((destination) => ({
		ip: destination.ip,
		description: destination.description ?? '',
		default: destination.default ?? false,
	}));
	if (asked.filter((destination) => destination.default).length > 1) {
		throw new Refusal(400, ["Only one destination may have 'default' set"]);
	}
	if (effectOf(call.effects, 'ignoreWrite') === undefined) network.destinations = asked;
	return readDestinations(call);
}
