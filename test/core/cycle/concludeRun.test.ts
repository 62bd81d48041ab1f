import {
	heldPairs,
	appliance,
	LONDON,
	LONDON_IP,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS_IP,
	PEERS,
	row,
} from '../../support/branch';
import { MINUTE_MS } from '../../../core/domain/time';
import type { OrganizationMemory } from '../../../core/memory/memory';
import { EMPTY_ORGANIZATION_MEMORY } from '../../../core/memory/memory';
import { unreadableConditions } from '../../../core/notify/organizationAlerts';
import type { OrganizationRun } from '../../../core/cycle/concludeRun';
import { pairKey } from '../../../core/tags/pairKey';
import type { LossRow, Network } from '../../../core/domain/types';
import { runOnce } from '../../support/run';
import type { RunInput } from '../../support/run';
import { CLEAN, DEAD, NOW, OFFSET_MS } from '../../support/series';

/** A memory to which nothing of the branch is new. */
const KEPT: OrganizationMemory = {
	...EMPTY_ORGANIZATION_MEMORY,
	evaluatedAt: NOW - 30_000,
	pairs: heldPairs({
		[pairKey(NETWORK_ID, '')]: { role: 'backup', peer: 'paris', since: NOW, seenAt: NOW, how: 'asked' },
	}),
};

/** One branch of a series each. */
function run(london: string, tags: readonly string[] = ON_PRIMARY, changes: Partial<RunInput> = {}) {
	return runOnce({
		networks: [network(tags)],
		rows: [row(LONDON_IP, london), row(PARIS_IP, CLEAN)],
		memory: KEPT,
		...changes,
	});
}

function headings({ alert }: OrganizationRun): string[] {
	return (alert?.sections ?? []).map(({ heading, rows }) => `${heading} (${rows.length})`);
}

describe('R6 the item of a move', () => {
	test('R6 carries mark, have, want and newestSampleAt, and everything people are told', () => {
		const { swapsNeeded } = run('0 0 0 80/12 90');
		expect(swapsNeeded).toHaveLength(1);
		const [item] = swapsNeeded;
		expect(item).toMatchObject({
			kind: 'merakiVpnDecision',
			schema: 1,
			organizationId: '1001',
			organizationName: 'Acme',
			networkId: 'N_1',
			networkName: 'Leeds',
			pair: '',
			action: 'failover',
			have: { role: 'primary', peer: 'london' },
			want: { role: 'backup', peer: 'paris' },
			reason: 'primaryFailing',
			tags: { before: ON_PRIMARY, after: ON_BACKUP },
			newestSampleAt: new Date(NOW - 2 * MINUTE_MS - OFFSET_MS).toISOString(),
			decidedAt: new Date(NOW).toISOString(),
			wantedSince: new Date(NOW - 3 * MINUTE_MS - OFFSET_MS).toISOString(),
			notify: 'new',
			holdTag: 'vpn_failover_hold',
			lossThresholdPercent: 30,
			incidentContinued: false,
		});
		expect(item?.primary).toMatchObject({
			peer: 'london',
			role: 'primary',
			ip: LONDON_IP,
			health: 'failing',
			latestLossPercent: 90,
			latestLatencyMs: null,
		});
		expect(item?.primary.samples.map(({ lossPercent }) => lossPercent)).toEqual([0, 0, 0, 80, 90]);
		expect(item?.backups).toMatchObject([{ peer: 'paris', role: 'backup', ip: PARIS_IP, health: 'clean' }]);
		expect(item?.explanation).toMatch(
			/london \(203\.0\.113\.10 on wan1\): 2 of 5 samples at or over 30 %, newest 90 %/,
		);
	});

	test('R6 a branch on primary is on no backup, whatever memory knows of one', () => {
		const { swapsNeeded, summary } = run('0 0 0 80 90');
		expect(swapsNeeded[0]?.offPrimarySince).toBeNull();
		expect(summary.offPrimaryNetworks).toEqual([]);
	});

	test('R6 the newest sample of a swap back is that of primary, which decided it', () => {
		const { swapsNeeded } = runOnce({
			networks: [network(ON_BACKUP)],
			rows: [row(LONDON_IP, '. 0 0 0 0 0'), row(PARIS_IP, '0 0 0 0 . .')],
			memory: KEPT,
		});
		expect(swapsNeeded[0]?.newestSampleAt).toBe(new Date(NOW - 2 * MINUTE_MS - OFFSET_MS).toISOString());
	});

	test('R3.4 the item says where the backup is not measured', () => {
		const { swapsNeeded } = runOnce({
			networks: [network(ON_PRIMARY)],
			rows: [row(LONDON_IP, DEAD)],
			memory: KEPT,
		});
		expect(swapsNeeded[0]?.explanation).toMatch(
			/Backup paris is not measured\. Nothing else is tracked on this uplink/,
		);
		expect(swapsNeeded[0]?.backups[0]).toMatchObject({
			health: 'noData',
			latestLossPercent: null,
			samples: [],
		});
	});

	test('an untracked backup has no IP, and a settings-listed one has all of them', () => {
		const listed = new Map([['london', [LONDON_IP, '198.51.100.1']]]);
		const { swapsNeeded } = run(DEAD, ON_PRIMARY, {
			settings: { trackedIps: { kind: 'listed', ipsByPeer: listed } },
		});
		expect(swapsNeeded[0]?.primary.ip).toBe('203.0.113.10, 198.51.100.1');
		expect(swapsNeeded[0]?.backups[0]?.ip).toBeNull();
	});

	test('R7 two pairs of one network are two items, each with its own tags', () => {
		const tagFormat = {
			format: '{group}_{peer}_{role}_{state}',
			primaryWord: 'primary',
			backupWord: 'backup',
			upWord: 'up',
			downWord: 'down',
		};
		const tags = ['a_london_primary_up', 'a_paris_backup_down', 'b_london_primary_up', 'b_paris_backup_down'];
		const peers = [
			{ ...LONDON, networkTags: ['a_london_primary_up', 'b_london_primary_up'] },
			{ ...LONDON, publicIp: PARIS_IP, networkTags: ['a_paris_backup_up', 'b_paris_backup_up'] },
		];
		const { swapsNeeded, summary } = run(DEAD, tags, {
			settings: { tagFormat },
			snapshot: { peers: { kind: 'known', peers } },
		});
		expect(swapsNeeded.map(({ pair, tags: each }) => [pair, each.after])).toEqual([
			['a', ['a_london_primary_down', 'a_paris_backup_up', 'b_london_primary_up', 'b_paris_backup_down']],
			['b', ['a_london_primary_up', 'a_paris_backup_down', 'b_london_primary_down', 'b_paris_backup_up']],
		]);
		expect(summary.managedNetworks).toBe(1);
	});
});

describe('R8.5 a dry run is not told every 30 seconds', () => {
	/** Runs after one another over the same data, with the memory of each. */
	function repeated(times: readonly number[], london: string): OrganizationRun[] {
		let memory: OrganizationMemory | null = KEPT;
		return times.map((at) => {
			const each: OrganizationRun = runOnce({
				now: NOW + at,
				networks: [network(ON_PRIMARY)],
				rows: [row(LONDON_IP, london, { now: NOW + at }), row(PARIS_IP, CLEAN, { now: NOW + at })],
				memory,
			});
			memory = each.memory;
			return each;
		});
	}

	test('R8.5 a move that nobody makes is new, then silent, then repeated after 4 hours', () => {
		const items = repeated([0, 30_000, 240 * MINUTE_MS], DEAD).map(({ swapsNeeded }) => swapsNeeded[0]);
		expect(items.map((item) => item?.notify)).toEqual(['new', 'none', 'repeat']);
		expect(new Set(items.map((item) => item?.wantedSince)).size).toBe(1);
	});

	test('R8.5 one outage of one peer shares an incident, later waves say continued', () => {
		const items = repeated([0, 30_000, 60_000], DEAD).map(({ swapsNeeded }) => swapsNeeded[0]);
		expect(new Set(items.map((item) => item?.incidentId)).size).toBe(1);
		expect(items.map((item) => item?.incidentContinued)).toEqual([false, true, true]);
	});

	test('R8.5 all branches of one run share the incident of their peer', () => {
		const networks = ['N_1', 'N_2', 'N_3'].map((id) => network(ON_PRIMARY, { id }));
		const rows = networks.map(({ id }, at) =>
			row(LONDON_IP, at === 1 ? DEAD : '0 0 0 80 80', { networkId: id }),
		);
		const { swapsNeeded } = runOnce({ networks, rows, memory: KEPT });
		expect(new Set(swapsNeeded.map(({ incidentId }) => incidentId)).size).toBe(1);
		expect(swapsNeeded[0]?.incidentId).toMatch(/^1001-london-20260115T11\d0Z$/);
	});

	test('R8.5 an outage after a quarter of an hour of quiet is another incident', () => {
		const incidents = {
			london: { id: 'old', startedAt: NOW - 40 * MINUTE_MS, seenAt: NOW - 15 * MINUTE_MS },
		};
		expect(run(DEAD, ON_PRIMARY, { memory: { ...KEPT, incidents } }).swapsNeeded[0]?.incidentId).not.toBe(
			'old',
		);
		const recent = { london: { ...incidents.london, seenAt: NOW - 15 * MINUTE_MS + 1 } };
		const [item] = run(DEAD, ON_PRIMARY, { memory: { ...KEPT, incidents: recent } }).swapsNeeded;
		expect([item?.incidentId, item?.incidentContinued]).toEqual(['old', true]);
	});

	test('R8.5 the incident of a branch on backup is the outage of primary, until it is back', () => {
		const incidents = { london: { id: 'i', startedAt: NOW - 60 * MINUTE_MS, seenAt: NOW - 30_000 } };
		const waiting = run(DEAD, ON_BACKUP, { memory: { ...KEPT, incidents } });
		expect(waiting.memory.incidents['london']).toMatchObject({ id: 'i', seenAt: NOW });
		const back = run(CLEAN, ON_BACKUP, { memory: { ...KEPT, incidents } });
		expect(back.swapsNeeded[0]).toMatchObject({ action: 'swapBack', incidentId: 'i' });
	});

	test('R8.5 a branch that is healthy on primary, or whose tags are out of order, opens no incident', () => {
		expect(run(CLEAN).memory.incidents).toEqual({});
		expect(run(DEAD, ['london_primary_up']).memory.incidents).toEqual({});
	});

	test('R8.5 a failover from a backup belongs to the outage of the backup', () => {
		const { swapsNeeded } = runOnce({
			networks: [network(ON_BACKUP)],
			rows: [row(LONDON_IP, CLEAN), row(PARIS_IP, DEAD)],
			memory: KEPT,
		});
		expect(swapsNeeded[0]?.incidentId).toMatch(/^1001-paris-/);
	});

	test('R8.8 without memory an item is told as the clock says, and a manual run always', () => {
		expect(run(DEAD, ON_PRIMARY, { memory: null }).swapsNeeded[0]?.notify).toBe('repeat'); // noon
		const later = { now: NOW + 60 * MINUTE_MS, rows: [row(LONDON_IP, DEAD, { now: NOW + 60 * MINUTE_MS })] };
		expect(run(DEAD, ON_PRIMARY, { memory: null, ...later }).swapsNeeded[0]?.notify).toBe('none');
		expect(run(DEAD, ON_PRIMARY, { memory: null, ...later, isManual: true }).swapsNeeded[0]?.notify).toBe(
			'new',
		);
	});
});

describe('R8.5 what needs a human', () => {
	const held = [...ON_PRIMARY, 'vpn_failover_hold'];
	const rows: { says: string; run: () => OrganizationRun; expect: string[]; severity: string | undefined }[] =
		[
			{ says: 'nothing to tell is no message', run: () => run(CLEAN), expect: [], severity: undefined },
			{ says: 'a move is told by Swap and not here', run: () => run(DEAD), expect: [], severity: undefined },
			{
				says: 'R8.5 held and failing',
				run: () => run(DEAD, held),
				expect: ['Held while the active peer is lossy (1)'],
				severity: 'critical',
			},
			{
				says: 'held and ready to swap back',
				run: () => run(CLEAN, [...ON_BACKUP, 'vpn_failover_hold']),
				expect: ['Held, ready to swap back (1)'],
				severity: 'info',
			},
			{
				says: 'R4.1 tags out of order are always reported',
				run: () => run(CLEAN, ['london_primary_up', 'paris_backup_up']),
				expect: ['VPN tags are inconsistent: these branches are not moved (1)'],
				severity: 'warning',
			},
			{
				says: 'R4.9 no peer to move to, with a reference that is clean',
				run: () =>
					runOnce({
						networks: [network(ON_PRIMARY)],
						rows: [row(LONDON_IP, DEAD), row(PARIS_IP, DEAD), row('8.8.8.8', CLEAN)],
						memory: KEPT,
					}),
				expect: ['Data center or both peers down (1)'],
				severity: 'critical',
			},
			{
				says: 'R4.3 ready to swap back, and moves are paused',
				run: () => run(CLEAN, ON_BACKUP, { settings: { moves: 'failoversOnly' } }),
				expect: ['Ready to swap back: moves are paused (1)'],
				severity: 'info',
			},
			{
				says: 'R1.3 no status',
				run: () => run(DEAD, ON_PRIMARY, { snapshot: { statuses: new Map([['N_1', 'notReadable']]) } }),
				expect: ['Not moved: the uplink in use is not known (1)'],
				severity: 'warning',
			},
			{
				says: 'R4.5 offline',
				run: () =>
					run(DEAD, ON_PRIMARY, {
						settings: { judgedUplinks: { kind: 'chosen', uplinks: ['wan1'] } },
						snapshot: { statuses: new Map([['N_1', [appliance([])]]]) },
					}),
				expect: ['Not moved: the appliance has no active uplink (1)'],
				severity: 'warning',
			},
			{
				says: 'R8.5 not protected: no VPN peer lists the primary tag',
				run: () => run(CLEAN, ON_PRIMARY, { snapshot: { peers: { kind: 'known', peers: PEERS.slice(1) } } }),
				expect: ['Not protected: no measurement of the primary peer (1)'],
				severity: 'warning',
			},
			{
				says: 'R8.5 no backup: no VPN peer lists its tag',
				run: () => run(CLEAN, ON_PRIMARY, { snapshot: { peers: { kind: 'known', peers: [LONDON] } } }),
				expect: ['No way to this backup (1)'],
				severity: 'warning',
			},
			{
				says: 'R8.5 a backup that is only not measured is told of in its move, not here',
				run: () => runOnce({ networks: [network(ON_PRIMARY)], rows: [row(LONDON_IP, CLEAN)], memory: KEPT }),
				expect: [],
				severity: undefined,
			},
			{
				says: 'R8.5 peers that cannot be read are one notice and not one for each network',
				run: () =>
					run(CLEAN, ON_PRIMARY, {
						snapshot: { peers: { kind: 'notReadable' } },
						conditions: unreadableConditions('1001', [{ what: 'peers', why: 'Forbidden' }]),
					}),
				expect: ['VPN peers could not be read, so no branch is protected (1)'],
				severity: 'critical',
			},
		];
	test.each(rows)('$says', ({ run: start, expect: expected, severity }) => {
		const result = start();
		expect(headings(result)).toEqual(expected);
		expect(result.alert?.severity).toBe(severity);
	});

	test('R8.5 no measured primary is told after 10 minutes and not before', () => {
		let memory: OrganizationMemory | null = KEPT;
		const at = (minutes: number): string[] => {
			const now = NOW + minutes * MINUTE_MS;
			const each = runOnce({ now, networks: [network(ON_PRIMARY)], rows: [], memory });
			memory = each.memory;
			return headings(each);
		};
		expect([0, 5, 9.9].map(at)).toEqual([[], [], []]);
		expect(at(10)).toEqual(['Not protected: no measurement of the primary peer (1)']);
		expect(at(11)).toEqual([]);
	});

	test('R8.5 told once, then resolved, in one message with the most urgent first', () => {
		const two = [
			network(held, { id: 'N_1', name: 'Leeds' }),
			network(['london_primary_up'], { id: 'N_2', name: 'York' }),
		];
		const dead: LossRow[] = two.map(({ id }) => row(LONDON_IP, DEAD, { networkId: id }));
		const first = runOnce({ networks: two, rows: dead, memory: KEPT });
		expect(first.alert?.title).toBe('Acme: Held while the active peer is lossy (1), and 1 more');
		expect(headings(first)).toEqual([
			'Held while the active peer is lossy (1)',
			'VPN tags are inconsistent: these branches are not moved (1)',
		]);
		const second = runOnce({ networks: two, rows: dead, memory: first.memory });
		expect(second.alert).toBeNull();
		const mended: Network[] = [network(ON_PRIMARY, { id: 'N_1' }), network(ON_PRIMARY, { id: 'N_2' })];
		const third = runOnce({
			networks: mended,
			rows: mended.map(({ id }) => row(LONDON_IP, CLEAN, { networkId: id })),
			memory: second.memory,
		});
		expect(third.alert?.title).toMatch(/^Acme: resolved: /);
		expect(headings(third)).toEqual([
			'Resolved: VPN tags are inconsistent: these branches are not moved (1) (0)',
		]);
		expect(third.alert?.severity).toBe('info');
		// What comes and goes with loss is over when it has stayed away as long as an incident does.
		const later = (now: number) =>
			runOnce({
				networks: mended,
				rows: mended.map(({ id }) => row(LONDON_IP, CLEAN, { networkId: id, now })),
				now,
				memory: third.memory,
			});
		expect(headings(later(NOW + 15 * 60_000 - 1))).toEqual([]);
		expect(headings(later(NOW + 15 * 60_000))).toEqual([
			'Resolved: Held while the active peer is lossy (1) (0)',
		]);
	});

	test('R8.5 a thousand branches with one trouble are one message', () => {
		const networks = Array.from({ length: 1000 }, (_each, at) =>
			network(['london_primary_up'], { id: `N_${at}` }),
		);
		const { alert } = runOnce({ networks, rows: [], memory: KEPT });
		expect(alert?.title).toBe('Acme: VPN tags are inconsistent: these branches are not moved (1000)');
		expect(alert?.sections).toHaveLength(1);
	});

	test('R8.5 another reason of the same branch counts as changed', () => {
		const first = run(DEAD, held);
		const second = run(CLEAN, [...ON_BACKUP, 'vpn_failover_hold'], { memory: first.memory });
		expect(headings(second)).toEqual(['Held, ready to swap back (1)']);
	});

	test('R8.5 the end of blindness is told, and forgotten', () => {
		const failures = { count: 9, since: NOW - 60_000, toldAt: NOW - 30_000 };
		const seen = run(CLEAN, ON_PRIMARY, { memory: { ...KEPT, failures } });
		expect(headings(seen)).toEqual([
			'Resolved: Meraki API cannot be read: no branch will be moved (1), after 1 min (0)',
		]);
		expect(seen.memory.failures).toBeNull();
		expect(run(CLEAN, ON_PRIMARY, { memory: seen.memory }).alert).toBeNull();
	});

	test('the name of the organization is remembered, an ID that stands for a name that could not be read is not', () => {
		expect(run(CLEAN).memory.name).toBe('Acme');
		expect(run(CLEAN, ON_PRIMARY, { organization: { id: '1001', name: '1001' } }).memory.name).toBeNull();
	});

	test('the message names the incident that it belongs to', () => {
		const { alert } = run(DEAD, held);
		expect(alert?.incidentId).toMatch(/^1001-london-/);
		expect(alert?.sections[0]?.rows[0]).toMatchObject({
			networkName: 'Leeds',
			from: 'london',
			to: 'paris',
			lossPercents: [100, 100, 100, 100, 100],
		});
	});
});

describe('the summary', () => {
	test('counts networks, pairs and reasons, and lists who is off primary since when', () => {
		const networks = [
			network(ON_PRIMARY, { id: 'N_1' }),
			network(ON_PRIMARY, { id: 'N_2' }),
			network(ON_BACKUP, { id: 'N_3', name: 'York' }),
			network(['london_primary_up'], { id: 'N_4' }),
			network(['x'], { id: 'N_5' }),
		];
		const rows = [
			row(LONDON_IP, CLEAN, { networkId: 'N_1' }),
			row(LONDON_IP, DEAD, { networkId: 'N_2' }),
			row(LONDON_IP, '0 1 0 0 0', { networkId: 'N_3' }),
		];
		const backupRoles = {
			'["N_3",""]': {
				role: 'backup',
				peer: 'paris',
				since: NOW - 60_000,
				seenAt: NOW,
				how: 'asked' as const,
			},
		};
		const { summary, memory } = runOnce({
			networks,
			rows,
			memory: { ...KEPT, pairs: heldPairs(backupRoles) },
			warnings: ['w'],
			api: { calls: 3, waits: 1, rateLimited: 0 },
		});
		expect(summary).toEqual({
			kind: 'merakiVpnSummary',
			schema: 1,
			organizationId: '1001',
			organizationName: 'Acme',
			status: 'evaluated',
			evaluatedAt: new Date(NOW).toISOString(),
			newestSampleAt: new Date(NOW - 2 * MINUTE_MS - OFFSET_MS).toISOString(),
			networks: 5,
			managedNetworks: 4,
			onPrimary: 2,
			offPrimary: 1,
			swapsNeeded: 1,
			reasons: { healthy: 1, primaryFailing: 1, recoveryPending: 1, tagsInconsistent: 1 },
			offPrimaryNetworks: [
				{
					networkId: 'N_3',
					networkName: 'York',
					peer: 'paris',
					role: 'backup',
					since: new Date(NOW - 60_000).toISOString(),
					reason: 'recoveryPending',
				},
			],
			warnings: ['w'],
			api: { calls: 3, waits: 1, rateLimited: 0 },
		});
		expect(memory.evaluatedAt).toBe(NOW);
		expect(memory.name).toBe('Acme');
	});

	test('lists the first 20 off primary, with no time where none is remembered, and counts all', () => {
		const networks = Array.from({ length: 30 }, (_each, at) => network(ON_BACKUP, { id: `N_${at}` }));
		const { summary } = runOnce({ networks, rows: [], memory: null });
		expect(summary.offPrimary).toBe(30);
		expect(summary.offPrimaryNetworks).toHaveLength(20);
		expect(summary.offPrimaryNetworks[0]?.since).toBeNull();
		expect(summary.newestSampleAt).toBeNull();
	});
});
