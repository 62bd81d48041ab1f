import type { Dashboard } from './dashboard/dashboard.cjs';
import type { Faults } from './faults/faults.cjs';
import type { FaultEvent, Happening, ScenarioEvent, TagEdit } from './scenario/types.cjs';
import type { Conditions } from './telemetry/conditions.cjs';

interface Due {
	readonly id: string;
	readonly at: number;
	readonly happening: Exclude<Happening, FaultEvent>;
}

/** Lets happen what a scenario has planned; what only colours the measurements goes to the conditions. */
export class Timeline {
	private due: Due[] = [];
	private added = 0;

	constructor(
		private readonly dashboard: Dashboard,
		private readonly faults: Faults,
		private readonly conditions: Conditions,
	) {}

	add(event: ScenarioEvent, now: number): string {
		if (!isHappening(event)) return this.conditions.add(event, now);
		this.added += 1;
		const id = event.id ?? `event-${this.added}`;
		if (event.kind === 'fault') return this.faults.add({ ...faultOf(event), id });
		const at = event.atMinutes === undefined ? now : this.conditions.at(event.atMinutes);
		this.due = [...this.due, { id, at, happening: event }].sort((one, other) => one.at - other.at);
		return id;
	}

	cancel(id: string): boolean {
		const found = this.due.some((due) => due.id === id);
		this.due = this.due.filter((due) => due.id !== id);
		return this.faults.remove(id) || found;
	}

	catchUp(now: number): void {
		const ready = this.due.filter((due) => due.at <= now);
		if (ready.length === 0) return;
		this.due = this.due.filter((due) => due.at > now);
		for (const { happening } of ready) this.happen(happening);
	}

	private happen(happening: Exclude<Happening, FaultEvent>): void {
		const network = this.dashboard.find(happening.network);
		// Deleted by an earlier event.
		if (network === undefined) return;
		switch (happening.kind) {
			case 'editTags':
				network.edit({ tags: editedTags(network.tags, happening) });
				return;
			case 'renameNetwork':
				network.edit({ name: happening.name });
				return;
			case 'deleteNetwork':
				this.dashboard.organizationOf(network.id)?.delete(network.id);
		}
	}
}

function isHappening(event: ScenarioEvent): event is Happening {
	return ['editTags', 'renameNetwork', 'deleteNetwork', 'fault'].includes(event.kind);
}

function faultOf({ match, times, skip, effect, atMinutes, untilMinutes }: FaultEvent) {
	return {
		effect,
		...(match === undefined ? {} : { match }),
		...(times === undefined ? {} : { times }),
		...(skip === undefined ? {} : { skip }),
		...(atMinutes === undefined ? {} : { fromMinutes: atMinutes }),
		...(untilMinutes === undefined ? {} : { untilMinutes }),
	};
}

/** Replace, then remove, then add, then order: what another administrator might do to a list. */
export function editedTags(tags: readonly string[], edit: TagEdit): readonly string[] | null {
	if (edit.replace === null) return null;
	const kept = (edit.replace ?? tags).filter((tag) => !(edit.remove ?? []).includes(tag));
	const edited = [...kept, ...(edit.add ?? [])];
	if (edit.order === 'reversed') return edited.reverse();
	return edit.order === 'sorted' ? edited.sort() : edited;
}
