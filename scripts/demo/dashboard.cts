import { createSimulator, VirtualClock, type LoggedRequest } from '../../simulator/simulator.cjs';
import { demoBranches, demoScenario, london } from './scenario.cjs';
import type { Observation } from './story.cjs';

type Simulator = ReturnType<typeof createSimulator>;

/** The simulated dashboard as the one who demonstrates uses it: lets the peer fail, and looks what was written. */
export class DemoDashboard {
	private lossEventId: string | undefined;
	private requestsSeen = 0;
	private messagesSeen = 0;
	private happened: Observation[] = [];

	private constructor(
		private readonly simulator: Simulator,
		readonly url: string,
	) {}

	/** Time stands still until `setSpeed`: starting n8n takes longer than a whole outage in fast-forward. */
	static async open(port = 0): Promise<DemoDashboard> {
		const clock = new VirtualClock({ startAt: Date.now(), speed: 0 });
		const simulator = createSimulator({ scenario: demoScenario, clock });
		const { url } = await simulator.listen(port);
		return new DemoDashboard(simulator, url);
	}

	get messagesUrl(): string {
		return `${this.url}/simulator/messages`;
	}

	get now(): number {
		return this.simulator.clock.now();
	}

	networkUrl(id: string): string {
		return `${this.url}/api/v1/networks/${id}`;
	}

	setSpeed(virtualSecondsPerSecond: number): void {
		this.simulator.clock.setSpeed(virtualSecondsPerSecond);
	}

	breakPeer(): void {
		this.happened.push({
			kind: 'lossBegins',
			at: this.now,
			peer: `${london.name} (${london.publicIp}), 100 %`,
		});
		this.lossEventId = this.simulator.applyEvent({
			kind: 'loss',
			lossPercent: 100,
			latencyMs: null,
			where: { ip: london.publicIp },
		});
	}

	mendPeer(): void {
		if (this.lossEventId === undefined) return;
		this.simulator.endEvent(this.lossEventId);
		this.happened.push({ kind: 'lossEnds', at: this.now, peer: `${london.name} (${london.publicIp})` });
	}

	/** What happened since it was last asked, in order of time. */
	observations(): readonly Observation[] {
		const seen = [...this.happened, ...this.newRequests().flatMap(observed), ...this.newMessages()];
		this.happened = [];
		// The state stands last: it is what is there now, whoever wrote it.
		return [...seen.sort((one, other) => one.at - other.at), ...this.tagsNow()];
	}

	/** Requests that Meraki's published contract does not allow. */
	contractViolations(): readonly string[] {
		return this.simulator.violations.all.map(
			({ method, path, errors }) => `${method} ${path} broke the API's contract: ${errors.join('; ')}`,
		);
	}

	async close(): Promise<void> {
		await this.simulator.close();
	}

	private newRequests(): readonly LoggedRequest[] {
		const fresh: LoggedRequest[] = [];
		for (const request of this.simulator.requests) {
			if (request.number <= this.requestsSeen) continue;
			if (request.status === null) break; // being answered; its outcome is seen next time
			fresh.push(request);
			this.requestsSeen = request.number;
		}
		return fresh;
	}

	private newMessages(): readonly Observation[] {
		const { messages } = this.simulator.simulation;
		const fresh = messages.newest(messages.count - this.messagesSeen);
		this.messagesSeen = messages.count;
		return fresh.map(({ at, body }) => ({ kind: 'message', at: Date.parse(at), title: titleOf(body) }));
	}

	private tagsNow(): readonly Observation[] {
		const { state } = this.simulator;
		return demoBranches.map(({ id }) => ({
			kind: 'tags',
			at: this.now,
			networkId: id,
			tags: state.network(id).tags,
		}));
	}
}

function observed(request: LoggedRequest): Observation[] {
	const at = Date.parse(request.at);
	const accepted = request.status !== null && request.status < 300;
	if (request.path.endsWith('/uplinksLossAndLatency')) return accepted ? [{ kind: 'read', at }] : [];
	const { networkId, tagsAsked, tagsAfter } = request;
	if (networkId === null || tagsAsked === null) return [];
	const write: Observation = { kind: 'write', at, networkId, tags: tagsAsked, accepted };
	return tagsAfter === null ? [write] : [write, { kind: 'tags', at, networkId, tags: tagsAfter }];
}

function titleOf(body: unknown): string {
	const title: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'title') : undefined;
	return typeof title === 'string' ? title : JSON.stringify(body).slice(0, 120);
}
