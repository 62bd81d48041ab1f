import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Say } from '../../scripts/loggedCommand.cjs';
import { provisionN8n, type N8nInstallation } from '../../scripts/n8nInstallation.cjs';
import { N8nRest, type Owner } from '../../scripts/n8nRest.cjs';
import { N8nServer } from '../../scripts/n8nServer.cjs';
import { installPackage, packPackage } from '../../scripts/packageInstall.cjs';
import { Mailbox } from './standIns/mailbox.cjs';
import { Outside } from './standIns/outside.cjs';
import { SlackStandIn } from './standIns/slack.cjs';
import type { NamedCredential } from './template.cjs';
import type { Tools } from './tools.cjs';

export interface BenchOptions {
	readonly clone: string;
	readonly version?: string;
	readonly tools: Tools;
	readonly say: Say;
}

const owner: Owner = { email: 'engineer@example.com', password: 'Try-1t-0ut' };

/** A real n8n with the packed package in it, its owner signed in, and a Slack and a mail server to send to. */
export class Bench {
	readonly slack = new SlackStandIn();
	readonly owner = owner;
	slackCredential: NamedCredential = { id: '', name: '' };
	mailCredential: NamedCredential = { id: '', name: '' };
	private running: N8nServer | undefined;
	private signedIn: N8nRest | undefined;

	private constructor(
		readonly clone: string,
		readonly tools: Tools,
		readonly installation: N8nInstallation,
		readonly folder: string,
		readonly outside: Outside,
		readonly mailbox: Mailbox,
	) {}

	static async open({ clone, version, tools, say }: BenchOptions): Promise<Bench> {
		const installation = await provisionN8n({ say, ...(version !== undefined && { version }) });
		const folder = mkdtempSync(join(tmpdir(), 'meraki-vpn-failover-e2e-'));
		const outside = await Outside.start(tools, folder);
		const mailbox = await Mailbox.open(tools);
		const bench = new Bench(clone, tools, installation, folder, outside, mailbox);
		outside.serve('slack.com', bench.slack.answer);
		const tarball = await packPackage(clone, join(folder, 'package'), say);
		await installPackage(tarball, bench.home, installation, say);
		await bench.start();
		await bench.makeMessageCredentials();
		return bench;
	}

	get home(): string {
		return join(this.folder, 'home');
	}

	get server(): N8nServer {
		if (!this.running) throw new Error('n8n is not running');
		return this.running;
	}

	get rest(): N8nRest {
		if (!this.signedIn) throw new Error('n8n is not running');
		return this.signedIn;
	}

	/** With the data it had before. */
	async start(): Promise<void> {
		this.running = await N8nServer.start({
			installation: this.installation,
			home: this.home,
			extraEnvironment: this.outside.environment,
		});
		await this.running.ready();
		this.signedIn = new N8nRest(this.running.url);
		await this.signedIn.signIn(owner);
	}

	async close(keepFolder: boolean): Promise<void> {
		await this.running?.stop();
		await this.outside.close();
		await this.mailbox.close();
		if (!keepFolder) rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
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
