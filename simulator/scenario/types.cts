import type { Effect, RequestPattern, TagEdit } from '../faults/types.cjs';
import type { UnknownAnswers } from './unknowns.cjs';

export type { TagEdit } from '../faults/types.cjs';

export type UplinkName = 'wan1' | 'wan2' | 'wan3' | 'cellular';
export type UplinkStatus = 'active' | 'ready' | 'connecting' | 'failed' | 'not connected';

export interface ScenarioUplink {
	readonly interface: UplinkName;
	readonly status?: UplinkStatus;
	readonly publicIp?: string;
	/** Integrated cellular uplinks are not probed by default (Meraki KB "SD-WAN and Traffic Shaping"). */
	readonly probed?: boolean;
}

export interface ScenarioAppliance {
	readonly serial?: string;
	readonly model?: string;
	readonly role?: 'primary' | 'spare';
	readonly uplinks?: readonly ScenarioUplink[];
}

export interface ScenarioNetwork {
	readonly id?: string;
	readonly name: string;
	readonly tags?: readonly string[] | null;
	readonly productTypes?: readonly string[];
	readonly timeZone?: string;
	readonly notes?: string;
	readonly isBoundToConfigTemplate?: boolean;
	readonly appliances?: readonly ScenarioAppliance[];
	readonly destinations?: readonly string[];
}

/** `{n}` in the name and in the tags becomes the number of the network. */
export interface GeneratedNetworks {
	readonly networks: number;
	readonly name?: string;
	readonly tags?: readonly string[];
	readonly uplinks?: readonly ScenarioUplink[];
	readonly destinations?: readonly string[];
	/** Every n-th network gets a warm spare. */
	readonly warmSpareEvery?: number;
}

export interface ScenarioPeer {
	readonly name: string;
	readonly publicIp?: string;
	readonly publicHostname?: string;
	readonly networkTags?: readonly string[];
	readonly privateSubnets?: readonly string[];
	readonly ikeVersion?: '1' | '2';
	readonly group?: { readonly number: number };
	readonly slaPolicy?: { readonly id: string };
}

export interface ScenarioOrganization {
	readonly id: string;
	readonly name: string;
	readonly apiEnabled?: boolean;
	/** Whether networks bound to a template accept tags over the API is not documented; here it can be refused (400, or 403 `forbidden`). */
	readonly templateBoundTags?: 'writable' | 'refused' | 'forbidden';
	readonly peers?: readonly ScenarioPeer[];
	readonly networks?: readonly ScenarioNetwork[];
	readonly generate?: GeneratedNetworks;
}

/** `{n}` in id and name becomes the number of the organization. */
export interface GeneratedOrganizations {
	readonly count: number;
	readonly template: ScenarioOrganization;
}

export interface ScenarioKey {
	readonly name: string;
	readonly key: string;
	readonly rights?: 'full' | 'readOnly';
	readonly mayReadPeers?: boolean;
	readonly mayUseActionBatches?: boolean;
	/** Organization id to the status it answers: 403 refused, 404 invisible. */
	readonly forbiddenOrganizations?: Readonly<Record<string, 403 | 404>>;
	/** An administrator of networks with this tag only: sees and changes no others. */
	readonly networkTag?: string;
}

/** What an event applies to. A field that is left out does not narrow. Networks are named by id or name. */
export interface Where {
	readonly organization?: string;
	readonly networks?: readonly string[];
	/** A repeatable choice of this share of the networks, from 0 to 1. */
	readonly share?: number;
	readonly serial?: string;
	readonly uplink?: UplinkName;
	readonly ip?: string;
}

export type NoDataForm =
	| 'noRow'
	| 'emptySeries'
	| 'missingSeries'
	| 'allNull'
	| 'trailingNull'
	| 'nullLoss'
	| 'fullLossNullLatency';

interface Span {
	readonly id?: string;
	/** Minutes since the start of the run; negative lies in the history. Left out: now. */
	readonly atMinutes?: number;
	/** Left out: does not end. */
	readonly untilMinutes?: number;
	readonly where?: Where;
}

export interface LossEvent extends Span {
	readonly kind: 'loss';
	readonly lossPercent: number;
	readonly latencyMs?: number | null;
}
export interface NoDataEvent extends Span {
	readonly kind: 'noData';
	readonly form: NoDataForm;
	/** For `trailingNull`: how many of the newest samples. */
	readonly newest?: number;
}
export interface OfflineEvent extends Span {
	readonly kind: 'applianceOffline';
	readonly uplinks?: 'notConnected' | 'asLastReported';
}
export interface UplinkStatusEvent extends Span {
	readonly kind: 'uplinkStatus';
	readonly status: UplinkStatus;
}
export interface TunnelDownEvent extends Span {
	readonly kind: 'tunnelDown';
	readonly peer: string;
}
export type Condition = LossEvent | NoDataEvent | OfflineEvent | UplinkStatusEvent | TunnelDownEvent;

interface Moment {
	readonly id?: string;
	readonly atMinutes?: number;
}
export interface EditTagsEvent extends Moment, TagEdit {
	readonly kind: 'editTags';
	readonly network: string;
}
export interface RenameNetworkEvent extends Moment {
	readonly kind: 'renameNetwork';
	readonly network: string;
	readonly name: string;
}
export interface DeleteNetworkEvent extends Moment {
	readonly kind: 'deleteNetwork';
	readonly network: string;
}
export interface FaultEvent extends Moment {
	readonly kind: 'fault';
	readonly untilMinutes?: number;
	readonly match?: RequestPattern;
	readonly times?: number;
	readonly skip?: number;
	readonly effect: Effect;
}
export type Happening = EditTagsEvent | RenameNetworkEvent | DeleteNetworkEvent | FaultEvent;
export type ScenarioEvent = Condition | Happening;

export interface RateLimits {
	readonly enabled?: boolean;
	/** What refills the buckets: real elapsed time, or the simulator's clock. */
	readonly clock?: 'real' | 'virtual';
	readonly retryAfter?: 'seconds' | 'absent';
}

/** What is not documented of action batches, to be chosen; times are virtual. */
export interface ActionBatchSettings {
	/** How a synchronous batch says that it failed: 201 and `status`, 400, or the status of the refused action. */
	readonly failure?: 'status' | 'badRequest' | 'ownStatus';
	/** Whether the errors name the first refused action, all of them, or give the reason alone. */
	readonly names?: 'first' | 'all' | 'none';
	readonly synchronousMs?: number;
	readonly asynchronousMs?: number;
	/** The answer to a synchronous batch. */
	readonly answers?: 'whenDone' | 'whileExecuting';
}

export interface Scenario {
	readonly description?: string;
	readonly seed?: number;
	readonly startAt?: string;
	readonly background?: { readonly minutesPercent: number; readonly lossPercent: number };
	readonly rateLimits?: RateLimits;
	readonly actionBatches?: ActionBatchSettings;
	readonly unknowns?: UnknownAnswers;
	readonly keys: readonly ScenarioKey[];
	readonly organizations?: readonly ScenarioOrganization[];
	readonly generateOrganizations?: GeneratedOrganizations;
	readonly events?: readonly ScenarioEvent[];
}
