import { EMPTY_ORGANIZATION_MEMORY } from '../../../core/memory/memory';
import { MINUTE_MS } from '../../../core/health/series';
import { compileTagFormat, DEFAULT_TAG_FORMAT } from '../../../core/tags/tagFormat';
import { readPairs } from '../../../core/tags/pairs';
import type { KnownPeers } from '../../../core/health/trackedIps';
import {
	historySince,
	overSamplesKnownSince,
	watchedSince,
	watchOf,
} from '../../../core/evaluate/onsetCoverage';
import { LONDON_IP, network, ON_BACKUP, ON_PRIMARY, PEERS, settings } from '../../support/branch';
import { NOW } from '../../support/series';

const grammar = () => compileTagFormat(DEFAULT_TAG_FORMAT);
const KNOWN = { peers: { kind: 'known', peers: PEERS } } as const;

function pairsOn(tags: readonly string[], ...ids: string[]) {
	return ids.flatMap((id) =>
		readPairs(tags, grammar()).map((pair) => ({ network: network(tags, { id }), pair })),
	);
}

describe('R4.9 what is watched', () => {
	const watching = (pairs: ReturnType<typeof pairsOn>, peers: KnownPeers = KNOWN.peers, changes = {}) =>
		watchOf(pairs, { peers }, settings(changes));
	const two = () => pairsOn(ON_PRIMARY, 'N_1', 'N_2');

	test('is the same in another order, and whichever role is active', () => {
		expect(watching(pairsOn(ON_PRIMARY, 'N_2', 'N_1'))).toBe(watching(two()));
		expect(watching(pairsOn(ON_BACKUP, 'N_1', 'N_2'))).toBe(watching(two()));
	});

	const others: [string, () => string][] = [
		['one network less', () => watching(pairsOn(ON_PRIMARY, 'N_1'))],
		['one network more', () => watching(pairsOn(ON_PRIMARY, 'N_1', 'N_2', 'N_3'))],
		['another network', () => watching(pairsOn(ON_PRIMARY, 'N_1', 'N_3'))],
		[
			'one that is out of order',
			() => watching([...pairsOn(ON_PRIMARY, 'N_1'), ...pairsOn(['london_primary_up'], 'N_2')]),
		],
		['peers not readable', () => watching(two(), { kind: 'notReadable' })],
		['another loss threshold', () => watching(two(), KNOWN.peers, { lossThresholdPercent: 20 })],
		['another latency threshold', () => watching(two(), KNOWN.peers, { latencyThresholdMs: 20 })],
	];
	test.each(others)('is not the same with %s', (_what, other) => {
		expect(other()).not.toBe(watching(two()));
	});

	test('is not the same with a latency threshold and a higher one, nor with two that are written alike', () => {
		const above = (lossThresholdPercent: number, latencyThresholdMs: number) =>
			watching(two(), KNOWN.peers, { lossThresholdPercent, latencyThresholdMs });
		expect(above(30, 200)).not.toBe(above(30, 300));
		expect(above(5, 120)).not.toBe(above(51, 20));
	});

	test('is not the same with other listed addresses that are written alike one behind the other', () => {
		const listed = (...ips: string[]) =>
			watching(two(), KNOWN.peers, {
				trackedIps: { kind: 'listed', ipsByPeer: new Map([['london', ips]]) },
			});
		expect(listed('203.0.113.1', '10.0.0.1')).not.toBe(listed('203.0.113.11', '0.0.0.1'));
		expect(listed('203.0.113.1')).not.toBe(listed('203.0.113.2'));
	});

	test('is not the same with other excluded addresses: of those no samples were kept', () => {
		const except = (...excludedIps: string[]) =>
			watching(two(), KNOWN.peers, { trackedIps: { kind: 'everyExcept', excludedIps } });
		expect(new Set([except(), except('8.8.8.8'), except('8.8.4.4'), watching(two())]).size).toBe(4);
		expect(except('8.8.8.8')).toBe(except('8.8.8.8'));
	});

	test('is of one size, whatever the number of networks: how many were added, and two sums', () => {
		const many = Array.from({ length: 1000 }, (_each, at) => `N_${at}`);
		const added = (1000 + 1).toString(36);
		expect(watching(pairsOn(ON_PRIMARY, ...many))).toMatch(
			new RegExp(`^${added}-[0-9a-z]{1,7}-[0-9a-z]{1,7}$`),
		);
	});
});

describe('R4.9 from when on no over sample was missed', () => {
	const long = NOW - 80 * MINUTE_MS;
	const window = NOW - 7 * MINUTE_MS;
	const memory = {
		...EMPTY_ORGANIZATION_MEMORY,
		evaluatedAt: NOW - MINUTE_MS,
		watch: 'a',
		watchedSince: NOW - 50 * MINUTE_MS,
		historySince: { [LONDON_IP]: long },
	};
	const knowing = { now: NOW, memory, history: new Map(), ...KNOWN };
	const known = (changes: object, watch = 'a') =>
		overSamplesKnownSince(LONDON_IP, { ...EVERYTHING, ...knowing, ...changes }, watch, settings());

	test('is as far as memory reaches while the same is watched by runs that are close', () => {
		expect(known({})).toBe(long);
		expect(known({ memory: { ...memory, historySince: {} } })).toBe(memory.watchedSince);
		expect(known({ memory: { ...memory, evaluatedAt: NOW - 5 * MINUTE_MS } })).toBe(long);
	});

	test('is the window of this run after anything else', () => {
		expect(known({}, 'b')).toBe(window);
		expect(known({ memory: null })).toBe(window);
		expect(known({ memory: { ...memory, evaluatedAt: NOW - 5 * MINUTE_MS - 1 } })).toBe(window);
		expect(watchedSince({ ...EVERYTHING, ...knowing }, 'b', settings())).toBe(window);
	});

	test('is as far as history was read, and that is remembered only where Meraki told all of it', () => {
		const read = (isIncomplete: boolean) => ({
			memory: null,
			history: new Map([[LONDON_IP, { rows: [], knownSince: long, isIncomplete }]]),
		});
		expect(known(read(false))).toBe(long);
		expect(known(read(true))).toBe(window);
		const remembered = (isIncomplete: boolean) =>
			historySince({ ...EVERYTHING, ...knowing, ...read(isIncomplete) }, 'a', settings());
		expect(remembered(false)).toEqual({ [LONDON_IP]: long });
		expect(remembered(true)).toEqual({});
	});

	test('goes from memory to memory for three hours, and from no memory of something else', () => {
		const next = (agoMs: number, watch = 'a') => {
			const before = { ...memory, historySince: { [LONDON_IP]: NOW - agoMs } };
			return historySince({ ...EVERYTHING, ...knowing, memory: before }, watch, settings());
		};
		expect(next(180 * MINUTE_MS - 1)).toEqual({ [LONDON_IP]: NOW - 180 * MINUTE_MS + 1 });
		expect(next(180 * MINUTE_MS)).toEqual({});
		expect(next(MINUTE_MS, 'b')).toEqual({});
	});
});

const EVERYTHING = { networks: [], rows: [], statuses: new Map(), earlier: new Map() };
