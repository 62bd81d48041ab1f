import type { ScenarioKey } from '../scenario/types.cjs';
import type { LoggedAction } from '../requestLog.cjs';
import type { Effect } from '../faults/types.cjs';

/** One write of a batch, as it was sent. */
export interface Action {
	readonly resource: string;
	readonly operation: string;
	readonly body?: object;
}

export interface BatchFacts {
	readonly id: string;
	readonly organizationId: string;
	readonly actions: readonly Action[];
	readonly createdAt: number;
	/** Who sent it: an action on a network that this key does not see finds nothing. */
	readonly key: ScenarioKey;
	readonly effects: readonly Effect[];
	/** The lines of the request log that the actions fill in once they are carried out. */
	readonly log: readonly LoggedAction[];
}

export type BatchState =
	| { readonly kind: 'unconfirmed' }
	| { readonly kind: 'executing'; readonly until: number }
	| { readonly kind: 'completed' }
	| { readonly kind: 'failed'; readonly errors: readonly string[]; readonly httpStatus: number };

export interface ActionBatch {
	readonly facts: BatchFacts;
	synchronous: boolean;
	state: BatchState;
}

/** A batch as the API shows it. */
export function batchAnswer({ facts, synchronous, state }: ActionBatch) {
	return {
		id: facts.id,
		organizationId: facts.organizationId,
		confirmed: state.kind !== 'unconfirmed',
		synchronous,
		status: {
			completed: state.kind === 'completed',
			failed: state.kind === 'failed',
			errors: state.kind === 'failed' ? state.errors : [],
			createdResources: [],
		},
		actions: facts.actions,
	};
}

/** What the list filters by: pending is neither completed nor failed, confirmed or not. */
export function statusOf({ state }: ActionBatch): 'pending' | 'completed' | 'failed' {
	return state.kind === 'completed' || state.kind === 'failed' ? state.kind : 'pending';
}
