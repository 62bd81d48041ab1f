import { setTimeout as sleep } from 'node:timers/promises';
import { createMerakiCredential, readTemplate } from '../../scripts/demo/n8n.cjs';
import type { ExecutionSummary } from '../../scripts/n8n/n8nRest.cjs';
import { fillIn, type Workflow } from '../../scripts/n8n/workflowSetup.cjs';
import {
	createSimulator,
	VirtualClock,
	type LoggedRequest,
	type Scenario,
} from '../../simulator/simulator.cjs';
import type { Bench } from './bench.cjs';
import { withMessages, type NamedCredential } from './template.cjs';

export interface SiteOptions {
	readonly scenario: Scenario;
	readonly dryRun?: boolean;
	/** Left out: 2, which at 15 virtual seconds a second is the 30 s of the template. */
	readonly everySeconds?: number;
	readonly speed?: number;
	/** Slack and email, enabled. */
	readonly messages?: boolean;
	readonly change?: (workflow: Workflow) => Workflow;
	readonly published?: boolean;
}

/** Virtual seconds a second, and the schedule to it. */
const pace = { speed: 15, everySeconds: 2 } as const;

/** One simulated dashboard, and the template in n8n that looks after it. */
export class Site {
	private constructor(
		readonly bench: Bench,
		readonly simulator: ReturnType<typeof createSimulator>,
		readonly url: string,
		readonly workflowId: string,
		readonly credential: NamedCredential,
	) {}

	static async open(bench: Bench, options: SiteOptions): Promise<Site> {
		bench.slack.mood = 'up';
		bench.slack.forget();
		bench.mailbox.forget();
		const { scenario } = options;
		const clock = new VirtualClock({ startAt: Date.now(), speed: options.speed ?? pace.speed });
		const simulator = createSimulator({ scenario, clock });
		const { url } = await simulator.listen();
		const [key] = scenario.keys;
		const [organization] = scenario.organizations ?? [];
		const credential = await createMerakiCredential(bench.rest, key?.key ?? '', url);
		const filled = fillIn(readTemplate(bench.clone), {
			credential: { id: credential.id, name: credential.name },
			organizationId: organization?.id ?? '',
			everySeconds: options.everySeconds ?? pace.everySeconds,
			dryRun: options.dryRun ?? false,
		});
		const told = options.messages
			? withMessages(filled, named(bench.slackCredential), named(bench.mailCredential))
			: filled;
		const stored = await bench.rest.createWorkflow(options.change ? options.change(told) : told);
		if (options.published ?? true) await bench.rest.publish(stored.id);
		return new Site(bench, simulator, url, stored.id, credential);
	}

	get now(): number {
		return this.simulator.clock.now();
	}

	/** Accepted writes of tags, in order. */
	get writes(): readonly LoggedRequest[] {
		return this.simulator.requests.filter(
			({ method, status }) => method === 'PUT' && status !== null && status < 300,
		);
	}

	get reads(): number {
		return this.simulator.requests.filter(({ path }) => path.endsWith('/uplinksLossAndLatency')).length;
	}

	tags(network: string): readonly string[] {
		return this.simulator.state.network(network).tags;
	}

	/** Total loss towards this address, from now on. Answers what ends it. */
	loseEverythingTo(ip: string): () => void {
		const id = this.simulator.applyEvent({
			kind: 'loss',
			lossPercent: 100,
			latencyMs: null,
			where: { ip },
		});
		return () => {
			this.simulator.endEvent(id);
		};
	}

	/** Two active roles, which this product never mends by guessing. */
	breakTagsOf(network: string): void {
		this.simulator.applyEvent({
			kind: 'editTags',
			network,
			replace: ['london_primary_up', 'paris_backup_up'],
		});
	}

	executions(): Promise<readonly ExecutionSummary[]> {
		return this.bench.rest.executions(this.workflowId);
	}

	async until(what: string, isSo: () => boolean | Promise<boolean>, withinSeconds = 90): Promise<void> {
		const giveUpAt = Date.now() + withinSeconds * 1000;
		while (!(await isSo())) {
			if (Date.now() > giveUpAt)
				throw new Error(`waited ${withinSeconds} s in vain: ${what}; ${this.state()}`);
			if (this.bench.server.hasEnded) throw new Error(`n8n has ended. ${this.bench.server.logTail()}`);
			await sleep(100);
		}
	}

	/** Until so many more runs have read the dashboard. */
	async runs(count: number): Promise<void> {
		const wanted = this.reads + count;
		await this.until(`${count} more runs`, () => this.reads >= wanted);
	}

	/** By hand, from its schedule, as the editor's button does. Answers the finished run. */
	async runByHand(): Promise<ExecutionSummary & { readonly data: unknown }> {
		const { rest } = this.bench;
		const workflow = (await rest.workflow(this.workflowId)) as unknown as Workflow;
		const trigger = workflow.nodes.find(({ type }) => type.endsWith('.scheduleTrigger'));
		const { executionId } = await rest.post<{ executionId: string }>(`/workflows/${this.workflowId}/run`, {
			workflowData: workflow,
			startNodes: [],
			triggerToStartFrom: { name: trigger?.name },
		});
		let found = await rest.execution(executionId);
		await this.until('the run by hand ends', async () => {
			found = await rest.execution(executionId);
			return !['running', 'new', 'waiting'].includes(found.status);
		});
		return found;
	}

	/** After unpublishing: until no run is left. */
	async lastRun(): Promise<void> {
		await this.until('the last run ends', async () => !(await this.isRunning()), 100);
	}

	async close(): Promise<void> {
		try {
			if (this.bench.server.hasEnded) await this.bench.start();
			await this.bench.rest.unpublish(this.workflowId);
			// What a late run sends must not reach the next step.
			await this.lastRun();
		} finally {
			await this.simulator.close();
		}
	}

	private async isRunning(): Promise<boolean> {
		return (await this.executions()).some(({ status }) => ['new', 'running', 'waiting'].includes(status));
	}

	private state(): string {
		const { slack, mailbox } = this.bench;
		const last = mailbox.mails.slice(-6).map(({ subject }) => subject);
		return `${this.reads} reads, ${this.writes.length} writes, ${slack.messages.length} Slack messages, ${mailbox.mails.length} mails ${JSON.stringify(last)}`;
	}
}

function named({ id, name }: NamedCredential): NamedCredential {
	return { id, name };
}
