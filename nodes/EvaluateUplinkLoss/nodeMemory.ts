import type { IExecuteFunctions } from 'n8n-workflow';
import { MEMORY_VERSION } from '../../core/memory';
import type { LoadedMemory, OrganizationMemory } from '../../core/memory';
import { loadMemory, storedMemory } from '../../core/storedMemory';

/**
 * Memory in n8n's workflow static data. Read once, checked, and one whole new value assigned at the end: n8n writes
 * it back as one piece when the run ends, and in a manual run never.
 */
export interface NodeMemory {
	readonly loaded: LoadedMemory;
	/** Organizations that were not in this run keep what they had. */
	readonly save: (organizations: ReadonlyMap<string, OrganizationMemory>) => void;
}

/** The one key under which everything stands. */
const KEY = 'memory';

export function nodeMemory(context: IExecuteFunctions): NodeMemory {
	const staticData = context.getWorkflowStaticData('node');
	const loaded = loadMemory(staticData[KEY]);
	return {
		loaded,
		save: (organizations) => {
			const all = { ...loaded.memory.organizations, ...Object.fromEntries(organizations) };
			// JSON, so that nothing of this run is shared with what n8n stores.
			staticData[KEY] = JSON.parse(
				JSON.stringify(storedMemory({ version: MEMORY_VERSION, organizations: all })),
			);
		},
	};
}
