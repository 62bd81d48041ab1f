import { EMPTY_MEMORY } from '../../../core/memory/memory';
import type { Memory, OrganizationMemory } from '../../../core/memory/memory';
import { pairKey } from '../../../core/tags/pairKey';
import { loadMemory, storedMemory } from '../../../core/memory/codec';
import { LONDON, LONDON_IP, NETWORK_ID, row } from '../../support/branch';
import { NOW } from '../../support/series';

const ORGANIZATION_MEMORY: OrganizationMemory = {
	evaluatedAt: NOW,
	rows: [row(LONDON_IP, '80/12 _ 0')],
	pairs: {
		[pairKey(NETWORK_ID, '')]: {
			held: { role: 'backup', peer: 'paris', since: NOW, how: 'asked' },
			asked: [{ role: 'primary', peer: 'london', action: 'swapBack', at: NOW }],
			failoversAt: [NOW],
			seenAt: NOW,
		},
		b: { held: null, asked: [], failoversAt: [NOW], seenAt: NOW },
	},
	seenHealthy: {
		a: { kind: 'yes' },
		b: { kind: 'never', at: NOW },
	},
	managed: { count: 2, at: NOW },
	told: {
		a: { fingerprint: '', since: NOW, toldAt: null, title: '' },
		b: { fingerprint: 'x', since: NOW, toldAt: NOW, title: 'Held' },
		c: { fingerprint: '', since: NOW, toldAt: NOW, title: 'Flaps', seenAt: NOW },
	},
	tunnels: {
		seen: {
			[pairKey(NETWORK_ID, '')]: { peer: 'paris', lookedUpAt: NOW, reachability: 'unreachable' },
			b: { peer: 'rome', lookedUpAt: NOW, reachability: null },
		},
		unread: 'Meraki answered 403',
	},
	incidents: { london: { id: 'i', startedAt: NOW, seenAt: NOW } },
	failures: { count: 2, since: NOW, toldAt: null },
	name: 'Acme',
	peers: { readAt: NOW, list: [LONDON] },
};
const MEMORY: Memory = { version: 2, organizations: { '1001': ORGANIZATION_MEMORY } };

/** As n8n stores it. */
function throughJson(memory: Memory): unknown {
	return JSON.parse(JSON.stringify(storedMemory(memory)));
}

function withOrganization(changes: Record<string, unknown>): unknown {
	const stored = storedMemory(MEMORY);
	const organizations = stored['organizations'] as Record<string, object>;
	const organization = { ...organizations['1001'], ...changes };
	return JSON.parse(
		JSON.stringify({ ...stored, organizations: { '1001': organization, '2': organizations['1001'] } }),
	);
}

describe('stored memory', () => {
	test('comes back from JSON as it was', () => {
		expect(loadMemory(throughJson(MEMORY))).toStrictEqual({ kind: 'loaded', memory: MEMORY });
		expect(loadMemory(throughJson(EMPTY_MEMORY))).toEqual({ kind: 'loaded', memory: EMPTY_MEMORY });
	});

	test('names from outside such as __proto__ come back as names', () => {
		const incidents: OrganizationMemory['incidents'] = Object.fromEntries([
			['__proto__', { id: 'i', startedAt: 1, seenAt: 2 }],
			['constructor', { id: 'j', startedAt: 1, seenAt: 2 }],
		]);
		const organizations = Object.fromEntries([['__proto__', { ...ORGANIZATION_MEMORY, incidents }]]);
		const { memory, kind } = loadMemory(throughJson({ version: 2, organizations }));
		expect(kind).toBe('loaded');
		expect(
			Object.entries(memory.organizations).map(([id, { incidents: read }]) => [id, Object.entries(read)]),
		).toEqual([['__proto__', Object.entries(incidents)]]);
	});

	const starts: { says: string; stored: unknown; kind: string }[] = [
		{ says: 'nothing stored is a fresh start', stored: undefined, kind: 'fresh' },
		{ says: 'null is a fresh start', stored: null, kind: 'fresh' },
		{ says: 'an empty object is a fresh start', stored: {}, kind: 'fresh' },
		{ says: 'a text is damage', stored: 'x', kind: 'damaged' },
		{ says: 'a list is damage', stored: [], kind: 'damaged' },
		{ says: 'no version is damage', stored: { organizations: {} }, kind: 'damaged' },
		{ says: 'another version is damage', stored: { version: 1, organizations: {} }, kind: 'damaged' },
		{ says: 'no organizations is damage', stored: { version: 2 }, kind: 'damaged' },
		{ says: 'organizations as a list is damage', stored: { version: 2, organizations: [] }, kind: 'damaged' },
	];
	test.each(starts)('$says', ({ stored, kind }) => {
		expect(loadMemory(stored)).toEqual({ kind, memory: EMPTY_MEMORY });
	});

	const HELD = { role: 'backup', peer: 'paris', since: 1, how: 'seen' };
	const ASKED = { role: 'backup', peer: 'paris', action: 'failover', at: 1 };
	const PAIR = { held: HELD, asked: [ASKED], failoversAt: [1], seenAt: 1 };
	const pair = (changes: object) => ({ pairs: { k: { ...PAIR, ...changes } } });
	const damages: { says: string; changes: Record<string, unknown> }[] = [
		{ says: 'no time', changes: { evaluatedAt: null } },
		{ says: 'rows that are no list', changes: { rows: {} } },
		{ says: 'a row that is no list', changes: { rows: [{}] } },
		{ says: 'a row without samples', changes: { rows: [['N', 'S', 'wan1', 'ip']] } },
		{ says: 'a row with a number for a network', changes: { rows: [[1, 'S', 'wan1', 'ip', []]] } },
		{ says: 'R1.2 loss of 101 %', changes: { rows: [['N', 'S', 'wan1', 'ip', [[NOW, 101, null]]]] } },
		{ says: 'R1.2 loss of -1 %', changes: { rows: [['N', 'S', 'wan1', 'ip', [[NOW, -1, null]]]] } },
		{ says: 'loss as text', changes: { rows: [['N', 'S', 'wan1', 'ip', [[NOW, '80', null]]]] } },
		{ says: 'latency as text', changes: { rows: [['N', 'S', 'wan1', 'ip', [[NOW, 80, 'x']]]] } },
		{ says: 'a sample without a time', changes: { rows: [['N', 'S', 'wan1', 'ip', [[null, 80, null]]]] } },
		{ says: 'a sample that is no list', changes: { rows: [['N', 'S', 'wan1', 'ip', [7]]] } },
		{ says: 'pairs that are no object', changes: { pairs: [] } },
		{
			says: 'a pair that holds a backup of unknown origin',
			changes: pair({ held: { ...HELD, how: 'guessed' } }),
		},
		{ says: 'a pair that holds no peer', changes: pair({ held: { ...HELD, peer: 7 } }) },
		{
			says: 'a pair that holds a backup without a beginning',
			changes: pair({ held: { ...HELD, since: 'x' } }),
		},
		{ says: 'a pair that was never seen', changes: pair({ seenAt: null }) },
		{ says: 'a pair that asked for nothing readable', changes: pair({ asked: {} }) },
		{
			says: 'a pair that asked for an unknown action',
			changes: pair({ asked: [{ ...ASKED, action: 'escape' }] }),
		},
		{ says: 'a pair that asked at no time', changes: pair({ asked: [{ ...ASKED, at: 'x' }] }) },
		{ says: 'R2.5 a pair with failovers at no time', changes: pair({ failoversAt: ['x'] }) },
		{ says: 'a told entry that is a text', changes: { told: { k: 'x' } } },
		{
			says: 'a told entry without a time',
			changes: { told: { k: { fingerprint: '', title: '', toldAt: null } } },
		},
		{
			says: 'a told entry with a text for a time',
			changes: { told: { k: { fingerprint: '', title: '', since: 1, toldAt: 'x' } } },
		},
		{ says: 'an incident without an id', changes: { incidents: { k: { startedAt: 1, seenAt: 1 } } } },
		{ says: 'an incident without a time', changes: { incidents: { k: { id: 'i', startedAt: 1 } } } },
		{ says: 'an incident without an end', changes: { incidents: { k: { id: 'i', seenAt: 1 } } } },
		{ says: 'nothing of what was seen healthy', changes: { seenHealthy: null } },
		{
			says: 'something seen healthy in an unknown way',
			changes: { seenHealthy: { k: { kind: 'perhaps', at: 1 } } },
		},
		{ says: 'R4.7 never healthy, without a time', changes: { seenHealthy: { k: { kind: 'never' } } } },
		{ says: 'one bad row among good ones', changes: { rows: [['N', 'S', 'wan1', 'ip', []], {}] } },
		{ says: 'one bad pair among good ones', changes: { pairs: { a: PAIR, b: {} } } },
		{
			says: 'a told entry without a title',
			changes: { told: { k: { fingerprint: '', since: 1, toldAt: null } } },
		},
		{
			says: 'a told entry without a fingerprint',
			changes: { told: { k: { title: '', since: 1, toldAt: null } } },
		},
		{ says: 'no incidents', changes: { incidents: undefined } },
	];
	test.each(damages)('$says costs one organization its memory and no other', ({ changes }) => {
		const loaded = loadMemory(withOrganization(changes));
		expect(loaded.kind).toBe('damaged');
		expect(Object.keys(loaded.memory.organizations)).toEqual(['2']);
	});

	test('what is not needed for a decision is dropped alone when damaged', () => {
		const { kind, memory } = loadMemory(
			withOrganization({ failures: 'x', name: 7, peers: { list: [LONDON] } }),
		);
		expect(kind).toBe('loaded');
		expect(memory.organizations['1001']).toMatchObject({ failures: null, name: null, peers: null });
		const more = loadMemory(
			withOrganization({ peers: { readAt: NOW, list: [{ name: 'x' }] }, failures: { count: 1 } }),
		);
		expect(more.memory.organizations['1001']).toMatchObject({ peers: null, failures: null });
	});

	const dropped: { says: string; changes: Record<string, unknown>; expect: Partial<OrganizationMemory> }[] = [
		{
			says: 'failures without a count',
			changes: { failures: { since: 1, toldAt: null } },
			expect: { failures: null },
		},
		{
			says: 'failures without a beginning',
			changes: { failures: { count: 1, toldAt: null } },
			expect: { failures: null },
		},
		{
			says: 'failures with a text for a time',
			changes: { failures: { count: 1, since: 1, toldAt: 'x' } },
			expect: { failures: null },
		},
		{
			says: 'a number of networks without a time',
			changes: { managed: { count: 2 } },
			expect: { managed: null },
		},
		{
			says: 'a time without a number of networks',
			changes: { managed: { at: 2 } },
			expect: { managed: null },
		},
		{
			says: 'a tunnel without a peer',
			changes: { tunnels: { seen: { k: { lookedUpAt: 1 } }, unread: 'no' } },
			expect: { tunnels: { seen: {}, unread: 'no' } },
		},
		{
			says: 'a tunnel that was looked up nobody knows when',
			changes: { tunnels: { seen: { k: { peer: 'paris', reachability: 'unreachable' } } } },
			expect: { tunnels: { seen: {}, unread: null } },
		},
		{
			says: 'a peer without a name',
			changes: { peers: { readAt: NOW, list: [{ ...LONDON, name: 5 }] } },
			expect: { peers: null },
		},
		{
			says: 'a peer without its tags',
			changes: { peers: { readAt: NOW, list: [LONDON, { ...LONDON, networkTags: null }] } },
			expect: { peers: null },
		},
	];
	test.each(dropped)('$says is dropped alone', ({ changes, expect: expected }) => {
		const { kind, memory } = loadMemory(withOrganization(changes));
		expect(kind).toBe('loaded');
		expect(memory.organizations['1001']).toEqual({ ...ORGANIZATION_MEMORY, ...expected });
	});

	test('R1.2 all the loss there is, and all that a peer may have, come back', () => {
		const list = [{ ...LONDON, publicIp: null, publicHostname: 'hub.example.com', hasNativeFailover: true }];
		const { kind, memory } = loadMemory(
			withOrganization({
				rows: [
					[
						'N',
						'S',
						'wan1',
						'ip',
						[
							[NOW, 100, 0],
							[NOW, 0, null],
						],
					],
				],
				peers: { readAt: NOW, list },
			}),
		);
		expect(kind).toBe('loaded');
		expect(memory.organizations['1001']?.peers).toEqual({ readAt: NOW, list });
		expect(memory.organizations['1001']?.rows[0]?.samples).toEqual([
			{ sampledAt: NOW, lossPercent: 100, latencyMs: 0 },
			{ sampledAt: NOW, lossPercent: 0, latencyMs: null },
		]);
	});

	test('a peer is read field by field: a secret that stands beside them is not', () => {
		const peers = {
			readAt: NOW,
			list: [{ ...LONDON, secret: 'psk', hasNativeFailover: 'yes', publicIp: '' }],
		};
		const { memory } = loadMemory(withOrganization({ peers }));
		expect(memory.organizations['1001']?.peers?.list).toEqual([
			{ ...LONDON, hasNativeFailover: false, publicIp: null },
		]);
	});
});
