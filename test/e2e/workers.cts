import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../../scripts/n8n/freePorts.cjs';
import { N8nServer } from '../../scripts/n8n/n8nServer.cjs';
import type { Bench } from './bench.cjs';

const names = ['worker-1', 'worker-2'] as const;
export type WorkerName = (typeof names)[number];

/** The processes that carry out what n8n's main process puts into the queue. */
export class Workers {
	private readonly running = new Map<WorkerName, N8nServer>();

	private constructor(private readonly bench: Bench) {}

	static async start(bench: Bench): Promise<Workers> {
		const workers = new Workers(bench);
		try {
			await Promise.all(names.map((name) => workers.startOne(name)));
		} catch (error) {
			await workers.stop();
			throw error;
		}
		return workers;
	}

	/** With the data folder it had before. */
	async startOne(name: WorkerName): Promise<void> {
		const [port = 0] = await freePorts(1);
		const server = await N8nServer.start({
			installation: this.bench.installation,
			home: join(this.bench.folder, name),
			port,
			command: ['worker', '--concurrency=5'],
			extraEnvironment: { ...this.bench.environment, QUEUE_HEALTH_CHECK_PORT: String(port) },
		});
		this.running.set(name, server);
		await server.ready();
	}

	/** As a crash: no chance to save anything. */
	async kill(name: WorkerName): Promise<void> {
		await this.running.get(name)?.kill();
	}

	async stop(): Promise<void> {
		await Promise.all([...this.running.values()].map((server) => server.stop()));
	}

	/** By its log, which is where n8n says it. */
	whoRan(executionId: string): WorkerName | undefined {
		return names.find((name) => this.log(name).includes(`started execution ${executionId} `));
	}

	/** How many executions each has begun. */
	runsOfEach(): readonly number[] {
		return names.map((name) => this.log(name).split('started execution ').length - 1);
	}

	async haveInstalled(packageName: string): Promise<void> {
		const giveUpAt = Date.now() + 120_000;
		for (const name of names) {
			while (!this.log(name).includes(`package installed: ${packageName}`)) {
				if (Date.now() > giveUpAt) throw new Error(`${name} did not install it. ${this.tail(name)}`);
				await sleep(200);
			}
		}
	}

	private log(name: WorkerName): string {
		const server = this.running.get(name);
		return server ? readFileSync(server.logFile, 'utf8') : '';
	}

	private tail(name: WorkerName): string {
		return this.running.get(name)?.logTail() ?? '';
	}
}
