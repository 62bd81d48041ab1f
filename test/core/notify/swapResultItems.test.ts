import { failedItem, swappedItem } from '../../../core/notify/swapResultItems';
import type { SwapResult } from '../../../core/swap/result';
import { NETWORK_ID, ON_BACKUP, ON_PRIMARY } from '../../support/branch';
import { asEvaluated, explicit, swapRecord } from '../../support/decisions';
import { NOW } from '../../support/series';

const WHY = 'Meraki says no.';

describe('Swapped and Failed items', () => {
	const rows: {
		says: string;
		outcome: SwapResult;
		swapped: string | undefined;
		failed: string | undefined;
	}[] = [
		{ says: 'done', outcome: { kind: 'done' }, swapped: 'done', failed: undefined },
		{
			says: 'accepted: never said to be done',
			outcome: { kind: 'accepted' },
			swapped: 'accepted',
			failed: undefined,
		},
		{ says: 'a dry run', outcome: { kind: 'dryRun' }, swapped: 'dryRun', failed: undefined },
		{
			says: 'failed',
			outcome: { kind: 'failed', why: WHY, isRefusal: false },
			swapped: undefined,
			failed: 'failed',
		},
		{ says: 'refused', outcome: { kind: 'refused', why: WHY }, swapped: undefined, failed: 'refused' },
		{ says: 'gone', outcome: { kind: 'gone', why: WHY }, swapped: undefined, failed: 'gone' },
		{
			says: 'no network found: an order that could not be carried out',
			outcome: { kind: 'noneFound', why: WHY },
			swapped: undefined,
			failed: 'refused',
		},
		{
			says: 'expired is no failure',
			outcome: { kind: 'expired', why: WHY },
			swapped: undefined,
			failed: undefined,
		},
		{
			says: 'overtaken is no failure',
			outcome: { kind: 'overtaken', why: WHY },
			swapped: undefined,
			failed: undefined,
		},
		{
			says: 'left for the next run is no failure',
			outcome: { kind: 'nextRun', why: WHY },
			swapped: undefined,
			failed: undefined,
		},
		{
			says: 'nothing to do is no failure',
			outcome: { kind: 'nothingToDo', why: WHY },
			swapped: undefined,
			failed: undefined,
		},
	];
	test.each(rows)('R7 $says', ({ outcome, swapped, failed }) => {
		expect(swappedItem(swapRecord({ outcome }), NOW)?.status).toBe(swapped);
		expect(failedItem(swapRecord({ outcome }))?.status).toBe(failed);
	});

	test('R8.5 a dry run that is not to be told makes no item', () => {
		const silent = swapRecord({ order: asEvaluated({ notify: 'none' }), outcome: { kind: 'dryRun' } });
		expect(swappedItem(silent, NOW)).toBeNull();
	});

	test.each([{ kind: 'done' }, { kind: 'accepted' }] as const)(
		'R8.5 a write is an item also where its message is not due: $kind',
		(outcome) => {
			const record = swapRecord({ order: asEvaluated({ notify: 'none' }), outcome });
			expect(swappedItem(record, NOW)?.status).toBe(outcome.kind);
		},
	);

	test('a Swapped item carries what a ticket needs', () => {
		expect(swappedItem(swapRecord(), NOW)).toEqual({
			kind: 'merakiVpnSwap',
			schema: 1,
			organizationId: '1001',
			networkId: NETWORK_ID,
			networkName: 'Leeds',
			networkUrl: 'https://n1.meraki.com/Leeds/n/abc/manage',
			action: 'failover',
			from: 'london',
			to: 'paris',
			status: 'done',
			tags: { before: ON_PRIMARY, after: ON_BACKUP },
			explanation: 'london lost 80 %.',
			wantedSince: new Date(NOW - 120_000).toISOString(),
			incidentId: '1001-london-20260115T1150Z',
			swappedAt: new Date(NOW).toISOString(),
		});
		expect(swappedItem(swapRecord({ order: explicit('swapBack') }), NOW)).toMatchObject({
			action: 'swapBack',
			explanation: '',
			wantedSince: null,
			incidentId: null,
		});
	});

	test("a Failed item carries Meraki's own words", () => {
		expect(failedItem(swapRecord({ outcome: { kind: 'gone', why: WHY } }))).toMatchObject({
			kind: 'merakiVpnSwapFailed',
			status: 'gone',
			reason: WHY,
			tagsBefore: ON_PRIMARY,
			incidentId: '1001-london-20260115T1150Z',
		});
	});
});
