import axios from 'axios';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from './freePorts.cjs';
import { tail } from './loggedCommand.cjs';
import { n8nEnvironment } from './n8nEnvironment.cjs';
import type { N8nInstallation } from './n8nInstallation.cjs';
import { hasEnded, killChild, startChild, stopChild } from './runningChildren.cjs';

export interface N8nServerOptions {
	readonly installation: N8nInstallation;
	/** n8n keeps its data in `<home>/.n8n`. */
	readonly home: string;
	/** Left out: any free one. */
	readonly port?: number;
	readonly extraEnvironment?: Readonly<Record<string, string>>;
	/** Left out: `start`. A queue worker is `['worker', '--concurrency=5']`, and `port` its health check port. */
	readonly command?: readonly string[];
	readonly logFile?: string;
}

/** One n8n process on loopback. */
export class N8nServer {
	private constructor(
		readonly port: number,
		readonly home: string,
		readonly logFile: string,
		private readonly child: ChildProcess,
		private readonly hasRestRoutes: boolean,
	) {}

	static async start(options: N8nServerOptions): Promise<N8nServer> {
		const [anyPort = 0, brokerPort = 0] = await freePorts(2);
		const port = options.port ?? anyPort;
		const { installation, home } = options;
		mkdirSync(home, { recursive: true });
		const logFile = options.logFile ?? join(home, 'n8n.log');
		const child = startChild({
			executable: installation.nodeExecutable,
			commandArguments: [installation.entry, ...(options.command ?? ['start'])],
			folder: home,
			environment: n8nEnvironment({
				home,
				port,
				brokerPort,
				nodeExecutable: installation.nodeExecutable,
				...(options.extraEnvironment && { extra: options.extraEnvironment }),
			}),
			logFile,
		});
		return new N8nServer(port, home, logFile, child, options.command?.[0] !== 'worker');
	}

	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	get hasEnded(): boolean {
		return hasEnded(this.child);
	}

	get processId(): number | undefined {
		return this.child.pid;
	}

	/** Throws with the end of n8n's log if it ends first or takes too long. */
	async ready(withinMs = 180_000): Promise<void> {
		const until = Date.now() + withinMs;
		while (Date.now() < until) {
			if (this.hasEnded) throw new Error(`n8n ended while starting.\n${this.logTail()}`);
			if (await this.answers()) return;
			await sleep(200);
		}
		throw new Error(`n8n was not ready after ${withinMs / 1000} s.\n${this.logTail()}`);
	}

	async stop(patienceMs?: number): Promise<void> {
		await stopChild(this.child, patienceMs);
	}

	/** As a crash: no chance to save anything. */
	async kill(): Promise<void> {
		await killChild(this.child);
	}

	logTail(lines = 30): string {
		return `The end of ${this.logFile}:\n${tail(this.logFile, lines)}`;
	}

	/** Health answers before the REST routes exist, so the settings are asked too. */
	private async answers(): Promise<boolean> {
		const request = { baseURL: this.url, proxy: false, timeout: 5000, validateStatus: () => true } as const;
		try {
			const health = await axios.get('/healthz/readiness', request);
			if (health.status !== 200 || !this.hasRestRoutes) return health.status === 200;
			const settings = await axios.get('/rest/settings', request);
			return settings.status === 200 && typeof settings.data === 'object';
		} catch {
			return false; // not listening yet
		}
	}
}
