import { nodeTypes, type Workflow, type WorkflowNode } from '../../scripts/n8n/workflowSetup.cjs';

export interface NamedCredential {
	readonly id: string;
	readonly name: string;
}

const slackType = 'n8n-nodes-base.slack';
const mailType = 'n8n-nodes-base.emailSend';

/** What a user does to be told: a credential for each Slack and email node, and all of them enabled. */
export function withMessages(workflow: Workflow, slack: NamedCredential, mail: NamedCredential): Workflow {
	return changed(workflow, (node) => {
		if (node.type === slackType) return { ...node, disabled: false, credentials: { slackApi: slack } };
		if (node.type === mailType) return { ...node, disabled: false, credentials: { smtp: mail } };
		return node;
	});
}

export function withEvaluateParameters(
	workflow: Workflow,
	parameters: Readonly<Record<string, unknown>>,
): Workflow {
	return withParameters(workflow, nodeTypes.evaluate, parameters);
}

export function withSwapParameters(
	workflow: Workflow,
	parameters: Readonly<Record<string, unknown>>,
): Workflow {
	return withParameters(workflow, nodeTypes.swap, parameters);
}

/** As n8n's editor does it: the node, and the connections that name it. */
export function renamed(workflow: Workflow, from: string, to: string): Workflow {
	const text = JSON.stringify(workflow.connections).replaceAll(JSON.stringify(from), JSON.stringify(to));
	const nodes = workflow.nodes.map((node) => (node.name === from ? { ...node, name: to } : node));
	return { ...workflow, nodes, connections: JSON.parse(text) as Workflow['connections'] };
}

function withParameters(
	workflow: Workflow,
	type: string,
	parameters: Readonly<Record<string, unknown>>,
): Workflow {
	return changed(workflow, (node) =>
		node.type === type ? { ...node, parameters: { ...node.parameters, ...parameters } } : node,
	);
}

function changed(workflow: Workflow, change: (node: WorkflowNode) => WorkflowNode): Workflow {
	return { ...workflow, nodes: workflow.nodes.map(change) };
}
