import type { UplinkName, UplinkStatus } from '../scenario/types.cjs';

export interface Uplink {
	readonly interface: UplinkName;
	readonly status: UplinkStatus;
	readonly publicIp: string;
	readonly probed: boolean;
}

export interface Appliance {
	readonly serial: string;
	readonly model: string;
	readonly role: 'primary' | 'spare';
	readonly uplinks: readonly Uplink[];
}

export interface Destination {
	readonly ip: string;
	readonly description: string;
	readonly default: boolean;
}

/** What an administrator can edit; a whole new value replaces it at each edit. */
export interface NetworkSettings {
	readonly name: string;
	readonly timeZone: string;
	/** Meraki answers null for a network that never had a tag (Getting Started, example network). */
	readonly tags: readonly string[] | null;
	readonly notes: string;
	readonly enrollmentString?: string;
}

export interface Peer {
	readonly name: string;
	readonly peerId: string;
	readonly publicIp?: string;
	readonly publicHostname?: string;
	readonly secret: string;
	readonly privateSubnets: readonly string[];
	readonly networkTags: readonly string[];
	readonly ikeVersion: '1' | '2';
	readonly group?: { readonly number: number };
	readonly slaPolicy?: { readonly id: string };
}
