import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { asFields, asText, field } from '../../core/domain/untrusted';
import { MEMORY_VERSION } from '../../core/memory/memory';
import type { LoadedMemory, Memory, OrganizationMemory } from '../../core/memory/memory';
import { remembered } from '../../core/memory/ownEntry';
import { loadMemory, storedMemory } from '../../core/memory/codec';
import { unstoredMemory } from '../shared/processMemory';

/** Where the node remembers between runs. Read once, checked, and one whole new value handed out at the end. */
export interface NodeMemory {
	/** What is remembered of an organization; `null` for nothing. */
	readonly of: (organizationId: string, itemIndex: number) => OrganizationMemory | null;
	/** Something was stored, but it could not be read. */
	readonly isDamaged: boolean;
	/** Organizations that were not in this run keep what they had. */
	readonly save: (organizations: ReadonlyMap<string, OrganizationMemory>) => void;
	/** Fields for Summary: the memory as text, or nothing where n8n keeps it. */
	readonly handOut: (organizationId: string, memory: OrganizationMemory) => Record<string, string>;
	/** The same as it came in, for a run that changes nothing. */
	readonly handBack: (itemIndex: number) => Record<string, string>;
}

export const memoryProperties: INodeProperties[] = [
	{
		displayName: 'Memory',
		name: 'memory',
		type: 'options',
		default: 'staticData',
		description: 'Where to remember what was told and seen. Without memory the same branches move.',
		options: [
			{
				name: 'Item Field',
				value: 'itemField',
				description:
					'A text in the incoming item, handed out again on Summary: for n8n in queue mode, kept by a Data Table, Redis or Postgres node',
			},
			{
				name: 'Workflow Static Data',
				value: 'staticData',
				description: 'Kept by n8n itself. Some versions do not hand it to workers in queue mode.',
			},
		],
	},
	{
		displayName: 'Memory Field',
		name: 'memoryField',
		type: 'string',
		default: 'memory',
		required: true,
		displayOptions: { show: { memory: ['itemField'] } },
		description:
			'The field of the incoming item, and of Summary. Empty or missing means nothing is remembered.',
	},
];

export function nodeMemory(context: IExecuteFunctions): NodeMemory {
	return context.getNodeParameter('memory', 0, 'staticData') === 'itemField'
		? itemFieldMemory(context)
		: staticDataMemory(context);
}

/** The one key under which everything stands. */
const KEY = 'memory';

/** n8n writes static data back as one piece when the run ends, and in a manual run never. */
function staticDataMemory(context: IExecuteFunctions): NodeMemory {
	const staticData = context.getWorkflowStaticData('node');
	const loaded = newestOf(loadMemory(staticData[KEY]), unstored.newest(context)?.memory);
	return {
		of: (organizationId) => organizationOf(loaded, organizationId),
		isDamaged: loaded.kind === 'damaged',
		save: (organizations) => {
			const all = { ...loaded.memory.organizations, ...Object.fromEntries(organizations) };
			const memory: Memory = { version: MEMORY_VERSION, organizations: all };
			// JSON, so that nothing of this run is shared with what n8n stores.
			staticData[KEY] = JSON.parse(JSON.stringify(storedMemory(memory)));
			unstored.keep(context, memory);
		},
		handOut: () => ({}),
		handBack: () => ({}),
	};
}

const unstored = unstoredMemory<Memory>();

/**
 * Of each organization the memory of the later run. Where n8n brings nothing it may be a worker that never gets any,
 * and what other workers did is not known here: then this run is one without memory (R8.8).
 */
function newestOf(loaded: LoadedMemory, known: Memory | undefined): LoadedMemory {
	if (known === undefined || loaded.kind !== 'loaded') return loaded;
	const { organizations } = loaded.memory;
	const isOutdated = ([id, memory]: [string, OrganizationMemory]) =>
		memory.evaluatedAt < (remembered(organizations, id)?.evaluatedAt ?? -Infinity);
	const newer = Object.entries(known.organizations).filter((entry) => !isOutdated(entry));
	const all = { ...organizations, ...Object.fromEntries(newer) };
	return { ...loaded, memory: { ...loaded.memory, organizations: all } };
}

/** Each item brings the memory of its own organization as JSON text. */
function itemFieldMemory(context: IExecuteFunctions): NodeMemory {
	const name = asText(context.getNodeParameter('memoryField', 0, KEY)) ?? KEY;
	const items = context.getInputData().map(({ json }) => loadText(field(asFields(json), name)));
	return {
		of: (organizationId, itemIndex) => {
			const loaded = items[itemIndex];
			return loaded ? organizationOf(loaded, organizationId) : null;
		},
		isDamaged: items.some((loaded) => loaded.kind === 'damaged'),
		save: () => undefined,
		handOut: (organizationId, memory) => {
			const organizations = Object.fromEntries([[organizationId, memory]]);
			return { [name]: JSON.stringify(storedMemory({ version: MEMORY_VERSION, organizations })) };
		},
		handBack: (itemIndex) => ({
			[name]: asText(field(asFields(context.getInputData()[itemIndex]?.json), name)) ?? '',
		}),
	};
}

function organizationOf({ memory }: LoadedMemory, organizationId: string): OrganizationMemory | null {
	return remembered(memory.organizations, organizationId) ?? null;
}

function loadText(stored: unknown): LoadedMemory {
	if (typeof stored !== 'string' || stored.trim() === '') return loadMemory(stored === '' ? null : stored);
	return loadMemory(parseJson(stored));
}

/** Text that is no JSON is damaged memory, which {@link loadMemory} says of any text. */
function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
