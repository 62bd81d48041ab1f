import type { FastifyInstance } from 'fastify';
import type { Simulation } from '../simulation.cjs';
import { ScenarioError, validEvent, validFault } from '../scenario/validate.cjs';
import type { Stranger } from '../stranger.cjs';
import { registerBranches } from './branches.cjs';
import { registerClock } from './clock.cjs';
import { loopbackOnly } from './loopbackOnly.cjs';
import { registerMessages } from './messages.cjs';
import { registerReadings } from './readings.cjs';
import { registerTags } from './tags.cjs';

/** What a test, the page or a person at a shell uses to look behind the API and to make things happen. */
export function registerControl(app: FastifyInstance, simulation: Simulation, stranger: Stranger): void {
	app.register(
		async (control) => {
			control.addHook('onRequest', loopbackOnly);
			control.addHook('onRequest', async () => simulation.catchUp());
			control.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
				const status = error instanceof ScenarioError ? 400 : (error.statusCode ?? 500);
				void reply.code(status).send({ errors: [error.message] });
			});
			registerReadings(control, simulation, stranger);
			registerBranches(control, simulation);
			registerClock(control, simulation);
			registerMessages(control, simulation);
			registerTags(control, simulation);
			registerFaults(control, simulation);
			registerEvents(control, simulation);
		},
		{ prefix: '/simulator' },
	);
}

interface ById {
	readonly Params: { readonly id: string };
}

function registerFaults(control: FastifyInstance, simulation: Simulation): void {
	control.get('/faults', () => simulation.faults.list());
	control.post('/faults', (request, reply) => {
		return reply.code(201).send({ id: simulation.addFault(validFault(request.body)) });
	});
	control.delete('/faults', (_request, reply) => {
		simulation.faults.clear();
		return reply.code(204).send();
	});
	control.delete<ById>('/faults/:id', (request, reply) => {
		return reply.code(simulation.faults.remove(request.params.id) ? 204 : 404).send();
	});
}

function registerEvents(control: FastifyInstance, simulation: Simulation): void {
	control.post('/events', (request, reply) => {
		return reply.code(201).send({ id: simulation.applyEvent(validEvent(request.body)) });
	});
	control.delete<ById>('/events/:id', (request, reply) => {
		return reply.code(simulation.endEvent(request.params.id) ? 204 : 404).send();
	});
}
