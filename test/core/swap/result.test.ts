import { notAttempted } from '../../../core/swap/result';
import { swapRecord } from '../../support/decisions';

test('of an order that ended before its network was read nothing is told but who asked for what, and why not', () => {
	const outcome = { kind: 'paused', why: 'later' } as const;
	const { order, itemIndex, organizationId, networkId, networkName } = swapRecord({ itemIndex: 3 });
	expect(notAttempted(swapRecord({ itemIndex: 3 }), outcome)).toEqual({
		order,
		itemIndex,
		organizationId,
		networkId,
		networkName,
		networkUrl: null,
		from: null,
		to: null,
		outcome,
		tagsBefore: [],
		tagsAfter: [],
		sideEffects: [],
	});
});
