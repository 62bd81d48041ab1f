import type { Dashboard } from '../dashboard/dashboard.cjs';
import type { Organization } from '../dashboard/organization.cjs';
import { effectOf } from '../api/call.cjs';
import { Refusal } from '../api/refusal.cjs';
import { ContractBreach } from '../api/requestReading.cjs';
import type { ActionBatchSettings } from '../scenario/types.cjs';
import type { ActionBatch, BatchFacts } from './actionBatch.cjs';
import { carryOut } from './carryOut.cjs';

// Meraki docs, Action batches: 20 actions when synchronous (100 otherwise: in the contract), and five batches at once
// whatever the mode. That the five are per organization is not documented, but the emulator of dubsector has it so.
const MOST_SYNCHRONOUS = 20;
const MOST_EXECUTING = 5;
/** Same page: an unconfirmed batch vanishes after a week. */
const KEPT_UNCONFIRMED_MS = 7 * 24 * 3_600_000;

/** The action batches of all organizations. */
export class ActionBatches {
	private readonly byOrganization = new Map<string, ActionBatch[]>();
	private created = 0;

	constructor(
		private readonly dashboard: Dashboard,
		readonly settings: ActionBatchSettings,
	) {}

	of(organizationId: string): readonly ActionBatch[] {
		return this.byOrganization.get(organizationId) ?? [];
	}

	find(organizationId: string, id: string): ActionBatch {
		const found = this.of(organizationId).find(({ facts }) => facts.id === id);
		if (found === undefined) throw new Refusal(404, ['Action batch not found']);
		return found;
	}

	/** Also begins to carry it out when it is confirmed. Throws where Meraki refuses. */
	create(facts: Omit<BatchFacts, 'id'>, confirmed: boolean, synchronous: boolean): ActionBatch {
		checkSize(facts, synchronous);
		if (confirmed) this.checkExecuting(facts.organizationId);
		this.created += 1;
		const batch: ActionBatch = {
			facts: { ...facts, id: String(1000 + this.created) },
			synchronous,
			state: { kind: 'unconfirmed' },
		};
		this.byOrganization.set(facts.organizationId, [...this.of(facts.organizationId), batch]);
		if (confirmed) this.begin(batch, facts.createdAt);
		return batch;
	}

	confirm(batch: ActionBatch, now: number): void {
		checkSize(batch.facts, batch.synchronous);
		this.checkExecuting(batch.facts.organizationId);
		this.begin(batch, now);
	}

	delete(batch: ActionBatch): void {
		const { organizationId } = batch.facts;
		this.byOrganization.set(
			organizationId,
			this.of(organizationId).filter((other) => other !== batch),
		);
	}

	/** Lets everything end that was due by now. */
	catchUp(now: number): void {
		const due = [...this.byOrganization.values()].flat().filter((batch) => endOf(batch) <= now);
		for (const batch of due.sort((one, other) => endOf(one) - endOf(other))) {
			if (batch.state.kind === 'executing') this.finish(batch, now);
			else this.delete(batch);
		}
	}

	private begin(batch: ActionBatch, now: number): void {
		const late = effectOf(batch.facts.effects, 'lateBatch');
		const { synchronousMs = 0, asynchronousMs = 0 } = this.settings;
		const takesMs = late ? late.seconds * 1000 : batch.synchronous ? synchronousMs : asynchronousMs;
		batch.state = { kind: 'executing', until: now + takesMs };
		if (takesMs === 0) this.finish(batch, now);
	}

	private finish(batch: ActionBatch, now: number): void {
		batch.state = carryOut(batch, this.organizationOf(batch), this.settings, now);
	}

	private organizationOf({ facts }: ActionBatch): Organization {
		const found = this.dashboard.organization(facts.organizationId);
		if (found === undefined) throw new Error(`No organization ${facts.organizationId}`);
		return found;
	}

	private checkExecuting(organizationId: string): void {
		const executing = this.of(organizationId).filter(({ state }) => state.kind === 'executing');
		if (executing.length < MOST_EXECUTING) return;
		throw new Refusal(400, [
			`Too many concurrently executing batches. Maximum is ${MOST_EXECUTING} confirmed but not yet executed batches.`,
		]);
	}
}

function checkSize({ actions }: Pick<BatchFacts, 'actions'>, synchronous: boolean): void {
	if (!synchronous || actions.length <= MOST_SYNCHRONOUS) return;
	throw new ContractBreach(400, [
		`A synchronous batch has at most ${MOST_SYNCHRONOUS} actions, not ${actions.length}`,
	]);
}

/** When something happens to it by itself. */
function endOf({ state, facts }: ActionBatch): number {
	if (state.kind === 'executing') return state.until;
	return state.kind === 'unconfirmed' ? facts.createdAt + KEPT_UNCONFIRMED_MS : Infinity;
}
