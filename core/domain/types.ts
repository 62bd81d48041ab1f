/**
 * The words of the product as types. Times end in `At` and are milliseconds since 1970 (UTC) on the clock of
 * Meraki's API; loss ends in `Percent`, latency in `Ms`.
 */

/** One minute of loss and latency. `null` is unmeasured: neither good nor bad (R1.2). */
export interface LossSample {
	readonly sampledAt: number;
	readonly lossPercent: number | null;
	readonly latencyMs: number | null;
	/** Taken in a maintenance window that has ended: not over, though measured (R4.4). */
	readonly isExcused?: boolean;
}

/** What one appliance measured on one uplink towards one destination. Several rows may share the three keys. */
export interface LossRow {
	readonly networkId: string;
	readonly serial: string;
	/** `wan1`, `wan2`, `wan3` or `cellular`. */
	readonly uplink: string;
	/** The destination that the appliance pings. */
	readonly ip: string;
	readonly samples: readonly LossSample[];
}

/** A network as the dashboard shows it. */
export interface Network {
	readonly id: string;
	readonly organizationId: string;
	readonly name: string;
	/** Its page in the dashboard; `null` when Meraki gave none. */
	readonly url: string | null;
	/** In the order received: foreign tags must keep it. */
	readonly tags: readonly string[];
	/** Meraki lists `appliance` among its product types, or does not list any. Only such a network takes part. */
	readonly hasAppliance: boolean;
	readonly timeZone: string | null;
	readonly notes: string | null;
}

export interface Organization {
	readonly id: string;
	readonly name: string;
	/** `false` when API access is switched off in the dashboard; `null` when Meraki did not say. */
	readonly apiEnabled: boolean | null;
}

/** A third-party VPN peer without its pre-shared secret, which the parser drops. */
export interface VpnPeer {
	readonly name: string;
	readonly publicIp: string | null;
	readonly publicHostname: string | null;
	/** A network uses the peer when it carries one of these; `all` means every network, `none` means nobody. */
	readonly networkTags: readonly string[];
	/** Meraki's own failover (`group` or `slaPolicy`) is set on it: two controllers on one tunnel. */
	readonly hasNativeFailover: boolean;
}

/** An appliance and its uplinks, of which R1.3 picks the one to judge. */
export interface ApplianceStatus {
	readonly networkId: string;
	readonly serial: string;
	/** `primary`, `spare`, or `null` when Meraki did not say. */
	readonly role: string | null;
	readonly lastReportedAt: number | null;
	readonly uplinks: readonly UplinkStatus[];
}

export interface UplinkStatus {
	readonly uplink: string;
	/** `active`, `ready`, `connecting`, `failed`, `not connected`. */
	readonly status: string;
}

/** What a network's appliance tells of its tunnels to third-party VPN peers. A report: nothing is decided by it. */
export interface VpnStatus {
	readonly networkId: string;
	readonly tunnels: readonly TunnelStatus[];
}

export interface TunnelStatus {
	readonly peerName: string | null;
	readonly publicIp: string | null;
	/** Meraki's word, of which only `reachable` is documented; `null` when it gave none. */
	readonly reachability: string | null;
}

/** `primary` is 0; backup 1, 2, 3 are further backups in that order. */
export type Role = { readonly kind: 'primary' } | { readonly kind: 'backup'; readonly order: number };

/** The two moves of R3. */
export type Action = 'failover' | 'swapBack';

export type Severity = 'info' | 'warning' | 'critical';

/** Whether people are told about something this time (R8.5). */
export type Notify = 'new' | 'changed' | 'repeat' | 'none';
