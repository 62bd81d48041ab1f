import {
	heldPairs,
	LONDON_IP,
	network,
	NETWORK_ID,
	ON_BACKUP,
	ON_PRIMARY,
	PARIS_IP,
	row,
} from '../../support/branch';
import { MINUTE_MS } from '../../../core/domain/time';
import { EMPTY_ORGANIZATION_MEMORY } from '../../../core/memory/memory';
import type { OrganizationMemory } from '../../../core/memory/memory';
import { pairKey } from '../../../core/tags/pairKey';
import type { LossRow } from '../../../core/domain/types';
import { runOnce } from '../../support/run';
import type { RunInput } from '../../support/run';
import { CLEAN, DEAD, NOW, OFFSET_MS } from '../../support/series';

const ON_BACKUP_SINCE = NOW - 42 * MINUTE_MS;
/** Memory knows since when the branch has been on Paris. */
const KEPT: OrganizationMemory = {
	...EMPTY_ORGANIZATION_MEMORY,
	evaluatedAt: NOW - 30_000,
	pairs: heldPairs({
		[pairKey(NETWORK_ID, '')]: {
			role: 'backup',
			peer: 'paris',
			since: ON_BACKUP_SINCE,
			seenAt: NOW,
			how: 'asked',
		},
	}),
};
/** `0`: the newest sample of every series that ends now. */
const minutesBefore = (minutes: number) =>
	new Date(NOW - 2 * MINUTE_MS - OFFSET_MS - minutes * MINUTE_MS).toISOString();

function itemOf(tags: readonly string[], rows: readonly LossRow[], changes: Partial<RunInput> = {}) {
	const { swapsNeeded } = runOnce({ networks: [network(tags)], rows, memory: KEPT, ...changes });
	const [item] = swapsNeeded;
	if (!item || swapsNeeded.length > 1) throw new Error(`${swapsNeeded.length} moves`);
	return item;
}

describe('R6 when the loss began, and when it was over', () => {
	test('a swap back is wanted from now on, and tells the outage and since when the branch is on backup', () => {
		expect(itemOf(ON_BACKUP, [row(LONDON_IP, '0 80 100 0 0 0 0 0 0'), row(PARIS_IP, CLEAN)])).toMatchObject({
			action: 'swapBack',
			wantedSince: new Date(NOW).toISOString(),
			offPrimarySince: new Date(ON_BACKUP_SINCE).toISOString(),
			outage: { startedAt: minutesBefore(7), endedAt: minutesBefore(5), peakLossPercent: 100 },
		});
	});

	test('a swap back is wanted from now on, also where the backup showed loss a while ago', () => {
		const rows = [row(LONDON_IP, '0 0 0 0 0 0 0 0'), row(PARIS_IP, '0 80 0 0 0')];
		expect(itemOf(ON_BACKUP, rows)).toMatchObject({
			action: 'swapBack',
			wantedSince: new Date(NOW).toISOString(),
		});
	});

	test('a swap back after which no loss is known tells no outage', () => {
		expect(itemOf(ON_BACKUP, [row(LONDON_IP, CLEAN), row(PARIS_IP, CLEAN)])).toMatchObject({
			action: 'swapBack',
			outage: null,
		});
	});

	test('a failover from a backup is wanted since the backup shows loss; the outage of primary is none of its own', () => {
		const rows = [row(LONDON_IP, '90 0 0 0 0 0 0 0 0'), row(PARIS_IP, '0 0 0 80 90')];
		expect(itemOf(ON_BACKUP, rows)).toMatchObject({
			action: 'failover',
			wantedSince: minutesBefore(1),
			offPrimarySince: new Date(ON_BACKUP_SINCE).toISOString(),
			outage: null,
		});
	});

	test.each([
		['its own onset, not that of an outage before it', '100 100 0 0 0 0 0 0 0 0 90 100', 1],
		['the first minute of loss with less than five clean ones behind it', '100 0 0 0 0 0 80 0 0 0 90 100', 5],
	])('a failover is wanted since %s', (_says, series, minutes) => {
		expect(itemOf(ON_PRIMARY, [row(LONDON_IP, series), row(PARIS_IP, CLEAN)])).toMatchObject({
			action: 'failover',
			wantedSince: minutesBefore(minutes),
		});
	});

	test('a failover tells no outage: it is not over', () => {
		const rows = [row(LONDON_IP, DEAD), row(PARIS_IP, CLEAN)];
		expect(itemOf(ON_PRIMARY, rows)).toMatchObject({
			action: 'failover',
			outage: null,
			offPrimarySince: null,
		});
	});
});

describe('R6 the newest sample is that of the peer which decided', () => {
	const chosen = { judgedUplinks: { kind: 'chosen', uplinks: ['wan1', 'wan2'] } } as const;

	test('of a failover from a backup: the backup', () => {
		const rows = [row(LONDON_IP, CLEAN), row(PARIS_IP, '0 0 80 90 .')];
		expect(itemOf(ON_BACKUP, rows)).toMatchObject({ action: 'failover', newestSampleAt: minutesBefore(1) });
	});

	test.each([
		['the first', '0 0 0 80 90', '0 0 0 80 .', 0],
		['the last', '0 0 0 80 .', '0 0 0 80 90', 0],
		['neither in the newest minute', '0 0 80 . .', '0 0 0 80 .', 1],
	])('of several rows the newest of all: %s', (_says, wan1, wan2, minutes) => {
		const rows = [row(LONDON_IP, wan1), row(LONDON_IP, wan2, { uplink: 'wan2' }), row(PARIS_IP, CLEAN)];
		expect(itemOf(ON_PRIMARY, rows, { settings: chosen }).newestSampleAt).toBe(minutesBefore(minutes));
	});
});

describe('what the item reports of a peer', () => {
	test('the newest measured loss and latency, also where the newest minute is not measured', () => {
		const rows = [row(LONDON_IP, '0/10 80/12 90/15 _'), row(PARIS_IP, CLEAN)];
		expect(itemOf(ON_PRIMARY, rows).primary).toMatchObject({ latestLossPercent: 90, latestLatencyMs: 15 });
	});

	test('the newest twelve samples, oldest first', () => {
		const series = Array.from({ length: 16 }, (_, at) => `${at / 10}`).join(' ');
		const rows = [row(LONDON_IP, series), row(PARIS_IP, CLEAN)];
		const settings = { recoveryMinutes: 11, recoveryThresholdPercent: 5 };
		const { primary } = itemOf(ON_BACKUP, rows, { settings });
		expect(primary.samples.map(({ lossPercent }) => lossPercent)).toEqual(
			Array.from({ length: 12 }, (_, at) => (at + 4) / 10),
		);
		expect(primary.samples.at(-1)?.sampledAt).toBe(minutesBefore(0));
	});
});
