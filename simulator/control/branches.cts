import type { FastifyInstance } from 'fastify';
import type { Network } from '../dashboard/network.cjs';
import type { Organization } from '../dashboard/organization.cjs';
import type { Simulation } from '../simulation.cjs';
import { movesAnswer } from './moves.cjs';
import { networkState, newestSampleWindow } from './stateAnswer.cjs';

/** What the page shows of branches: all of them in short, one of them with its last hour, and what moved. */
export function registerBranches(control: FastifyInstance, simulation: Simulation): void {
	control.get('/branches', () => branchesAnswer(simulation));
	control.get<{ Querystring: { newest: number } }>('/moves', {
		schema: {
			querystring: {
				type: 'object',
				properties: { newest: { type: 'integer', minimum: 0, default: 1000 } },
			},
		},
		handler: ({ query }) => movesAnswer(simulation, query.newest),
	});
	control.get<{ Params: { id: string }; Querystring: { minutes: number } }>('/networks/:id', {
		schema: {
			querystring: {
				type: 'object',
				properties: { minutes: { type: 'integer', minimum: 1, maximum: 1440, default: 60 } },
			},
		},
		handler: ({ params, query }) => {
			const organization = simulation.dashboard.organizationOf(params.id);
			const network = organization?.network(params.id);
			if (organization === undefined || network === undefined) {
				throw Object.assign(new Error('Network not found'), { statusCode: 404 });
			}
			return historyAnswer(simulation, organization, network, query.minutes);
		},
	});
}

/** In the order of the dashboard, so that a branch keeps its place. */
function branchesAnswer(simulation: Simulation) {
	return simulation.dashboard.organizations.flatMap((organization) =>
		organization.networks.map((network) => ({
			id: network.id,
			name: network.name,
			organizationId: organization.id,
			activePeers: organization.peersFor(network.tags).map(({ name }) => name),
			isOnline: isOnline(simulation, network),
			lossPercent: lossToActivePeer(simulation, organization, network),
		})),
	);
}

function isOnline({ uplinks, clock }: Simulation, network: Network): boolean {
	return uplinks.of(network, clock.now()).some(({ isOnline: isUp }) => isUp);
}

/** The worst of its rows; null where nothing was measured or no peer is available. */
function lossToActivePeer(
	simulation: Simulation,
	organization: Organization,
	network: Network,
): number | null {
	const window = newestSampleWindow(simulation);
	const ips = organization.peersFor(network.tags).map(({ publicIp }) => publicIp);
	const measured = ips.flatMap((ip) =>
		ip === undefined
			? []
			: simulation.loss
					.rows([network], window, { ip })
					.flatMap(({ timeSeries = [] }) => timeSeries[timeSeries.length - 1]?.lossPercent ?? []),
	);
	return measured.length === 0 ? null : Math.max(...measured);
}

function historyAnswer(
	simulation: Simulation,
	organization: Organization,
	network: Network,
	minutes: number,
) {
	const until = simulation.clock.now();
	const rows = simulation.loss.rows([network], { from: until - minutes * 60_000, until });
	return {
		...networkState(simulation, organization, network),
		history: rows.map(({ serial, uplink, ip, timeSeries = [] }) => ({ serial, uplink, ip, timeSeries })),
	};
}
