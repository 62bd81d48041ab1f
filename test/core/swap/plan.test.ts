import { planSwap } from '../../../core/swap/plan';
import type { SwapOrder } from '../../../core/swap/plan';
import { DEFAULT_TAG_FORMAT } from '../../../core/tags/tagFormat';
import { network, ON_BACKUP, ON_PRIMARY, THREE_ON_PARIS, THREE_ON_PRIMARY } from '../../support/branch';
import {
	asEvaluated,
	BACKUP_ROLE,
	backToLondon,
	explicit,
	PRIMARY_ROLE,
	VALID_FOR_MS,
} from '../../support/decisions';
import { NOW } from '../../support/series';

const HOLD = 'vpn_failover_hold';
const GROUPED = { ...DEFAULT_TAG_FORMAT, format: '{group}_{peer}_{role}_{state}' };

interface Row {
	readonly says: string;
	readonly tags: readonly string[];
	readonly orders: readonly SwapOrder[];
	readonly now?: number;
	readonly expect: readonly string[];
	/** Absent: nothing is written. */
	readonly after?: readonly string[];
}

function check(rows: readonly Row[]): void {
	test.each(rows)('$says', ({ tags, orders, now = NOW, expect: expected, after }) => {
		const plan = planSwap(orders, network(tags), now, VALID_FOR_MS);
		expect(plan.planned.map(({ kind }) => kind)).toEqual(expected);
		expect(plan.tagsAfter).toEqual(after ?? tags);
		expect(plan.hasChanges).toBe(after !== undefined);
	});
}

describe('R6 a decision is a compare-and-set', () => {
	check([
		{
			says: 'R6 tags as the decision has them: written',
			tags: ON_PRIMARY,
			orders: [asEvaluated()],
			expect: ['apply'],
			after: ON_BACKUP,
		},
		{
			says: 'R6 a swap back likewise',
			tags: ON_BACKUP,
			orders: [backToLondon()],
			expect: ['apply'],
			after: ON_PRIMARY,
		},
		{ says: 'R6 somebody swapped already', tags: ON_BACKUP, orders: [asEvaluated()], expect: ['overtaken'] },
		{
			says: 'R6 somebody moved it to a third peer',
			tags: ['london_primary_down', 'paris_backup_down', 'rome_backup2_up'],
			orders: [asEvaluated()],
			expect: ['overtaken'],
		},
		{
			says: 'R6 the active peer has another name now',
			tags: ['leeds_primary_up', 'paris_backup_down'],
			orders: [asEvaluated()],
			expect: ['overtaken'],
		},
		{
			says: 'R6 the wanted peer has another name now',
			tags: ['london_primary_up', 'rome_backup_down'],
			orders: [asEvaluated()],
			expect: ['overtaken'],
		},
		{
			says: 'R6 the wanted peer has another role now',
			tags: ['london_primary_up', 'rome_backup_down', 'paris_backup2_down'],
			orders: [asEvaluated()],
			expect: ['overtaken'],
		},
		{ says: 'R6 the tags are gone', tags: ['x'], orders: [asEvaluated()], expect: ['overtaken'] },
		{
			says: 'R6 the tags are out of order now',
			tags: ['london_primary_up', 'paris_backup_up'],
			orders: [asEvaluated()],
			expect: ['refused'],
		},
		{
			says: 'R4.2 the network was held meanwhile',
			tags: [...ON_PRIMARY, HOLD],
			orders: [asEvaluated()],
			expect: ['overtaken'],
		},
		{
			says: 'R6 foreign tags added meanwhile are kept where they are',
			tags: ['new', ...ON_PRIMARY, 'x'],
			orders: [asEvaluated()],
			expect: ['apply'],
			after: ['new', ...ON_BACKUP, 'x'],
		},
		{
			says: 'R6 a decision one millisecond under 3 minutes old is acted on',
			tags: ON_PRIMARY,
			now: NOW + VALID_FOR_MS - 1,
			orders: [asEvaluated()],
			expect: ['apply'],
			after: ON_BACKUP,
		},
		{
			says: 'R6 a decision exactly 3 minutes old is not younger than that',
			tags: ON_PRIMARY,
			now: NOW + VALID_FOR_MS,
			orders: [asEvaluated()],
			expect: ['expired'],
		},
		{
			says: 'R6 an old decision has expired',
			tags: ON_PRIMARY,
			now: NOW + VALID_FOR_MS + 1,
			orders: [asEvaluated()],
			expect: ['expired'],
		},
		{
			says: 'R6 a decision a minute from the future is within the clocks',
			tags: ON_PRIMARY,
			now: NOW - 60_000,
			orders: [asEvaluated()],
			expect: ['apply'],
			after: ON_BACKUP,
		},
		{
			says: 'R6 a decision further from the future is refused',
			tags: ON_PRIMARY,
			now: NOW - 60_001,
			orders: [asEvaluated()],
			expect: ['refused'],
		},
		{
			says: 'R6 the same item twice is one write',
			tags: ON_PRIMARY,
			orders: [asEvaluated(), asEvaluated()],
			expect: ['apply', 'apply'],
			after: ON_BACKUP,
		},
		{
			says: 'R6 two items that contradict each other: the first counts',
			tags: THREE_ON_PRIMARY,
			orders: [asEvaluated(), asEvaluated({ want: { role: { kind: 'backup', order: 2 }, peer: 'rome' } })],
			expect: ['apply', 'refused'],
			after: THREE_ON_PARIS,
		},
		{
			says: 'R6 there and back in one batch is there only',
			tags: ON_PRIMARY,
			orders: [asEvaluated(), backToLondon()],
			expect: ['apply', 'refused'],
			after: ON_BACKUP,
		},
		{
			says: 'R6 two pairs of one network are one write',
			tags: ['a_london_primary_up', 'x', 'a_paris_backup_down', 'b_london_primary_up', 'b_paris_backup_down'],
			orders: [
				asEvaluated({ pair: 'a', tagFormat: GROUPED }),
				asEvaluated({ pair: 'b', tagFormat: GROUPED }),
			],
			expect: ['apply', 'apply'],
			after: [
				'a_london_primary_down',
				'x',
				'a_paris_backup_up',
				'b_london_primary_down',
				'b_paris_backup_up',
			],
		},
		{
			says: 'R6 a stale item does not stop the other pair',
			tags: ['a_london_primary_up', 'a_paris_backup_down', 'b_london_primary_up', 'b_paris_backup_down'],
			orders: [
				asEvaluated({ pair: 'a', tagFormat: GROUPED, decidedAt: 0 }),
				asEvaluated({ pair: 'b', tagFormat: GROUPED }),
			],
			expect: ['expired', 'apply'],
			after: ['a_london_primary_up', 'a_paris_backup_down', 'b_london_primary_down', 'b_paris_backup_up'],
		},
		{
			says: 'R6 an item of a pair that is not there',
			tags: ON_PRIMARY,
			orders: [asEvaluated({ pair: 'voice' })],
			expect: ['overtaken'],
		},
		{ says: 'R6 no orders, no write', tags: ON_PRIMARY, orders: [], expect: [] },
		{
			says: 'R7 all copies of ours flip, foreign duplicates stay',
			tags: ['a', 'london_primary_up', 'a', 'paris_backup_down', 'london_primary_up'],
			orders: [asEvaluated()],
			expect: ['apply'],
			after: ['a', 'london_primary_down', 'a', 'paris_backup_up', 'london_primary_down'],
		},
		{
			says: 'R6 a dash in the format of the item is read as Evaluate read it',
			tags: ['london-primary-up', 'paris-backup-down'],
			orders: [asEvaluated({ tagFormat: { ...DEFAULT_TAG_FORMAT, format: '{peer}-{role}-{state}' } })],
			expect: ['apply'],
			after: ['london-primary-down', 'paris-backup-up'],
		},
	]);

	test('R6 what is applied names both peers, and what is not says why', () => {
		const plan = planSwap(
			[asEvaluated(), asEvaluated({ decidedAt: 0 })],
			network(ON_PRIMARY),
			NOW,
			VALID_FOR_MS,
		);
		expect(plan.planned[0]).toEqual({ kind: 'apply', from: 'london', to: 'paris' });
		const [overtaken] = planSwap([asEvaluated()], network(ON_BACKUP), NOW, VALID_FOR_MS).planned;
		expect(overtaken).toEqual({ kind: 'overtaken', why: 'paris is active already.' });
		const [old] = planSwap([asEvaluated()], network(ON_PRIMARY), NOW + 200_000, VALID_FOR_MS).planned;
		expect(old).toEqual({ kind: 'expired', why: 'The decision is 200 s old; it was valid for 180 s.' });
	});
});

describe('explicit actions of an operator', () => {
	check([
		{
			says: 'Fail Over moves to the first backup',
			tags: THREE_ON_PRIMARY,
			orders: [explicit('failover')],
			expect: ['apply'],
			after: THREE_ON_PARIS,
		},
		{
			says: 'Fail Over on a backup has nothing to do',
			tags: ON_BACKUP,
			orders: [explicit('failover')],
			expect: ['nothingToDo'],
		},
		{
			says: 'Fail Over on a backup still adds the hold tag',
			tags: ON_BACKUP,
			orders: [explicit('failover', true)],
			expect: ['apply'],
			after: [...ON_BACKUP, HOLD],
		},
		{
			says: 'Hold Afterwards is one write with the move',
			tags: ON_PRIMARY,
			orders: [explicit('failover', true)],
			expect: ['apply'],
			after: [...ON_BACKUP, HOLD],
		},
		{
			says: 'a hold tag that is there is not added again',
			tags: [HOLD, ...ON_PRIMARY],
			orders: [explicit('failover', true)],
			expect: ['apply'],
			after: [HOLD, ...ON_BACKUP],
		},
		{
			says: 'an operator moves a held network',
			tags: [...ON_BACKUP, HOLD],
			orders: [explicit('swapBack')],
			expect: ['apply'],
			after: [...ON_PRIMARY, HOLD],
		},
		{
			says: 'Swap Back moves to primary',
			tags: THREE_ON_PARIS,
			orders: [explicit('swapBack')],
			expect: ['apply'],
			after: THREE_ON_PRIMARY,
		},
		{
			says: 'Swap Back on primary has nothing to do',
			tags: ON_PRIMARY,
			orders: [explicit('swapBack')],
			expect: ['nothingToDo'],
		},
		{
			says: 'R4.1 tags out of order are refused, never repaired by guessing',
			tags: ['london_primary_up', 'paris_backup_up'],
			orders: [explicit('failover', true)],
			expect: ['refused'],
		},
		{
			says: 'trap 10: a network without VPN tags is refused, and no hold tag is added',
			tags: ['x'],
			orders: [explicit('failover', true)],
			expect: ['refused'],
		},
		{
			says: 'Release Hold takes the hold tag off, every copy',
			tags: [HOLD, 'x', HOLD],
			orders: [explicit('releaseHold')],
			expect: ['apply'],
			after: ['x'],
		},
		{
			says: 'Release Hold without a hold tag has nothing to do',
			tags: ON_PRIMARY,
			orders: [explicit('releaseHold')],
			expect: ['nothingToDo'],
		},
		{
			says: 'Release Hold works where the VPN tags are out of order',
			tags: ['london_primary_up', HOLD],
			orders: [explicit('releaseHold')],
			expect: ['apply'],
			after: ['london_primary_up'],
		},
		{
			says: 'the operator goes before an item of the schedule',
			tags: ON_BACKUP,
			orders: [
				explicit('swapBack'),
				asEvaluated({
					have: { role: BACKUP_ROLE, peer: 'paris' },
					want: { role: PRIMARY_ROLE, peer: 'london' },
				}),
			],
			expect: ['apply', 'apply'],
			after: ON_PRIMARY,
		},
		{
			says: 'two of the operator: the last one counts',
			tags: ON_PRIMARY,
			orders: [explicit('failover', true), explicit('releaseHold')],
			expect: ['apply', 'apply'],
			after: ON_BACKUP,
		},
	]);

	test('an explicit action moves every pair of the network', () => {
		const tags = ['a_london_primary_up', 'a_paris_backup_down', 'b_rome_primary_up', 'b_oslo_backup_down'];
		const plan = planSwap(
			[{ ...explicit('failover'), tagFormat: GROUPED }],
			network(tags),
			NOW,
			VALID_FOR_MS,
		);
		expect(plan.planned).toEqual([{ kind: 'apply', from: 'london, rome', to: 'paris, oslo' }]);
		expect(plan.tagsAfter).toEqual([
			'a_london_primary_down',
			'a_paris_backup_up',
			'b_rome_primary_down',
			'b_oslo_backup_up',
		]);
	});

	test('there and back by an operator changes nothing, and says so', () => {
		const plan = planSwap(
			[explicit('failover'), explicit('swapBack')],
			network(ON_PRIMARY),
			NOW,
			VALID_FOR_MS,
		);
		expect(plan.hasChanges).toBe(false);
		expect(plan.tagsAfter).toEqual(ON_PRIMARY);
	});
});
