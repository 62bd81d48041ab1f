import axios, { type AxiosInstance } from 'axios';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../../scripts/n8n/freePorts.cjs';
import { hasEnded, startChild, stopChild } from '../../scripts/n8n/runningChildren.cjs';
import type { LoggedRequest, Scenario, ScenarioEvent } from '../../simulator/simulator.cjs';

/** The same for everybody who calls: the way to the cloud and back. */
export const CALL_MS = 100;

export interface NetworkTags {
	readonly id: string;
	readonly tags: readonly string[];
}

/** The simulator in a process of its own, so that its work is not counted as that of its caller. */
export class PretendedMeraki {
	private constructor(
		readonly url: string,
		private readonly control: AxiosInstance,
		private readonly child: ChildProcess,
		private readonly folder: string,
	) {}

	/** In real time, unless `speed` says otherwise; every call takes {@link CALL_MS}. */
	static async start(scenario: Scenario, speed = 1): Promise<PretendedMeraki> {
		const folder = mkdtempSync(join(tmpdir(), 'meraki-vpn-failover-bench-'));
		const file = join(folder, 'scenario.json');
		writeFileSync(file, JSON.stringify(scenario));
		const [port = 0] = await freePorts(1);
		const main = join(__dirname, '..', '..', 'simulator', 'main.cts');
		const options = ['--scenario', file, '--port', String(port), '--speed', String(speed)];
		const child = startChild({
			executable: process.execPath,
			commandArguments: ['--require', 'tsx/cjs', main, ...options],
			folder: join(__dirname, '..', '..'),
			environment: process.env,
			logFile: join(folder, 'simulator.log'),
		});
		const url = `http://127.0.0.1:${port}`;
		const control = axios.create({ baseURL: `${url}/simulator`, proxy: false, timeout: 120_000 });
		const meraki = new PretendedMeraki(url, control, child, folder);
		await meraki.ready();
		await control.post('/faults', { effect: { kind: 'slow', delayMs: CALL_MS } });
		return meraki;
	}

	async happen(event: ScenarioEvent): Promise<void> {
		await this.control.post('/events', event);
	}

	/** Minutes since it began, for events that lie before now. */
	async minutes(): Promise<number> {
		const state = await this.control.get<{ clock: { minutes: number } }>('/state', { params: { limit: 0 } });
		return state.data.clock.minutes;
	}

	async requests(): Promise<readonly LoggedRequest[]> {
		const log = await this.control.get<LoggedRequest[]>('/requests', { params: { newest: 100_000 } });
		return log.data.filter(({ path }) => path.startsWith('/api/v1'));
	}

	async forgetRequests(): Promise<void> {
		await this.control.delete('/requests');
	}

	async networks(): Promise<readonly NetworkTags[]> {
		const state = await this.control.get<{ networks: NetworkTags[]; violations: { count: number } }>(
			'/state',
			{
				params: { limit: 1_000_000 },
			},
		);
		if (state.data.violations.count > 0) throw new Error('A request broke the documented contract');
		return state.data.networks;
	}

	async close(): Promise<void> {
		await stopChild(this.child);
		rmSync(this.folder, { recursive: true, force: true });
	}

	private async ready(): Promise<void> {
		for (let tries = 0; tries < 600; tries += 1) {
			if (hasEnded(this.child)) break;
			const [answer] = await Promise.allSettled([this.control.get('/faults')]);
			if (answer.status === 'fulfilled') return;
			await sleep(50);
		}
		throw new Error(
			`The simulator did not start:\n${readFileSync(join(this.folder, 'simulator.log'), 'utf8')}`,
		);
	}
}
