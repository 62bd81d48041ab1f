import type { Network } from './network.cjs';
import type { UnknownAnswers } from '../scenario/unknowns.cjs';
import type { Peer } from './types.cjs';

export interface OrganizationFacts {
	readonly id: string;
	readonly name: string;
	readonly apiEnabled: boolean;
	readonly templateBoundTags: 'writable' | 'refused' | 'forbidden';
	readonly peers: readonly Peer[];
	readonly unknowns: UnknownAnswers;
}

/** One organization; its networks come into being when somebody first asks for them. */
export class Organization {
	private loaded: Map<string, Network> | undefined;
	private inOrder: readonly Network[] | undefined;

	constructor(
		readonly facts: OrganizationFacts,
		private readonly load: () => readonly Network[],
	) {}

	get id(): string {
		return this.facts.id;
	}

	get isLoaded(): boolean {
		return this.loaded !== undefined;
	}

	/** In the order of their ids, which is also the order of pages. */
	get networks(): readonly Network[] {
		this.inOrder ??= [...this.byId().values()];
		return this.inOrder;
	}

	network(id: string): Network | undefined {
		return this.byId().get(id);
	}

	delete(id: string): boolean {
		this.inOrder = undefined;
		return this.byId().delete(id);
	}

	/** The peers that are available to a network with these tags; `all` and `none` as Meraki means them. */
	peersFor(tags: readonly string[]): readonly Peer[] {
		const inCase = (tag: string) => (this.facts.unknowns.peerTagCase === 'ignored' ? tag.toLowerCase() : tag);
		const carried = new Set(tags.map(inCase));
		return this.facts.peers.filter(({ networkTags }) =>
			networkTags.some((tag) => tag === 'all' || (tag !== 'none' && carried.has(inCase(tag)))),
		);
	}

	private byId(): Map<string, Network> {
		this.loaded ??= new Map(
			[...this.load()]
				.sort((one, other) => (one.id < other.id ? -1 : 1))
				.map((network) => [network.id, network]),
		);
		return this.loaded;
	}
}
