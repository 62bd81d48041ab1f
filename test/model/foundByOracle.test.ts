/** Three wrong decisions of an earlier version. Product and oracle judge each of them in the same way. */
import {
	heldPairs,
	judged,
	network,
	NETWORK_ID,
	ON_BACKUP,
	PEERS,
	row,
	THREE_ON_PARIS,
	THREE_ON_PRIMARY,
} from '../support/branch';
import { LONDON_IP, PARIS_IP, ROME_IP, SERIAL } from '../support/branch';
import { runOnce } from '../support/run';
import { CLEAN, DEAD, NOW, samples } from '../support/series';
import { MINUTE } from './input';
import type { BackupMemory, Row, Rules, Situation } from './input';
import { answer } from './oracle/oracle';

const RULES: Rules = {
	lossThreshold: 30,
	latencyThreshold: null,
	window: 5,
	failoverSamples: 2,
	recoveryMinutes: 5,
	recoveryThreshold: 0,
	backupMustBe: 'notLossy',
	moves: 'all',
	swapBackPeriods: [],
	limitShare: 25,
	aboveLimit: 'confirm',
	swapBacksPerRun: 100,
	holdTag: 'vpn_failover_hold',
	chosenUplinks: null,
	lossyWhen: 'any',
	tracked: { kind: 'vpnPeers' },
	filter: { kind: 'all' },
	maintenance: [],
};

function rowOf(ip: string, series: string, uplink = 'wan1', now = NOW): Row {
	const list = samples(series, { now }).map(({ sampledAt, lossPercent, latencyMs }) => ({
		at: sampledAt,
		loss: lossPercent,
		latency: latencyMs,
	}));
	return { serial: SERIAL, uplink, ip, samples: list };
}

/** What the oracle decides for one branch, every destination of which was healthy at some time. */
function oracle(tags: readonly string[], rows: readonly Row[], more: Partial<Situation> = {}) {
	const now = more.now ?? NOW;
	const { moves, memory } = answer({
		now,
		rules: RULES,
		peers: PEERS.map(({ publicIp, networkTags }) => ({ ip: publicIp, tags: networkTags })),
		branches: [
			{
				id: NETWORK_ID,
				tags,
				rows,
				answeredIps: rows.map(({ ip }) => ip),
				looks: () => rows.map(({ ip }) => rowOf(ip, CLEAN, 'wan1', now - 60 * MINUTE)),
				appliances: [{ serial: SERIAL, role: 'primary', reportedAt: now, activeUplinks: ['wan1'] }],
			},
		],
		memory: null,
		...more,
	});
	const move = moves.get(NETWORK_ID);
	return { says: move ? `${move.action} to ${move.to.peer}` : 'stays', memory };
}

const settings = { failoverSamples: 2 };
const KEY = JSON.stringify([NETWORK_ID, '']);

describe('R2.2 enough bad samples make a peer lossy, even if fewer than 3 are measured', () => {
	test.each([
		['two bad samples', '_ _ _ 100 100'],
		['a third one', '_ _ 100 100 100'],
	])('R3.4 such a backup is no target: %s', (_says, paris) => {
		const branch = { tags: THREE_ON_PRIMARY, london: DEAD, paris, rome: CLEAN, settings };
		expect(judged(branch)).toBe('failover to rome');
		const rows = [rowOf(LONDON_IP, DEAD), rowOf(PARIS_IP, paris), rowOf(ROME_IP, CLEAN)];
		expect(oracle(THREE_ON_PRIMARY, rows).says).toBe('failover to rome');
	});

	test('R3.2 nor is such a primary, with several uplinks and *all*', () => {
		const uplinks = ['wan1', 'wan2'];
		const tags = ON_BACKUP;
		const branch = {
			tags,
			london: '_ _ _ 100 100',
			paris: DEAD,
			rows: [row(LONDON_IP, DEAD, { uplink: 'wan2' }), row(PARIS_IP, DEAD, { uplink: 'wan2' })],
			settings: { ...settings, lossyWhen: 'all', judgedUplinks: { kind: 'chosen', uplinks } },
		} as const;
		expect(judged(branch)).toBe('noCandidate stops failover');
		const rows = [
			rowOf(LONDON_IP, '_ _ _ 100 100'),
			rowOf(LONDON_IP, DEAD, 'wan2'),
			rowOf(PARIS_IP, DEAD),
			rowOf(PARIS_IP, DEAD, 'wan2'),
		];
		const rules = { ...RULES, chosenUplinks: uplinks, lossyWhen: 'all' as const };
		expect(oracle(tags, rows, { rules }).says).toBe('stays');
	});
});

describe('R4.10 manual moves', () => {
	test('none is seen where a decided move from one backup to another was never written', () => {
		const later = NOW + MINUTE;
		const held = { role: 'backup', peer: 'paris', since: 0, seenAt: NOW, how: 'asked' } as const;
		const memory: BackupMemory = {
			at: NOW - 30_000,
			byNetwork: {
				[NETWORK_ID]: { held: { role: 1, peer: 'paris', how: 'asked' }, asked: [], failoversAt: [] },
			},
		};
		const failing = [rowOf(LONDON_IP, DEAD), rowOf(PARIS_IP, '0 0 0 100 100'), rowOf(ROME_IP, CLEAN)];
		const first = oracle(THREE_ON_PARIS, failing, { memory });
		expect(first.says).toBe('failover to rome');
		const clean = [LONDON_IP, PARIS_IP, ROME_IP].map((ip) => rowOf(ip, CLEAN, 'wan1', later));
		expect(oracle(THREE_ON_PARIS, clean, { now: later, memory: first.memory }).says).toBe(
			'swapBack to london',
		);
		const run = (
			now: number,
			series: readonly [string, string, string],
			stored: Parameters<typeof runOnce>[0]['memory'],
		) =>
			runOnce({
				now,
				networks: [network(THREE_ON_PARIS)],
				rows: [LONDON_IP, PARIS_IP, ROME_IP].map((ip, at) => row(ip, series[at] ?? '', { now })),
				settings,
				...(stored === undefined ? {} : { memory: stored }),
			});
		const empty = runOnce({ networks: [], rows: [] }).memory;
		const decided = run(NOW, [DEAD, '0 0 0 100 100', CLEAN], {
			...empty,
			evaluatedAt: NOW - 30_000,
			pairs: heldPairs({ [KEY]: held }),
		});
		expect(decided.swapsNeeded.map(({ want }) => want.peer)).toEqual(['rome']);
		const swapped = run(later, [CLEAN, CLEAN, CLEAN], { ...decided.memory, rows: [] });
		expect(swapped.swapsNeeded.map(({ action }) => action)).toEqual(['swapBack']);
	});

	test('one is seen after an own failover and its swap back, once the primary was active again', () => {
		const primary = ['london_primary_up', 'paris_backup_down'];
		const at = (minute: number, tags: readonly string[], london: string, memory: BackupMemory | null) => {
			const now = NOW + minute * MINUTE;
			const rows = [rowOf(LONDON_IP, london, 'wan1', now), rowOf(PARIS_IP, CLEAN, 'wan1', now)];
			const fresh = memory && { ...memory, at: now - 30_000 };
			return oracle(tags, rows, { now, memory: fresh });
		};
		const empty: BackupMemory = { at: NOW, byNetwork: {} };
		const failover = at(0, primary, DEAD, empty);
		expect(failover.says).toBe('failover to paris');
		const landed = at(1, ON_BACKUP, DEAD, failover.memory);
		const back = at(2, primary, CLEAN, landed.memory);
		const moved = at(9, ON_BACKUP, CLEAN, at(8, primary, CLEAN, back.memory).memory);
		expect(moved.says).toBe('stays');
		expect(moved.memory.byNetwork[NETWORK_ID]?.held?.how).toBe('byHand');
	});
});
