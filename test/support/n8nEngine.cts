import './n8nQuiet.cjs';
import { ExecutionLifecycleHooks, WorkflowExecute } from 'n8n-core';
import { ICredentialsHelper, LoggerProxy, NodeConnectionTypes, Workflow } from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialType,
	IConnections,
	IDataObject,
	IHttpRequestOptions,
	INode,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypes,
	IRequestOptionsSimplified,
	IRun,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

export const START = 'Start';

/** A workflow as n8n stores it, with the state that n8n keeps between its runs. */
export interface StoredWorkflow {
	readonly nodes: readonly INode[];
	readonly connections: IConnections;
	/** What n8n has in its database; replaced after each run as n8n does it. */
	staticData: IDataObject;
}

export interface EngineSettings {
	/** By their full names, for example `n8n-nodes-base.slack`. */
	readonly nodeTypes: Readonly<Record<string, INodeType>>;
	readonly credential: { readonly type: ICredentialType; readonly data: ICredentialDataDecryptedObject };
	/** Stands in for a credential that cannot be decrypted. */
	readonly decryptionFails?: boolean;
}

export interface RunSettings {
	readonly mode?: WorkflowExecuteMode;
	/** The node that begins the run: the one named Start when left out. */
	readonly startAt?: string;
	/** What the start node hands out. */
	readonly items?: readonly INodeExecutionData[];
	/** Called when a node has ended, for example to cancel the run. */
	readonly onRunning?: (cancel: () => void) => void;
}

/** What a run left behind. */
export interface Finished {
	readonly run: IRun;
	/** Each node that ran, in order. */
	readonly ranNodes: readonly string[];
	/** Items by output of the last run of a node; empty where it did not run. */
	readonly outputs: (node: string) => INodeExecutionData[][];
	readonly hints: (node: string) => string[];
	readonly runsOf: (node: string) => number;
	/** Why the execution ended red; `undefined` when it is green. */
	readonly error: Error | undefined;
}

/** Log lines of n8n and of the nodes: no key may ever stand in one. */
export const logLines: string[] = [];

const log = (message: string, meta?: object) => {
	logLines.push(`${message} ${JSON.stringify(meta ?? {})}`);
};
LoggerProxy.init({ error: log, warn: log, info: log, debug: log });

/** Runs a workflow in n8n's engine from its start node, and keeps static data as n8n's server does. */
export async function runWorkflow(
	workflow: StoredWorkflow,
	settings: EngineSettings,
	{ mode = 'trigger', startAt = START, items = [{ json: {} }], onRunning }: RunSettings = {},
): Promise<Finished> {
	const known: Record<string, INodeType> = { ...settings.nodeTypes, start: startType(items) };
	const nodes = structuredClone([...workflow.nodes]);
	const meta = {
		id: idOf(workflow),
		name: 'Under test',
		active: true,
		nodes,
		connections: workflow.connections,
		settings: { executionOrder: 'v1' as const },
	};
	const instance = new Workflow({
		...meta,
		nodeTypes: typesOf(known),
		staticData: structuredClone(workflow.staticData),
	});
	const startNode = instance.getNode(startAt) ?? undefined;
	const hooks = new ExecutionLifecycleHooks(mode, 'execution-1', {
		...meta,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(0),
		updatedAt: new Date(0),
	} satisfies IWorkflowBase);
	const ranNodes: string[] = [];
	hooks.addHandler('nodeExecuteAfter', (name) => {
		ranNodes.push(name);
	});
	hooks.addHandler('workflowExecuteAfter', (_run, changed) => {
		// n8n's server: saved when changed, in every mode but manual, whatever became of the run.
		if (mode !== 'manual' && instance.staticData['__dataChanged'] === true) {
			workflow.staticData = structuredCloneOfJson(changed);
		}
	});
	const running = new WorkflowExecute(additionalData(settings, instance, hooks), mode).run({
		workflow: instance,
		...(startNode === undefined ? {} : { startNode }),
	});
	onRunning?.(() => running.cancel());
	return finished(await running, ranNodes);
}

const ids = new WeakMap<StoredWorkflow, string>();
let workflows = 0;

/** Two that are stored apart are two workflows for n8n, and for what the nodes keep in the process. */
function idOf(workflow: StoredWorkflow): string {
	const known = ids.get(workflow);
	if (known !== undefined) return known;
	workflows += 1;
	const id = `workflow-${workflows}`;
	ids.set(workflow, id);
	return id;
}

function finished(run: IRun, ranNodes: readonly string[]): Finished {
	const { runData, error } = run.data.resultData;
	const last = (node: string) => runData[node]?.at(-1);
	return {
		run,
		ranNodes,
		outputs: (node) => (last(node)?.data?.main ?? []).map((items) => items ?? []),
		hints: (node) => (last(node)?.hints ?? []).map(({ message }) => message),
		runsOf: (node) => runData[node]?.length ?? 0,
		error,
	};
}

/** n8n stores JSON: what does not survive it is lost there, too. */
function structuredCloneOfJson(value: IDataObject): IDataObject {
	const copy: unknown = JSON.parse(JSON.stringify(value));
	return isDataObject(copy) ? copy : {};
}

function isDataObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function startType(items: readonly INodeExecutionData[]): INodeType {
	return stubType('start', { execute: async () => [structuredClone([...items])] });
}

/** A node of somebody else, for what stands around ours. */
export function stubType(
	name: string,
	behaviour: Pick<INodeType, 'execute'> & {
		readonly inputs?: number;
		/** Texts that it reads. */
		readonly parameters?: readonly string[];
	} = {},
): INodeType {
	const main = (count: number) => Array.from({ length: count }, () => NodeConnectionTypes.Main);
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: [1, 1.1, 1.2, 1.3, 1.4, 2, 2.1, 2.2, 2.3, 3, 3.2, 4.2],
			description: 'Stands in for a node',
			defaults: { name },
			inputs: main(behaviour.inputs ?? 1),
			// As n8n's Merge: it runs as soon as one of its inputs has something.
			requiredInputs: 1,
			outputs: main(1),
			properties: (behaviour.parameters ?? []).map((parameter) => ({
				displayName: parameter,
				name: parameter,
				type: 'string',
				default: '',
			})),
		},
		execute:
			behaviour.execute ??
			async function () {
				return [this.getInputData()];
			},
	};
}

function typesOf(known: Readonly<Record<string, INodeType>>): INodeTypes {
	const find = (name: string): INodeType => {
		const type = Object.hasOwn(known, name) ? known[name] : undefined;
		if (type === undefined) throw new Error(`Unknown node type ${name}`);
		return type;
	};
	return { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
}

/** What the server would add: decryption, and n8n's own resolving of a credential's `authenticate`. */
class Credentials extends ICredentialsHelper {
	constructor(
		private readonly settings: EngineSettings,
		private readonly workflow: Workflow,
	) {
		super();
	}

	override getParentTypes(): string[] {
		return [];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override async authenticate(
		data: ICredentialDataDecryptedObject,
		_name: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const how = this.settings.credential.type.authenticate;
		if (how === undefined || typeof how === 'function')
			throw new Error('Only generic authentication is known here');
		const headers = Object.entries(how.properties.headers ?? {}).map(
			([name, value]) => [name, String(resolved(this.workflow, String(value), data))] as const,
		);
		if (!('url' in request)) throw new Error('A request without an address');
		return { ...request, headers: { ...request.headers, ...Object.fromEntries(headers) } };
	}

	override async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async getCredentials(): Promise<ICredentials> {
		throw new Error('Not needed here');
	}

	override async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		if (this.settings.decryptionFails === true) throw new Error('Credentials could not be decrypted');
		return { ...this.settings.credential.data };
	}

	override async updateCredentials(): Promise<void> {
		throw new Error('Not needed here');
	}

	override async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('Not needed here');
	}

	override getCredentialsProperties(): INodeProperties[] {
		return this.settings.credential.type.properties;
	}
}

/** An expression of a credential as n8n evaluates it. */
export function resolved(workflow: Workflow, value: string, data: ICredentialDataDecryptedObject): unknown {
	const node: INode = { id: '1', name: 'n', type: 'start', typeVersion: 1, position: [0, 0], parameters: {} };
	return workflow.expression.getSimpleParameterValue(node, value, 'internal', { $credentials: data });
}

/** A workflow without nodes, in which expressions can be evaluated. */
export function emptyWorkflow(): Workflow {
	return new Workflow({ nodes: [], connections: {}, active: false, nodeTypes: typesOf({}) });
}

export function additionalData(
	settings: EngineSettings,
	workflow: Workflow,
	hooks?: ExecutionLifecycleHooks,
): IWorkflowExecuteAdditionalData {
	const origin = 'http://localhost';
	const needed: Partial<IWorkflowExecuteAdditionalData> = {
		...(hooks === undefined ? {} : { hooks }),
		credentialsHelper: new Credentials(settings, workflow),
		executionId: 'execution-1',
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${origin}/rest`,
		instanceBaseUrl: `${origin}/`,
		webhookWaitingBaseUrl: `${origin}/webhook-waiting`,
		formWaitingBaseUrl: `${origin}/form-waiting`,
		setExecutionStatus: () => undefined,
	};
	// The rest belongs to sub-workflows, agents and task runners, which no node here uses.
	return needed as IWorkflowExecuteAdditionalData;
}
