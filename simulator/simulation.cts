import { RateLimiter } from './api/rateLimit.cjs';
import { ActionBatches } from './batches/actionBatches.cjs';
import { seedOf } from './chance.cjs';
import type { VirtualClock } from './clock.cjs';
import type { Dashboard } from './dashboard/dashboard.cjs';
import { Faults } from './faults/faults.cjs';
import type { Fault } from './faults/types.cjs';
import { Bounded, type ContractViolation, type LoggedRequest } from './requestLog.cjs';
import { buildDashboard } from './scenario/build.cjs';
import type { Scenario, ScenarioEvent } from './scenario/types.cjs';
import type { UnknownAnswers } from './scenario/unknowns.cjs';
import { ScenarioError } from './scenario/validate.cjs';
import { Conditions } from './telemetry/conditions.cjs';
import { LossReadings } from './telemetry/lossRows.cjs';
import { UplinkStates } from './telemetry/uplinkStates.cjs';
import { Timeline } from './timeline.cjs';

export interface Message {
	readonly at: string;
	readonly body: unknown;
}

/** Everything behind the HTTP surface: the pretended cloud, its measurements, and what is going to happen. */
export class Simulation {
	readonly dashboard: Dashboard;
	readonly conditions: Conditions;
	readonly loss: LossReadings;
	readonly uplinks: UplinkStates;
	readonly faults = new Faults();
	readonly timeline: Timeline;
	readonly limiter: RateLimiter;
	readonly actionBatches: ActionBatches;
	readonly requests = new Bounded<LoggedRequest>(10_000);
	readonly violations = new Bounded<ContractViolation>(1_000);
	readonly messages = new Bounded<Message>(500);

	constructor(
		readonly scenario: Scenario,
		readonly clock: VirtualClock,
		elapsedMs: () => number,
	) {
		const seed = seedOf(scenario.seed ?? 1);
		const limits = scenario.rateLimits ?? {};
		this.dashboard = buildDashboard(scenario);
		this.actionBatches = new ActionBatches(this.dashboard, scenario.actionBatches ?? {});
		this.conditions = new Conditions(seed, clock.startedAt);
		this.loss = new LossReadings(
			seed,
			this.conditions,
			scenario.background ?? { minutesPercent: 0, lossPercent: 0 },
		);
		this.uplinks = new UplinkStates(seed, this.conditions);
		this.timeline = new Timeline(this.dashboard, this.faults, this.conditions);
		const passed = limits.clock === 'virtual' ? () => clock.now() : elapsedMs;
		this.limiter = new RateLimiter(limits, passed, this.unknowns.tooManyRequests);
		for (const event of scenario.events ?? []) this.applyEvent(event);
	}

	get unknowns(): UnknownAnswers {
		return this.scenario.unknowns ?? {};
	}

	/** As uplink and VPN statuses see it. */
	statusTime(now: number): number {
		return now - (this.unknowns.statusLagMinutes ?? 0) * 60_000;
	}

	/** Answers the id by which the event can be ended. */
	applyEvent(event: ScenarioEvent): string {
		this.checkNames(event);
		const id = this.timeline.add(event, this.clock.now());
		this.catchUp();
		return id;
	}

	endEvent(id: string): boolean {
		const wasOn = this.conditions.end(id, this.clock.now());
		return this.timeline.cancel(id) || wasOn;
	}

	addFault(fault: Fault): string {
		return this.faults.add(fault);
	}

	/** A misspelt name must not make an event that does nothing. */
	private checkNames(event: ScenarioEvent): void {
		const named =
			'network' in event ? [event.network] : 'where' in event ? (event.where?.networks ?? []) : [];
		const unknown = named
			.filter((name) => this.dashboard.find(name) === undefined)
			.map((name) => `no network has the id or name "${name}"`);
		const organization = 'where' in event ? event.where?.organization : undefined;
		if (organization !== undefined && this.dashboard.organization(organization) === undefined) {
			unknown.push(`no organization has the id "${organization}"`);
		}
		if (unknown.length > 0) throw new ScenarioError(`The event "${event.kind}"`, unknown);
	}

	/** Lets everything happen that was due by now. Asked at each request; there is no timer. */
	catchUp(): void {
		const now = this.clock.now();
		this.timeline.catchUp(now);
		this.actionBatches.catchUp(now);
	}
}
