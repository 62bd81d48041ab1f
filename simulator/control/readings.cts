import type { FastifyInstance } from 'fastify';
import type { Simulation } from '../simulation.cjs';
import type { Stranger } from '../stranger.cjs';
import { stateAnswer } from './stateAnswer.cjs';

const whole = { type: 'integer', minimum: 0 };

export function registerReadings(control: FastifyInstance, simulation: Simulation, stranger: Stranger): void {
	control.get<{ Querystring: { limit: number } }>('/state', {
		schema: { querystring: { type: 'object', properties: { limit: { ...whole, default: 1000 } } } },
		handler: (request) => stateAnswer(simulation, stranger, request.query.limit),
	});
	control.get<{ Querystring: { newest: number; after: number } }>('/requests', {
		schema: {
			querystring: {
				type: 'object',
				properties: { newest: { ...whole, default: 1000 }, after: { ...whole, default: 0 } },
			},
		},
		handler: ({ query }) =>
			simulation.requests.newest(query.newest).filter(({ number }) => number > query.after),
	});
	control.delete('/requests', (_request, reply) => {
		simulation.requests.clear();
		return reply.code(204).send();
	});
}
