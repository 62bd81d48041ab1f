/** What the model found where product and rules differed, each as small as it could be made. */
import { MINUTE_MS } from '../../core/domain/time';
import { evaluateOrganization } from '../../core/evaluate/evaluateOrganization';
import type { OrganizationSnapshot } from '../../core/evaluate/snapshot';
import { EMPTY_ORGANIZATION_MEMORY } from '../../core/memory/memory';
import { compileTagFormat, DEFAULT_TAG_FORMAT } from '../../core/tags/tagFormat';
import {
	appliance,
	LONDON_IP,
	judged,
	network,
	NETWORK_ID,
	ON_BACKUP,
	PARIS_IP,
	PEERS,
	row,
	settings,
	THREE_ON_PRIMARY,
} from '../support/branch';
import { runOnce } from '../support/run';
import { NOW } from '../support/series';

const GRAMMAR = compileTagFormat(DEFAULT_TAG_FORMAT);

describe('R5.1 the failover limit counts what the run leaves off primary', () => {
	test('R5.1 with R5.2 a swap back that waits for its rate is still off primary after the run', () => {
		const onBackup = ['N_1', 'N_2', 'N_3', 'N_5'].map((id) => network(ON_BACKUP, { id, name: id }));
		const failing = network(['london_primary_up', 'paris_backup_down'], { id: 'N_4', name: 'N_4' });
		const rows = [
			...onBackup.map(({ id }) => row(LONDON_IP, '0 0 0 0 0 0', { networkId: id })),
			row(LONDON_IP, '0 0 0 0 0 80', { networkId: 'N_4' }),
		];
		const { swapsNeeded } = runOnce({
			networks: [...onBackup, failing],
			rows,
			// One of four swaps back: with N_4 four of five would be off the primary, and one bad sample confirms nothing.
			settings: { swapBacksPerRun: 1, massFailover: { sharePercent: 25, above: 'confirm' } },
		});
		expect(swapsNeeded.map(({ networkId, action }) => `${networkId} ${action}`)).toEqual(['N_1 swapBack']);
	});
});

describe('R4.8 memory makes no difference', () => {
	test('R4.8 a sample of a reference from before the window, which only memory holds, decides nothing', () => {
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
		const snapshot: OrganizationSnapshot = {
			now: NOW,
			networks: [network(ON_BACKUP)],
			rows: [row(LONDON_IP, '0 0 0 0 0')],
			peers: { kind: 'known', peers: PEERS },
			memory: { ...EMPTY_ORGANIZATION_MEMORY, evaluatedAt: NOW - 30_000, rows: [remembered] },
			statuses: new Map([[NETWORK_ID, [appliance(['wan1'])]]]),
			history: new Map([[LONDON_IP, { rows: [corrected], knownSince: NOW - 100 * MINUTE_MS }]]),
			lookbacks: new Map(),
		};
		const [outcome] = evaluateOrganization(snapshot, settings(), GRAMMAR).outcomes;
		const series = outcome?.kind === 'judged' ? outcome.peers.primary.rows[0]?.samples : [];
		expect(series?.[0]?.lossPercent).toBe(0);
	});
});
