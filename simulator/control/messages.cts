import type { FastifyInstance } from 'fastify';
import type { Simulation } from '../simulation.cjs';

/** A place for a workflow's own branch to post to: any JSON, shown on the page. */
export function registerMessages(control: FastifyInstance, simulation: Simulation): void {
	const { messages } = simulation;
	control.get<{ Querystring: { newest: number } }>('/messages', {
		schema: {
			querystring: {
				type: 'object',
				properties: { newest: { type: 'integer', minimum: 0, default: 500 } },
			},
		},
		handler: ({ query }) => messages.newest(query.newest),
	});
	control.post('/messages', (request, reply) => {
		messages.add({ at: new Date(simulation.clock.now()).toISOString(), body: request.body ?? null });
		return reply.code(201).send({ count: messages.count });
	});
	control.delete('/messages', (_request, reply) => {
		messages.clear();
		return reply.code(204).send();
	});
}
