import type { HeldRole } from '../../support/branch';
import {
	heldPairs,
	LONDON,
	LONDON_IP,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS,
	row,
} from '../../support/branch';
import { MINUTE_MS } from '../../../core/domain/time';
import type { OrganizationMemory } from '../../../core/memory/memory';
import { pairKey } from '../../../core/tags/pairKey';
import { DEFAULT_TAG_FORMAT } from '../../../core/tags/tagFormat';
import type { TunnelLook } from '../../../core/notify/tunnelAlerts';
import {
	backupRole,
	headings,
	KEY,
	LOSSY,
	NOT_REACHABLE,
	quarterOfAnHourLater,
	readTunnels,
	runOnBackup,
	seenTunnel,
	tunnelMemory,
} from '../../support/backupTunnels';
import { DEAD, NOW } from '../../support/series';

describe('R8.5 the tunnel to a backup is looked up', () => {
	test('ten minutes after the move, not before', () => {
		const since = (ms: number) =>
			runOnBackup({ memory: tunnelMemory({ pairs: heldPairs({ [KEY]: backupRole({ since: NOW - ms }) }) }) });
		expect(since(10 * MINUTE_MS - 1).lookedUp).toEqual([]);
		expect(since(10 * MINUTE_MS).lookedUp).toEqual([NETWORK_ID]);
	});

	test('never without memory, never on primary', () => {
		expect(runOnBackup({ memory: null }).lookedUp).toEqual([]);
		expect(runOnBackup({ networks: [network(ON_PRIMARY)] }).lookedUp).toEqual([]);
	});

	test('ten minutes after the newest move: another backup, or another peer, has its own time', () => {
		const as = (changes: Partial<HeldRole>) =>
			runOnBackup({ memory: tunnelMemory({ pairs: heldPairs({ [KEY]: backupRole(changes) }) }) }).lookedUp;
		expect(as({ role: 'backup2' })).toEqual([]);
		expect(as({ peer: 'rome' })).toEqual([]);
	});

	test('at most once in ten minutes, whatever it brought', () => {
		const looked = (at: number, word: string | null) =>
			runOnBackup({ memory: tunnelMemory({ tunnels: seenTunnel(word, at) }) }).lookedUp;
		expect(looked(NOW - 10 * MINUTE_MS + 1, null)).toEqual([]);
		expect(looked(NOW - 10 * MINUTE_MS + 1, 'unreachable')).toEqual([]);
		expect(looked(NOW - 10 * MINUTE_MS, 'reachable')).toEqual([NETWORK_ID]);
	});

	test('a second pair of the same network does not bring a second look', () => {
		const tags = ['a_london_primary_down', 'a_paris_backup_up', 'b_london_primary_down', 'b_rome_backup_up'];
		const settings = { tagFormat: { ...DEFAULT_TAG_FORMAT, format: '{group}_{peer}_{role}_{state}' } };
		const backupRoles = {
			[pairKey(NETWORK_ID, 'a')]: backupRole(),
			[pairKey(NETWORK_ID, 'b')]: backupRole({ peer: 'rome' }),
		};
		const before: OrganizationMemory['tunnels'] = {
			seen: {
				[pairKey(NETWORK_ID, 'a')]: { peer: 'paris', lookedUpAt: NOW - MINUTE_MS, reachability: null },
			},
			unread: null,
		};
		const looked = (tunnels: OrganizationMemory['tunnels']) =>
			runOnBackup({
				networks: [network(tags)],
				settings,
				memory: tunnelMemory({ pairs: heldPairs(backupRoles), tunnels }),
			}).lookedUp;
		expect(looked(before)).toEqual([]);
		expect(looked({ seen: {}, unread: null })).toEqual([NETWORK_ID]);
	});

	test('not in a run that finds a new move, which it would keep waiting', () => {
		const other = network(ON_PRIMARY, { id: 'N_2' });
		const with2 = (told: OrganizationMemory['told']) =>
			runOnBackup({
				networks: [network(ON_BACKUP), other],
				rows: [row(LONDON_IP, LOSSY), row(LONDON_IP, DEAD, { networkId: 'N_2' })],
				memory: tunnelMemory({ told }),
			});
		expect(with2({}).swapsNeeded).toHaveLength(1);
		expect(with2({}).lookedUp).toEqual([]);
		// One that was wanted before (a dry run, a refused write) keeps nobody waiting.
		expect(with2(with2({}).memory.told).lookedUp).toEqual([NETWORK_ID]);
	});
});

describe('R8.5 a backup tunnel is told as not reachable', () => {
	test.each<[string, TunnelLook, string[]]>([
		[
			'when Meraki says so of the peer by name',
			readTunnels({ peerName: 'Paris hub', reachability: 'unreachable' }),
			[NOT_REACHABLE],
		],
		[
			'when Meraki uses a word that nobody has seen',
			readTunnels({ peerName: 'Paris hub', reachability: 'dormant' }),
			[NOT_REACHABLE],
		],
		[
			'when the public IP is that of the peer',
			readTunnels({ publicIp: '203.0.113.20', reachability: 'no' }),
			[NOT_REACHABLE],
		],
		['not when it is reachable', readTunnels({ peerName: 'Paris hub', reachability: 'reachable' }), []],
		['not when it is Reachable', readTunnels({ peerName: 'Paris hub', reachability: 'Reachable' }), []],
		['not when Meraki gives no word', readTunnels({ peerName: 'Paris hub' }), []],
		[
			'not when the answer leaves the peer out',
			readTunnels({ peerName: 'London hub', reachability: 'unreachable' }),
			[],
		],
		['not when the answer leaves the network out', { kind: 'read', statuses: [] }, []],
		[
			'not when it stands there twice, once reachable',
			readTunnels(
				{ peerName: 'Paris hub', reachability: 'unreachable' },
				{ peerName: 'Paris hub', reachability: 'reachable' },
			),
			[],
		],
		[
			'by name before IP',
			readTunnels(
				{ peerName: 'Paris hub', reachability: 'unreachable' },
				{ peerName: 'old', publicIp: '203.0.113.20', reachability: 'reachable' },
			),
			[NOT_REACHABLE],
		],
	])('%s', (_says, tunnels, expected) => {
		const done = runOnBackup({ tunnels });
		expect(headings(done)).toEqual(expected);
		// A report only.
		expect(done.swapsNeeded).toEqual([]);
	});

	test('not when two peers list the tag: nobody knows which tunnel it is', () => {
		const twin = { ...LONDON, name: 'twin', networkTags: ['paris_backup_up'] };
		const snapshot = { peers: { kind: 'known' as const, peers: [LONDON, PARIS, twin] } };
		const done = runOnBackup({
			snapshot,
			tunnels: readTunnels({ peerName: 'Paris hub', reachability: 'unreachable' }),
		});
		expect(headings(done)).not.toContain(NOT_REACHABLE);
	});

	test('with Listed IPs, by the IPs listed for the peer', () => {
		const settings = {
			trackedIps: { kind: 'listed' as const, ipsByPeer: new Map([['paris', ['192.0.2.7']]]) },
		};
		const snapshot = { peers: { kind: 'notReadable' as const } };
		const at = (publicIp: string) =>
			headings(
				runOnBackup({ settings, snapshot, tunnels: readTunnels({ publicIp, reachability: 'unreachable' }) }),
			);
		expect(at('192.0.2.7')).toContain(NOT_REACHABLE);
		expect(at('192.0.2.8')).not.toContain(NOT_REACHABLE);
	});

	test('with Meraki own word, and why a tunnel may be down', () => {
		const [section] =
			runOnBackup({ tunnels: readTunnels({ peerName: 'Paris hub', reachability: 'unreachable' }) }).alert
				?.sections ?? [];
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

	test('R8.5 when new, again after the repeat interval, and when it ends', () => {
		const story: string[][] = [];
		let known: OrganizationMemory | null = tunnelMemory();
		const at = (minutes: number, tunnels?: TunnelLook) => {
			const now = NOW + minutes * MINUTE_MS;
			const done = runOnBackup({
				now,
				rows: [row(LONDON_IP, LOSSY, { now })],
				memory: known === null ? null : { ...known, evaluatedAt: now - 30_000 },
				...(tunnels === undefined ? {} : { tunnels }),
			});
			known = done.memory;
			story.push(headings(done).filter((heading) => heading.includes(NOT_REACHABLE)));
			return done;
		};
		const down = readTunnels({ peerName: 'Paris hub', reachability: 'unreachable' });
		at(0, down);
		// Between two looks it stands as it was.
		at(1);
		at(10, down);
		at(239);
		at(250, { kind: 'failed', why: 'Meraki answered 503' });
		at(260, readTunnels({ peerName: 'Paris hub', reachability: 'reachable' }));
		// Reachable for less than a quarter of an hour: it is not over yet.
		at(270);
		at(280);
		expect(story).toEqual([
			[NOT_REACHABLE],
			[],
			[],
			[],
			[NOT_REACHABLE],
			[],
			[`Resolved: ${NOT_REACHABLE} (1), after 4 h 10 min`],
			[],
		]);
	});

	test('R8.5 it ends with the swap back', () => {
		const told = runOnBackup({
			tunnels: readTunnels({ peerName: 'Paris hub', reachability: 'unreachable' }),
		}).memory;
		const back = runOnBackup({ networks: [network(ON_PRIMARY)], memory: told });
		expect(back.memory.tunnels.seen).toEqual({});
		expect(headings(quarterOfAnHourLater(back.memory))).toContain(`Resolved: ${NOT_REACHABLE} (1)`);
	});
});
