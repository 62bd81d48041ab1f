/** What may go wrong between n8n and Meraki, and at Meraki, in one cycle. */
import type { Fault } from '../../simulator/simulator.cjs';
import type { Dice } from '../model/random';

export interface Chaos {
	readonly kind: string;
	readonly faults: readonly Fault[];
	/** Milliseconds that pass with each look at the clock. */
	readonly slownessMs?: number;
}

type Make = (dice: Dice, networkId: string) => Omit<Chaos, 'kind'>;

const READS: readonly string[] = [
	'/organizations/1/devices/uplinksLossAndLatency',
	'/organizations/1/networks',
	'/organizations/1/appliance/uplink/statuses',
	'/organizations/1/appliance/vpn/thirdPartyVPNPeers',
	'/networks/*',
];
const PUT = { method: 'PUT', path: '/networks/*' } as const;
const BATCH = { method: 'POST', path: '/organizations/1/actionBatches' } as const;

const one = (fault: Fault) => ({ faults: [fault] });
const read = (dice: Dice) => ({ method: 'GET', path: dice.anyOf(READS) ?? '*' }) as const;

const KINDS: Readonly<Record<string, Make>> = {
	'429 storm': (dice) =>
		one({
			times: dice.int(1, 12),
			effect: {
				kind: 'status',
				status: 429,
				...dice.pick<{ retryAfter?: string }>([{ retryAfter: '1' }, { retryAfter: '3' }, {}]),
			},
		}),
	'5xx to reads': (dice) =>
		one({
			match: read(dice),
			times: dice.int(1, 6),
			effect: {
				kind: 'status',
				status: dice.pick([500, 502, 503, 504]),
				body: dice.pick(['errors', 'html', 'empty']),
			},
		}),
	'everything answers 5xx': () => one({ effect: { kind: 'status', status: 503 } }),
	'5xx to writes': (dice) =>
		one({
			match: PUT,
			times: dice.int(1, 3),
			effect: { kind: 'status', status: dice.pick([500, 502, 503, 504]), takesEffect: dice.chance(0.5) },
		}),
	'refused write': (dice) =>
		one({ match: PUT, times: 1, effect: { kind: 'status', status: dice.pick([400, 403, 404]) } }),
	'reset at a read': (dice) =>
		one({ match: read(dice), times: dice.int(1, 3), effect: { kind: 'dropBefore' } }),
	'reset before a write took effect': () => one({ match: PUT, times: 1, effect: { kind: 'dropBefore' } }),
	'reset after a write took effect': (dice) =>
		one({ match: PUT, times: dice.int(1, 2), effect: { kind: 'dropAfter' } }),
	'truncated body': (dice) =>
		one({
			match: dice.chance(0.5) ? PUT : read(dice),
			times: dice.int(1, 3),
			effect: { kind: 'brokenJson' },
		}),
	'HTML body': (dice) =>
		one({
			match: dice.chance(0.5) ? PUT : read(dice),
			times: dice.int(1, 3),
			effect: { kind: 'htmlAnswer' },
		}),
	'errors with 200': (dice) =>
		one({ match: read(dice), times: 1, effect: { kind: 'errorsAnswer', errors: ['Not now'] } }),
	'slow answers': (dice) => ({ faults: [], slownessMs: dice.int(50, 900) }),
	'wrong Link': (dice) =>
		one({
			match: { method: 'GET', path: '/organizations/1/*' },
			effect: {
				kind: 'link',
				header: dice.pick([
					'<https://stranger.example/api/v1/organizations/1/networks?startingAfter=N_1>; rel=next',
					'<http://127.0.0.1:1/api/v1/organizations/1/networks>; rel="next"',
					'<>; rel=next',
					'rel=next; <',
					'',
				]),
			},
		}),
	'redirect to a foreign host': (dice) =>
		one({
			match: dice.chance(0.5) ? { method: 'PUT' } : read(dice),
			times: dice.int(1, 2),
			effect: {
				kind: 'redirect',
				status: dice.pick([301, 302, 307, 308]),
				to: dice.pick([
					'stranger',
					'https://stranger.example/api/v1',
					'https://meraki.com.stranger.example/',
				]),
			},
		}),
	'redirect that loops': (dice) =>
		one({ match: read(dice), times: 6, effect: { kind: 'redirect', status: 307, to: 'loop' } }),
	'redirect to a shard': () => one({ effect: { kind: 'redirect', status: 308, to: 'ownOrigin' } }),
	'write that is ignored': () =>
		one({ match: PUT, times: 1, effect: { kind: 'ignoreWrite', shows: 'before' } }),
	'write that is seen late': (dice) =>
		one({ match: PUT, times: 1, effect: { kind: 'staleRead', seconds: dice.int(1, 200), shows: 'before' } }),
	'edit between read and write: a foreign tag': (_dice, network) =>
		one(editAfterRead(network, { add: ['added-by-somebody'] })),
	'edit between read and write: tags out of order': (_dice, network) =>
		one(editAfterRead(network, { remove: ['london_primary_up', 'london_primary_down'] })),
	'5xx to batches': (dice) =>
		one({
			match: BATCH,
			times: dice.int(1, 2),
			effect: { kind: 'status', status: dice.pick([500, 502, 504]), takesEffect: dice.chance(0.5) },
		}),
	'reset at a batch': (dice) =>
		one({ match: BATCH, times: 1, effect: { kind: dice.pick(['dropBefore', 'dropAfter']) } }),
	'batch that is late': (dice) =>
		one({ match: BATCH, times: 1, effect: { kind: 'lateBatch', seconds: dice.int(1, 90) } }),
	'batches refused': () => one({ match: BATCH, effect: { kind: 'status', status: 403 } }),
};

export const CHAOS_KINDS: readonly string[] = Object.keys(KINDS);

/** Another administrator edits right after Swap has read the network. */
function editAfterRead(
	network: string,
	edit: { add?: readonly string[]; remove?: readonly string[] },
): Fault {
	return {
		match: { method: 'GET', path: `/networks/${network}` },
		times: 1,
		effect: { kind: 'thenEdit', network, ...edit },
	};
}

/** None to three at once. */
export function chaosOf(dice: Dice, networkIds: readonly string[]): Chaos[] {
	return Array.from({ length: dice.pick([0, 1, 1, 2, 3]) }, () => {
		const kind = dice.anyOf(CHAOS_KINDS) ?? '';
		const make = KINDS[kind] ?? (() => ({ faults: [] }));
		return { kind, ...make(dice, dice.anyOf(networkIds) ?? '') };
	});
}
