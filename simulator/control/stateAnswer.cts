import type { Network } from '../dashboard/network.cjs';
import type { Organization } from '../dashboard/organization.cjs';
import type { Simulation } from '../simulation.cjs';
import type { Stranger } from '../stranger.cjs';
import { isOn } from '../telemetry/conditions.cjs';
import type { LossWindow } from '../telemetry/lossWindow.cjs';

/** Longer than one sampling period and its jitter, so that the newest sample is in it. */
const NEWEST_SAMPLE_MS = 62_000;

export function clockAnswer({ clock }: Simulation) {
	return {
		now: new Date(clock.now()).toISOString(),
		startedAt: new Date(clock.startedAt).toISOString(),
		minutes: Math.round(clock.minutes() * 1000) / 1000,
		speed: clock.speed,
	};
}

/** The truth, without the API's lag of two minutes. Networks in trouble first. */
export function stateAnswer(simulation: Simulation, stranger: Stranger, limit: number) {
	const { conditions, clock, dashboard, faults, messages, requests, violations } = simulation;
	const now = clock.now();
	const networks = dashboard.organizations.flatMap((organization) =>
		organization.networks.map((network) => ({ organization, network })),
	);
	return {
		clock: clockAnswer(simulation),
		organizations: dashboard.organizations.map(organizationAnswer),
		networkCount: networks.length,
		networks: inTroubleFirst(simulation, networks)
			.slice(0, limit)
			.map(({ organization, network }) => networkState(simulation, organization, network)),
		conditions: conditions
			.during(now, now)
			.filter((timed) => isOn(timed, now))
			.map(({ id, condition }) => ({ ...condition, id })),
		faults: faults.list(),
		requestCount: requests.count,
		messageCount: messages.count,
		violations: { count: violations.count, newest: violations.newest(20) },
		strangerVisits: stranger.visits,
	};
}

interface Member {
	readonly organization: Organization;
	readonly network: Network;
}

/** Else the few interesting ones of a big organization would hide among the quiet ones. */
function inTroubleFirst({ conditions, clock }: Simulation, members: readonly Member[]): readonly Member[] {
	const now = clock.now();
	const active = conditions.during(now, now).filter((timed) => isOn(timed, now));
	const isInTrouble = ({ network }: Member) =>
		network.isEdited || conditions.narrow(active, { network }).length > 0;
	return [...members.filter(isInTrouble), ...members.filter((member) => !isInTrouble(member))];
}

function organizationAnswer({ facts, networks }: Organization) {
	return {
		id: facts.id,
		name: facts.name,
		networkCount: networks.length,
		// Without the secrets: they belong to the one answer in which a client must drop them.
		peers: facts.peers.map(({ name, publicIp, publicHostname, networkTags }) => ({
			name,
			publicIp,
			publicHostname,
			networkTags,
		})),
	};
}

export function newestSampleWindow({ clock }: Simulation): LossWindow {
	const now = clock.now();
	return { from: now - NEWEST_SAMPLE_MS, until: now };
}

export function networkState(simulation: Simulation, organization: Organization, network: Network) {
	const now = simulation.clock.now();
	const rows = simulation.loss.rows([network], newestSampleWindow(simulation));
	return {
		id: network.id,
		name: network.name,
		organizationId: organization.id,
		tags: network.settings.tags,
		activePeers: organization.peersFor(network.tags).map(({ name }) => name),
		isOnline: simulation.uplinks.of(network, now).some(({ isOnline }) => isOnline),
		loss: rows.map(({ serial, uplink, ip, timeSeries = [] }) => {
			const newest = timeSeries[timeSeries.length - 1];
			return {
				serial,
				uplink,
				ip,
				lossPercent: newest?.lossPercent ?? null,
				latencyMs: newest?.latencyMs ?? null,
			};
		}),
	};
}
