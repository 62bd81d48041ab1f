import type { Appliance, Destination, NetworkSettings } from './types.cjs';

export interface NetworkFacts {
	readonly id: string;
	readonly organizationId: string;
	readonly productTypes: readonly string[];
	readonly isBoundToConfigTemplate: boolean;
	readonly appliances: readonly Appliance[];
}

/** One network as the dashboard holds it. */
export class Network {
	destinations: readonly Destination[];
	isEdited = false;
	private current: NetworkSettings;
	private stale: { readonly settings: NetworkSettings; readonly until: number } | undefined;

	constructor(
		readonly facts: NetworkFacts,
		settings: NetworkSettings,
		destinations: readonly string[],
	) {
		this.current = settings;
		this.destinations = destinations.map((ip, index) => ({ ip, description: '', default: index === 0 }));
	}

	get id(): string {
		return this.facts.id;
	}

	get name(): string {
		return this.current.name;
	}

	get tags(): readonly string[] {
		return this.current.tags ?? [];
	}

	get settings(): NetworkSettings {
		return this.current;
	}

	/** Omitted fields stay as they are; `tags` replaces the whole list. */
	edit(change: Partial<NetworkSettings>): void {
		this.current = { ...this.current, ...change };
		this.isEdited = true;
	}

	/** Reads show the settings of this moment until the given time, as a lagging replica would. */
	holdReadsUntil(until: number): void {
		this.stale = { settings: this.current, until };
	}

	/** The settings a read at this time shows. */
	settingsAt(now: number): NetworkSettings {
		return this.stale !== undefined && now < this.stale.until ? this.stale.settings : this.current;
	}
}
