import { attempt, bad } from '../../../meraki/parse/fields';
import { parseUplinkStatuses } from '../../../meraki/parse/uplinkStatuses';
import { APPLIANCE } from '../support/examples';

describe('a field that is not what the API promises', () => {
	it('is a value, and a fault of ours is not taken for one', () => {
		expect(attempt(() => 7)).toEqual({ kind: 'ok', value: 7 });
		expect(attempt(() => bad('.id', 'is missing'))).toEqual({
			kind: 'bad',
			field: { path: '.id', why: 'is missing' },
		});
		expect(() =>
			attempt(() => {
				throw new TypeError('ours');
			}),
		).toThrow('ours');
	});

	it('of a time says what stands there', () => {
		const { skipped } = parseUplinkStatuses([{ ...APPLIANCE, lastReportedAt: 'yesterday' }]);
		expect(skipped).toEqual([{ path: '[0].lastReportedAt', why: 'is a text, not a time' }]);
	});
});
