import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { progressLine, type Say } from '../n8n/loggedCommand.cjs';
import { provisionN8n } from '../n8n/n8nInstallation.cjs';
import { N8nRest, type Owner } from '../n8n/n8nRest.cjs';
import { N8nServer } from '../n8n/n8nServer.cjs';
import { installPackage, packPackage } from '../n8n/packageInstall.cjs';
import type { Workflow } from '../n8n/workflowSetup.cjs';

export interface DemoN8n {
	readonly server: N8nServer;
	readonly rest: N8nRest;
	readonly owner: Owner;
}

export interface DemoN8nOptions {
	readonly clone: string;
	readonly home: string;
	readonly version?: string;
	readonly port?: number;
	readonly say: Say;
	/** Called as soon as there is a process to stop. */
	readonly onServer: (server: N8nServer) => void;
}

const owner: Owner = { email: 'engineer@example.com', password: 'Try-1t-0ut' };

/** A real n8n with this package in it, as a user would have it, and its owner signed in. */
export async function startDemoN8n(options: DemoN8nOptions): Promise<DemoN8n> {
	const { clone, home, say, version, port } = options;
	checkBuilt(clone);
	const installation = await provisionN8n({ say, ...(version !== undefined && { version }) });
	say(`Starting n8n ${installation.version} with this package ...`);
	const tarball = await packPackage(clone, join(home, 'package'), say);
	await installPackage(tarball, home, installation, say);
	const server = await N8nServer.start({ installation, home, ...(port !== undefined && { port }) });
	options.onServer(server);
	await readyWithProgress(server, say);
	const rest = new N8nRest(server.url);
	await rest.signIn(owner);
	return { server, rest, owner };
}

async function readyWithProgress(server: N8nServer, say: Say): Promise<void> {
	const startedAt = Date.now();
	const progress = setInterval(() => {
		say(progressLine('n8n is starting', Date.now() - startedAt, undefined));
	}, 5000);
	try {
		await server.ready();
	} finally {
		clearInterval(progress);
	}
}

/** Named as the user sees it; the simulator's address is entered as a custom dashboard URL. */
export function createMerakiCredential(rest: N8nRest, apiKey: string, customUrl: string) {
	return rest.createCredential({
		name: 'Simulated Meraki Dashboard',
		type: 'merakiDashboardApi',
		data: { apiKey, region: 'custom', customUrl },
	});
}

export function readTemplate(clone: string): Workflow {
	const file = join(clone, 'workflows', 'meraki-vpn-failover.json');
	const template: unknown = JSON.parse(readFileSync(file, 'utf8'));
	if (!isWorkflow(template)) throw new Error(`${file} is not a workflow`);
	return template;
}

function isWorkflow(value: unknown): value is Workflow {
	return (
		typeof value === 'object' &&
		value !== null &&
		'nodes' in value &&
		'connections' in value &&
		'name' in value
	);
}

function checkBuilt(clone: string): void {
	const node = join(clone, 'dist', 'nodes', 'SwapVpnTags', 'SwapVpnTags.node.js');
	if (!existsSync(node))
		throw new Error('The package is not built yet. Run "npm run build" first ("npm start" does).');
}
