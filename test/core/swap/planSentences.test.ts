import { planSwap } from '../../../core/swap/plan';
import type { SwapOrder } from '../../../core/swap/plan';
import { DEFAULT_TAG_FORMAT } from '../../../core/tags/tagFormat';
import { network, ON_BACKUP, ON_PRIMARY, THREE_ON_PARIS, THREE_ON_PRIMARY } from '../../support/branch';
import { asEvaluated, BACKUP_ROLE, explicit, VALID_FOR_MS } from '../../support/decisions';
import { NOW } from '../../support/series';

const HOLD = 'vpn_failover_hold';
const GROUPED = { ...DEFAULT_TAG_FORMAT, format: '{group}_{peer}_{role}_{state}' };

describe('what is said of an order that writes nothing', () => {
	const said = (order: SwapOrder, tags: readonly string[], now = NOW) =>
		planSwap([order], network(tags), now, VALID_FOR_MS).planned[0];
	const both = ['london_primary_up', 'paris_backup_up'];
	const rows: {
		says: string;
		told: () => ReturnType<typeof said>;
		kind: string;
		why: string;
	}[] = [
		{
			says: 'R6 too old',
			told: () => said(asEvaluated(), ON_PRIMARY, NOW + 200_400),
			kind: 'expired',
			why: 'The decision is 200 s old; it was valid for 180 s.',
		},
		{
			says: 'R6 from another clock',
			told: () => said(asEvaluated({ decidedAt: NOW + 60_001 }), ON_PRIMARY),
			kind: 'refused',
			why: 'The decision was made after the time that Meraki gives now.',
		},
		{
			says: 'R4.2 held meanwhile',
			told: () => said(asEvaluated(), [...ON_PRIMARY, HOLD]),
			kind: 'overtaken',
			why: 'The network now carries the hold tag vpn_failover_hold.',
		},
		{
			says: 'R6 without VPN tags meanwhile',
			told: () => said(asEvaluated(), ['office']),
			kind: 'overtaken',
			why: 'The network no longer carries these VPN tags.',
		},
		{
			says: 'R4.1 out of order meanwhile',
			told: () => said(asEvaluated(), both),
			kind: 'refused',
			why: 'The VPN tags are inconsistent now: london_primary_up, paris_backup_up.',
		},
		{
			says: 'R6 done already',
			told: () => said(asEvaluated(), ON_BACKUP),
			kind: 'overtaken',
			why: 'paris is active already.',
		},
		{
			says: 'R6 on a third peer meanwhile',
			told: () =>
				said(asEvaluated({ want: { role: { kind: 'backup', order: 2 }, peer: 'rome' } }), THREE_ON_PARIS),
			kind: 'overtaken',
			why: 'The active peer is now paris (backup), not london.',
		},
		{
			says: 'R6 with another peer in that role',
			told: () => said(asEvaluated({ want: { role: BACKUP_ROLE, peer: 'oslo' } }), ON_PRIMARY),
			kind: 'overtaken',
			why: 'The network no longer names oslo as backup.',
		},
		{
			says: 'R4.1 out of order, by an operator',
			told: () => said(explicit('failover'), both),
			kind: 'refused',
			why: 'The VPN tags are inconsistent: london_primary_up, paris_backup_up.',
		},
		{
			says: 'without VPN tags, by an operator',
			told: () => said(explicit('failover'), ['office']),
			kind: 'refused',
			why: 'The network carries no VPN tags of this format.',
		},
		{
			says: 'there already, by an operator',
			told: () => said(explicit('failover'), ON_BACKUP),
			kind: 'nothingToDo',
			why: 'paris is active already.',
		},
		{
			says: 'on a later backup, by an operator: that is a backup too',
			told: () => said(explicit('failover'), ['london_primary_down', 'paris_backup_down', 'rome_backup2_up']),
			kind: 'nothingToDo',
			why: 'rome is active already.',
		},
		{
			says: 'there already with both pairs, by an operator',
			told: () =>
				said({ ...explicit('failover'), tagFormat: GROUPED }, [
					'a_london_primary_down',
					'a_paris_backup_up',
					'b_rome_primary_down',
					'b_oslo_backup_up',
				]),
			kind: 'nothingToDo',
			why: 'paris, oslo is active already.',
		},
		{
			says: 'not held',
			told: () => said(explicit('releaseHold'), ON_PRIMARY),
			kind: 'nothingToDo',
			why: 'The network does not carry the hold tag vpn_failover_hold.',
		},
	];
	test.each(rows)('$says: $why', ({ told, kind, why }) => {
		expect(told()).toEqual({ kind, why });
	});

	test('R6 two items that move one pair apart: the second is refused, with the peer of the first', () => {
		const toRome = asEvaluated({ want: { role: { kind: 'backup', order: 2 }, peer: 'rome' } });
		const { planned } = planSwap([asEvaluated(), toRome], network(THREE_ON_PRIMARY), NOW, VALID_FOR_MS);
		expect(planned[1]).toEqual({
			kind: 'refused',
			why: 'Another item of this run moves the pair to paris.',
		});
	});

	test('R4.1 one pair out of order keeps an operator from moving the others', () => {
		const tags = ['a_london_primary_up', 'a_paris_backup_down', 'b_rome_primary_up'];
		const order = { ...explicit('failover'), tagFormat: GROUPED };
		expect(said(order, tags)).toEqual({
			kind: 'refused',
			why: 'The VPN tags are inconsistent: b_rome_primary_up.',
		});
	});
});
