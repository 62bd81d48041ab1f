import type { LoggedRequest } from '../requestLog.cjs';
import type { Simulation } from '../simulation.cjs';

/** A write after which other peers than before were available to a network. */
export interface Move {
	readonly at: string;
	readonly networkId: string;
	readonly networkName: string;
	readonly from: readonly string[];
	readonly to: readonly string[];
	/** Name of the key that wrote. */
	readonly key: string | null;
}

interface Write {
	readonly networkId: string;
	readonly before: readonly string[];
	readonly after: readonly string[];
}

/** Oldest first, as far back as the request log reaches. */
export function movesAnswer(simulation: Simulation, newest: number): readonly Move[] {
	const moves = simulation.requests.all.flatMap((request) =>
		writesOf(request).flatMap((write) => moveOf(simulation, request, write)),
	);
	return newest === 0 ? [] : moves.slice(-newest);
}

function writesOf({ networkId, tagsBefore, tagsAfter, actions }: LoggedRequest): Write[] {
	const direct = { networkId, tagsBefore, tagsAfter };
	return [direct, ...actions].flatMap((write) =>
		write.networkId === null || write.tagsBefore === null || write.tagsAfter === null
			? []
			: { networkId: write.networkId, before: write.tagsBefore, after: write.tagsAfter },
	);
}

function moveOf({ dashboard }: Simulation, { at, key }: LoggedRequest, write: Write): Move[] {
	const organization = dashboard.organizationOf(write.networkId);
	// Deleted since.
	if (organization === undefined) return [];
	const peers = (tags: readonly string[]) => organization.peersFor(tags).map(({ name }) => name);
	const from = peers(write.before);
	const to = peers(write.after);
	if (from.join() === to.join()) return [];
	const networkName = organization.network(write.networkId)?.name ?? write.networkId;
	return [{ at, networkId: write.networkId, networkName, from, to, key }];
}
