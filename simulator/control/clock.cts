import type { FastifyInstance } from 'fastify';
import type { Simulation } from '../simulation.cjs';
import { clockAnswer } from './stateAnswer.cjs';

interface ClockBody {
	readonly speed?: number;
	readonly advanceMs?: number;
	readonly set?: string;
}

const body = {
	type: 'object',
	additionalProperties: false,
	minProperties: 1,
	properties: {
		speed: { type: 'number', minimum: 0, maximum: 10_000 },
		advanceMs: { type: 'number', minimum: 0 },
		set: { type: 'string', format: 'date-time' },
	},
};

export function registerClock(control: FastifyInstance, simulation: Simulation): void {
	control.post<{ Body: ClockBody }>('/clock', { schema: { body } }, (request) => {
		const { clock } = simulation;
		const { speed, advanceMs, set } = request.body;
		if (speed !== undefined) clock.setSpeed(speed);
		if (set !== undefined) moveTo(simulation, Date.parse(set));
		if (advanceMs !== undefined) clock.advance(advanceMs);
		simulation.catchUp();
		return clockAnswer(simulation);
	});
}

function moveTo({ clock }: Simulation, epochMs: number): void {
	if (epochMs < clock.now()) {
		throw Object.assign(new Error('The clock only goes forward'), { statusCode: 400 });
	}
	clock.set(epochMs);
}
