import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Say } from '../../scripts/n8n/loggedCommand.cjs';
import { provisionN8n, type N8nInstallation } from '../../scripts/n8n/n8nInstallation.cjs';
import { N8nRest, type Owner } from '../../scripts/n8n/n8nRest.cjs';
import { N8nServer } from '../../scripts/n8n/n8nServer.cjs';
import { packPackage } from '../../scripts/n8n/packageInstall.cjs';
import { Backends } from './backends.cjs';
import { Mailbox } from './standIns/mailbox.cjs';
import { Outside } from './standIns/outside.cjs';
import { Registry } from './standIns/registry.cjs';
import { SlackStandIn } from './standIns/slack.cjs';
import type { NamedCredential } from './template.cjs';
import type { Tools } from './tools.cjs';
import { Workers } from './workers.cjs';

export const modes = ['regular', 'queue'] as const;
export type Mode = (typeof modes)[number];

export interface BenchOptions {
	readonly clone: string;
	readonly version?: string;
	readonly tools: Tools;
	readonly say: Say;
	readonly mode: Mode;
}

const owner: Owner = { email: 'engineer@example.com', password: 'Try-1t-0ut' };

/** A real n8n, its owner signed in, and what it talks to: a package registry, Slack, and a mail server. */
export class Bench {
	readonly slack = new SlackStandIn();
	readonly owner = owner;
	slackCredential: NamedCredential = { id: '', name: '' };
	mailCredential: NamedCredential = { id: '', name: '' };
	private running: N8nServer | undefined;
	private signedIn: N8nRest | undefined;
	private queue: Workers | undefined;

	private constructor(
		readonly clone: string,
		readonly tools: Tools,
		readonly installation: N8nInstallation,
		readonly folder: string,
		readonly outside: Outside,
		readonly mailbox: Mailbox,
		private readonly registry: Registry,
		private readonly backends: Backends | undefined,
	) {}

	/** Without the package in it. */
	static async open({ clone, version, tools, mode, say }: BenchOptions): Promise<Bench> {
		const installation = await provisionN8n({ say, ...(version !== undefined && { version }) });
		const folder = mkdtempSync(join(tmpdir(), 'meraki-vpn-failover-e2e-'));
		const outside = await Outside.start(tools, folder);
		const mailbox = await Mailbox.open(tools);
		const registry = await Registry.start(tools, join(folder, 'registry'));
		const backends = mode === 'queue' ? await Backends.start(join(folder, 'backends')) : undefined;
		const bench = new Bench(clone, tools, installation, folder, outside, mailbox, registry, backends);
		outside.serve(({ host }) => host === 'slack.com', bench.slack.answer);
		// By its path, whichever registry n8n and its npm are set to.
		outside.serve(({ path }) => path.startsWith(`/${bench.packageName}`), registry.answer);
		bench.letNpmTrustOutside();
		try {
			await registry.publish(await packPackage(clone, join(folder, 'package'), say), say);
			await bench.start();
			if (backends) bench.queue = await Workers.start(bench);
			await bench.makeMessageCredentials();
		} catch (error) {
			await bench.close(true);
			throw error;
		}
		return bench;
	}

	get home(): string {
		return join(this.folder, 'home');
	}

	get server(): N8nServer {
		if (!this.running) throw new Error('n8n is not running');
		return this.running;
	}

	/** In queue mode. */
	get workers(): Workers {
		if (!this.queue) throw new Error('This n8n is not in queue mode');
		return this.queue;
	}

	get rest(): N8nRest {
		if (!this.signedIn) throw new Error('n8n is not running');
		return this.signedIn;
	}

	get packageName(): string {
		const manifest: unknown = JSON.parse(readFileSync(join(this.clone, 'package.json'), 'utf8'));
		return String((manifest as { name: unknown }).name);
	}

	/** For every n8n process of this bench. */
	get environment(): Readonly<Record<string, string>> {
		// A cache of its own: the user's npm may know another package of this name and version.
		return {
			...this.outside.environment,
			npm_config_cache: join(this.folder, 'npm-cache'),
			...this.backends?.environment,
		};
	}

	/** As the button under Settings > Community nodes does it. */
	async installPackage(): Promise<void> {
		await this.rest.post('/community-packages', { name: this.packageName });
	}

	/** With the data it had before. */
	async start(): Promise<void> {
		this.running = await N8nServer.start({
			installation: this.installation,
			home: this.home,
			extraEnvironment: this.environment,
		});
		await this.running.ready();
		this.signedIn = new N8nRest(this.running.url);
		await this.signedIn.signIn(owner);
	}

	async close(keepFolder: boolean): Promise<void> {
		await this.queue?.stop();
		await this.running?.stop();
		await this.backends?.stop();
		await this.outside.close();
		await this.mailbox.close();
		await this.registry.close();
		if (!keepFolder) rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	}

	/** Older n8n start npm without NODE_EXTRA_CA_CERTS; npm reads this file in the folder where n8n keeps its packages. */
	private letNpmTrustOutside(): void {
		const packages = join(this.home, '.n8n', 'nodes');
		mkdirSync(packages, { recursive: true });
		writeFileSync(join(packages, '.npmrc'), `cafile=${this.outside.certificate}\n`);
	}

	private async makeMessageCredentials(): Promise<void> {
		this.slackCredential = await this.rest.createCredential({
			name: 'Slack',
			type: 'slackApi',
			data: { accessToken: this.slack.token },
		});
		this.mailCredential = await this.rest.createCredential({
			name: 'Mail',
			type: 'smtp',
			data: {
				user: 'operations',
				password: 'of-the-test',
				host: '127.0.0.1',
				port: this.mailbox.port,
				secure: false,
				disableStartTls: true,
				hostName: '',
			},
		});
	}
}
