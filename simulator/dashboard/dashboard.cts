import type { Network } from './network.cjs';
import type { Organization } from './organization.cjs';

/** Everything the pretended Meraki cloud holds. */
export class Dashboard {
	private readonly byId: ReadonlyMap<string, Organization>;

	constructor(organizations: readonly Organization[]) {
		this.byId = new Map(organizations.map((organization) => [organization.id, organization]));
	}

	get organizations(): readonly Organization[] {
		return [...this.byId.values()];
	}

	organization(id: string): Organization | undefined {
		return this.byId.get(id);
	}

	/** Asks the organizations in use first, so that a big scenario stays lazy. */
	organizationOf(networkId: string): Organization | undefined {
		const loaded = this.organizations.filter((organization) => organization.isLoaded);
		const holds = (organization: Organization) => organization.network(networkId) !== undefined;
		return loaded.find(holds) ?? this.organizations.find(holds);
	}

	/** By id, else by name: scenario files and tests name networks as people do. */
	find(idOrName: string): Network | undefined {
		return this.organizationOf(idOrName)?.network(idOrName) ?? this.named(idOrName);
	}

	network(idOrName: string): Network {
		const found = this.find(idOrName);
		if (found === undefined) throw new Error(`No network has the id or name "${idOrName}"`);
		return found;
	}

	private named(name: string): Network | undefined {
		for (const organization of this.organizations) {
			const found = organization.networks.find((network) => network.name === name);
			if (found !== undefined) return found;
		}
		return undefined;
	}
}
