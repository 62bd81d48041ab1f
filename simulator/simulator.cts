import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fastify, { type FastifyInstance } from 'fastify';
import { SHARD_PATH, type Hosts } from './api/interference.cjs';
import { registerApi } from './api/server.cjs';
import { VirtualClock } from './clock.cjs';
import { registerControl } from './control/routes.cjs';
import type { Dashboard } from './dashboard/dashboard.cjs';
import type { Fault } from './faults/types.cjs';
import { registerPage } from './page/page.cjs';
import type { Bounded, ContractViolation, LoggedRequest } from './requestLog.cjs';
import type { ScenarioEvent, ScenarioKey } from './scenario/types.cjs';
import { validEvent, validFault, validScenario } from './scenario/validate.cjs';
import { Simulation, type Message } from './simulation.cjs';
import { Stranger, type Visit } from './stranger.cjs';

export { VirtualClock } from './clock.cjs';
export { ScenarioError } from './scenario/validate.cjs';
export type { Effect, Fault } from './faults/types.cjs';
export type { Scenario, ScenarioEvent } from './scenario/types.cjs';
export type { LoggedRequest } from './requestLog.cjs';

export interface SimulatorSettings {
	/** In the format of `scenario/scenario.schema.json`; checked. */
	readonly scenario: unknown;
	/** Left out: a clock made from the next two. */
	readonly clock?: VirtualClock;
	/** Virtual epoch milliseconds; left out: the scenario's `startAt`, else now. */
	readonly startAt?: number;
	/** Virtual seconds per second; left out: 1. */
	readonly speed?: number;
	/** Real milliseconds for the rate limits. */
	readonly elapsedMs?: () => number;
	/** What `redirect` to `shard` names while nothing listens; requests injected with this host are the shard's. */
	readonly shardOrigin?: string;
}

export interface Addresses {
	readonly url: string;
	/** Answers like `url`, as another Meraki host. */
	readonly shardUrl: string;
	/** A host that is not Meraki's. */
	readonly strangerUrl: string;
}

const LOOPBACK = '127.0.0.1';

export function createSimulator(settings: SimulatorSettings): Simulator {
	const scenario = validScenario(settings.scenario);
	const planned = scenario.startAt === undefined ? Date.now() : Date.parse(scenario.startAt);
	const startAt = settings.startAt ?? planned;
	const clock = settings.clock ?? new VirtualClock({ startAt, speed: settings.speed ?? 1 });
	const simulation = new Simulation(scenario, clock, settings.elapsedMs ?? (() => performance.now()));
	return new Simulator(simulation, {
		shardOrigin: settings.shardOrigin ?? 'https://n1.meraki.com',
		strangerOrigin: 'https://stranger.example',
	});
}

/** A Meraki dashboard for trying and testing, in process or on loopback ports. */
export class Simulator {
	readonly inject: FastifyInstance['inject'];
	private readonly app: FastifyInstance;
	private readonly stranger = new Stranger();
	private shard: Server | undefined;

	constructor(
		readonly simulation: Simulation,
		private readonly hosts: Hosts,
	) {
		this.app = fastify({
			rewriteUrl: ({ url = '/' }) => withoutShardPath(url),
			forceCloseConnections: true,
			// Meraki documents no HEAD requests.
			exposeHeadRoutes: false,
			// An unknown field is an error, not something to drop in silence.
			ajv: { customOptions: { removeAdditional: false } },
		});
		registerApi(this.app, simulation, hosts);
		registerControl(this.app, simulation, this.stranger);
		registerPage(this.app);
		this.inject = this.app.inject.bind(this.app);
	}

	get clock(): VirtualClock {
		return this.simulation.clock;
	}

	get state(): Dashboard {
		this.simulation.catchUp();
		return this.simulation.dashboard;
	}

	get keys(): readonly ScenarioKey[] {
		return this.simulation.scenario.keys;
	}

	get requests(): readonly LoggedRequest[] {
		return this.simulation.requests.all;
	}

	/** Requests that broke the documented contract. */
	get violations(): Bounded<ContractViolation> {
		return this.simulation.violations;
	}

	get messages(): readonly Message[] {
		return this.simulation.messages.all;
	}

	/** What reached the host that is not Meraki's. */
	get strangerVisits(): readonly Visit[] {
		return this.stranger.visits;
	}

	addFault(fault: Fault): string {
		return this.simulation.addFault(validFault(fault));
	}

	removeFault(id: string): boolean {
		return this.simulation.faults.remove(id);
	}

	applyEvent(event: ScenarioEvent): string {
		return this.simulation.applyEvent(validEvent(event));
	}

	endEvent(id: string): boolean {
		return this.simulation.endEvent(id);
	}

	/** Port 0 or none: a free one. The shard and the stranger always take free ones. */
	async listen(port = 0): Promise<Addresses> {
		const url = await this.app.listen({ host: LOOPBACK, port });
		this.shard = createServer((request, response) => this.app.routing(request, response));
		const shardUrl = await listenOn(this.shard);
		const strangerUrl = await listenOn(this.stranger.server);
		this.hosts.shardOrigin = shardUrl;
		this.hosts.strangerOrigin = strangerUrl;
		return { url, shardUrl, strangerUrl };
	}

	async close(): Promise<void> {
		for (const server of [this.shard, this.stranger.server]) {
			server?.close();
			server?.closeAllConnections();
		}
		await this.app.close();
	}
}

function withoutShardPath(url: string): string {
	return url.startsWith(`${SHARD_PATH}/`) ? url.slice(SHARD_PATH.length) : url;
}

async function listenOn(server: Server): Promise<string> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, LOOPBACK, resolve);
	});
	const address: AddressInfo | string | null = server.address();
	if (address === null || typeof address === 'string') throw new Error('The server has no port');
	return `http://${LOOPBACK}:${address.port}`;
}
