import {
	heldPairs,
	LONDON,
	LONDON_IP,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	row,
	vpnPeer,
} from '../../support/branch';
import { MINUTE_MS } from '../../../core/domain/time';
import type { OrganizationMemory } from '../../../core/memory/memory';
import { pairKey } from '../../../core/tags/pairKey';
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
import { NOW } from '../../support/series';

const DOWN = readTunnels({ peerName: 'Paris hub', reachability: 'unreachable' });
const UP = readTunnels({ peerName: 'Paris hub', reachability: 'reachable' });

describe('R8.5 VPN statuses that cannot be read', () => {
	const failed: TunnelLook = { kind: 'failed', why: 'Meraki answered 403: “no”.' };
	const UNREAD = 'VPN statuses could not be read';

	test('are told once, as information, and nothing moves or stays because of it', () => {
		const first = runOnBackup({ tunnels: failed });
		expect(headings(first)).toEqual([UNREAD]);
		expect(first.alert).toMatchObject({
			severity: 'info',
			sections: [{ rows: [{ explanation: 'Meraki answered 403: “no”.' }] }],
		});
		const later = { ...first.memory, evaluatedAt: NOW };
		expect(headings(runOnBackup({ now: NOW + 30_000, memory: later }))).toEqual([]);
		expect(
			headings(
				runOnBackup({
					now: NOW + 11 * MINUTE_MS,
					memory: { ...later, evaluatedAt: NOW + 10 * MINUTE_MS },
					tunnels: failed,
				}),
			),
		).not.toContain(UNREAD);
	});

	test('end the notice when they can be read again, or when nobody is on backup any more', () => {
		const { memory: told } = runOnBackup({ tunnels: failed });
		const again = runOnBackup({
			memory: { ...told, tunnels: { seen: {}, unread: told.tunnels.unread } },
			tunnels: readTunnels(),
		});
		expect(headings(again)).toEqual([]);
		expect(headings(quarterOfAnHourLater(again.memory))).toEqual([`Resolved: ${UNREAD} (1)`]);
		const back = runOnBackup({ networks: [network(ON_PRIMARY)], memory: told });
		expect(headings(quarterOfAnHourLater(back.memory))).toContain(`Resolved: ${UNREAD} (1)`);
	});

	test('keep what was known before', () => {
		const before = tunnelMemory({ tunnels: seenTunnel('unreachable', NOW - 10 * MINUTE_MS) });
		expect(runOnBackup({ memory: before, tunnels: failed }).memory.tunnels).toEqual({
			...seenTunnel('unreachable', NOW),
			unread: 'Meraki answered 403: “no”.',
		});
	});
});

describe('R8.5 what is known of a tunnel between two looks', () => {
	const known = (tunnels: OrganizationMemory['tunnels'], look?: TunnelLook) =>
		runOnBackup({ memory: tunnelMemory({ tunnels }), ...(look === undefined ? {} : { tunnels: look }) })
			.memory.tunnels;
	const aMinuteAgo = NOW - MINUTE_MS;

	test('stays as it was, the failure to read included', () => {
		const before = { ...seenTunnel('unreachable', aMinuteAgo), unread: 'Meraki says no.' };
		expect(known(before)).toEqual(before);
	});

	test('is not changed by a look at other networks', () => {
		expect(known(seenTunnel('unreachable', aMinuteAgo), UP)).toEqual(seenTunnel('unreachable', aMinuteAgo));
	});

	test('is of one peer: what was seen of another one is forgotten', () => {
		expect(known(seenTunnel('unreachable', aMinuteAgo, 'rome')).seen).toEqual({});
		const looked = known(seenTunnel('unreachable', NOW - 10 * MINUTE_MS, 'rome'), {
			kind: 'failed',
			why: 'No.',
		});
		expect(looked.seen).toEqual(seenTunnel(null, NOW).seen);
	});
});

describe('R8.5 whose tunnel it is', () => {
	test('two networks are two notices, and each is remembered by itself', () => {
		const networks = ['N_1', 'N_2'].map((id) => network(ON_BACKUP, { id }));
		const done = runOnBackup({
			networks,
			rows: networks.map(({ id }) => row(LONDON_IP, LOSSY, { networkId: id })),
			memory: tunnelMemory({
				pairs: heldPairs({ [KEY]: backupRole(), [pairKey('N_2', '')]: backupRole() }),
			}),
			tunnels: {
				kind: 'read',
				statuses: ['N_1', 'N_2'].map((networkId) => ({
					networkId,
					tunnels: [{ peerName: 'Paris hub', publicIp: null, reachability: 'unreachable' }],
				})),
			},
		});
		expect(done.alert?.sections.map(({ rows }) => rows.length)).toEqual([2]);
		expect(Object.keys(done.memory.told)).toEqual(['["tunnel","N_1",""]', '["tunnel","N_2",""]']);
	});

	test('a network that the answer names twice has the tunnels of both', () => {
		const [status] = DOWN.kind === 'read' ? DOWN.statuses : [];
		const other = {
			networkId: NETWORK_ID,
			tunnels: [{ peerName: 'x', publicIp: null, reachability: 'reachable' }],
		};
		for (const statuses of [
			[status ?? other, other],
			[other, status ?? other],
		])
			expect(headings(runOnBackup({ tunnels: { kind: 'read', statuses } }))).toEqual([NOT_REACHABLE]);
	});

	const unknown: [string, Parameters<typeof runOnBackup>[0]][] = [
		['no VPN peer lists the tag', { snapshot: { peers: { kind: 'known', peers: [LONDON] } } }],
		['the VPN peers cannot be read', { snapshot: { peers: { kind: 'notReadable' } } }],
		[
			'the peer has another name and no public IP',
			{ snapshot: { peers: { kind: 'known', peers: [LONDON, vpnPeer('Paris', null, 'paris_backup_up')] } } },
		],
	];
	test.each(unknown)('nobody knows where %s', (_says, changes) => {
		const tunnels = readTunnels({
			peerName: 'Paris hub',
			publicIp: '203.0.113.20',
			reachability: 'unreachable',
		});
		const done = runOnBackup({ ...changes, tunnels });
		expect(headings(done)).not.toContain(NOT_REACHABLE);
		expect(done.memory.tunnels.seen[KEY]?.reachability).toBeNull();
	});

	test('a network whose tags are not in order keeps no other from its look', () => {
		const bad = network(['london_primary_up', 'paris_backup_up'], { id: 'N_2' });
		expect(runOnBackup({ networks: [network(ON_BACKUP), bad] }).lookedUp).toEqual([NETWORK_ID]);
	});
});
