import fc from 'fast-check';

import { planSwap } from '../../core/swap/plan';
import { network, THREE_ON_PARIS, THREE_ON_PRIMARY, THREE_ON_ROME } from '../support/branch';
import { asEvaluated, VALID_FOR_MS } from '../support/decisions';
import { NOW } from '../support/series';

describe('R6 a decision is a compare-and-set', () => {
	test('R6 it writes only where its peer is still the active one, and while it is young', () => {
		const tags = fc.constantFrom(THREE_ON_PRIMARY, THREE_ON_PARIS, THREE_ON_ROME);
		fc.assert(
			fc.property(tags, fc.integer({ min: 0, max: 2 * VALID_FOR_MS }), (shown, ageMs) => {
				const plan = planSwap([asEvaluated()], network(shown), NOW + ageMs, VALID_FOR_MS);
				expect(plan.hasChanges).toBe(shown === THREE_ON_PRIMARY && ageMs < VALID_FOR_MS);
				if (!plan.hasChanges) expect(plan.tagsAfter).toEqual(shown);
			}),
			{ numRuns: 200 },
		);
	});
});
