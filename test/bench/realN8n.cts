import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMerakiCredential, startDemoN8n } from '../../scripts/demo/n8n.cjs';
import type { N8nRest } from '../../scripts/n8n/n8nRest.cjs';
import type { N8nServer } from '../../scripts/n8n/n8nServer.cjs';
import { say } from '../../scripts/n8n/terminal.cjs';
import { KEY, quietFleet } from './fleets.cjs';
import { handBuilt, packaged } from './n8nWorkflows.cjs';
import { PretendedMeraki } from './pretendedMeraki.cjs';

export interface N8nRuns {
	readonly version: string;
	readonly networks: number;
	readonly packaged: readonly N8nRun[];
	readonly handBuilt: readonly N8nRun[];
}

export interface N8nRun {
	readonly seconds: number;
	/** What n8n keeps of it in its database when it saves runs that went well. */
	readonly storedBytes: number;
}

/** The same quiet check in a real n8n: by this package, and by nodes that n8n brings. */
export async function realN8n(networks: number, runs: number): Promise<N8nRuns> {
	const clone = join(__dirname, '..', '..');
	const home = mkdtempSync(join(tmpdir(), 'meraki-vpn-failover-bench-n8n-'));
	const meraki = await PretendedMeraki.start(quietFleet(networks), 0);
	let server: N8nServer | undefined;
	try {
		const onServer = (started: N8nServer) => {
			server = started;
		};
		const { rest } = await startDemoN8n({ clone, home, say, onServer });
		const { id, name } = await createMerakiCredential(rest, KEY, meraki.url);
		const { version } = await rest.get<{ versionCli: string }>('/settings').then(({ versionCli }) => ({
			version: versionCli,
		}));
		return {
			version,
			networks,
			packaged: await executions(rest, packaged({ id, name }), runs),
			handBuilt: await executions(rest, handBuilt(meraki.url), runs),
		};
	} finally {
		await server?.stop();
		await meraki.close();
		rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	}
}

/** The first run of each reads what is remembered later, and warms n8n up. */
const WARM_UPS = 2;
const LONGEST_MS = 300_000;

async function executions(rest: N8nRest, workflow: object, runs: number): Promise<N8nRun[]> {
	const { id } = await rest.createWorkflow(workflow);
	await rest.publish(id);
	const giveUpAt = Date.now() + LONGEST_MS;
	const ended = async () => (await rest.executions(id)).filter(({ status }) => status === 'success');
	while ((await ended()).length < WARM_UPS + runs) {
		if (Date.now() > giveUpAt)
			throw new Error(`n8n made too few runs: ${JSON.stringify(await rest.executions(id))}`);
		await sleep(500);
	}
	await rest.unpublish(id);
	const chosen = (await ended()).reverse().slice(WARM_UPS, WARM_UPS + runs);
	return await Promise.all(
		chosen.map(async ({ id: executionId, startedAt = '', stoppedAt }) => {
			const { data } = await rest.get<{ data: string }>(`/executions/${executionId}`);
			const seconds = (Date.parse(stoppedAt ?? '') - Date.parse(startedAt)) / 1000;
			return { seconds, storedBytes: Buffer.byteLength(data) };
		}),
	);
}
