import type { FastifyInstance } from 'fastify';
import { validEvent } from '../scenario/validate.cjs';
import type { Simulation } from '../simulation.cjs';
import { networkState } from './stateAnswer.cjs';

/** An edit by another administrator: `replace`, `remove`, `add` and `order`, as in the event `editTags`. */
export function registerTags(control: FastifyInstance, simulation: Simulation): void {
	control.post<{ Params: { id: string } }>('/networks/:id/tags', (request) => {
		const { id } = request.params;
		const organization = simulation.dashboard.organizationOf(id);
		const network = organization?.network(id);
		if (organization === undefined || network === undefined) {
			throw Object.assign(new Error('Network not found'), { statusCode: 404 });
		}
		const edit = typeof request.body === 'object' ? request.body : {};
		simulation.applyEvent(validEvent({ ...edit, kind: 'editTags', network: id }));
		return networkState(simulation, organization, network);
	});
}
