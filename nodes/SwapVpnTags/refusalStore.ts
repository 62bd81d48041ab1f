import type { IExecuteFunctions } from 'n8n-workflow';
import { followRefusals, loadRefusals, storedRefusals } from '../../core/swap/refusalBackoff';
import type { Refusals } from '../../core/swap/refusalBackoff';
import type { SwapResult, SwapRecord } from '../../core/swap/result';
import { unstoredMemory } from '../shared/processMemory';

/** The one key of the node's static data. Without memory a refused write is simply tried in the next run. */
const KEY = 'refusals';

export function readRefusals(context: IExecuteFunctions): Refusals {
	const stored = loadRefusals(context.getWorkflowStaticData('node')[KEY]);
	const known = unstored.newest(context);
	return known === undefined || [...stored.values()].some(({ at }) => at > known.keptAt)
		? stored
		: known.memory;
}

const unstored = unstoredMemory<Refusals>();

/** Written only when there is something to remember or to forget. */
export function saveRefusals(
	context: IExecuteFunctions,
	before: Refusals,
	records: readonly SwapRecord[],
): void {
	const networksWith = (fits: (outcome: SwapResult) => boolean) => [
		...new Set(records.filter(({ outcome }) => fits(outcome)).map(({ networkId }) => networkId)),
	];
	const refused = networksWith((outcome) => outcome.kind === 'failed' && outcome.isRefusal);
	const written = networksWith((outcome) => outcome.kind === 'done' || outcome.kind === 'accepted');
	if (before.size === 0 && refused.length === 0) return;
	const after = followRefusals(before, { refused, written }, Date.now());
	context.getWorkflowStaticData('node')[KEY] = JSON.parse(JSON.stringify(storedRefusals(after)));
	unstored.keep(context, after);
}
