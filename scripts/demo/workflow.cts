import type { DemoDashboard } from './dashboard.cjs';
import { createMerakiCredential, readTemplate } from './n8n.cjs';
import { demoApiKey, demoBranches, demoOrganizationId } from './scenario.cjs';
import type { N8nRest } from '../n8n/n8nRest.cjs';
import type { Sabotage } from './startOptions.cjs';
import {
	addMessageBranch,
	addTagOverwrite,
	disconnectSwap,
	everySeconds,
	fillIn,
	type Workflow,
} from '../n8n/workflowSetup.cjs';

export interface DemoWorkflowOptions {
	readonly clone: string;
	readonly dashboard: DemoDashboard;
	readonly rest: N8nRest;
	readonly everySeconds: number;
	readonly sabotage?: Sabotage;
}

/** The shipped template with its fields filled in as a user would, one branch of one's own, and switched on. */
export async function publishDemoWorkflow(options: DemoWorkflowOptions): Promise<string> {
	const { rest, dashboard, sabotage } = options;
	const { id, name } = await createMerakiCredential(rest, demoApiKey, dashboard.url);
	const filled = fillIn(readTemplate(options.clone), {
		credential: { id, name },
		organizationId: demoOrganizationId,
		everySeconds: options.everySeconds,
		dryRun: sabotage === 'dry-run-left-on',
	});
	const workflow = sabotaged(addMessageBranch(filled, dashboard.messagesUrl), dashboard, sabotage);
	const stored = await rest.createWorkflow(workflow);
	await rest.publish(stored.id);
	return stored.id;
}

export async function slowSchedule(rest: N8nRest, workflowId: string, seconds: number): Promise<void> {
	const stored = await rest.workflow(workflowId);
	if (!hasNodes(stored)) throw new Error('n8n answered a workflow without nodes');
	const { nodes } = everySeconds(stored, seconds);
	await rest.changeWorkflow(workflowId, { nodes });
	await rest.publish(workflowId);
}

function hasNodes(stored: object): stored is Workflow {
	return 'nodes' in stored && 'connections' in stored && 'name' in stored;
}

function sabotaged(workflow: Workflow, dashboard: DemoDashboard, sabotage: Sabotage | undefined): Workflow {
	if (sabotage === 'swap-disconnected') return disconnectSwap(workflow);
	if (sabotage !== 'foreign-tag-changed') return workflow;
	const [victim] = demoBranches;
	if (!victim) return workflow;
	return addTagOverwrite(workflow, {
		url: dashboard.networkUrl(victim.id),
		apiKey: demoApiKey,
		tags: victim.onBackup.slice(1),
	});
}
