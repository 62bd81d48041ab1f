import { EMPTY_ORGANIZATION_MEMORY } from '../../core/memory';
import type { BackupRole, OrganizationMemory } from '../../core/memory';
import type { OrganizationRun } from '../../core/organizationRun';
import { pairKey } from '../../core/pairKey';
import { MINUTE_MS } from '../../core/samples';
import { DEFAULT_TAG_FORMAT } from '../../core/tagFormat';
import { tunnelsToLookUp } from '../../core/tunnels';
import type { TunnelLook } from '../../core/tunnels';
import type { TunnelStatus } from '../../core/types';
import { LONDON, LONDON_IP, network, NETWORK_ID, ON_BACKUP, ON_PRIMARY, PARIS, row } from '../support/branch';
import { runOnce } from '../support/run';
import type { RunInput } from '../support/run';
import { NOW } from '../support/series';

const HEADING = 'Backup tunnel not reachable';
const KEY = pairKey(NETWORK_ID, '');
const DEAD = '100 100 100 100 100';
const LOSSY = '0 0 2 0 0';

function role(changes: Partial<BackupRole> = {}): BackupRole {
	return {
		role: 'backup',
		peer: 'paris',
		since: NOW - 10 * MINUTE_MS,
		seenAt: NOW - 30_000,
		how: 'asked',
		...changes,
	};
}

function memory(changes: Partial<OrganizationMemory> = {}): OrganizationMemory {
	return {
		...EMPTY_ORGANIZATION_MEMORY,
		evaluatedAt: NOW - 30_000,
		backupRoles: { [KEY]: role() },
		...changes,
	};
}

function seen(
	reachability: string | null,
	lookedUpAt: number,
	peer = 'paris',
): OrganizationMemory['tunnels'] {
	return { seen: { [KEY]: { peer, lookedUpAt, reachability } }, unread: null };
}

/** On backup for ten minutes, primary not clean yet: nothing moves. */
function run(changes: Partial<RunInput> = {}): OrganizationRun & { lookedUp: readonly string[] } {
	const input = {
		networks: [network(ON_BACKUP)],
		rows: [row(LONDON_IP, LOSSY)],
		memory: memory(),
		...changes,
	};
	const done = runOnce(input);
	const now = input.now ?? NOW;
	return { ...done, lookedUp: tunnelsToLookUp(done.outcomes, { now, memory: input.memory }) };
}

function read(...tunnels: Partial<TunnelStatus>[]): TunnelLook {
	const whole = tunnels.map((tunnel) => ({ peerName: null, publicIp: null, reachability: null, ...tunnel }));
	return { kind: 'read', statuses: [{ networkId: NETWORK_ID, tunnels: whole }] };
}

/** A quarter of an hour later, on primary: what comes and goes is over by then. */
function later(before: OrganizationMemory): OrganizationRun {
	const now = NOW + 15 * MINUTE_MS;
	return run({
		now,
		networks: [network(ON_PRIMARY)],
		rows: [row(LONDON_IP, LOSSY, { now })],
		memory: before,
	});
}

function headings({ attention }: OrganizationRun): string[] {
	return (attention?.sections ?? []).map(({ heading }) => heading);
}

describe('R8.2 the tunnel to a backup is looked up', () => {
	test('ten minutes after the move, not before', () => {
		const since = (ms: number) =>
			run({ memory: memory({ backupRoles: { [KEY]: role({ since: NOW - ms }) } }) });
		expect(since(10 * MINUTE_MS - 1).lookedUp).toEqual([]);
		expect(since(10 * MINUTE_MS).lookedUp).toEqual([NETWORK_ID]);
	});

	test('never without memory, never on primary', () => {
		expect(run({ memory: null }).lookedUp).toEqual([]);
		expect(run({ networks: [network(ON_PRIMARY)] }).lookedUp).toEqual([]);
	});

	test('ten minutes after the newest move: another backup, or another peer, has its own time', () => {
		const as = (changes: Partial<BackupRole>) =>
			run({ memory: memory({ backupRoles: { [KEY]: role(changes) } }) }).lookedUp;
		expect(as({ role: 'backup2' })).toEqual([]);
		expect(as({ peer: 'rome' })).toEqual([]);
	});

	test('at most once in ten minutes, whatever it brought', () => {
		const looked = (at: number, word: string | null) =>
			run({ memory: memory({ tunnels: seen(word, at) }) }).lookedUp;
		expect(looked(NOW - 10 * MINUTE_MS + 1, null)).toEqual([]);
		expect(looked(NOW - 10 * MINUTE_MS + 1, 'unreachable')).toEqual([]);
		expect(looked(NOW - 10 * MINUTE_MS, 'reachable')).toEqual([NETWORK_ID]);
	});

	test('a second pair of the same network does not bring a second look', () => {
		const tags = ['a_london_primary_down', 'a_paris_backup_up', 'b_london_primary_down', 'b_rome_backup_up'];
		const settings = { tagFormat: { ...DEFAULT_TAG_FORMAT, format: '{group}_{peer}_{role}_{state}' } };
		const backupRoles = {
			[pairKey(NETWORK_ID, 'a')]: role(),
			[pairKey(NETWORK_ID, 'b')]: role({ peer: 'rome' }),
		};
		const before: OrganizationMemory['tunnels'] = {
			seen: {
				[pairKey(NETWORK_ID, 'a')]: { peer: 'paris', lookedUpAt: NOW - MINUTE_MS, reachability: null },
			},
			unread: null,
		};
		const looked = (tunnels: OrganizationMemory['tunnels']) =>
			run({ networks: [network(tags)], settings, memory: memory({ backupRoles, tunnels }) }).lookedUp;
		expect(looked(before)).toEqual([]);
		expect(looked({ seen: {}, unread: null })).toEqual([NETWORK_ID]);
	});

	test('not in a run that finds a new move, which it would keep waiting', () => {
		const other = network(ON_PRIMARY, { id: 'N_2' });
		const with2 = (told: OrganizationMemory['told']) =>
			run({
				networks: [network(ON_BACKUP), other],
				rows: [row(LONDON_IP, LOSSY), row(LONDON_IP, DEAD, { networkId: 'N_2' })],
				memory: memory({ told }),
			});
		expect(with2({}).swapsNeeded).toHaveLength(1);
		expect(with2({}).lookedUp).toEqual([]);
		// One that was wanted before (a dry run, a refused write) keeps nobody waiting.
		expect(with2(with2({}).memory.told).lookedUp).toEqual([NETWORK_ID]);
	});
});

describe('R8.2 a backup tunnel is told as not reachable', () => {
	test.each<[string, TunnelLook, string[]]>([
		[
			'when Meraki says so of the peer by name',
			read({ peerName: 'Paris hub', reachability: 'unreachable' }),
			[HEADING],
		],
		[
			'when Meraki uses a word that nobody has seen',
			read({ peerName: 'Paris hub', reachability: 'dormant' }),
			[HEADING],
		],
		[
			'when the public IP is that of the peer',
			read({ publicIp: '203.0.113.20', reachability: 'no' }),
			[HEADING],
		],
		['not when it is reachable', read({ peerName: 'Paris hub', reachability: 'reachable' }), []],
		['not when it is Reachable', read({ peerName: 'Paris hub', reachability: 'Reachable' }), []],
		['not when Meraki gives no word', read({ peerName: 'Paris hub' }), []],
		[
			'not when the answer leaves the peer out',
			read({ peerName: 'London hub', reachability: 'unreachable' }),
			[],
		],
		['not when the answer leaves the network out', { kind: 'read', statuses: [] }, []],
		[
			'not when it stands there twice, once reachable',
			read(
				{ peerName: 'Paris hub', reachability: 'unreachable' },
				{ peerName: 'Paris hub', reachability: 'reachable' },
			),
			[],
		],
		[
			'by name before IP',
			read(
				{ peerName: 'Paris hub', reachability: 'unreachable' },
				{ peerName: 'old', publicIp: '203.0.113.20', reachability: 'reachable' },
			),
			[HEADING],
		],
	])('%s', (_says, tunnels, expected) => {
		const done = run({ tunnels });
		expect(headings(done)).toEqual(expected);
		// A report only.
		expect(done.swapsNeeded).toEqual([]);
	});

	test('not when two peers list the tag: nobody knows which tunnel it is', () => {
		const twin = { ...LONDON, name: 'twin', networkTags: ['paris_backup_up'] };
		const knowledge = { peers: { kind: 'known' as const, peers: [LONDON, PARIS, twin] } };
		const done = run({ knowledge, tunnels: read({ peerName: 'Paris hub', reachability: 'unreachable' }) });
		expect(headings(done)).not.toContain(HEADING);
	});

	test('with Listed IPs, by the IPs listed for the peer', () => {
		const settings = {
			trackedIps: { kind: 'listed' as const, ipsByPeer: new Map([['paris', ['192.0.2.7']]]) },
		};
		const knowledge = { peers: { kind: 'notReadable' as const } };
		const at = (publicIp: string) =>
			headings(run({ settings, knowledge, tunnels: read({ publicIp, reachability: 'unreachable' }) }));
		expect(at('192.0.2.7')).toContain(HEADING);
		expect(at('192.0.2.8')).not.toContain(HEADING);
	});

	test('with Meraki own word, and why a tunnel may be down', () => {
		const [section] =
			run({ tunnels: read({ peerName: 'Paris hub', reachability: 'unreachable' }) }).attention?.sections ??
			[];
		expect(section).toMatchObject({
			severity: 'warning',
			nextStep: expect.stringMatching(/no traffic called it up/),
			rows: [
				{
					from: 'paris',
					to: null,
					explanation: "Meraki's VPN status calls the tunnel to paris “unreachable”.",
					durationMs: 10 * MINUTE_MS,
				},
			],
		});
	});

	test('R8.1 when new, again after the repeat interval, and when it ends', () => {
		const story: string[][] = [];
		let known: OrganizationMemory | null = memory();
		const at = (minutes: number, tunnels?: TunnelLook) => {
			const now = NOW + minutes * MINUTE_MS;
			const done = run({
				now,
				rows: [row(LONDON_IP, LOSSY, { now })],
				memory: known === null ? null : { ...known, evaluatedAt: now - 30_000 },
				...(tunnels === undefined ? {} : { tunnels }),
			});
			known = done.memory;
			story.push(headings(done).filter((heading) => heading.includes(HEADING)));
			return done;
		};
		const down = read({ peerName: 'Paris hub', reachability: 'unreachable' });
		at(0, down);
		// Between two looks it stands as it was.
		at(1);
		at(10, down);
		at(239);
		at(250, { kind: 'failed', why: 'Meraki answered 503' });
		at(260, read({ peerName: 'Paris hub', reachability: 'reachable' }));
		// Reachable for less than a quarter of an hour: it is not over yet.
		at(270);
		at(280);
		expect(story).toEqual([
			[HEADING],
			[],
			[],
			[],
			[HEADING],
			[],
			[`Over now: ${HEADING} (1), after 4 h 10 min`],
			[],
		]);
	});

	test('R8.1 it ends with the swap back', () => {
		const told = run({ tunnels: read({ peerName: 'Paris hub', reachability: 'unreachable' }) }).memory;
		const back = run({ networks: [network(ON_PRIMARY)], memory: told });
		expect(back.memory.tunnels.seen).toEqual({});
		expect(headings(later(back.memory))).toContain(`Over now: ${HEADING} (1)`);
	});
});

describe('R8.2 VPN statuses that cannot be read', () => {
	const failed: TunnelLook = { kind: 'failed', why: 'Meraki answered 403: “no”.' };
	const UNREAD = 'VPN statuses could not be read';

	test('are told once, as information, and nothing moves or stays because of it', () => {
		const first = run({ tunnels: failed });
		expect(headings(first)).toEqual([UNREAD]);
		expect(first.attention).toMatchObject({
			severity: 'info',
			sections: [{ rows: [{ explanation: 'Meraki answered 403: “no”.' }] }],
		});
		const later = { ...first.memory, evaluatedAt: NOW };
		expect(headings(run({ now: NOW + 30_000, memory: later }))).toEqual([]);
		expect(
			headings(
				run({
					now: NOW + 11 * MINUTE_MS,
					memory: { ...later, evaluatedAt: NOW + 10 * MINUTE_MS },
					tunnels: failed,
				}),
			),
		).not.toContain(UNREAD);
	});

	test('end the notice when they can be read again, or when nobody is on backup any more', () => {
		const { memory: told } = run({ tunnels: failed });
		const again = run({
			memory: { ...told, tunnels: { seen: {}, unread: told.tunnels.unread } },
			tunnels: read(),
		});
		expect(headings(again)).toEqual([]);
		expect(headings(later(again.memory))).toEqual([`Over now: ${UNREAD} (1)`]);
		const back = run({ networks: [network(ON_PRIMARY)], memory: told });
		expect(headings(later(back.memory))).toContain(`Over now: ${UNREAD} (1)`);
	});

	test('keep what was known before', () => {
		const before = memory({ tunnels: seen('unreachable', NOW - 10 * MINUTE_MS) });
		expect(run({ memory: before, tunnels: failed }).memory.tunnels).toEqual({
			...seen('unreachable', NOW),
			unread: 'Meraki answered 403: “no”.',
		});
	});
});
