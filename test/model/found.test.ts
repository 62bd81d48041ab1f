/** What the model found where product and rules differed, each as small as it could be made. */
import { evaluate } from '../../core/evaluate/evaluateOrganization';
import type { Knowledge } from '../../core/evaluate/snapshot';
import { EMPTY_ORGANIZATION_MEMORY } from '../../core/memory/memory';
import type { OrganizationMemory } from '../../core/memory/memory';
import { concludeRun } from '../../core/cycle/concludeRun';
import type { OrganizationRun } from '../../core/cycle/concludeRun';
import { MINUTE_MS } from '../../core/health/series';
import { compileTagFormat, DEFAULT_TAG_FORMAT } from '../../core/tags/tagFormat';
import type { ApplianceStatus, LossRow, Network } from '../../core/domain/types';
import {
	answer,
	appliance,
	LONDON_IP,
	judged,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	ORGANIZATION,
	PARIS_IP,
	PEERS,
	row,
	settings,
	THREE_ON_PRIMARY,
} from '../support/branch';
import { NO_CALLS, runOnce } from '../support/run';
import { NOW } from '../support/series';

const GRAMMAR = compileTagFormat(DEFAULT_TAG_FORMAT);

/** What one minute differs in from a branch on backup whose primary flapped. */
interface Minute {
	readonly networks?: readonly Network[];
	readonly peers?: Knowledge['peers'];
	readonly statuses?: readonly ApplianceStatus[];
}

/** One run a minute over the last `minutes`; what the first ones saw is changed by `minute`. */
function playMinutes(uplinks: readonly string[], minutes: number, minute: (ago: number) => Minute) {
	// Clean, two onsets 13 and 21 minutes ago, clean for ten minutes.
	const series = `${'0 '.repeat(80)}80 80 ${'0 '.repeat(6)}80 80 ${'0 '.repeat(10)}`.trim();
	const everything = uplinks.map((uplink) => row(LONDON_IP, series, { uplink }));
	const until = (rows: readonly LossRow[], from: number, to: number) =>
		rows.map((each) => ({
			...each,
			samples: each.samples.filter(({ sampledAt }) => sampledAt > from && sampledAt <= to),
		}));
	let memory: OrganizationMemory | null = null;
	let run: OrganizationRun | null = null;
	for (let ago = minutes; ago >= 0; ago -= 1) {
		const now = NOW - ago * MINUTE_MS;
		const { networks, peers, statuses } = minute(ago);
		let knowledge: Knowledge = {
			now,
			networks: networks ?? [network(ON_BACKUP)],
			rows: until(everything, now - 7 * MINUTE_MS, now - 2 * MINUTE_MS),
			peers: peers ?? { kind: 'known', peers: PEERS },
			memory,
			statuses: new Map(),
			history: new Map(),
			earlier: new Map(),
		};
		let evaluation = evaluate(knowledge, settings(), GRAMMAR);
		for (let round = 1; round <= 6; round += 1) {
			const history = until(everything, -Infinity, now - 2 * MINUTE_MS);
			knowledge = answer({ history, statuses: statuses ?? [appliance(['wan1'])] }, knowledge, evaluation);
			evaluation = evaluate(knowledge, settings(), GRAMMAR);
		}
		run = concludeRun({
			organization: ORGANIZATION,
			knowledge,
			outcomes: evaluation.outcomes,
			watch: evaluation.watch,
			settings: settings(),
			conditions: [],
			warnings: [],
			api: NO_CALLS,
			isManual: false,
			peers: null,
		});
		({ memory } = run);
	}
	return run?.swapsNeeded.map(({ action }) => action);
}

describe('R4.9 onsets are not forgotten', () => {
	test('R4.9 while memory is whole a flapping primary is left alone', () => {
		expect(playMinutes(['wan1'], 20, () => ({}))).toEqual([]);
	});

	const half = [network(['london_primary_down'])];
	test.each<[string, Minute]>([
		['the tags were out of order', { networks: half }],
		['the network was missing from the list', { networks: [] }],
		['the VPN peers could not be read', { peers: { kind: 'notReadable' } }],
	])('R4.9 also when %s, for a minute or while primary failed', (_what, disorder) => {
		expect(playMinutes(['wan1'], 20, (ago) => (ago === 5 ? disorder : {}))).toEqual([]);
		expect(playMinutes(['wan1'], 40, (ago) => (ago >= 2 && ago < 25 ? disorder : {}))).toEqual([]);
	});

	test('R4.9 also when the first onset fell on a healthy branch, of which nothing was remembered', () => {
		const onPrimary = { networks: [network(ON_PRIMARY)] };
		const play = (ago: number) => {
			if (ago >= 13 && ago <= 30) return { networks: half };
			return ago >= 10 ? onPrimary : {};
		};
		// Long enough that no history is read for want of time alone.
		expect(playMinutes(['wan1'], 100, play)).toEqual([]);
	});

	test('R4.9 also when the active uplink changed a minute ago', () => {
		const play = (ago: number) => ({ statuses: [appliance([ago > 2 ? 'wan1' : 'wan2'])] });
		expect(playMinutes(['wan1', 'wan2'], 20, play)).toEqual([]);
	});
});

describe('R5.1 the failover limit counts what the run leaves off primary', () => {
	test('R5.1 with R5.2 a swap back that waits for its rate is still off primary after the run', () => {
		const onBackup = ['N_1', 'N_2', 'N_3'].map((id) => network(ON_BACKUP, { id, name: id }));
		const failing = network(['london_primary_up', 'paris_backup_down'], { id: 'N_4', name: 'N_4' });
		const rows = [
			...onBackup.map(({ id }) => row(LONDON_IP, '0 0 0 0 0 0', { networkId: id })),
			row(LONDON_IP, '0 0 0 0 0 80', { networkId: 'N_4' }),
		];
		const { swapsNeeded } = runOnce({
			networks: [...onBackup, failing],
			rows,
			// One of three swaps back: with N_4 three of four would be off primary, and one over sample confirms nothing.
			settings: { swapBacksPerRun: 1, failoverLimit: { networks: 2, sharePercent: 25, above: 'confirm' } },
		});
		expect(swapsNeeded.map(({ networkId, action }) => `${networkId} ${action}`)).toEqual(['N_1 swapBack']);
	});
});

describe('R4.7 memory makes no difference', () => {
	test('R4.7 a sample of a reference from before the window, which only memory holds, decides nothing', () => {
		// Paris has no sample within 90 s of the first over minute of London but one from before the window.
		const branch = { tags: THREE_ON_PRIMARY, london: '100 0 0 0 100', paris: '. . 0 0 100' };
		const before = row(PARIS_IP, '100', { now: NOW - 5 * MINUTE_MS });
		expect(judged(branch)).toBe('failover to rome');
		expect(judged({ ...branch, remembered: [before] })).toBe('failover to rome');
	});
});

describe('R1.1 the newest answer wins', () => {
	test('R1.1 history that is read now corrects what memory holds of the same minute', () => {
		const times = { now: NOW - 8 * MINUTE_MS };
		const remembered = row(LONDON_IP, '80', times);
		const corrected = row(LONDON_IP, '0', times);
		const knowledge: Knowledge = {
			now: NOW,
			networks: [network(ON_BACKUP)],
			rows: [row(LONDON_IP, '0 0 0 0 0')],
			peers: { kind: 'known', peers: PEERS },
			memory: { ...EMPTY_ORGANIZATION_MEMORY, evaluatedAt: NOW - 30_000, rows: [remembered] },
			statuses: new Map([[NETWORK_ID, [appliance(['wan1'])]]]),
			history: new Map([
				[LONDON_IP, { rows: [corrected], knownSince: NOW - 100 * MINUTE_MS, isIncomplete: false }],
			]),
			earlier: new Map(),
		};
		const [outcome] = evaluate(knowledge, settings(), GRAMMAR).outcomes;
		const series = outcome?.kind === 'judged' ? outcome.peers.primary.rows[0]?.samples : [];
		expect(series?.[0]?.lossPercent).toBe(0);
	});
});
