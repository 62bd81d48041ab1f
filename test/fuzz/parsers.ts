import { parseActionBatch, parseActionBatches } from '../../meraki/parse/actionBatches';
import { attempt, type Parsed, type Skipped } from '../../meraki/parse/fields';
import { lossReading, parseLoss } from '../../meraki/parse/loss';
import { parseNetwork, parseNetworks } from '../../meraki/parse/networks';
import { parseIdentity, parseOrganization, parseOrganizations } from '../../meraki/parse/organizations';
import { parsePeers } from '../../meraki/parse/peers';
import { parseUplinkStatuses } from '../../meraki/parse/uplinkStatuses';
import { parseVpnStatuses } from '../../meraki/parse/vpnStatuses';
import {
	ACTION_BATCH,
	APPLIANCE,
	IDENTITY,
	LOSS_ROW,
	NETWORK,
	ORGANIZATION,
	PEER,
	SECRET_CANARY,
	VPN_STATUS,
} from '../meraki/support/examples';
import { Dice } from '../model/random';
import { mutantOf, type Mutation } from './mutate';

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';
const isTextOrNull = (value: unknown) => typeof value === 'string' || value === null;
const isTexts = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string');
const isBoolean = (value: unknown) => typeof value === 'boolean';
const isNumberOrNull = (max: number) => (value: unknown) =>
	value === null || (typeof value === 'number' && value >= 0 && value <= max);

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;

/** Exactly these fields, each of its type. */
const hasShape = (shape: Shape) => (value: unknown) =>
	typeof value === 'object' &&
	value !== null &&
	Object.keys(value).length === Object.keys(shape).length &&
	Object.entries(value).every(([key, field]) => Object.hasOwn(shape, key) && shape[key]?.(field) === true);
const eachHasShape = (shape: Shape) => (value: unknown) =>
	Array.isArray(value) && value.every(hasShape(shape));

const SAMPLE = {
	sampledAt: Number.isFinite,
	lossPercent: isNumberOrNull(100),
	latencyMs: isNumberOrNull(Number.MAX_VALUE),
};
const NETWORK_SHAPE = {
	id: isText,
	organizationId: isText,
	name: isText,
	url: isTextOrNull,
	tags: isTexts,
	hasAppliance: isBoolean,
	timeZone: isTextOrNull,
	notes: isTextOrNull,
};
const ORGANIZATION_SHAPE = {
	id: isText,
	name: isText,
	apiEnabled: (value: unknown) => isBoolean(value) || value === null,
};
const BATCH_SHAPE = {
	id: isText,
	isConfirmed: isBoolean,
	state: (value: unknown) => ['executing', 'completed', 'failed'].includes(String(value)),
	errors: isTexts,
	networkIds: isTexts,
};
const TUNNEL = { peerName: isTextOrNull, publicIp: isTextOrNull, reachability: isTextOrNull };

/** One endpoint: the official example, its parser, and what may come out of it. */
export interface Subject {
	readonly name: string;
	readonly parse: (body: unknown) => unknown;
	readonly example: unknown;
	readonly shape: Shape;
	/** A list: rows, and what was left out, with its path. */
	readonly isList: boolean;
}

function list(name: string, parse: (body: unknown) => Parsed<unknown>, row: unknown, shape: Shape): Subject {
	return { name, parse, example: [row, row, row], shape, isList: true };
}

function one(name: string, parse: (body: unknown) => unknown, example: unknown, shape: Shape): Subject {
	return { name, parse, example, shape, isList: false };
}

const noRedaction = (text: string) => text;
const readBatch = parseActionBatch(noRedaction);

export const SUBJECTS: readonly Subject[] = [
	list('loss', parseLoss, LOSS_ROW, {
		networkId: isText,
		serial: isText,
		uplink: isText,
		ip: isText,
		samples: eachHasShape(SAMPLE),
	}),
	list('networks', parseNetworks, NETWORK, NETWORK_SHAPE),
	one('network', parseNetwork, NETWORK, NETWORK_SHAPE),
	list('organizations', parseOrganizations, ORGANIZATION, ORGANIZATION_SHAPE),
	one('organization', parseOrganization, ORGANIZATION, ORGANIZATION_SHAPE),
	{
		...list('VPN peers', parsePeers, PEER, {
			name: isText,
			publicIp: isTextOrNull,
			publicHostname: isTextOrNull,
			networkTags: isTexts,
			hasNativeFailover: isBoolean,
		}),
		example: { peers: [PEER, PEER, PEER] },
	},
	list('uplink statuses', parseUplinkStatuses, APPLIANCE, {
		networkId: isText,
		serial: isText,
		role: isTextOrNull,
		lastReportedAt: (value) => value === null || Number.isFinite(value),
		uplinks: eachHasShape({ uplink: isText, status: isText }),
	}),
	list('VPN statuses', parseVpnStatuses, VPN_STATUS, { networkId: isText, tunnels: eachHasShape(TUNNEL) }),
	list('action batches', parseActionBatches(noRedaction), ACTION_BATCH, BATCH_SHAPE),
	one('action batch', (body) => readBatch(body), ACTION_BATCH, BATCH_SHAPE),
	one('identity', parseIdentity, IDENTITY, { name: isTextOrNull, email: isTextOrNull }),
];

export interface FuzzTally {
	readonly subject: string;
	mutants: number;
	readonly mutations: Map<Mutation, number>;
	/** Answers that were refused as a whole. */
	refused: number;
	/** Broken parts that were left out, each with its path. */
	named: number;
	/** What must not be, with the seed of its mutant. */
	readonly violations: string[];
}

/** Parses `count` mutants of the official example; the seed of each is its number. */
export function fuzz(subject: Subject, count: number): FuzzTally {
	const tally: FuzzTally = {
		subject: subject.name,
		mutants: 0,
		mutations: new Map(),
		refused: 0,
		named: 0,
		violations: [],
	};
	for (let seed = 1; seed <= count; seed += 1) {
		const { body, mutations } = mutantOf(subject.example, new Dice(seed));
		tally.mutants += 1;
		for (const mutation of mutations) tally.mutations.set(mutation, (tally.mutations.get(mutation) ?? 0) + 1);
		const wrong = judged(subject, body, tally);
		if (wrong !== null) tally.violations.push(`${subject.name}, seed ${seed}: ${wrong}`);
	}
	return tally;
}

/** What is wrong with what came out; `null` for nothing. */
function judged(subject: Subject, body: unknown, tally: FuzzTally): string | null {
	let result;
	try {
		result = attempt(() => subject.parse(body));
	} catch (error) {
		return `crashed: ${String(error)}`;
	}
	if (result.kind === 'bad') {
		tally.refused += 1;
		return wrongName(result.field, body);
	}
	if (JSON.stringify(result.value).includes(SECRET_CANARY)) return 'the secret came out';
	if (!subject.isList) return hasShape(subject.shape)(result.value) ? null : 'came out with another shape';
	const { rows, skipped } = result.value as Parsed<unknown>;
	tally.named += skipped.length;
	for (const one of skipped) {
		const wrong = wrongName(one, body);
		if (wrong !== null) return wrong;
	}
	const inBody = (Array.isArray(body) ? body : (body as { readonly peers: unknown[] }).peers).length;
	const skippedRows = new Set(
		skipped.filter(({ path }) => !PART.test(path)).map(({ path }) => /\d+/.exec(path)?.[0]),
	);
	if (rows.length + skippedRows.size !== inBody) return 'rows were lost without a word';
	return rows.every(hasShape(subject.shape)) ? null : 'a row came out with another shape';
}

/** Parts that are left out alone, while their row stays. */
const PART = /timeSeries\[|thirdPartyVpnPeers\[|networkTags\[/;

/** The path of a bad field leads, but for its last step, to something that is there. */
function wrongName({ path, why }: Skipped, body: unknown): string | null {
	if (why.trim() === '') return `${path} says nothing`;
	let place = body;
	for (const step of path.split(/\.|(?=\[)/).filter((each) => each !== '')) {
		if (typeof place !== 'object' || place === null) return `${path} leads nowhere`;
		place = new Map(Object.entries(place)).get(step.replace(/[[\]]/g, ''));
	}
	return null;
}

/** Where an answer that is read element by element differs from the same answer read as a whole. */
export function readersDisagree(count: number): string[] {
	const example = [LOSS_ROW, LOSS_ROW, LOSS_ROW];
	const plain = (parsed: unknown) => JSON.stringify(parsed);
	const wrong: string[] = [];
	for (let seed = 1; seed <= count; seed += 1) {
		const { body } = mutantOf(example, new Dice(seed));
		const whole = attempt(() => parseLoss(body));
		const streamed = attempt(() => streamedLoss(body));
		if (plain(whole) !== plain(streamed)) wrong.push(`loss, seed ${seed}: streamed it is read differently`);
	}
	return wrong;
}

function streamedLoss(body: unknown) {
	const { eachElement, read } = lossReading();
	return read(Array.isArray(body) ? body.map(eachElement) : body);
}
