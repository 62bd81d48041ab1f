import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { asFiniteNumber } from '../../core/domain/untrusted';
import { AUTOMATIC_REQUESTS_PER_SECOND } from '../../meraki/http/budget';
import { parameterError } from './nodeErrors';

/** What the option says: a fixed number, or what suits the work at hand. */
export type RequestsPerSecond = 'automatic' | number;

/** Meraki allows an organization 10 requests a second (Dashboard API documentation, "Rate Limit"). */
const MAX_REQUESTS_PER_SECOND = 10;

const FIXED = Array.from({ length: MAX_REQUESTS_PER_SECOND }, (_, at) => at + 1);
const { reading, movingBranches } = AUTOMATIC_REQUESTS_PER_SECOND;

export const requestsPerSecondProperty: INodeProperties = {
	displayName: 'Requests per Second',
	name: 'requestsPerSecond',
	type: 'options',
	default: 'automatic',
	description: `Of the ${MAX_REQUESTS_PER_SECOND} a second that Meraki allows an organization, all its tools together`,
	options: [
		{
			name: 'Automatic',
			value: 'automatic',
			description: `${reading} while reading, ${movingBranches} while branches are being moved`,
		},
		...FIXED.map((value) => ({ name: String(value), value })),
	],
};

/** Throws `NodeOperationError` for what an expression gives that is no rate. */
export function readRequestsPerSecond(
	context: IExecuteFunctions,
	itemIndex: number,
	value: unknown,
): RequestsPerSecond {
	if (value === undefined || value === 'automatic') return 'automatic';
	const number = asFiniteNumber(typeof value === 'string' && value.trim() !== '' ? Number(value) : value);
	if (number !== undefined && number >= 1 && number <= MAX_REQUESTS_PER_SECOND) return number;
	throw parameterError(
		context.getNode(),
		`Requests per Second must be from 1 to ${MAX_REQUESTS_PER_SECOND}, or Automatic`,
		`Meraki allows an organization ${MAX_REQUESTS_PER_SECOND} requests a second, all its tools together.`,
		itemIndex,
	);
}

/** The rate in force for what a run does. */
export function rateFor(
	setting: RequestsPerSecond,
	work: keyof typeof AUTOMATIC_REQUESTS_PER_SECOND,
): number {
	return setting === 'automatic' ? AUTOMATIC_REQUESTS_PER_SECOND[work] : setting;
}
