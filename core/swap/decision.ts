import type { MoveReason } from '../decide/verdict';
import { asFields, asFiniteNumber, asText, asTime, field, oneOf } from '../domain/untrusted';
import type { Fields } from '../domain/untrusted';
import type { Outage } from '../health/outage';
import { parseRoleName } from '../domain/roles';
import { tagFormatProblems } from '../tags/tagFormat';
import type { TagFormat } from '../tags/tagFormat';
import type { Action, Notify, Role } from '../domain/types';

/** The mark by which Swap knows an item of Evaluate (R6). */
export const DECISION_KIND = 'merakiVpnDecision';
export const DECISION_SCHEMA = 1;

/** A "Swap Needed" item. Times are ISO texts; plain JSON, since n8n stores it. */
export type DecisionItem = {
	kind: typeof DECISION_KIND;
	schema: typeof DECISION_SCHEMA;
	organizationId: string;
	organizationName: string | null;
	networkId: string;
	networkName: string;
	networkUrl: string | null;
	/** The `{group}` of the pair; empty where the tag format has none. */
	pair: string;
	action: Action;
	have: RoleAndPeer;
	want: RoleAndPeer;
	reason: MoveReason;
	explanation: string;
	primary: PeerReport;
	backups: PeerReport[];
	tags: { before: string[]; after: string[] };
	newestSampleAt: string;
	decidedAt: string;
	wantedSince: string;
	/** Since when the branch has been on backup; `null` on primary, or where nobody saw it begin. */
	offPrimarySince: string | null;
	/** Of a swap back: the loss of primary that is resolved, as far as it is known. */
	outage: { startedAt: string; endedAt: string; peakLossPercent: number } | null;
	notify: Notify;
	incidentId: string;
	/** `true` when people were already told of this incident: a later wave. */
	incidentContinued: boolean;
	/** How Swap is to read the tags, so that both nodes always agree. */
	tagFormat: TagFormat;
	holdTag: string;
	lossThresholdPercent: number;
};

export type RoleAndPeer = { role: string; peer: string };

export type PeerReport = {
	peer: string;
	role: string;
	/** The tracked IPs, comma-separated; `null` when none is known. */
	ip: string | null;
	health: 'clean' | 'lossy' | 'failing' | 'noData';
	latestLossPercent: number | null;
	latestLatencyMs: number | null;
	/** The newest 12 that are known, oldest first: those of the window, and earlier ones where memory holds them. */
	samples: { sampledAt: string; lossPercent: number | null; latencyMs: number | null }[];
};

/** What Swap takes from an item: only what it needs to compare and set, and to tell. */
export interface Decision {
	readonly organizationId: string;
	readonly organizationName: string | null;
	readonly networkId: string;
	readonly networkName: string;
	readonly pair: string;
	readonly action: Action;
	readonly have: { readonly role: Role; readonly peer: string };
	readonly want: { readonly role: Role; readonly peer: string };
	readonly explanation: string;
	readonly lossPercents: readonly (number | null)[];
	readonly decidedAt: number;
	readonly wantedSince: number;
	readonly offPrimarySince: number | null;
	readonly outage: Outage | null;
	readonly notify: Notify;
	readonly incidentId: string;
	readonly isContinued: boolean;
	readonly tagFormat: TagFormat;
	readonly holdTag: string;
	readonly lossThresholdPercent: number;
}

export type ParsedDecision =
	| { readonly kind: 'decision'; readonly decision: Decision }
	/** Refused (R6): not an item of Evaluate, or damaged on the way. */
	| { readonly kind: 'refused'; readonly why: string };

/** An item of unknown origin becomes a decision, or is refused with the reason. Never throws. */
export function parseDecision(json: unknown): ParsedDecision {
	const item = asFields(json);
	if (field(item, 'kind') !== DECISION_KIND) {
		return refuse(
			'it was not made by Evaluate Uplink Loss. Connect the output Swap Needed to Swap VPN Tags.',
		);
	}
	if (field(item, 'schema') !== DECISION_SCHEMA) {
		return refuse(
			'it was made by another version of Evaluate Uplink Loss. Use both nodes from one package version.',
		);
	}
	const decision = readDecision(item ?? {});
	return typeof decision === 'string'
		? refuse(
				`its field ${decision} is missing or damaged. Hand the items of Evaluate Uplink Loss on unchanged.`,
			)
		: { kind: 'decision', decision };
}

function refuse(why: string): ParsedDecision {
	return { kind: 'refused', why: `The item was refused, since ${why}` };
}

/** The decision, or the name of the first bad field. */
function readDecision(item: Fields): Decision | string {
	const organizationId = asText(field(item, 'organizationId'));
	if (organizationId === undefined) return 'organizationId';
	const networkId = asText(field(item, 'networkId'));
	if (networkId === undefined) return 'networkId';
	const pair = field(item, 'pair');
	if (typeof pair !== 'string') return 'pair';
	const action = oneOf<Action>(field(item, 'action'), ['failover', 'swapBack']);
	if (action === undefined) return 'action';
	const have = readRoleAndPeer(field(item, 'have'));
	if (have === undefined) return 'have';
	const want = readRoleAndPeer(field(item, 'want'));
	if (want === undefined) return 'want';
	const decidedAt = asTime(field(item, 'decidedAt'));
	if (decidedAt === undefined) return 'decidedAt';
	const tagFormat = readTagFormat(field(item, 'tagFormat'));
	if (tagFormat === undefined) return 'tagFormat';
	const holdTag = asText(field(item, 'holdTag'));
	if (holdTag === undefined) return 'holdTag';
	return {
		organizationId,
		networkId,
		pair,
		action,
		have,
		want,
		decidedAt,
		tagFormat,
		holdTag,
		...told(item, networkId, decidedAt),
	};
}

/** What is only told to people: a damaged value costs a detail of a message, never a move. */
function told(item: Fields, networkId: string, decidedAt: number) {
	const primary = asFields(field(item, 'primary'));
	return {
		organizationName: asText(field(item, 'organizationName')) ?? null,
		networkName: asText(field(item, 'networkName')) ?? networkId,
		explanation: asText(field(item, 'explanation')) ?? '',
		lossPercents: readLossPercents(field(primary, 'samples')),
		wantedSince: asTime(field(item, 'wantedSince')) ?? decidedAt,
		offPrimarySince: asTime(field(item, 'offPrimarySince')) ?? null,
		outage: readOutage(field(item, 'outage')),
		notify: oneOf<Notify>(field(item, 'notify'), ['new', 'changed', 'repeat', 'none']) ?? 'new',
		incidentId: asText(field(item, 'incidentId')) ?? '',
		isContinued: field(item, 'incidentContinued') === true,
		lossThresholdPercent: asFiniteNumber(field(item, 'lossThresholdPercent')) ?? 100,
	};
}

function readOutage(value: unknown): Outage | null {
	const fields = asFields(value);
	const startedAt = asTime(field(fields, 'startedAt'));
	const endedAt = asTime(field(fields, 'endedAt'));
	const peakLossPercent = asFiniteNumber(field(fields, 'peakLossPercent'));
	if (startedAt === undefined || endedAt === undefined || peakLossPercent === undefined) return null;
	return { startedAt, endedAt, peakLossPercent };
}

function readLossPercents(samples: unknown): (number | null)[] {
	if (!Array.isArray(samples)) return [];
	return samples.map((sample: unknown) => asFiniteNumber(field(asFields(sample), 'lossPercent')) ?? null);
}

function readRoleAndPeer(value: unknown): Decision['have'] | undefined {
	const fields = asFields(value);
	const role = parseRoleName(asText(field(fields, 'role')) ?? '');
	const peer = asText(field(fields, 'peer'));
	return role !== null && peer !== undefined ? { role, peer } : undefined;
}

function readTagFormat(value: unknown): TagFormat | undefined {
	const fields = asFields(value);
	// No part of a format may be empty.
	const text = (name: keyof TagFormat) => asText(field(fields, name)) ?? '';
	const tagFormat = {
		format: text('format'),
		primaryWord: text('primaryWord'),
		backupWord: text('backupWord'),
		upWord: text('upWord'),
		downWord: text('downWord'),
	};
	return tagFormatProblems(tagFormat).length === 0 ? tagFormat : undefined;
}
