import axios from 'axios';
import type { ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePorts } from '../../../scripts/n8n/freePorts.cjs';
import { runLogged, tail, type Say } from '../../../scripts/n8n/loggedCommand.cjs';
import { npmEnvironment, npmScript } from '../../../scripts/n8n/npmCommand.cjs';
import { hasEnded, startChild, stopChild } from '../../../scripts/n8n/runningChildren.cjs';
import type { ProxiedAnswer } from '../toolTypes.cjs';
import type { Tools } from '../tools.cjs';
import type { OutsideRequest } from './outside.cjs';

const configuration = `storage: ./storage
auth: { htpasswd: { file: ./htpasswd, max_users: 5 } }
uplinks: {}
packages: { '**': { access: $all, publish: $all, unpublish: $all } }
log: { type: stdout, format: pretty, level: warn }
`;

/** A package registry on loopback that knows what was published to it and nothing else. */
export class Registry {
	private constructor(
		private readonly folder: string,
		private readonly url: string,
		private readonly child: ChildProcess,
		private readonly logFile: string,
	) {}

	static async start({ registryScript }: Tools, folder: string): Promise<Registry> {
		mkdirSync(folder, { recursive: true });
		const [port = 0] = await freePorts(1);
		const configFile = join(folder, 'config.yaml');
		writeFileSync(configFile, configuration);
		const logFile = join(folder, 'registry.log');
		const child = startChild({
			executable: process.execPath,
			commandArguments: [registryScript, '--config', configFile, '--listen', `127.0.0.1:${port}`],
			folder,
			environment: npmEnvironment(process.execPath),
			logFile,
		});
		const registry = new Registry(folder, `http://127.0.0.1:${port}`, child, logFile);
		await registry.ready();
		return registry;
	}

	async publish(tarball: string, say: Say): Promise<void> {
		const userConfig = join(this.folder, 'npmrc');
		// Anybody may publish, but npm asks for a token.
		writeFileSync(userConfig, `${this.url.replace('http:', '')}/:_authToken=any\n`);
		const settings = ['--registry', this.url, '--userconfig', userConfig, '--ignore-scripts'];
		const command = {
			executable: process.execPath,
			commandArguments: [npmScript(), 'publish', tarball, ...settings],
			folder: this.folder,
			environment: npmEnvironment(process.execPath),
			logFile: join(this.folder, 'publish.log'),
		};
		await runLogged(command, { title: 'publishing the package to a registry of its own', say });
	}

	/** Under the name of the registry that was asked: the addresses of tarballs in the answer are on that host, too. */
	readonly answer = async ({ method, host, path, body }: OutsideRequest): Promise<ProxiedAnswer> => {
		const { status, headers, data } = await axios.request<ArrayBuffer>({
			baseURL: this.url,
			url: path,
			method,
			...(body !== '' && { data: body }),
			headers: { host, 'x-forwarded-proto': 'https', 'accept-encoding': 'identity' },
			responseType: 'arraybuffer',
			proxy: false,
			validateStatus: () => true,
		});
		const type: unknown = headers['content-type'];
		return {
			statusCode: status,
			headers: { 'content-type': typeof type === 'string' ? type : 'application/octet-stream' },
			rawBody: Buffer.from(data),
		};
	};

	async close(): Promise<void> {
		await stopChild(this.child);
	}

	private async ready(): Promise<void> {
		const giveUpAt = Date.now() + 60_000;
		while (Date.now() < giveUpAt && !hasEnded(this.child)) {
			const [asked] = await Promise.allSettled([
				axios.get(`${this.url}/-/ping`, { proxy: false, timeout: 5000 }),
			]);
			if (asked.status === 'fulfilled') return;
			await sleep(100);
		}
		throw new Error(`The package registry did not start.\n${tail(this.logFile, 30)}`);
	}
}
