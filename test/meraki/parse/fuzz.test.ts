import fc from 'fast-check';
import { attempt, type Parsed } from '../../../meraki/parse/fields';
import { parseLoss } from '../../../meraki/parse/loss';
import { parseNetworks } from '../../../meraki/parse/networks';
import { parseOrganizations } from '../../../meraki/parse/organizations';
import { parsePeers } from '../../../meraki/parse/peers';
import { parseUplinkStatuses } from '../../../meraki/parse/uplinkStatuses';
import { parseVpnStatuses } from '../../../meraki/parse/vpnStatuses';
import {
	APPLIANCE,
	LOSS_ROW,
	NETWORK,
	ORGANIZATION,
	PEER,
	SECRET_CANARY,
	VPN_STATUS,
} from '../support/examples';

const HOSTILE = [
	undefined,
	null,
	'',
	' ',
	0,
	-1,
	NaN,
	Infinity,
	true,
	[],
	{},
	[null],
	[[]],
	['x'],
	'__proto__',
	{ length: -1 },
];

interface Place {
	readonly holder: Record<string, unknown>;
	readonly key: string;
}

/** Every place in a JSON value that something else can stand in. */
function placesIn(value: unknown): Place[] {
	if (typeof value !== 'object' || value === null) return [];
	const holder = value as Record<string, unknown>;
	return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

/** A value of its own for each place: later mutations must not reach into it. */
function copyOf(value: unknown): unknown {
	return typeof value === 'object' ? (JSON.parse(JSON.stringify(value)) as unknown) : value;
}

/** The example three times, some places of it overwritten or deleted. */
function mutants(example: unknown) {
	const mutation = fc.record({
		place: fc.nat(),
		value: fc.oneof(fc.constantFrom(...HOSTILE), fc.jsonValue()),
		isDeleted: fc.boolean(),
	});
	return fc.array(mutation, { maxLength: 6 }).map((mutations) => {
		const body: unknown = JSON.parse(JSON.stringify(example));
		for (const { place, value, isDeleted } of mutations) {
			const places = placesIn(body);
			const at = places[place % places.length];
			if (at === undefined) continue;
			if (isDeleted && !Array.isArray(at.holder)) delete at.holder[at.key];
			else at.holder[at.key] = copyOf(value);
		}
		return body;
	});
}

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';
const isTextOrNull = (value: unknown) => typeof value === 'string' || value === null;
const isTexts = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string');
const isNumberOrNull = (max: number) => (value: unknown) =>
	value === null || (typeof value === 'number' && value >= 0 && value <= max);

type Shape = Readonly<Record<string, (value: unknown) => boolean>>;
const hasShape = (shape: Shape) => (value: unknown) =>
	typeof value === 'object' &&
	value !== null &&
	Object.keys(value).sort().join() === Object.keys(shape).sort().join() &&
	Object.entries(value).every(([key, field]) => shape[key]?.(field) === true);
const eachHasShape = (shape: Shape) => (value: unknown) =>
	Array.isArray(value) && value.every(hasShape(shape));

const SAMPLE = {
	sampledAt: Number.isFinite,
	lossPercent: isNumberOrNull(100),
	latencyMs: isNumberOrNull(Number.MAX_VALUE),
};
const TUNNEL = { peerName: isTextOrNull, publicIp: isTextOrNull, reachability: isTextOrNull };
const UPLINK = { uplink: isText, status: isText };

interface Subject {
	readonly name: string;
	readonly parse: (body: unknown) => Parsed<unknown>;
	readonly example: unknown;
	readonly shape: Shape;
}

const SUBJECTS: readonly Subject[] = [
	{
		name: 'loss',
		parse: parseLoss,
		example: [LOSS_ROW, LOSS_ROW, LOSS_ROW],
		shape: { networkId: isText, serial: isText, uplink: isText, ip: isText, samples: eachHasShape(SAMPLE) },
	},
	{
		name: 'networks',
		parse: parseNetworks,
		example: [NETWORK, NETWORK, NETWORK],
		shape: {
			id: isText,
			organizationId: isText,
			name: isText,
			url: isTextOrNull,
			tags: isTexts,
			timeZone: isTextOrNull,
			notes: isTextOrNull,
		},
	},
	{
		name: 'organizations',
		parse: parseOrganizations,
		example: [ORGANIZATION, ORGANIZATION, ORGANIZATION],
		shape: { id: isText, name: isText, apiEnabled: (value) => typeof value === 'boolean' || value === null },
	},
	{
		name: 'peers',
		parse: parsePeers,
		example: { peers: [PEER, PEER, PEER] },
		shape: {
			name: isText,
			publicIp: isTextOrNull,
			publicHostname: isTextOrNull,
			networkTags: isTexts,
			hasNativeFailover: (value) => typeof value === 'boolean',
		},
	},
	{
		name: 'uplink statuses',
		parse: parseUplinkStatuses,
		example: [APPLIANCE, APPLIANCE, APPLIANCE],
		shape: {
			networkId: isText,
			serial: isText,
			role: isTextOrNull,
			lastReportedAt: (value) => value === null || Number.isFinite(value),
			uplinks: eachHasShape(UPLINK),
		},
	},
	{
		name: 'VPN statuses',
		parse: parseVpnStatuses,
		example: [VPN_STATUS, VPN_STATUS, VPN_STATUS],
		shape: { networkId: isText, tunnels: eachHasShape(TUNNEL) },
	},
];

describe.each(SUBJECTS)('whatever an answer holds, $name', ({ parse, example, shape }) => {
	it('come out typed, or are named with their path', () => {
		fc.assert(
			fc.property(mutants(example), (body) => {
				const result = attempt(() => parse(body));
				if (result.kind === 'bad')
					return result.field.path.length <= 'peers'.length && result.field.why !== '';
				const { rows, skipped } = result.value;
				const inBody = (Array.isArray(body) ? body : (body as { readonly peers: unknown[] }).peers).length;
				const skippedRows = skipped.filter(
					({ path }) => !/timeSeries\[|uplinks\[|thirdPartyVpnPeers\[/.test(path),
				).length;
				return (
					rows.every(hasShape(shape)) &&
					rows.length + skippedRows === inBody &&
					skipped.every(({ path, why }) => /^(peers)?\[\d+\]/.test(path) && why !== '')
				);
			}),
			{ numRuns: 400, seed: 20_261_122 },
		);
	});

	it('never fail in any other way, for any JSON at all', () => {
		fc.assert(
			fc.property(fc.oneof(fc.jsonValue(), fc.anything()), (body) => {
				attempt(() => parse(body));
			}),
			{ numRuns: 200, seed: 20_261_122 },
		);
	});
});

it('the secret of a peer comes out nowhere, however the answer is broken', () => {
	const example = { peers: [PEER, { ...PEER, name: 5 }, PEER] };
	fc.assert(
		fc.property(mutants(example), (body) => {
			const told = JSON.stringify(attempt(() => parsePeers(body)));
			return !told.includes(SECRET_CANARY);
		}),
		{ numRuns: 400, seed: 20_261_122 },
	);
});
