import type { IExecuteFunctions } from 'n8n-workflow';
import {
	rateFor,
	readRequestsPerSecond,
	requestsPerSecondProperty,
} from '../../nodes/shared/requestsPerSecond';

const context = {
	getNode: () => ({
		id: '1',
		name: 'Swap VPN Tags',
		type: 'swapVpnTags',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	}),
} as unknown as IExecuteFunctions;

describe('Requests per Second', () => {
	it.each([
		{ value: undefined, is: 'automatic' },
		{ value: 'automatic', is: 'automatic' },
		{ value: 1, is: 1 },
		{ value: ' 10 ', is: 10 },
		{ value: 2.5, is: 2.5 },
	])('$value is read as $is', ({ value, is }) => {
		expect(readRequestsPerSecond(context, 0, value)).toBe(is);
	});

	it.each([0, 11, 'fast', '', null, true])('%p is refused with the range', (value) => {
		expect(() => readRequestsPerSecond(context, 0, value)).toThrow(
			'Requests per Second must be from 1 to 10, or Automatic',
		);
	});

	it('is Automatic by default: 5 while reading, 9 while branches are being moved', () => {
		expect(requestsPerSecondProperty.default).toBe('automatic');
		expect(rateFor('automatic', 'reading')).toBe(5);
		expect(rateFor('automatic', 'movingBranches')).toBe(9);
		expect([rateFor(3, 'reading'), rateFor(3, 'movingBranches')]).toEqual([3, 3]);
	});
});
